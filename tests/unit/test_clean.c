/* test_clean.c -- prose stays, furniture goes, and no byte is lost.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/article.h"
#include "clean/clean.h"
#include "support/clean_law.h"

/* ---- an article that has only just been decoded */

struct bench {
    struct wd_article *art;
    struct wd_options opts;
    void *state;
    int status;
};

static struct bench bench_new(void)
{
    struct bench bench = {.art = wd_article_new()};
    assert_non_null(bench.art);
    wd_options_init(&bench.opts);
    bench.state = calloc(1, wd_stage_clean.state_size);
    assert_non_null(bench.state);
    assert_int_equal(wd_stage_clean.open(bench.state, &bench.opts, NULL), WD_OK);
    return bench;
}

static const struct wd_facts *bench_clean(struct bench *bench, struct wd_str raw,
                                          struct wd_meta meta)
{
    const struct wd_record record = {.value = raw};
    wd_article_begin(bench->art, &record);
    bench->art->opts = &bench->opts;
    bench->art->facts.raw = raw;
    bench->art->facts.meta = meta;
    bench->status = wd_stage_clean.run(bench->state, bench->art);
    return wd_article_facts(bench->art);
}

static void bench_free(struct bench *bench)
{
    wd_article_free(bench->art);
    free(bench->state);
}

static char *copy_of(struct wd_str str)
{
    return strndup(str.data ? str.data : "", str.size);
}

static void assert_text(struct wd_str text, const char *want)
{
    char *got = copy_of(text);
    assert_string_equal(got, want);
    free(got);
}

/* ---- lines */

struct row {
    const char *raw;
    const char *text;
};

#define PROSE_1                                                                          \
    "The council voted on Monday to widen the harbour road, ending a dispute that had "  \
    "run for nine years."
#define PROSE_2                                                                          \
    "Residents who live along the quay said the work would bring noise and dust, and "   \
    "asked for a delay."
#define PROSE_3                                                                          \
    "The mayor replied that the road was no longer safe, and that waiting would only "   \
    "make it dearer."

static void clean_rows(const struct row *rows, size_t n)
{
    struct bench bench = bench_new();
    for (size_t i = 0; i < n; i++) {
        const struct wd_facts *facts =
            bench_clean(&bench, wd_str_from(rows[i].raw), (struct wd_meta){0});
        assert_int_equal(bench.status, WD_OK);
        law_assert(facts);
        assert_text(facts->text, rows[i].text);
    }
    bench_free(&bench);
}

static void white_space_is_mended(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"One  two\tthree.", "One two three."},
        {"  One.  ", "One."},
        {"One.\r\nTwo.\r\n", "One.\nTwo."},
        {"One.\rTwo.", "One.\nTwo."},
        {"One.\n\n\n \nTwo.", "One.\nTwo."},
        {"\xef\xbb\xbfOne.", "One."},            /* byte order mark */
        {"One\xc2\xa0\xc2\xa0two.", "One two."}, /* nbsp */
        {"One\xe3\x80\x80two.", "One two."},     /* ideographic */
        {"O\xe2\x80\x8bne.", "One."},            /* zero width */
        {"One.\xe2\x80\xa8Two.", "One.\nTwo."},  /* line separator */
        {"a\xe2\x80\x8d"
         "b.",
         "a\xe2\x80\x8d"
         "b."}, /* a joiner is text */
    };
    clean_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

static void what_markup_calls_furniture_goes(void **state)
{
    (void)state;
    static const char raw[] = "Sign of the times\n" PROSE_1 "\nThe old quay\n" PROSE_2
                              "\nA line of another text";
    struct bench bench = bench_new();
    struct wd_str all = wd_str_from(raw);
    const struct wd_record record = {.value = all};
    wd_article_begin(bench.art, &record);
    bench.art->opts = &bench.opts;
    bench.art->facts.raw = all;
    struct wd_str menu = {all.data, strlen("Sign of the times")};
    struct wd_str caption = {strstr(raw, "The old quay"), strlen("The old quay")};
    assert_int_equal(wd_article_add_aside(bench.art, menu, WD_FURNITURE_NAVIGATION),
                     WD_OK);
    assert_int_equal(wd_article_add_aside(bench.art, caption, WD_FURNITURE_CAPTION),
                     WD_OK);
    assert_int_equal(wd_article_add_aside(bench.art, WD_STR("A line of another text"),
                                          WD_FURNITURE_CAPTION),
                     WD_OK);
    assert_int_equal(wd_stage_clean.run(bench.state, bench.art), WD_OK);
    law_assert(wd_article_facts(bench.art));
    assert_text(wd_article_facts(bench.art)->text,
                PROSE_1 "\n" PROSE_2 "\nA line of another text");
    bench_free(&bench);
}

