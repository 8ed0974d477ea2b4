/* test_markup.c -- what is left of HTML when a person has read it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdlib.h>

#include "../support/decode_one.h"
#include "decode/markup.h"

static const struct row {
    const char *html;
    const char *text;
} rows[] = {
    {"<p>One.</p><p>Two.</p>", "One.\n\nTwo."},
    {"  <p>\n  One\n  and   a half.\n</p>\n<p>Two.", "One and a half.\n\nTwo."},
    {"One<br>two<br/><br />three", "One\ntwo\n\nthree"},
    {"<ul><li>a</li><li>b</li></ul><p>c</p>", "a\nb\n\nc"},
    {"a <b>bold</b><i> word</i>.", "a bold word."},
    {"<a href=x>Dell</a> today", "Dell today"},
    {"<div><p>a</p></div><b>b</b> c", "a\n\nb c"},
    {"<div><div><p>deep</p></div></div>", "deep"},
    {"<p>x<script>alert('</p>')</script>y<style>p{}</style></p>", "xy"},
    {"<p>caf&eacute; &amp; &#8220;tea&#x201d; &lt;3</p>",
     "caf\xc3\xa9 & \xe2\x80\x9ctea\xe2\x80\x9d <3"},
    {"<p>caf\xc3\xa9 \xe2\x80\x94 \xf0\x9f\x97\x9e</p>",
     "caf\xc3\xa9 \xe2\x80\x94 \xf0\x9f\x97\x9e"},
    {"<p>a&nbsp;b</p>", "a\xc2\xa0"
                        "b"},
    {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
    {"<pre>line 1\nline 2\n\nline 3</pre>after", "line 1\nline 2\n\nline 3\n\nafter"},
    {"<meta charset=latin1><p>caf\xc3\xa9</p>", "caf\xc3\xa9"},
    {"<p>unclosed <b>tags <p>end", "unclosed tags\n\nend"},
    {"</p>stray</div>", "stray"},
    {"<!-- <p>no</p> --><p>yes</p>", "yes"},
    {"<p>&bogus; &#0; &#xd800; x", "&bogus; x"},
    /* one that begins no reference is itself, wherever it stands */
    {"&<p>a & b&c &copy &&amp; d&&", "&\n\na & b&c &copy && d&&"},
    {"<p>a<!-- & --><script>b && c</script><a href='?d&=e' title=& >f &\xc3\xa9</a>",
     "af &\xc3\xa9"},
    {"<h1>Head</h1><p>Body</p>", "Head\n\nBody"},
    {"<html lang=en><link rel=canonical href=x:y><p>part</p></html>", "part"},
    {"<form><select><option>One</option></select><p>in</p></form>", "in"},
};

static struct wd_options opts;

static struct wd_article *blank_article(void)
{
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    art->opts = &opts;
    return art;
}

static void html_becomes_paragraphs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_article *art = blank_article();
        struct wd_str text;
        assert_int_equal(
            wd_markup_text(art, wd_str_from(rows[i].html), WD_MARKUP_HTML, NULL, &text),
            WD_OK);
        assert_str(text, rows[i].text);
        wd_article_free(art);
    }
}

static void page_gives_headline_language_and_address(void **state)
{
    (void)state;
    static const char html[] =
        "<!doctype html><html lang='en-GB'><head><title>Paper: Dog bites man</title>"
        "<link rel=stylesheet href=a.css><link rel=canonical href=https://p.example/1>"
        "<script>var a = '<p>';</script></head><body><nav>Home</nav>"
        "<h1>Dog <em>bites</em> man</h1><p>It hurt.</p><h1>More</h1></body></html>";
    struct wd_article *art = blank_article();
    struct wd_page page;
    struct wd_str text;
    assert_int_equal(wd_markup_text(art, wd_str_from(html), WD_MARKUP_HTML, &page, &text),
                     WD_OK);
    assert_str(text, "Home\n\nIt hurt.\n\nMore");
    assert_str(page.headline, "Dog bites man");
    assert_str(page.language, "en-GB");
    assert_str(page.url, "https://p.example/1");

    static const char untitled[] = "<title>Only\n this</title><p>Text.</p>";
    assert_int_equal(
        wd_markup_text(art, wd_str_from(untitled), WD_MARKUP_HTML, &page, &text), WD_OK);
    assert_str(page.headline, "Only this");
    assert_str(text, "Text.");
    wd_article_free(art);
}

