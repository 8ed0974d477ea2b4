/* test_english.c -- English words and sentences, rule by rule.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row is a text and its cut: sentences parted by " / ", tokens by "|" where white space
 * stands between them and by "~" where none does; "^" marks a clitic. */
#include "cmocka_prelude.h"

#include "tokenize/english_lists.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

struct cut_text {
    struct wd_str text;
    char got[2048];
    uint32_t end; /* of the last token */
    bool is_start;
};

static void append(struct cut_text *cut, const char *data, size_t size)
{
    assert_true(strlen(cut->got) + size < sizeof(cut->got));
    strncat(cut->got, data, size);
}

static int take_token(void *user, const struct wd_token *tok)
{
    struct cut_text *cut = user;
    if (cut->end && !cut->is_start)
        append(cut, cut->end == tok->span.start ? "~" : "|", 1);
    if (tok->flags & WD_TOKEN_CLITIC)
        append(cut, "^", 1);
    append(cut, cut->text.data + tok->span.start, tok->span.end - tok->span.start);
    cut->end = tok->span.end;
    cut->is_start = false;
    return WD_OK;
}

static int take_sentence(void *user, struct wd_span sentence)
{
    struct cut_text *cut = user;
    assert_int_equal(sentence.end, cut->end);
    append(cut, " / ", 3);
    cut->is_start = true;
    return WD_OK;
}

static void assert_cut(const char *text, const char *want)
{
    struct cut_text cut = {.text = wd_str_from(text)};
    struct wd_cut_sink sink = {&cut, take_token, take_sentence};
    struct wd_span all = {0, (uint32_t)cut.text.size};

    assert_int_equal(wd_cut(cut.text, all, WD_STR("en-GB"), &sink), WD_OK);
    size_t size = strlen(cut.got);
    if (size)
        cut.got[size - 3] = '\0'; /* the last " / " */
    assert_string_equal(cut.got, want);
}

struct row {
    const char *text, *want;
};

#define ASSERT_ROWS(rows)                                                                \
    for (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++)                        \
    assert_cut((rows)[i].text, (rows)[i].want)

static void clitics_part_from_their_words(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"They don't, can't, won't.", "They|do~^n't~,|ca~^n't~,|wo~^n't~."},
        {"We\xe2\x80\x99re Ukraine\xe2\x80\x99s",
         "We~^\xe2\x80\x99re|Ukraine~^\xe2\x80\x99s"},
        {"I'd've said she'll", "I~^'d~^'ve|said|she~^'ll"},
        {"DON'T SHOUT, IT'S", "DO~^N'T|SHOUT~,|IT~^'S"},
        {"O'Brien at nine o'clock", "O'Brien|at|nine|o'clock"},
        {"the U.S.'s fleet", "the|U.S.~^'s|fleet"},
        {"The U.\xe2\x80\x99S x.", "The|U~.~^\xe2\x80\x99S|x~."}, /* a fuzzer's */
        {"the soldiers' wives", "the|soldiers~^'|wives"},
        {"a 'few words' here", "a|'~few|words~'|here"},
        {"Z\xc3\xbcrich's caf\xc3\xa9s", "Z\xc3\xbcrich~^'s|caf\xc3\xa9s"},
        {"It cannot be; we're gonna", "It|can~^not|be~;|we~^'re|gon~^na"},
        {"the '90s and 1990's, get 'em", "the|'90s|and|1990's~,|get|'em"},
    };
    ASSERT_ROWS(rows);
}