static void sentences_that_look_like_furniture_stay(void **state)
{
    (void)state;
    static const char *const sentences[] = {
        "Follow the money, he said, and you will find the contractor on every page of "
        "it.",
        "Credit for the rescue went to two fishermen who had seen the smoke from the "
        "bay.",
        "By Tuesday the water had gone down, and people went back to look at the houses.",
        "By then it was over.",
        "Photo after photo showed the same grey van outside the bank, the court was "
        "told.",
        "Read in full, the report is kinder to the ministry than its summary suggests.",
        "Share prices fell in London and Paris after the bank said it would cut 900 "
        "jobs.",
        "Related charges against the company were dropped in March, the prosecutor said.",
        "Advertising is not the answer, she told the committee.",
        "Updated rules will come into force in May.",
        "No.",
        "“No,” she said.",
        "Copyright law does not cover such lists, the court found.",
        "Source code for the voting machines was never shown to the auditors, he said.",
        "Subscribe or not, the union said, the fund would pay every member the same sum.",
        "Reuters reported the talks on Sunday.",
        "More from the fund will be needed, he said.",
        "Germany has come to see Norway as a preferred source of gas, the minister said.",
        "The app changed its terms of service and privacy policy without a word to "
        "users.",
        "Shoppers in California may opt out of the sale of their data, the court held.",
        "Get in touch with reality, the senator told his colleagues.",
        "The password was written on the wall.",
        "This article is more than a contract between two ports, the judge wrote.",
        "The museum wants to be the first to know where the ship went down, it said.",
        "Viewers who wanted to play the video had to scroll to continue, he said.",
        "The union asked its members whether they had a story for the inquiry to hear.",
        "By signing up 50,000 volunteers, the party hopes to knock on every door by May.",
        "Farmers can sign up to receive help with seed and fodder until the end of June.",
        "“You will find three hundred complaints in your inbox,” she told the minister.",
        "The bank said on Friday that the leak “had nothing to do with our privacy "
        "policy” and that it would pay.",
        "The bill was delivered to you, Mr. Speaker.",
        "Food.",
        "Home.",
        "March 3",
        "What happens next",
        "Photo finishes are rare on that course, and this one took the judges ten "
        "minutes.",
        "Source: close to the talks, he said, was a poor description of the man.",
        "Listen to the sea, she said, and you will hear what the ministry will not.",
        "Get the latest vaccine, doctors urged.",
        "Follow-up talks will be held in Oslo on Friday, the ministry said in a "
        "statement.",
        "(He later said that he had meant the other mayor.)",
        "The minister named no day for the vote, and gave no reason. (Reuters)",
        "The plan has a cost (and/or a price), as the mayor likes to put it.",
    };
    struct bench bench = bench_new();
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        char raw[1024];
        (void)snprintf(raw, sizeof(raw), "%s\n%s\n%s\n%s\n", PROSE_1, sentences[i],
                       PROSE_2, PROSE_3);
        const struct wd_facts *facts =
            bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
        raw[strlen(raw) - 1] = '\0';
        assert_text(facts->text, raw);
        assert_int_equal(facts->n_furniture, 0);
    }
    bench_free(&bench);
}

/* What looks like a page's links and labels, and is the article. */
static void what_the_article_lists_stays(void **state)
{
    (void)state;
    static const char *const articles[] = {
        PROSE_1 "\n| Quay | Ships | Change |\n| North | 41 | -3 |\n" PROSE_2,
        PROSE_1 "\nJune 9 – Port Ellen @ City Arena\nJune 10 – Oban @ The Old Pier\n"
                "June 12 – Bergen @ Grieghallen\n" PROSE_2,
        /* cross-heads, written like titles */
        PROSE_1 "\nThe Road Is Too Narrow For Two Buses\n" PROSE_2
                "\nThe Money Was There Before The Plan Was\n" PROSE_3
                "\nThe Neighbours Will Have The Last Word Again\n" PROSE_1,
        /* a letter's end */
        PROSE_1 "\n" PROSE_2 "\nSincerely,\nIda Holm\nPer Lund\nThe Harbour Society",
        PROSE_1 "\n" PROSE_2 "\nIda Holm\nMayor of Port Ellen\nPer Lund",
        PROSE_1 "\n" PROSE_2 "\nWHAT: Harbour Road Hearing\nWHERE: Town Hall",
    };
    struct bench bench = bench_new();
    for (size_t i = 0; i < sizeof(articles) / sizeof(articles[0]); i++) {
        const struct wd_facts *facts =
            bench_clean(&bench, wd_str_from(articles[i]), (struct wd_meta){0});
        assert_text(facts->text, articles[i]);
    }
    bench_free(&bench);
}

