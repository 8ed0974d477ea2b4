/* test_gazetteer.c -- names are found however they are written, and bad files are
 * refused. SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gazetteer/gazetteer.h"
#include "gazetteer/name_words.h"
#include "wiredesk/gazetteer.h"

static const char table[] =
    "# a comment, and an empty line\n"
    "\n"
    "Apple\torganisation\thttps://www.wikidata.org/entity/Q312\t80\tApple Inc.\n"
    "McDonald's\torganisation\n"
    "Al Qaeda\torganisation\turn:x:1\t90\tal-Qaida\n"
    "World Health Organization\torganisation\turn:x:2\t90\tWHO\n"
    "United "
    "States\tplace\thttps://sws.geonames.org/6252001/\t98\tU.S.|US\tcc=US;country\n"
    "Washington, D.C.\tplace\turn:x:3\t70\t\tcc=US\n"
    "Paris\tplace\turn:x:4\t44\t\tcc=US\r\n"
    "Paris\tplace\turn:x:5\t75\t\tcc=FR;capital\n"
    "Lech Wałęsa\tperson\turn:x:6\t60\n"
    "Conan O'Brien\tperson\n"
    "Johnson & Johnson\torganisation\n"
    "Jean-Claude\tgiven-name\t\t40\n"
    "smith\tsurname\t\t90\n"
    "apple\tword\t\t65\n"
    "May\tcalendar\n";

struct built {
    struct wd_buf buf;
    struct wd_gazetteer gaz;
};

struct faults {
    size_t lines[32];
    const char *messages[32];
    size_t count;
};

static void note_fault(void *arg, size_t line, const char *message)
{
    struct faults *faults = arg;
    assert_true(faults->count < 32);
    faults->messages[faults->count] = message;
    faults->lines[faults->count++] = line;
}

static void build(struct built *built, const char *text)
{
    struct faults faults = {0};
    struct wd_error err = {0};
    struct wd_gazetteer_builder *gb = wd_gazetteer_builder_new();
    assert_non_null(gb);
    assert_int_equal(wd_gazetteer_builder_add(gb, wd_str_from(text), note_fault, &faults),
                     0);
    wd_buf_init(&built->buf, 1 << 24);
    assert_int_equal(wd_gazetteer_builder_write(gb, &built->buf), WD_OK);
    wd_gazetteer_builder_free(gb);
    assert_int_equal(
        wd_gazetteer_view(wd_buf_str(&built->buf), "test", &built->gaz, &err), WD_OK);
}

static int set_up(void **state)
{
    struct built *built = calloc(1, sizeof(*built));
    build(built, table);
    *state = built;
    return 0;
}

static int tear_down(void **state)
{
    struct built *built = *state;
    wd_buf_done(&built->buf);
    free(built);
    return 0;
}

/* The bytes of the longest name at the start of `text`; its best entity in *ret_entity.
 */
static size_t longest(const struct wd_gazetteer *gaz, const char *text,
                      const struct wd_gaz_entity **ret_entity)
{
    struct wd_name_word name;
    uint32_t at = 0, node = 0;
    size_t end = 0;
    for (bool is_first = true; wd_name_word_next(wd_str_from(text), &at, &name);
         is_first = false) {
        const struct wd_gaz_word *word = wd_gazetteer_word(gaz, name.hash);
        node = !word ? 0 : is_first ? word->node : wd_gazetteer_step(gaz, node, word->id);
        if (!node)
            break;
        size_t count;
        const uint32_t *posting = wd_gazetteer_postings(gaz, node, &count);
        if (count) {
            *ret_entity = wd_gazetteer_entity(gaz, posting[0]);
            end = name.span.end;
        }
    }
    return end;
}

struct row {
    const char *text;
    const char *match;
    const char *name;
};

