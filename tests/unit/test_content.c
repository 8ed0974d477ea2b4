/* test_content.c -- what a page's markup tells of its article. Each page is read, what it
 * calls furniture is left out, and the paragraphs that stay are compared.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "../support/decode_one.h"
#include "decode/markup.h"

/* Paragraphs long enough to be prose. */
#define LEAD                                                                             \
    "The harbour board of Ostvik voted on Tuesday to close the old fish hall, which "    \
    "has "                                                                               \
    "stood empty since the winter storms."
#define QUOTE                                                                               \
    "“We waited eleven years for this,” said the board’s chair, Maren Holt, who had " \
    "argued for a market since she was elected."
#define WORK                                                                             \
    "Work is to begin in the spring, when the ferry timetable leaves the quay free, "    \
    "and "                                                                               \
    "should be done before the herring come in."
#define READER                                                                           \
    "I have sold cod in that hall for thirty years and nobody from the board ever came " \
    "to ask us what we would need in the winter."
#define TEASER                                                                            \
    "The island’s only bakery shuts on Friday after ninety years, and its ovens go to " \
    "a "                                                                                  \
    "museum in the capital, the owner says."
#define P(text) "<p>" text "</p>"
#define BODY    LEAD "\n" QUOTE "\n" WORK

static const struct row {
    const char *claim;
    const char *html;
    const char *left;
} rows[] = {
    {"a blog's frame goes, its article stays",
     "<body class='single has-sidebar'><div id=page><header class=site-header><a "
     "href=/>The "
     "Coast</a><ul class=menu><li><a href=/n>News</a><li><a "
     "href=/s>Sport</a></ul></header>"
     "<div id=primary><main><article class=post><h1>Hall to close</h1><div "
     "class=entry-content>" P(LEAD) P(QUOTE)
         P(WORK) "<div class='sharedaddy sd-sharing'><h3>Share this:</h3><ul><li><a "
                 "href=x>Mail</a></ul>"
                 "</div><div id=jp-relatedposts "
                 "class=jp-relatedposts><h3>Related</h3><p>" TEASER "</p>"
                 "</div></div></article><div id=comments class=comments-area><h2>Three "
                 "thoughts</h2>" P(READER) P(READER) P(READER)
                     P(READER) "</div></main></div><div id=secondary "
                               "class=widget-area><h2>Archives</h2><ul><li><a "
                               "href=/a>May</a></ul></div></div></body>",
     BODY},
    {"what stands beside the text in one frame goes by its place",
     "<div class=page><div class=top><p>Menu</p></div><h1>Hall to close</h1><div "
     "class=col1>" P(LEAD) P(QUOTE)
         P(WORK) "</div><div class=col2><p>Weather</p><p>Rain at noon</p></div>"
                 "</div>",
     BODY},
    {"a standfirst, a byline and a date between headline and text stay",
     "<main><h1>Hall to close</h1><div class='teaser intro'>" P(
         TEASER) "</div><div "
                 "class=meta><p>By <a href=/j>Jane Roe</a></p><p>12 May</p></div><div "
                 "class='c-article-body__text'>" P(LEAD) P(QUOTE) P(WORK) "</div></main>",
     TEASER "\nBy Jane Roe\n12 May\n" BODY},
    {"a text in two parts stays whole",
     "<div class=wrap><h1>Hall</h1><div class=chunk>" P(LEAD)
         P(QUOTE) "</div><div "
                  "class=ad-slot><p>Advertisement</p></div><div class=chunk>" P(
                      WORK) "</div></div>",
     BODY},
    {"a word on the frame is not believed",
     "<div class='related-layout'><h1>Hall</h1>" P(LEAD) P(QUOTE) P(WORK) "</div>", BODY},
    {"nor is one on most of the prose",
     "<div><div class=sidebar>" P(LEAD) P(QUOTE) P(WORK) "</div><p>Short.</p></div>",
     BODY},
    {"a link of a whole line goes, a cross-head with a mark stays",
     "<h1>Hall</h1><article>" P(LEAD) "<h3><a name=why>Why it stood empty</a></h3>" P(
         QUOTE) "<p><a href=/b>Bakery shuts after ninety years</a></p><h3><a "
                "href=#when>When work "
                "begins</a></h3>" P(WORK) "</article>",
     LEAD "\nWhy it stood empty\n" QUOTE "\nWhen work begins\n" WORK},
    {"a linked sentence stays",
     "<h1>Hall</h1><article>" P(LEAD) "<p><a href=/v>" QUOTE
                                      "</a></p>" P(WORK) "</article>",
     BODY},
    {"a list between paragraphs stays",
     "<h1>Hall</h1><article>" P(
         LEAD) "<ul><li>a roof for 2.1 million crowns<li>two cranes"
               "</ul>" P(QUOTE) P(WORK) "</article>",
     LEAD "\na roof for 2.1 million crowns\ntwo cranes\n" QUOTE "\n" WORK},
    {"the story that is loaded behind the first goes",
     "<main><article><h1>Hall</h1>" P(LEAD)
         P(QUOTE) "</article><article><h2>Bakery</h2>" P(TEASER) P(TEASER)
             P(TEASER) "</article></main>",
     LEAD "\n" QUOTE},
    {"a quotation's footer is its own",
     "<h1>Hall</h1><article>" P(LEAD) "<blockquote>" P(
         QUOTE) "<footer>Maren Holt</footer>"
                "</blockquote>" P(WORK) "</article><footer><p>Contact</p></footer>",
     LEAD "\n" QUOTE "\nMaren Holt\n" WORK},
    {"a page without a paragraph keeps what is no menu",
     "<nav><p>Home</p></nav><h1>Fire</h1><p>Fire in Ostvik</p><p>More soon</p>",
     "Fire in Ostvik\nMore soon"},
    {"a page that is all menu keeps its text",
     "<h1>Fire</h1><nav><p>Fire in Ostvik</p></nav>", "Fire in Ostvik"},
    {"a menu that is never closed does not hold the article",
     "<h1>Hall</h1><nav><p>Home</p>" P(LEAD) P(QUOTE) P(WORK), "Home\n" BODY},
    {"stops of other scripts end sentences, too",
     "<div><div><p>समाचार: बंदरगाह बोर्ड ने मंगलवार को पुराने मछली भवन को बंद करने का निर्णय "
     "लिया।</p></div><div>"
     "<p>मौसम</p></div></div>",
     "समाचार: बंदरगाह बोर्ड ने मंगलवार को पुराने मछली भवन को बंद करने का निर्णय लिया।"},
};