/* "More to Read" takes links; the page's last paragraph is none. */
static void last_paragraph_below_links_stays(void **state)
{
    (void)state;
    const char *raw = PROSE_1 "\n" PROSE_2 "\nMore to Read\n"
                              "Ferry fares rise for the second time in a year\n"
                              "Old lighthouse sold to a retired teacher\n" PROSE_3;
    struct bench bench = bench_new();
    const struct wd_facts *facts =
        bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
    assert_text(facts->text, PROSE_1 "\n" PROSE_2 "\n" PROSE_3);
    assert_int_equal(facts->n_furniture, 3);
    bench_free(&bench);
}

struct furniture_row {
    const char *line;
    enum wd_furniture_kind kind;
};

/* Each line is put between paragraphs and below them; both times it must go. */
static void furniture_goes_wherever_it_stands(void **state)
{
    (void)state;
    static const struct furniture_row rows[] = {
        {"ADVERTISEMENT", WD_FURNITURE_ADVERTISING},
        {"Advertising", WD_FURNITURE_ADVERTISING},
        {"Story continues below advertisement", WD_FURNITURE_ADVERTISING},
        {"![](https://example.org/a.jpg)", WD_FURNITURE_IMAGE},
        {"![A quay](https://example.org/a.jpg)", WD_FURNITURE_IMAGE},
        {"This article originally appeared in The Harbour Post.",
         WD_FURNITURE_SYNDICATION_NOTE},
        {"© 2025 The Harbour Post Company", WD_FURNITURE_COPYRIGHT},
        {"Copyright 2025 The Harbour Post. All rights reserved.", WD_FURNITURE_COPYRIGHT},
        {"Read more: Ferry strike enters third week", WD_FURNITURE_RELATED},
        {"Related: Ferry strike enters third week", WD_FURNITURE_RELATED},
        {"SEE ALSO: Ferry strike enters third week", WD_FURNITURE_RELATED},
        {"Read the full article .", WD_FURNITURE_PROMO},
        {"Follow Harbour News’s Ida Holm on ”X”, Threads, or on Facebook.",
         WD_FURNITURE_SOCIAL},
        {"Follow Ida Holm on X @idaholm", WD_FURNITURE_SOCIAL},
        {"Sign up for our morning newsletter.", WD_FURNITURE_SUBSCRIPTION},
        {"Photo: Ida Holm/Harbour News", WD_FURNITURE_CREDIT},
        {"(Ida Holm / Harbour News)", WD_FURNITURE_CREDIT},
        {"(AP Photo/Ida Holm)", WD_FURNITURE_CREDIT},
        {"Updated 3:45 p.m. ET, Feb. 12, 2025", WD_FURNITURE_TIMESTAMP},
        {"Nov. 20, 2019, 9:28 AM UTC", WD_FURNITURE_TIMESTAMP},
        {"Updated an hour ago", WD_FURNITURE_TIMESTAMP},
        {"Image 1 of 5", WD_FURNITURE_NAVIGATION},
        {"1 / 13", WD_FURNITURE_NAVIGATION},
        {"VIDEO3:21", WD_FURNITURE_NAVIGATION},
        {"(Getty)", WD_FURNITURE_CREDIT},
        {"197 Shares", WD_FURNITURE_SOCIAL},
        {"2 comments", WD_FURNITURE_SOCIAL},
        {"ida.holm@example.org", WD_FURNITURE_BYLINE},
        {"(Image: Harbour Museum )", WD_FURNITURE_CREDIT},
        {"We and our partners read your email address and keep it for as long as the law "
         "of the harbour allows, and not a day longer.",
         WD_FURNITURE_SUBSCRIPTION},
        {"Advertisement · Scroll to continue", WD_FURNITURE_ADVERTISING},
        {"Sponsor Message", WD_FURNITURE_ADVERTISING},
        {"Image:", WD_FURNITURE_CAPTION},
        {"To play this video you need to enable JavaScript in your browser.",
         WD_FURNITURE_CAPTION},
        {"You can save this article by registering for free here.",
         WD_FURNITURE_SUBSCRIPTION},
        {"You’ve reached your limit of free articles", WD_FURNITURE_SUBSCRIPTION},
        {"Share or comment on this article:", WD_FURNITURE_SOCIAL},
        {"list of 4 items", WD_FURNITURE_RELATED},
        {"The BBC is not responsible for the content of external sites.",
         WD_FURNITURE_NAVIGATION},
        {"Corrections and clarifications|Submit a news tip", WD_FURNITURE_NAVIGATION},
        {"This article is more than 3 years old.", WD_FURNITURE_NAVIGATION},
        {"___", WD_FURNITURE_NAVIGATION},
        {"\xe2\x80\x8c", WD_FURNITURE_NAVIGATION}, /* a joiner of no letters */
        {"https://example.org/story/1", WD_FURNITURE_RELATED},
    };
    struct bench bench = bench_new();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (int is_end = 0; is_end < 2; is_end++) {
            char raw[1024];
            (void)snprintf(raw, sizeof(raw), "%s\n%s\n%s\n%s", PROSE_1, PROSE_2,
                           is_end ? PROSE_3 : rows[i].line,
                           is_end ? rows[i].line : PROSE_3);
            const struct wd_facts *facts =
                bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
            law_assert(facts);
            assert_text(facts->text, PROSE_1 "\n" PROSE_2 "\n" PROSE_3);
            assert_int_equal(facts->n_furniture, 1);
            assert_int_equal(facts->furniture[0].kind, rows[i].kind);
        }
    }
    bench_free(&bench);
}

