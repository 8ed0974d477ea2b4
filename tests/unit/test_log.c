/* test_log.c -- nothing from outside can forge a log line or drive a terminal.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <jansson.h>
#include <string.h>

#include "log.h"

static void texts_are_quoted_and_escaped(void **state)
{
    static const struct {
        const char *text;
        const char *line;
    } rows[] = {
        {"plain", "msg=m key=plain"},
        {"", "msg=m key=\"\""},
        {"two words", "msg=m key=\"two words\""},
        {"a=b", "msg=m key=\"a=b\""},
        {"say \"no\"", "msg=m key=\"say \\\"no\\\"\""},
        {"back\\slash", "msg=m key=\"back\\\\slash\""},
        {"line\nlevel=error", "msg=m key=\"line\\x0alevel=error\""},
        {"\x1b[31mred", "msg=m key=\\x1b[31mred"},
        {"\x7f", "msg=m key=\\x7f"},
        {"\xc2\x85next", "msg=m key=\\xc2\\x85next"},  /* C1: NEL */
        {"\xe2\x80\xa8", "msg=m key=\\xe2\\x80\\xa8"}, /* U+2028 */
        {"\xe2\x80\xa9", "msg=m key=\\xe2\\x80\\xa9"}, /* U+2029 */
        {"caf\xc3\xa9", "msg=m key=caf\xc3\xa9"},      /* a letter stays */
        {"\xe2\x80\x9cq\xe2\x80\x9d", "msg=m key=\xe2\x80\x9cq\xe2\x80\x9d"},
    };
    (void)state;
    char line[256];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct log_field fields[] = {LOG_TEXT("key", rows[i].text), {0}};
        (void)log_render(line, sizeof(line), LOG_FORMAT_TEXT, "m", fields);
        assert_string_equal(line, rows[i].line);
    }
}

static void numbers_stand_as_they_are(void **state)
{
    (void)state;
    char line[128];
    const struct log_field fields[] = {
        LOG_NUMBER("a", -1), LOG_NUMBER("b", INT64_MAX), {0}};
    (void)log_render(line, sizeof(line), LOG_FORMAT_TEXT, "two numbers", fields);
    assert_string_equal(line, "msg=\"two numbers\" a=-1 b=9223372036854775807");
}

static void too_long_a_line_is_cut_not_overrun(void **state)
{
    (void)state;
    char line[64], text[500];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    const struct log_field fields[] = {LOG_TEXT("key", text), {0}};
    size_t size = log_render(line, sizeof(line), LOG_FORMAT_TEXT, "m", fields);
    assert_true(size < sizeof(line));
    assert_int_equal(strlen(line), size);
}

/* One line of JSON, parsed. */
static json_t *rendered(size_t size, const char *msg, const struct log_field *fields)
{
    char line[1024];
    json_error_t error;
    size_t n = log_render(line, size, LOG_FORMAT_JSON, msg, fields);
    assert_in_range(n, 2, size - 1);
    json_t *root = json_loadb(line, n, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s: %s", error.text, line);
    assert_null(strpbrk(line, "\n\x1b\x7f"));
    return root;
}

static void json_lines_say_the_same(void **state)
{
    static const struct {
        const char *text;
        const char *read;
    } rows[] = {
        {"plain", "plain"},
        {"", ""},
        {"say \"no\" \\", "say \"no\" \\"},
        {"line\nlevel=error", "line\nlevel=error"},
        {"\x1b[31m\x7f", "\x1b[31m\x7f"},
        {"\xc2\x85\xe2\x80\xa8", "\xc2\x85\xe2\x80\xa8"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"bad \xff\xc3 byte", "bad \xef\xbf\xbd\xef\xbf\xbd byte"},
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct log_field fields[] = {
            LOG_TEXT("key", rows[i].text), LOG_NUMBER("n", -7), {0}};
        json_t *root = rendered(256, "m", fields);
        assert_string_equal(json_string_value(json_object_get(root, "msg")), "m");
        assert_string_equal(json_string_value(json_object_get(root, "key")),
                            rows[i].read);
        assert_int_equal(json_integer_value(json_object_get(root, "n")), -7);
        json_decref(root);
    }
}

static void a_json_line_that_is_cut_stays_json(void **state)
{
    (void)state;
    char text[600];
    memset(text, 'x', sizeof(text) - 1);
    memcpy(text + 20, "\"\xc3\xa9\x01\xe2\x80\xa8", 7);
    text[sizeof(text) - 1] = '\0';
    const struct log_field fields[] = {
        LOG_TEXT("first", text), LOG_TEXT("second", text), LOG_NUMBER("n", 1), {0}};
    for (size_t size = 64; size < 1024; size++)
        json_decref(rendered(size, "something happened", fields));
}

static void levels_below_the_threshold_are_not_wanted(void **state)
{
    (void)state;
    log_set_level(LOG_LEVEL_WARNING);
    assert_true(log_wants(LOG_LEVEL_ERROR));
    assert_true(log_wants(LOG_LEVEL_WARNING));
    assert_false(log_wants(LOG_LEVEL_INFO));
    log_set_level(LOG_LEVEL_DEBUG);
    assert_true(log_wants(LOG_LEVEL_DEBUG));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_quoted_and_escaped),
        cmocka_unit_test(numbers_stand_as_they_are),
        cmocka_unit_test(too_long_a_line_is_cut_not_overrun),
        cmocka_unit_test(json_lines_say_the_same),
        cmocka_unit_test(a_json_line_that_is_cut_stays_json),
        cmocka_unit_test(levels_below_the_threshold_are_not_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