static void points_stay_with_abbreviations(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Mr. Ode met Sen. Lund.", "Mr.|Ode|met|Sen.|Lund~."},
        {"SEN. ODE AND REPS. LUND MEET", "SEN.|ODE|AND|REPS.|LUND|MEET"},
        {"He sued the SEC. It won.", "He|sued|the|SEC~. / It|won~."},
        {"the U.S. Navy, at 9 a.m. sharp", "the|U.S.|Navy~,|at|9|a.m.|sharp"},
        {"J. D. Ode and J.R.R. Lund", "J.|D.|Ode|and|J.R.R.|Lund"},
        {"J. A. Ode saw E. I. Lund", "J.|A.|Ode|saw|E.|I.|Lund"},
        {"J.\u00a0Ode wrote Plan B.\u00a0", "J.|Ode|wrote|Plan|B~."},
        {"No. 5 said no.", "No.|5|said|no~."},
        {"Roe v. Wade, p. 4", "Roe|v.|Wade~,|p.|4"},
        {"1. Boil it. 2. Stir.", "1~.|Boil|it~. / 2~.|Stir~."},
        {"Q. Who pays? A. The state.", "Q~.|Who|pays~? / A~.|The|state~."},
        {"\u00ab Assez. \u00bb He left.", "\u00ab|Assez~.|\u00bb / He|left~."},
        {"fish, etc., at Ode Inc. today", "fish~,|etc.~,|at|Ode|Inc.|today"},
        {"non-U.S. staff in G.R.E.A.T. form", "non-U.S.|staff|in|G.R.E.A.T.|form"},
        {"Ann I. Ode and I. He left.", "Ann|I.|Ode|and|I~. / He|left~."},
        {"a Ph.D. thesis", "a|Ph.D.|thesis"},
        {"He left.She stayed.", "He|left~. / She|stayed~."},
        {"on example.com today", "on|example.com|today"},
        {"wait... what?! No!!", "wait~...|what~?! / No~!!"},
        {"cut [...] short\xe2\x80\xa6", "cut|[~...~]|short~\xe2\x80\xa6"},
    };
    ASSERT_ROWS(rows);
}

static void hyphens_part_words_but_for_prefixes(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"a 20-year-old state-run firm", "a|20~-~year~-~old|state~-~run|firm"},
        {"anti-war co-founder", "anti-war|co-founder"},
        {"over-the-top", "over~-~the~-~top"},
        {"and/or 24-7", "and~/~or|24~-~7"},
        {"won 3-1 in 2010-2011", "won|3~-~1|in|2010~-~2011"},
        {"call 555-0134 or 212-555-0134", "call|555-0134|or|212-555-0134"},
        {"it \xe2\x80\x94 or\xe2\x80\x94no", "it|\xe2\x80\x94|or~\xe2\x80\x94~no"},
        {"AT&T and R&D", "AT&T|and|R&D"},
    };
    ASSERT_ROWS(rows);
}

static void figures_part_from_signs_and_units(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"$5m or 7.5% of US$1,000.50", "$~5~m|or|7.5~%|of|US$~1,000.50"},
        {"at 10am or 10:30 p.m., 5km", "at|10~am|or|10:30|p.m.~,|5~km"},
        {"the 4th in the 1990s, 3D", "the|4th|in|the|1990s~,|3D"},
        {"on 9/11 and 12/31/2010", "on|9/11|and|12/31/2010"},
        {"\xc2\xa3"
         "20bn",
         "\xc2\xa3~20~bn"},
        {"a .5 share", "a|.5|share"},
    };
    ASSERT_ROWS(rows);
}

static void addresses_and_faces_are_whole(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"see https://example.org/a?b=c.", "see|https://example.org/a?b=c~."},
        {"(www.example.org/x_(y))", "(~www.example.org/x_(y))"},
        {"write to a.b@ex-ample.org, please", "write|to|a.b@ex-ample.org~,|please"},
        {"example.com/news: more", "example.com/news~:|more"},
        {"ratio a:b is 3:2", "ratio|a~:~b|is|3:2"},
        {"fine :-) really", "fine|:-)|really"},
        {"by @desk on #news", "by|@desk|on|#news"},
    };
    ASSERT_ROWS(rows);
}