static void captions_go_with_their_credits(void **state)
{
    (void)state;
    static const char *const captions[][2] = {
        {"The quay at dawn, in December.", "Credit…Ida Holm for The Harbour Post"},
        {"Ministers arrive at the hall in Oslo, Norway, Monday, Feb. 3, 2025. ",
         "(AP Photo/Ida Holm)"},
        {"The hall in 2019. ", "Photograph: Ida Holm/Getty Images"},
        {"The hall is seen from the harbour. ", "REUTERS/Ida Holm"},
        {"The hall is seen from the harbour. ", "Ida Holm / AP file"},
        {"The nets were drying by the quay", "Credit: Ida Holm"},
        {"The hall is seen from the harbour ", "(Getty)"},
    };
    struct bench bench = bench_new();
    for (size_t i = 0; i < sizeof(captions) / sizeof(captions[0]); i++) {
        char raw[1024];
        (void)snprintf(raw, sizeof(raw), "%s\n%s%s\n%s", PROSE_1, captions[i][0],
                       captions[i][1], PROSE_2);
        const struct wd_facts *facts =
            bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
        law_assert(facts);
        assert_text(facts->text, PROSE_1 "\n" PROSE_2);
        assert_int_equal(facts->n_furniture, 2);
        assert_int_equal(facts->furniture[0].kind, WD_FURNITURE_CAPTION);
        assert_int_equal(facts->furniture[1].kind, WD_FURNITURE_CREDIT);
        assert_text(wd_span_of(facts->raw, facts->furniture[0].span), captions[i][0]);
        assert_text(wd_span_of(facts->raw, facts->furniture[1].span), captions[i][1]);
    }
    bench_free(&bench);
}

/* ---- headlines */

struct headline_row {
    const char *raw;
    const char *headline; /* "": none */
};

static void headline_is_recognised_not_assumed(void **state)
{
    (void)state;
    static const struct headline_row rows[] = {
        {"Council votes to widen harbour road\n" PROSE_1 "\n" PROSE_2,
         "Council votes to widen harbour road"},
        {"Council Votes to Widen Harbour Road\n\nBy Ida Holm\n\n" PROSE_1,
         "Council Votes to Widen Harbour Road"},
        {"Can the harbour road be saved?\nBy Ida Holm\n" PROSE_1,
         "Can the harbour road be saved?"},
        {"World\nCouncil votes to widen harbour road\n" PROSE_1,
         "Council votes to widen harbour road"},
        {PROSE_1 "\n" PROSE_2, ""},
        {"“We are late,” she said.\n" PROSE_1, ""},
        {"“We are late, and the road will not wait for us,” she said in a statement at a "
         "meeting of the Harbour Road Group (HRG).\n" PROSE_1,
         ""},
        {"OSLO — " PROSE_1 "\n" PROSE_2, ""},
        {"Council votes to widen harbour road", ""}, /* nothing below it */
    };
    struct bench bench = bench_new();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct wd_facts *facts =
            bench_clean(&bench, wd_str_from(rows[i].raw), (struct wd_meta){0});
        law_assert(facts);
        assert_text(facts->meta.headline, rows[i].headline);
        if (*rows[i].headline) {
            assert_int_equal(facts->n_regions, 2);
            assert_int_equal(facts->regions[0].role, WD_ROLE_HEADLINE);
        }
    }
    bench_free(&bench);
}