static const struct row rows[] = {
    {"Apple said", "Apple", "Apple"},
    {"Apple Inc. said", "Apple Inc.", "Apple"},
    {"Apple\xe2\x80\x99s shares", "Apple", "Apple"},
    {"APPLE shares", "APPLE", "Apple"},
    {"McDonald\xe2\x80\x99s menu", "McDonald\xe2\x80\x99s", "McDonald's"},
    {"McDonald's menu", "McDonald's", "McDonald's"},
    {"al-Qaeda cell", "al-Qaeda", "Al Qaeda"},
    {"Al Qaeda cell", "Al Qaeda", "Al Qaeda"},
    {"Al\xe2\x80\x91Qaida cell", "Al\xe2\x80\x91Qaida", "Al Qaeda"},
    {"U.S. troops", "U.S.", "United States"},
    {"US troops", "US", "United States"},
    {"Washington, D.C. police", "Washington, D.C.", "Washington, D.C."},
    {"Washington police", "", NULL},
    {"Lech Walesa spoke", "Lech Walesa", "Lech Wa\xc5\x82\xc4\x99sa"},
    {"LECH WA\xc5\x81\xc4\x98SA", "LECH WA\xc5\x81\xc4\x98SA",
     "Lech Wa\xc5\x82\xc4\x99sa"},
    {"Conan O\xe2\x80\x99"
     "Brien",
     "Conan O\xe2\x80\x99"
     "Brien",
     "Conan O'Brien"},
    {"Johnson and Johnson", "Johnson and Johnson", "Johnson & Johnson"},
    {"Johnson & Co", "", NULL},
};

static void names_match_in_every_spelling(void **state)
{
    struct built *built = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct wd_gaz_entity *entity = NULL;
        size_t size = longest(&built->gaz, rows[i].text, &entity);
        char match[64] = {0};
        memcpy(match, rows[i].text, size);
        assert_string_equal(match, rows[i].match);
        if (rows[i].name) {
            struct wd_str name = wd_gazetteer_string(&built->gaz, entity->name);
            assert_int_equal(name.size, strlen(rows[i].name));
            assert_memory_equal(name.data, rows[i].name, name.size);
        }
    }
}

static void most_prominent_entity_comes_first(void **state)
{
    struct built *built = *state;
    const struct wd_gaz_entity *entity = NULL;
    assert_int_equal(longest(&built->gaz, "Paris", &entity), 5);
    assert_int_equal(entity->prominence, 75);
    assert_memory_equal(entity->country, "FR", 2);
    assert_int_equal(entity->flags, WD_GAZ_CAPITAL);
}

static const struct wd_gaz_word *look_up(const struct wd_gazetteer *gaz, const char *text)
{
    struct wd_name_word name;
    uint32_t at = 0;
    assert_true(wd_name_word_next(wd_str_from(text), &at, &name));
    return wd_gazetteer_word(gaz, name.hash);
}

static void evidence_is_kept_with_the_word(void **state)
{
    struct built *built = *state;
    assert_int_equal(look_up(&built->gaz, "APPLE")->lower, 65);
    assert_int_equal(look_up(&built->gaz, "Smith")->surname, 90);
    assert_int_equal(look_up(&built->gaz, "Claude")->given, 40);
    assert_int_equal(look_up(&built->gaz, "may")->is_calendar, 1);
    assert_null(look_up(&built->gaz, "unheard"));
}

static void acronyms_ask_for_capitals(void **state)
{
    struct built *built = *state;
    const struct wd_gaz_word *word = look_up(&built->gaz, "who");
    size_t count;
    const uint32_t *posting = wd_gazetteer_postings(&built->gaz, word->node, &count);
    assert_int_equal(count, 1);
    assert_true(WD_GAZ_IS_CAPS(posting[0]));
    assert_true(WD_GAZ_IS_FORM(posting[0]));
}

static void same_tables_give_the_same_bytes(void **state)
{
    struct built *built = *state, again = {0};
    build(&again, table);
    assert_int_equal(built->buf.size, again.buf.size);
    assert_memory_equal(built->buf.data, again.buf.data, again.buf.size);
    wd_buf_done(&again.buf);
}

struct bad_row {
    const char *text;
    const char *message;
};

static const struct bad_row bad_rows[] = {
    {"Apple", "needs a name and a type"},
    {"Apple\tfruit", "type is not one of"},
    {"\torganisation", "name is empty"},
    {"\xff\torganisation", "not UTF-8"},
    {"Apple\torganisation\tQ312", "not a URI"},
    {"Apple\torganisation\thttp://a b/", "not a URI"},
    {"Apple\torganisation\t\t101", "0 to 100"},
    {"Apple\torganisation\t\tx", "0 to 100"},
    {"Apple\torganisation\t\t1\tA||B", "name is empty"},
    {"Apple\torganisation\t\t1\t\tbig", "flag is not one of"},
    {"Apple\torganisation\t\t1\t\tcountry\tmore", "more than 6 fields"},
    {"a b c d e f g h i j k l m\tperson", "more than 12 words"},
    {"  \tperson", "no words"},
};