static void menus_captions_and_footers_are_noted(void **state)
{
    (void)state;
    static const char html[] =
        "<body><nav><ul><li>Home<li>World</ul></nav><article><h1>Dog</h1><figure><img>"
        "<figcaption>A <b>dog</b></figcaption></figure><p>It bit.</p><blockquote>No."
        "<footer>The man</footer></blockquote></article><footer><nav>Terms</nav> of use"
        "</footer></body>";
    static const struct {
        const char *text;
        enum wd_furniture_kind kind;
    } noted[] = {
        {"Terms of use", WD_FURNITURE_NAVIGATION}, /* the last one first */
        {"A dog", WD_FURNITURE_CAPTION},
        {"Home World", WD_FURNITURE_NAVIGATION},
    };
    struct wd_article *art = blank_article();
    struct wd_str text;
    assert_int_equal(wd_markup_text(art, wd_str_from(html), WD_MARKUP_HTML, NULL, &text),
                     WD_OK);
    const struct wd_aside *aside = art->asides;
    for (size_t i = 0; i < sizeof(noted) / sizeof(noted[0]); i++, aside = aside->before) {
        assert_non_null(aside);
        assert_str(aside->text, noted[i].text);
        assert_int_equal(aside->kind, noted[i].kind);
    }
    assert_null(aside);
    wd_article_free(art);
}

static const struct tag_row {
    const char *text;
    bool is_html;
} tag_rows[] = {
    {"plain", false},
    {"a < b and b > a", false},
    {"we <3 it </3>", false},
    {"from <desk@example.com>", false},
    {"see <https://example.com>", false},
    {"<b is not a tag", false},
    {"<unknown>x</unknown>", false},
    {"a <b> c", false}, /* an opening inline tag alone is no proof */
    {"a <b>c</b>", true},
    {"line<br>line", true},
    {"<P CLASS=x>y", true},
    {"<h2>y", true},
    {"<p", false},
    {"<", false},
    {"</", false},
};

static void html_is_told_from_angle_brackets(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tag_rows) / sizeof(tag_rows[0]); i++)
        assert_int_equal(wd_markup_is_html(wd_str_from(tag_rows[i].text)),
                         tag_rows[i].is_html);
}

static const struct row escapes[] = {
    {"AT&amp;T &lt;b&gt; &quot;x&quot;", "AT&T <b> \"x\""},
    {"&#8217;&#x2019;&rsquo;", "\xe2\x80\x99\xe2\x80\x99\xe2\x80\x99"},
    {"AT&T", "AT&T"},
    {"&", "&"},
    {"&;", "&;"},
    {"&#;", "&#;"},
    {"&#x;", "&#x;"},
    {"&#-5;", "&#-5;"},
    {"&#0;&#7;&#xd800;&#x110000;", "&#0;&#7;&#xd800;&#x110000;"},
    {"&unheard; of", "&unheard; of"},
    {"&amp", "&amp"},
    {"&amp;amp;", "&amp;"},
};

static void references_are_resolved_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
        struct wd_article *art = blank_article();
        struct wd_str text;
        assert_int_equal(
            wd_markup_unescape(&art->arena, wd_str_from(escapes[i].html), &text), WD_OK);
        assert_str(text, escapes[i].text);
        wd_article_free(art);
    }
}

static int status_at_depth(size_t depth)
{
    struct wd_article *art = blank_article();
    char *html = malloc(6 * depth + 1);
    assert_non_null(html);
    html[0] = '\0';
    for (size_t i = 0; i < depth; i++)
        memcpy(html + 5 * i, "<div>", 6);
    memcpy(html + 5 * depth, "x", 1);
    struct wd_str text, str = {html, 5 * depth + 1};
    int r = wd_markup_text(art, str, WD_MARKUP_HTML, NULL, &text);
    free(html);
    wd_article_free(art);
    return r;
}

static void nesting_is_bounded_and_not_cut(void **state)
{
    (void)state;
    assert_int_equal(status_at_depth(512), WD_OK);
    assert_int_equal(status_at_depth(513), WD_EMARKUP);
    assert_int_equal(status_at_depth(150 * 1000), WD_EMARKUP);
}

int main(void)
{
    wd_options_init(&opts);
    wd_xml_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_becomes_paragraphs),
        cmocka_unit_test(page_gives_headline_language_and_address),
        cmocka_unit_test(menus_captions_and_footers_are_noted),
        cmocka_unit_test(html_is_told_from_angle_brackets),
        cmocka_unit_test(references_are_resolved_once),
        cmocka_unit_test(nesting_is_bounded_and_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
