/* test_language.c -- the detector's word against the declaration's.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/article.h"
#include "base/utf8.h"
#include "language/language.h"

#define ENGLISH                                                                          \
    "The harbour board voted on Tuesday to keep the old ferry running through the "      \
    "winter, after residents said the bridge would not be finished in time."
#define GERMAN                                                                           \
    "Der Hafenrat hat am Dienstag beschlossen, die alte F\xc3\xa4hre den Winter "        \
    "\xc3\xbc"                                                                           \
    "ber weiterfahren zu lassen, weil die Br\xc3\xbc"                                    \
    "cke nicht rechtzeitig fertig wird."
#define UKRAINIAN                                                                        \
    "\xd0\xa0\xd0\xb0\xd0\xb4\xd0\xb0 \xd0\xbf\xd0\xbe\xd1\x80\xd1\x82\xd1\x83 "         \
    "\xd0\xb2\xd0\xb8\xd1\x80\xd1\x96\xd1\x88\xd0\xb8\xd0\xbb\xd0\xb0 "                  \
    "\xd1\x83 \xd0\xb2\xd1\x96\xd0\xb2\xd1\x82\xd0\xbe\xd1\x80\xd0\xbe\xd0\xba "         \
    "\xd0\xb7\xd0\xb1\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb3\xd1\x82\xd0\xb8 "                  \
    "\xd0\xbf\xd0\xbe\xd1\x80\xd0\xbe\xd0\xbc \xd0\xbd\xd0\xb0 "                         \
    "\xd0\xb7\xd0\xb8\xd0\xbc\xd1\x83, \xd0\xb1\xd0\xbe "                                \
    "\xd0\xbc\xd1\x96\xd1\x81\xd1\x82 "                                                  \
    "\xd1\x89\xd0\xb5 \xd0\xbd\xd0\xb5 "                                                 \
    "\xd0\xb3\xd0\xbe\xd1\x82\xd0\xbe\xd0\xb2\xd0\xb8\xd0\xb9."
#define TRADITIONAL                                                                      \
    "\xe6\xb8\xaf\xe5\x8b\x99\xe5\xa7\x94\xe5\x93\xa1\xe6\x9c\x83\xe9\x80\xb1\xe4\xba"   \
    "\x8c\xe6\xb1\xba\xe5\xae\x9a\xe8\xae\x93\xe8\x88\x8a\xe6\xb8\xa1\xe8\xbc\xaa\xe7"   \
    "\xb9\xbc\xe7\xba\x8c\xe8\xa1\x8c\xe9\xa7\x9b\xef\xbc\x8c\xe5\x9b\xa0\xe7\x82\xba"   \
    "\xe6\xa9\x8b\xe6\xa8\x91\xe9\x82\x84\xe6\xb2\x92\xe6\x9c\x89\xe5\xae\x8c\xe6\x88"   \
    "\x90\xe3\x80\x82"

static void assert_language(const char *text, const char *declared, const char *want)
{
    struct wd_article *art = wd_article_new();
    struct wd_record record = {.value = wd_str_from(text)};
    wd_article_begin(art, &record);
    art->facts.text = record.value;
    art->facts.meta.language = wd_str_from(declared);
    assert_int_equal(wd_stage_language.run(NULL, art), WD_OK);
    assert_string_equal(art->facts.language.data, want);
    wd_article_free(art);
}

static void text_and_declaration_are_weighed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *declared, *want;
    } rows[] = {
        {ENGLISH, "", "en"},
        {GERMAN, "", "de"},
        {UKRAINIAN, "", "uk"},
        {TRADITIONAL, "", "zh-Hant"},
        {ENGLISH, "en-GB", "en-GB"}, /* agrees and says more */
        {ENGLISH, "EN_us", "en-US"},
        {TRADITIONAL, "zh", "zh-Hant"},
        {TRADITIONAL, "zh-hant-tw", "zh-Hant-TW"},
        {GERMAN, "en", "de"}, /* a template's default */
        {"Kyiv", "uk", "uk"}, /* too short to tell */
        {"Kyiv", "", "und"},
        {"12 345 67", "", "und"},
        {"12 345 67", "fr", "fr"},
        {ENGLISH, "not a tag", "en"},
        {ENGLISH, "x", "en"},
        {"12", "und", "und"},
        {"12", "english!", "und"},
        {"", "", "und"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_language(rows[i].text, rows[i].declared, rows[i].want);
}

/* Samples are cut at 512 and at 2,048 bytes; a cut must not tear a letter. The second is
 * looked at where the first holds nothing but a table of figures. */
static void samples_end_between_letters(void **state)
{
    (void)state;
    static char text[8192];
    for (size_t shift = 0; shift < 4; shift++) {
        for (size_t figures = 0; figures <= 600; figures += 600) {
            memset(text, 0, sizeof(text));
            memset(text, ' ', shift);
            while (strlen(text) < figures)
                strcat(text, "12.5 ");
            while (strlen(text) < 4096)
                strcat(text, UKRAINIAN " ");
            assert_language(text, "", "uk");
        }
    }
}

/* A report in English that opens with a long quotation stays English: the first sample is
 * half and half, the second is not. */
static void a_mixed_start_is_looked_at_again(void **state)
{
    (void)state;
    char text[4096] = GERMAN " " ENGLISH " ";
    while (strlen(text) < 3000)
        strcat(text, ENGLISH " ");
    assert_language(text, "", "en");
}

/* A letter of another script at the end: is it alone among the others? */
#define MIXED "The harbour board voted\xd0\xb0 on Tuesday\xe6\xb8\xaf"

static void run_at_end(char *end, const char *text, size_t size)
{
    struct wd_article *art = wd_article_new();
    struct wd_record record = {.value = WD_STR("a")};
    wd_article_begin(art, &record);
    art->facts.text = (struct wd_str){end - size, size};
    memcpy(end - size, text, size);
    assert_int_equal(wd_stage_language.run(NULL, art), WD_OK);
    wd_article_free(art);
}

/* CLD2 reads on; here that would end the program. */
static void nothing_behind_the_text_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {ENGLISH, GERMAN, TRADITIONAL, MIXED};
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *pages =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(pages != MAP_FAILED);
    assert_int_equal(mprotect(pages + page, page, PROT_NONE), 0);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        for (size_t size = strlen(texts[i]); size > 0; size--) {
            if (wd_utf8_is_start(texts[i][size]) || texts[i][size] == '\0')
                run_at_end(pages + page, texts[i], size);
        }
    }
    assert_int_equal(munmap(pages, 2 * page), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_declaration_are_weighed),
        cmocka_unit_test(samples_end_between_letters),
        cmocka_unit_test(nothing_behind_the_text_is_read),
        cmocka_unit_test(a_mixed_start_is_looked_at_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