static void given_headline_is_not_said_twice(void **state)
{
    (void)state;
    struct bench bench = bench_new();
    const struct wd_meta meta = {.headline = WD_STR("Council votes")};
    const struct wd_facts *facts =
        bench_clean(&bench, WD_STR("Council votes\n" PROSE_1), meta);
    law_assert(facts);
    assert_text(facts->text, "Council votes\n\n" PROSE_1);
    assert_int_equal(facts->n_furniture, 0);

    facts = bench_clean(&bench, WD_STR("COUNCIL VOTES\n" PROSE_1), meta);
    law_assert(facts);
    assert_text(facts->text, "Council votes\n\n" PROSE_1);
    assert_int_equal(facts->n_furniture, 1);

    facts = bench_clean(&bench, WD_STR(PROSE_1), meta);
    law_assert(facts);
    assert_text(facts->text, "Council votes\n\n" PROSE_1);
    bench_free(&bench);
}

/* ---- what the furniture tells */

struct dateline_row {
    const char *dateline; /* what is cut off; NULL: nothing */
    const char *rest;
    const char *place;
};

static void dateline_is_cut_and_its_place_kept(void **state)
{
    (void)state;
    static const struct dateline_row rows[] = {
        {"BERLIN — ", PROSE_1, "Berlin"},
        {"WASHINGTON (AP) — ", PROSE_1, "Washington"},
        {"FEBRUARY 13, 2025 – ", PROSE_1, ""},
        {"LONDON, March 3 (Reuters) - ", PROSE_1, "London"},
        {"MOSCOW (AP) _ ", PROSE_1, "Moscow"},
        {"WASHINGTON (Reuters) -", PROSE_1, "Washington"},
        {"KYIV, Ukraine — ", PROSE_1, "Kyiv, Ukraine"},
        {"KYIV, Ukraine (AP) — ", PROSE_1, "Kyiv, Ukraine"},
        {"NATIONAL HARBOR, Md. (AP) — ", PROSE_1, "National Harbor, Md."},
        {"Brussels, 12 February 2025 (dpa) – ", PROSE_1, "Brussels"},
        {"CHISINAU, Oct. 3 (Xinhua) -- ", PROSE_1, "Chisinau"},
        {"MOSCOW, February 12. /TASS/. ", PROSE_1, "Moscow"},
        {"MOSCOW. Feb 12 (Interfax) - ", PROSE_1, "Moscow"},
        {"PORT-AU-PRINCE, Haiti -- ", PROSE_1, "Port-Au-Prince, Haiti"},
        {"RIO DE JANEIRO — ", PROSE_1, "Rio de Janeiro"},
        {"ST. PETERSBURG—", PROSE_1, "St. Petersburg"},
        {"U.N. HEADQUARTERS — ", PROSE_1, "U.N. Headquarters"},
        {"MALMÖ, Sweden — ", PROSE_1, "Malmö, Sweden"},
        {"CNN — ", PROSE_1, ""},
        {"Washington CNN — ", PROSE_1, "Washington"},
        {"(Bloomberg) -- ", PROSE_1, ""},
        {"ISLAMABAD: ", PROSE_1 " " PROSE_3, "Islamabad"},
        {NULL, "WATCH: " PROSE_1 " " PROSE_3, ""},
        {NULL,
         "Hegel — in his first book — said that nothing of the kind was to be had "
         "from the state.",
         ""},
        {NULL,
         "NATO, he said, would not go home — and the harbour would not be closed "
         "this year or next.",
         ""},
        {NULL,
         "The road — The Long Quay, as it is known — was closed on Monday after a "
         "lorry fell into the sea.",
         ""},
        {NULL,
         "March was cold — The coldest in years, said those who keep the books of "
         "the harbour.",
         ""},
    };
    struct bench bench = bench_new();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char raw[1024];
        (void)snprintf(raw, sizeof(raw), "%s%s\n%s",
                       rows[i].dateline ? rows[i].dateline : "", rows[i].rest, PROSE_2);
        const struct wd_facts *facts =
            bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
        char want[1024];
        (void)snprintf(want, sizeof(want), "%s\n%s", rows[i].rest, PROSE_2);
        law_assert(facts);
        assert_text(facts->text, want);
        assert_text(facts->meta.located, rows[i].place);
        assert_int_equal(facts->n_furniture, rows[i].dateline ? 1 : 0);
    }
    bench_free(&bench);
}