static void sentences_end_where_an_editor_ends_them(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"She fled to the U.S. The ship left.", "She|fled|to|the|U.S. / The|ship|left~."},
        {"The U.S. Senate sat.", "The|U.S.|Senate|sat~."},
        {"It ends at 5 p.m. Reporters wait.", "It|ends|at|5|p.m. / Reporters|wait~."},
        {"Until 5 p.m. Monday.", "Until|5|p.m.|Monday~."},
        {"\"Why?\" Ode asked.", "\"~Why~?~\"|Ode|asked~."},
        {"\xe2\x80\x9cWe won.\xe2\x80\x9d She smiled.",
         "\xe2\x80\x9c~We|won~.~\xe2\x80\x9d / She|smiled~."},
        {"\xe2\x80\x9cWe won!\xe2\x80\x9d she said.",
         "\xe2\x80\x9c~We|won~!~\xe2\x80\x9d|she|said~."},
        {"It rose to 3.5. Then it fell.", "It|rose|to|3.5~. / Then|it|fell~."},
        {"He paused... Then spoke.", "He|paused~... / Then|spoke~."},
        {"He paused... then spoke.", "He|paused~...|then|spoke~."},
        {"A quay at dusk Image: Ann Ode.", "A|quay|at|dusk / Image~:|Ann|Ode~."},
        {"One line\nNext line", "One|line / Next|line"},
        {"One\xe2\x80\xa9Two\r\nThree", "One / Two / Three"},
        {"(It rained.) We left.", "(~It|rained~.~) / We|left~."},
        {"Plan B. The end.", "Plan|B~. / The|end~."},
        {"We sat. they ate.", "We|sat~. / they|ate~."},
        {"Stop!Go on...Then go.", "Stop~! / Go|on~... / Then|go~."},
        {"Best regards, Ann Ode", "Best|regards~, / Ann|Ode"},
        {"He said, with regards, Ann is fine", "He|said~,|with|regards~,|Ann|is|fine"},
        {"(Reuters) The ship left.", "(~Reuters~) / The|ship|left~."},
        {"(Reuters) - The ship left.", "(~Reuters~)|-|The|ship|left~."},
        {"Ann Ode 02/03/2025 08:02 PM all is well",
         "Ann|Ode|02/03/2025|08:02|PM / all|is|well"},
        {"at 08:02 PM all is well", "at|08:02|PM|all|is|well"},
        {"https://a.example/1 https://a.example/2",
         "https://a.example/1 / https://a.example/2"},
        {"the U.S. I.P. rules", "the|U.S.|I.P.|rules"},
        {"the bill, S. 207, passed", "the|bill~,|S.|207~,|passed"},
        {"\"No.\" - Ann Ode", "\"~No~.~\"|-|Ann|Ode"},
        {"Thanks :) See you.", "Thanks|:) / See|you~."},
        {"Yahoo! and others", "Yahoo~!|and|others"},
        {"", ""},
    };
    ASSERT_ROWS(rows);
}

static void every_abbreviation_is_found(void **state)
{
    (void)state;
    const struct wd_word_list *lists[] = {&wd_english_titles, &wd_english_shorts};
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < lists[i]->count; k++) {
            struct wd_str word = wd_str_from(lists[i]->words[k]);
            assert_true(word.size <= WD_ABBREVIATION_BYTES);
            assert_true(wd_english_is_abbreviation(word));
        }
    }
    assert_false(wd_english_is_abbreviation(WD_STR("No")));
    assert_false(wd_english_is_abbreviation(WD_STR("Mrt")));
}

static void lists_are_in_byte_order(void **state)
{
    (void)state;
    const struct wd_word_list *lists[] = {
        &wd_english_titles,   &wd_english_shorts, &wd_english_numerals,
        &wd_english_starters, &wd_english_speech, &wd_english_prefixes,
        &wd_english_units,
    };
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        for (size_t k = 0; k < lists[i]->count; k++) {
            const char *word = lists[i]->words[k];
            assert_true(k == 0 || strcmp(lists[i]->words[k - 1], word) < 0);
            assert_true(wd_list_has(lists[i], wd_str_from(word)));
            assert_false(wd_list_has(lists[i], (struct wd_str){word, 0}));
        }
        assert_false(wd_list_has(lists[i], WD_STR("zzz")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clitics_part_from_their_words),
        cmocka_unit_test(points_stay_with_abbreviations),
        cmocka_unit_test(hyphens_part_words_but_for_prefixes),
        cmocka_unit_test(figures_part_from_signs_and_units),
        cmocka_unit_test(addresses_and_faces_are_whole),
        cmocka_unit_test(sentences_end_where_an_editor_ends_them),
        cmocka_unit_test(every_abbreviation_is_found),
        cmocka_unit_test(lists_are_in_byte_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
