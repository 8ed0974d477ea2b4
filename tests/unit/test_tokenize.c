/* test_tokenize.c -- the stage: tokens and sentences of an article, and their limit.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "base/article.h"
#include "tokenize/tokenize.h"

/* Runs the stage over a text whose regions are parted by the joiner. */
static int run(struct wd_article *art, const char *text, const char *language,
               const struct wd_options *opts)
{
    static struct wd_region regions[8];
    struct wd_record record = {.value = wd_str_from(text)};
    size_t n = 0;

    wd_article_begin(art, &record);
    art->opts = opts;
    art->facts.text = record.value;
    art->facts.language = wd_str_from(language);
    for (const char *p = text; p;) {
        const char *joiner = strstr(p, WD_JOINER);
        uint32_t end = (uint32_t)(joiner ? (size_t)(joiner - text) : strlen(text));
        regions[n++] = (struct wd_region){WD_ROLE_BODY, {(uint32_t)(p - text), end}};
        p = joiner ? joiner + strlen(WD_JOINER) : NULL;
    }
    art->facts.regions = regions;
    art->facts.n_regions = n;
    return wd_stage_tokenize.run(NULL, art);
}

/* The sentences joined by " / ", their tokens by "|"; a space-less seam is "~". */
static void describe(const struct wd_facts *facts, char *got, size_t room)
{
    size_t tok = 0;
    got[0] = '\0';
    for (size_t i = 0; i < facts->n_sentences; i++) {
        if (i)
            strncat(got, " / ", room - strlen(got) - 1);
        for (; tok < facts->n_tokens &&
               facts->tokens[tok].span.end <= facts->sentences[i].end;
             tok++) {
            struct wd_str word = wd_span_of(facts->text, facts->tokens[tok].span);
            bool is_last = facts->tokens[tok].span.end == facts->sentences[i].end;
            strncat(got, word.data, word.size);
            strncat(got,
                    is_last                        ? ""
                    : facts->tokens[tok].is_spaced ? "|"
                                                   : "~",
                    room - strlen(got) - 1);
        }
    }
    assert_int_equal(tok, facts->n_tokens);
}

static void other_languages_get_the_unicode_segments(void **state)
{
    (void)state;
    static const struct {
        const char *language, *text, *want;
    } rows[] = {
        {"de", "Berlin. Es ist 8.30 Uhr!", "Berlin~. / Es|ist|8.30|Uhr~!"},
        {"de", "Erste Zeile\nZweite Zeile", "Erste|Zeile / Zweite|Zeile"},
        {"de", "Titel" WD_JOINER "Text.", "Titel / Text~."},
        {"fr", "\xc2\xab\xc2\xa0Oui\xc2\xa0!\xc2\xa0\xc2\xbb dit-il.",
         "\xc2\xab|Oui|!|\xc2\xbb|dit~-~il~."},
        {"und", "  \n \xe2\x80\xa8 ", ""},
        {"zh", "\xe4\xb8\xad\xe6\x96\x87\xe3\x80\x82\xe5\xae\x83",
         "\xe4\xb8\xad~\xe6\x96\x87~\xe3\x80\x82 / \xe5\xae\x83"},
        /* U+202F is white space, though UAX #29 joins figures with it. */
        {"fr",
         "10\xe2\x80\xaf"
         "000 a\xe2\x80\xaf",
         "10|000|a"},
        {"en",
         "10\xe2\x80\xaf"
         "000\n\xe2\x80\xaf"
         "a. \xe2\x80\xaf"
         "B",
         "10|000 / a~. / B"},
        /* A boundary of sentences inside a word of UAX #29: the word stays whole. */
        {"ar", "\xd9\x85.\xd9\x86 \xd9\x85", "\xd9\x85.\xd9\x86|\xd9\x85"},
        {"und", "", ""},
    };
    struct wd_options opts;
    wd_options_init(&opts);
    struct wd_article *art = wd_article_new();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char got[512];
        assert_int_equal(run(art, rows[i].text, rows[i].language, &opts), WD_OK);
        describe(wd_article_facts(art), got, sizeof(got));
        assert_string_equal(got, rows[i].want);
    }
    wd_article_free(art);
}

static void kinds_tell_words_numbers_points_and_signs_apart(void **state)
{
    (void)state;
    static const enum wd_token_kind want[] = {
        WD_TOKEN_WORD,  WD_TOKEN_NUMBER, WD_TOKEN_PUNCT, WD_TOKEN_SYMBOL, WD_TOKEN_SYMBOL,
        WD_TOKEN_PUNCT, WD_TOKEN_SYMBOL, WD_TOKEN_WORD,  WD_TOKEN_PUNCT,  WD_TOKEN_WORD,
    };
    struct wd_options opts;
    wd_options_init(&opts);
    struct wd_article *art = wd_article_new();
    const char *text = "Uhr 8.30 , $ \xe2\x82\xac \xe2\x80\x94 \xc2\xa9 A4 \xe3\x80\x8c "
                       "\xe4\xb8\xad";

    assert_int_equal(run(art, text, "de", &opts), WD_OK);
    const struct wd_facts *facts = wd_article_facts(art);
    assert_int_equal(facts->n_tokens, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < facts->n_tokens; i++)
        assert_int_equal(facts->tokens[i].kind, want[i]);
    wd_article_free(art);
}

static void one_token_past_the_limit_is_refused(void **state)
{
    (void)state;
    struct wd_options opts;
    wd_options_init(&opts);
    opts.limits.tokens = 4;
    struct wd_article *art = wd_article_new();

    assert_int_equal(run(art, "eins zwei drei.", "de", &opts), WD_OK);
    assert_int_equal(wd_article_facts(art)->n_tokens, 4);
    assert_int_equal(run(art, "eins zwei drei vier.", "de", &opts), WD_ELIMIT);
    assert_int_equal(wd_article_facts(art)->n_tokens, 4);
    wd_article_free(art);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_languages_get_the_unicode_segments),
        cmocka_unit_test(kinds_tell_words_numbers_points_and_signs_apart),
        cmocka_unit_test(one_token_past_the_limit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