static void dateline_on_a_line_of_its_own_goes(void **state)
{
    (void)state;
    struct bench bench = bench_new();
    const struct wd_facts *facts =
        bench_clean(&bench, WD_STR("OSLO —\n" PROSE_1 "\n" PROSE_2), (struct wd_meta){0});
    law_assert(facts);
    assert_text(facts->text, PROSE_1 "\n" PROSE_2);
    assert_text(facts->meta.located, "Oslo");
    bench_free(&bench);
}

/* What stands above and below real articles, site by site. */
static void frames_of_sites_go(void **state)
{
    (void)state;
    static const char *const frames[][2] = {
        {"Politics\nCouncil votes to widen harbour road\nIda Holm\nPublished Feb 12, "
         "2025 "
         "11:00am EST",
         "Ida Holm is a reporter for Harbour News. Follow her on X @idaholm"},
        {"Council votes to widen harbour road\nIda Holm in Oslo\nWed 12 Feb 2025 18.41 "
         "GMT",
         "Explore more on these topics\nNorway\nnews"},
        {"Council votes to widen harbour road\nBy    |   Wednesday, 12 February 2025 "
         "10:42 "
         "AM EST",
         "© 2025 Harbour News. All rights reserved.\nTop Stories"},
        {"Council votes to widen harbour road\nPublished on 12/02/2025 - 17:38 GMT+1",
         "Share this article\nComments\nYou might also like"},
        {"Council votes to widen harbour road\nby Ida Holm - 02/12/25 10:52 AM ET",
         "Tags: roads, Norway\nCopyright 2025 Harbour Media Inc. All rights reserved."},
        {"Council votes to widen harbour road\nUpdated - February 12, 2025 10:05 pm IST "
         "- "
         "OSLO\nHarbour News Service",
         "Published - February 12, 2025 10:05 pm IST"},
        {"Council votes to widen harbour road\nFeb. 12, 2025\nIda Holm", "ih-pd/gv"},
        {"Council votes to widen harbour road\nReporting from Oslo",
         "A version of this article appears in print on Feb. 13, 2025, Section A, Page 1 "
         "of "
         "the New York edition.\nSee more on: Norway"},
    };
    struct bench bench = bench_new();
    for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
        char raw[2048];
        (void)snprintf(raw, sizeof(raw), "%s\n%s\n%s\n%s\n%s", frames[i][0], PROSE_1,
                       PROSE_2, PROSE_3, frames[i][1]);
        const struct wd_facts *facts =
            bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
        law_assert(facts);
        assert_text(facts->text, "Council votes to widen harbour road\n\n" PROSE_1
                                 "\n" PROSE_2 "\n" PROSE_3);
    }
    bench_free(&bench);
}

static void byline_and_copyright_are_told(void **state)
{
    (void)state;
    struct bench bench = bench_new();
    const struct wd_facts *facts = bench_clean(
        &bench,
        WD_STR(PROSE_1 "\n" PROSE_2 "\nBy Ida Holm, Harbour News\n© 2025 Harbour News"),
        (struct wd_meta){0});
    assert_text(facts->text, PROSE_1 "\n" PROSE_2);
    assert_text(facts->meta.byline, "Ida Holm, Harbour News");
    assert_text(facts->meta.copyright, "© 2025 Harbour News");
    facts = bench_clean(&bench,
                        WD_STR("Council votes to widen harbour road\nIda Holm\nFeb. 12, "
                               "2025\n" PROSE_1),
                        (struct wd_meta){0});
    assert_text(facts->meta.byline, "Ida Holm");
    facts = bench_clean(&bench, WD_STR("by | Feb 12, 2025\n" PROSE_1 "\n" PROSE_2),
                        (struct wd_meta){0});
    assert_text(facts->text, PROSE_1 "\n" PROSE_2);
    assert_text(facts->meta.byline, "");
    assert_int_equal(facts->furniture[0].kind, WD_FURNITURE_BYLINE);
    bench_free(&bench);
}