static struct wd_options opts;

/* The paragraphs of `text` outside of all asides, a line each. */
static char *left_of(struct wd_str text, const struct wd_aside *last)
{
    char *left = malloc(text.size + 1);
    assert_non_null(left);
    size_t size = 0;
    for (size_t at = 0; at < text.size; at++) {
        bool is_aside = false;
        for (const struct wd_aside *aside = last; aside; aside = aside->before)
            is_aside |= text.data + at >= aside->text.data &&
                        text.data + at < aside->text.data + aside->text.size;
        bool is_end = text.data[at] == '\n';
        if (!is_aside && !(is_end && (size == 0 || left[size - 1] == '\n')))
            left[size++] = text.data[at];
    }
    while (size > 0 && left[size - 1] == '\n')
        size--;
    left[size] = '\0';
    return left;
}

static void check(const char *claim, const char *html, enum wd_markup_kind kind,
                  struct wd_page *page, const char *left)
{
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    art->opts = &opts;
    struct wd_str text;
    assert_int_equal(wd_markup_text(art, wd_str_from(html), kind, page, &text), WD_OK);
    char *got = left_of(text, art->asides);
    if (strcmp(got, left) != 0)
        fail_msg("%s:\n%s\nnot\n%s", claim, got, left);
    free(got);
    wd_article_free(art);
}

static void pages_give_their_articles(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_page page;
        check(rows[i].claim, rows[i].html, WD_MARKUP_HTML, &page, rows[i].left);
    }
}

static void fragments_lose_what_their_classes_name(void **state)
{
    (void)state;
    check("a fragment has no place",
          P(LEAD) P(QUOTE) "<div class=newsletter-signup><p>Our "
                           "letter</p></div><p><a href=/x>Bakery shuts</a></p>",
          WD_MARKUP_HTML, NULL, LEAD "\n" QUOTE "\nBakery shuts");
    check("an agency's classes are its own",
          P(LEAD) "<div class=related><p>Ostvik</p></div>", WD_MARKUP_WIRE, NULL,
          LEAD "\nOstvik");
}

static void a_menu_becomes_one_line(void **state)
{
    (void)state;
    static const char html[] =
        "<nav><ul><li>Home<li>World</ul><p>Sport</p></nav><h1>Hall</h1>" P(
            LEAD) "<figure><figcaption>The hall</figcaption></figure>";
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    art->opts = &opts;
    struct wd_page page;
    struct wd_str text;
    assert_int_equal(wd_markup_text(art, wd_str_from(html), WD_MARKUP_HTML, &page, &text),
                     WD_OK);
    assert_str(text, "Home World Sport\n\n" LEAD "\n\nThe hall");
    assert_str(art->asides->text, "The hall");
    assert_int_equal(art->asides->kind, WD_FURNITURE_CAPTION);
    assert_str(art->asides->before->text, "Home World Sport");
    assert_int_equal(art->asides->before->kind, WD_FURNITURE_NAVIGATION);
    assert_null(art->asides->before->before);
    wd_article_free(art);
}

int main(void)
{
    wd_options_init(&opts);
    wd_xml_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_give_their_articles),
        cmocka_unit_test(fragments_lose_what_their_classes_name),
        cmocka_unit_test(a_menu_becomes_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
