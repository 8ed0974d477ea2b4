/* test_where.c -- conditions say what they mean, and what is none is refused.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "where.h"

static const char record[] =
    "{\"wiredesk\": {\"dedup\": {\"verdict\": \"syndicated\", \"containment\": 0.75},"
    "               \"flags\": [\"short\", \"kill\"], \"isOld\": true},"
    " \"headlines\": [{\"value\": \"Rock and Roll\"}, {\"value\": \"Other\"}],"
    " \"people\": [{\"name\": \"Ada Lovelace\"}, {\"name\": \"Grace Hopper\"}],"
    " \"source\": {\"offset\": \"17\", \"topic\": \"news.raw\"}}";

static void conditions_hold_or_do_not(void **state)
{
    static const struct {
        const char *text;
        bool holds;
    } rows[] = {
        {"verdict=syndicated", true},
        {"verdict = syndicated", true},
        {"verdict=unique", false},
        {"verdict!=unique", true},
        {"verdict!=syndicated", false},
        {"wiredesk.dedup.verdict=syndicated", true},
        {"verdict~SYND", true},
        {"verdict~near", false},
        {"person=Grace Hopper", true},
        {"person=Grace", false},
        {"person~hopper and verdict=syndicated", true},
        {"person~hopper and verdict=near", false},
        {"person!=Grace Hopper", false},
        {"headline=\"Rock and Roll\"", true},
        {"headline=\"Rock and Roll\" and person~ada", true},
        {"headline=Rock and Roll", false}, /* refused: Roll is no term */
        {"wiredesk.dedup.containment>0.5", true},
        {"wiredesk.dedup.containment>=0.75", true},
        {"wiredesk.dedup.containment>0.75", false},
        {"wiredesk.dedup.containment<1", true},
        {"wiredesk.dedup.containment<=0.5", false},
        {"wiredesk.dedup.containment=0.75", true},
        {"wiredesk.flags=kill", true},
        {"wiredesk.flags!=kill", false},
        {"wiredesk.isOld=true", true},
        {"source.offset>16", true},
        {"source.offset=17", true},
        {"topic=news.raw", true},
        {"nothing=", false},
        {"nothing!=x", true},
        {"nothing<1", false},
        {"nothing.at.all~x", false},
        {"wiredesk=x", false},
    };
    (void)state;
    json_t *json = json_loads(record, 0, NULL);
    assert_non_null(json);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char why[128];
        struct where *where = where_parse(rows[i].text, why, sizeof(why));
        if ((where && where_holds(where, json)) != rows[i].holds)
            fail_msg("%s", rows[i].text);
        where_free(where);
    }
    assert_true(where_holds(NULL, json));
    json_decref(json);
}

static void what_is_no_condition_is_refused(void **state)
{
    static const struct {
        const char *text;
        const char *why;
    } rows[] = {
        {"", "a field's name is missing"},
        {"=x", "a field's name is missing"},
        {"ver$dict=x", "a field's name is missing"},
        {"verdict", "after the field comes one of = != ~ < <= > >="},
        {"verdict near", "after the field comes one of = != ~ < <= > >="},
        {"verdict=\"near", "a quote is not closed"},
        {"verdict=\"near\" or x=1", "conditions are joined by \" and \""},
        {"verdict=near and ", "a field's name is missing"},
        {"headline=Rock and Roll", "after the field comes one of = != ~ < <= > >="},
        {"size>big", "< <= > >= compare with a number"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char why[128] = "";
        assert_null(where_parse(rows[i].text, why, sizeof(why)));
        assert_string_equal(why, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_hold_or_do_not),
        cmocka_unit_test(what_is_no_condition_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