/* Publishers print both as part of the article. */
static void correction_and_sign_off_stay_and_are_listed(void **state)
{
    (void)state;
    struct bench bench = bench_new();
    const char *signed_off =
        PROSE_1 "\n" PROSE_2 "\nReporting by Ida Holm in Bergen; editing by Per Dahl";
    const char *raw = PROSE_1 "\n" PROSE_2 "\nCorrection: An earlier version of this "
                              "article gave a wrong length for the road.";
    const struct wd_facts *facts =
        bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
    assert_text(facts->text, raw);
    assert_int_equal(facts->n_furniture, 1);
    assert_int_equal(facts->furniture[0].kind, WD_FURNITURE_CORRECTION);
    facts = bench_clean(&bench, wd_str_from(signed_off), (struct wd_meta){0});
    assert_text(facts->text, signed_off);
    assert_int_equal(facts->n_furniture, 1);
    assert_int_equal(facts->furniture[0].kind, WD_FURNITURE_BYLINE);
    bench_free(&bench);
}

/* ---- wrapped copy */

static void hard_wrapped_copy_is_joined(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"The council voted on Monday to widen the harbour road, ending\n"
         "a dispute that had run for nine years and had cost two mayors\n"
         "their office.\n"
         "\n"
         "Residents who live along the quay said the work would bring\n"
         "noise and dust, and asked for a delay until the long-\n"
         "term plan for the port is known to all who live near it.\n",
         "The council voted on Monday to widen the harbour road, ending a dispute that "
         "had run for nine years and had cost two mayors their office.\n"
         "Residents who live along the quay said the work would bring noise and dust, "
         "and asked for a delay until the long-term plan for the port is known to all "
         "who live near it."},
        {"    The council voted on Monday to widen the harbour road, ending\n"
         "a dispute that had run for nine years and had cost two mayors a\n"
         "good deal of sleep and all of their office time in this decade.\n"
         "    Residents who live along the quay said the work would bring\n"
         "noise and dust, and asked for a delay until the long night had\n"
         "passed and they could see.\n",
         "The council voted on Monday to widen the harbour road, ending a dispute that "
         "had run for nine years and had cost two mayors a good deal of sleep and all of "
         "their office time in this decade.\n"
         "Residents who live along the quay said the work would bring noise and dust, "
         "and asked for a delay until the long night had passed and they could see."},
    };
    clean_rows(rows, sizeof(rows) / sizeof(rows[0]));
}

/* ---- edges */

static void clean_off_leaves_every_byte(void **state)
{
    (void)state;
    struct bench bench = bench_new();
    bench.opts.clean = false;
    const char *raw = "\xef\xbb\xbf  Head\r\n\r\nADVERTISEMENT\r\n" PROSE_1 "  ";
    const struct wd_facts *facts =
        bench_clean(&bench, wd_str_from(raw), (struct wd_meta){0});
    assert_text(facts->text, raw);
    assert_int_equal(facts->n_regions, 1);
    assert_int_equal(facts->n_furniture, 0);

    const struct wd_meta meta = {.headline = WD_STR("Head")};
    facts = bench_clean(&bench, WD_STR("Body. "), meta);
    assert_text(facts->text, "Body. \n\nHead");
    assert_int_equal(facts->regions[0].role, WD_ROLE_BODY);
    assert_int_equal(facts->regions[0].span.start, 0);
    assert_int_equal(facts->regions[1].role, WD_ROLE_HEADLINE);
    bench_free(&bench);
}

/* Titles below one paragraph look like links; here they are most of the text. */
static void prose_is_spared_where_little_else_would_be_left(void **state)
{
    (void)state;
    struct bench bench = bench_new();
    const char *few = PROSE_1 "\nFerry Strike Enters Third Week\nHarbour Club Wins Again";
    const char *many =
        PROSE_1 "\nThe Keeper of the Lighthouse and His Daughters Remember\n"
                "The Winter Market Opens Its Doors on the Old Quay Again\n"
                "The Ferry Captains of the Western Islands Tell Their Story\n"
                "The School Choir Sings in the Town Hall on Friday Night\n"
                "The Road That Nobody Wanted Is Open to Everybody at Last";
    const struct wd_facts *facts =
        bench_clean(&bench, wd_str_from(few), (struct wd_meta){0});
    assert_text(facts->text, PROSE_1);
    assert_int_equal(facts->n_furniture, 2);
    facts = bench_clean(&bench, wd_str_from(many), (struct wd_meta){0});
    assert_text(facts->text, many);
    assert_int_equal(facts->n_furniture, 0);
    bench_free(&bench);
}