#define N_BAD (sizeof(bad_rows) / sizeof(bad_rows[0]))

static void every_bad_row_is_named_in_one_run(void **state)
{
    (void)state;
    struct faults faults = {0};
    struct wd_buf text;
    wd_buf_init(&text, 1 << 16);
    wd_buf_append_z(&text, "Good\tperson\n");
    for (size_t i = 0; i < N_BAD; i++) {
        wd_buf_append_z(&text, bad_rows[i].text);
        wd_buf_append_char(&text, '\n');
    }
    struct wd_gazetteer_builder *gb = wd_gazetteer_builder_new();
    assert_int_equal(wd_gazetteer_builder_add(gb, wd_buf_str(&text), note_fault, &faults),
                     N_BAD);
    for (size_t i = 0; i < N_BAD; i++) {
        assert_int_equal(faults.lines[i], i + 2);
        assert_non_null(strstr(faults.messages[i], bad_rows[i].message));
    }
    struct wd_gazetteer_stats stats;
    wd_gazetteer_builder_stats(gb, &stats);
    assert_int_equal(stats.entities, 1);
    wd_gazetteer_builder_free(gb);
    wd_buf_done(&text);
}

static void twelve_words_are_a_name(void **state)
{
    (void)state;
    struct faults faults = {0};
    struct wd_gazetteer_builder *gb = wd_gazetteer_builder_new();
    assert_int_equal(wd_gazetteer_builder_add(gb,
                                              WD_STR("a b c d e f g h i j k l\tperson"),
                                              note_fault, &faults),
                     0);
    wd_gazetteer_builder_free(gb);
}

static int view(const char *bytes, size_t size, struct wd_error *err)
{
    struct wd_gazetteer gaz;
    return wd_gazetteer_view((struct wd_str){bytes, size}, "names.wdg", &gaz, err);
}

/* Every single changed byte is noticed, and so is every length. */
static void damaged_file_is_refused(void **state)
{
    struct built *built = *state;
    struct wd_error err = {0};
    size_t size = built->buf.size;
    char *copy = malloc(size);
    memcpy(copy, built->buf.data, size);
    assert_int_equal(view(copy, size, &err), WD_OK);
    for (size_t i = 0; i < size; i += i < 128 ? 1 : 97) {
        copy[i] ^= 0x20;
        assert_int_equal(view(copy, size, &err), WD_EDATA);
        assert_non_null(strstr(err.message, "names.wdg"));
        assert_non_null(strstr(err.message, "wiredesk gazetteer build"));
        copy[i] ^= 0x20;
    }
    for (size_t cut = 0; cut < size; cut += cut < 128 ? 1 : 1009)
        assert_int_equal(view(copy, cut, &err), WD_EDATA);
    free(copy);
}

static void other_version_is_told_apart_from_damage(void **state)
{
    struct built *built = *state;
    struct wd_error err = {0};
    struct wd_gaz_header *head = (struct wd_gaz_header *)(void *)built->buf.data;
    head->file.version++;
    assert_int_equal(view(built->buf.data, built->buf.size, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "another version"));
    head->file.version--;
    head->file.endian = __builtin_bswap32(head->file.endian);
    assert_int_equal(view(built->buf.data, built->buf.size, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "byte order"));
    head->file.endian = __builtin_bswap32(head->file.endian);
}

static void missing_file_is_named_with_its_cure(void **state)
{
    (void)state;
    struct wd_gazetteer gaz;
    struct wd_error err = {0};
    assert_int_equal(wd_gazetteer_open("/nowhere/at/all", &gaz, &err), WD_EDATA);
    assert_non_null(strstr(err.message, "/nowhere/at/all/gazetteer.wdg"));
    assert_non_null(strstr(err.message, "wiredesk gazetteer build"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_match_in_every_spelling, set_up, tear_down),
        cmocka_unit_test_setup_teardown(most_prominent_entity_comes_first, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(evidence_is_kept_with_the_word, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(acronyms_ask_for_capitals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(same_tables_give_the_same_bytes, set_up,
                                        tear_down),
        cmocka_unit_test(every_bad_row_is_named_in_one_run),
        cmocka_unit_test(twelve_words_are_a_name),
        cmocka_unit_test_setup_teardown(damaged_file_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_version_is_told_apart_from_damage, set_up,
                                        tear_down),
        cmocka_unit_test(missing_file_is_named_with_its_cure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