/* A page may have a link there; what an agency sends has a cross-head. */
static void cross_heads_of_agencies_stay(void **state)
{
    (void)state;
    const char *raw = PROSE_1 "\nFerry Strike Enters Third Week in Skagholm\n" PROSE_2;
    static const char *const formats[] = {"ninjs", "nitf", "newsml", "newsml-g2",
                                          "digitalwires"};
    struct bench bench = bench_new();
    const struct wd_facts *facts =
        bench_clean(&bench, wd_str_from(raw), (struct wd_meta){.format = WD_STR("json")});
    assert_int_equal(facts->n_furniture, 1);
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        facts = bench_clean(&bench, wd_str_from(raw),
                            (struct wd_meta){.format = wd_str_from(formats[i])});
        assert_text(facts->text, raw);
    }
    bench_free(&bench);
}

static void kill_without_text_is_not_refused(void **state)
{
    (void)state;
    struct bench bench = bench_new();
    const struct wd_facts *facts = bench_clean(
        &bench, WD_STR(""), (struct wd_meta){.pubstatus = WD_STR("canceled")});
    assert_int_equal(bench.status, WD_OK);
    assert_int_equal(facts->text.size, 0);
    facts = bench_clean(
        &bench, WD_STR(""),
        (struct wd_meta){.pubstatus = WD_STR("canceled"), .headline = WD_STR("Kill")});
    assert_int_equal(bench.status, WD_OK);
    assert_text(facts->text, "Kill");
    (void)bench_clean(&bench, WD_STR(" \n\xc2\xa0 ADVERTISEMENT \n"),
                      (struct wd_meta){0});
    assert_int_equal(bench.status, WD_ENOTEXT);
    bench_free(&bench);
}

/* 534 lines of two bytes are as many as 1,068 bytes may have. */
static void lines_beyond_the_limit_are_one(void **state)
{
    (void)state;
    enum { LINES = 534 };
    char raw[2 * (LINES + 1)];
    for (size_t i = 0; i < sizeof(raw); i++)
        raw[i] = i % 2 ? '\n' : 'a';
    struct bench bench = bench_new();
    for (size_t n = LINES; n <= LINES + 1; n++) {
        struct wd_str text =
            bench_clean(&bench, (struct wd_str){raw, 2 * n}, (struct wd_meta){0})->text;
        assert_int_equal(bench.status, WD_OK);
        law_assert(&bench.art->facts);
        assert_int_equal(text.size, 2 * n - 1);
        assert_int_equal(text.data[2 * (LINES - 1) - 1], '\n');
        if (n > LINES)
            assert_int_equal(text.data[2 * LINES - 1], ' ');
    }
    bench_free(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_is_mended),
        cmocka_unit_test(what_markup_calls_furniture_goes),
        cmocka_unit_test(sentences_that_look_like_furniture_stay),
        cmocka_unit_test(furniture_goes_wherever_it_stands),
        cmocka_unit_test(what_the_article_lists_stays),
        cmocka_unit_test(last_paragraph_below_links_stays),
        cmocka_unit_test(captions_go_with_their_credits),
        cmocka_unit_test(headline_is_recognised_not_assumed),
        cmocka_unit_test(given_headline_is_not_said_twice),
        cmocka_unit_test(dateline_is_cut_and_its_place_kept),
        cmocka_unit_test(dateline_on_a_line_of_its_own_goes),
        cmocka_unit_test(frames_of_sites_go),
        cmocka_unit_test(byline_and_copyright_are_told),
        cmocka_unit_test(correction_and_sign_off_stay_and_are_listed),
        cmocka_unit_test(hard_wrapped_copy_is_joined),
        cmocka_unit_test(clean_off_leaves_every_byte),
        cmocka_unit_test(prose_is_spared_where_little_else_would_be_left),
        cmocka_unit_test(cross_heads_of_agencies_stay),
        cmocka_unit_test(kill_without_text_is_not_refused),
        cmocka_unit_test(lines_beyond_the_limit_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
