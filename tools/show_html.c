/* show_html.c -- articles as one page that can be mailed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The page loads nothing and runs nothing: its policy allows one style sheet, by hash.
 * All that comes from an article is escaped, everywhere, quotes too; uris become links
 * only when they begin with http:// or https://. */
#include <string.h>

#include "marks.h"
#include "show.h"
#include "wiredesk/version.h"

/* Changing a byte of it changes SHOW_STYLE_HASH; tests/tools/test_show.py says to what.
 */
static const char style[] =
    "body{font:17px/1.6 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;"
    "color:#1c1c1c;background:#fff}"
    "h1{font-size:1.5em;line-height:1.25;margin:0 0 .3em}"
    "article{border-top:3px solid #1c1c1c;padding:1em 0 2em}"
    ".facts,footer,.legend{font:14px/1.5 system-ui,sans-serif;color:#555}"
    ".facts{margin:0 0 1em;padding:0;list-style:none}"
    ".verdict{font-weight:bold;color:#1c1c1c}"
    "mark{padding:.1em .3em;border-radius:.35em;color:#000;"
    "-webkit-box-decoration-break:clone;box-decoration-break:clone}"
    "mark a{color:inherit;text-decoration-color:#0006}"
    "mark small{font:bold 9px system-ui,sans-serif;margin-left:.5em;"
    "text-transform:uppercase}"
    ".person{background:#aa9cfc}.organisation{background:#7aecec}"
    ".place{background:#feca74}.event{background:#ffeb80}.group{background:#c887fb}"
    ".furniture{font:14px/1.5 system-ui,sans-serif;color:#6b6b6b;"
    "text-decoration:none;overflow-wrap:anywhere;margin-right:.4em}"
    ".furniture::after{content:\" (\" attr(data-kind) \")\";font-style:italic}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#e4e4e4}"
    "article{border-color:#e4e4e4}.verdict{color:#e4e4e4}"
    ".facts,footer,.legend,.furniture{color:#a8a8a8}}";

static void put_escaped(FILE *out, struct wd_str text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        switch (c) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        default:
            /* Control characters are an error in HTML; a blank is as good. */
            (void)fputc(c < 0x20 || c == 0x7f ? ' ' : c, out);
        }
    }
}

static void put_escaped_z(FILE *out, const char *z)
{
    put_escaped(out, wd_str_from(z));
}

static bool is_web_address(const char *uri)
{
    return uri && (strncmp(uri, "http://", 7) == 0 || strncmp(uri, "https://", 8) == 0);
}

/* A label of ours becomes a class; anything else the document says does not. */
static const char *class_of(const char *label)
{
    for (const struct shade *shade = shades; shade->label; shade++) {
        if (strcmp(shade->label, label) == 0)
            return shade->label;
    }
    return "other";
}

static void put_entity(FILE *out, const struct mark *mark)
{
    fprintf(out, "<mark class=\"%s\">", class_of(mark->name));
    if (is_web_address(mark->uri)) {
        fputs("<a rel=\"noreferrer\" href=\"", out);
        put_escaped_z(out, mark->uri);
        fputs("\">", out);
    }
    put_escaped(out, mark->text);
    fputs(is_web_address(mark->uri) ? "</a><small>" : "<small>", out);
    put_escaped_z(out, mark->name);
    fputs("</small></mark>", out);
}

static void put_item(FILE *out, const char *label, const char *value)
{
    if (!value || !*value)
        return;
    fprintf(out, "<li>%s: ", label);
    put_escaped_z(out, value);
    fputs("</li>\n", out);
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* 0.4219 → "42.19"; no more than what the document says. */
static void put_percent(FILE *out, const json_t *share)
{
    fprintf(out, "%.4g %%", 100 * json_number_value(share));
}

static void put_verdict(FILE *out, const json_t *dedup)
{
    const char *of = text_of(dedup, "of");

    fputs("<li>verdict: <span class=\"verdict\">", out);
    put_escaped_z(out, text_of(dedup, "verdict") ? text_of(dedup, "verdict") : "none");
    fputs("</span>", out);
    if (of) {
        fputs(", ", out);
        put_percent(out, json_object_get(dedup, "containment"));
        fputs(" of it stands in <a href=\"#", out);
        put_escaped_z(out, of);
        fputs("\">", out);
        put_escaped_z(out, of);
        fputs("</a>", out);
    }
    fputs("</li>\n", out);
}

static void put_facts(FILE *out, const json_t *enriched)
{
    const json_t *ours = marks_wiredesk(enriched);
    const json_t *story = json_object_get(ours, "story");
    const char *byline = text_of(enriched, "by");

    fputs("<ul class=\"facts\">\n", out);
    put_verdict(out, json_object_get(ours, "dedup"));
    if (text_of(story, "id")) {
        fputs("<li>story: ", out);
        put_escaped_z(out, text_of(story, "id"));
        fprintf(out, ", article %" JSON_INTEGER_FORMAT "</li>\n",
                json_integer_value(json_object_get(story, "size")));
    }
    put_item(out, "by", byline ? byline : text_of(enriched, "byline"));
    put_item(out, "located", text_of(enriched, "located"));
    put_item(out, "language", text_of(enriched, "language"));
    put_item(out, "uri", text_of(enriched, "uri"));
    fputs("</ul>\n", out);
}

struct page {
    FILE *out;
    const json_t *facts_due; /* the article, until its facts were put */
    bool is_in_headline;
    bool is_in_paragraph;
};

static void open_block(struct page *page, bool is_headline)
{
    if (page->is_in_headline || page->is_in_paragraph)
        return;
    if (!is_headline && page->facts_due) { /* behind the headline, if there is one */
        put_facts(page->out, page->facts_due);
        page->facts_due = NULL;
    }
    fputs(is_headline ? "<h1 dir=\"auto\">" : "<p dir=\"auto\">", page->out);
    page->is_in_headline = is_headline;
    page->is_in_paragraph = !is_headline;
}

static void close_block(struct page *page)
{
    if (page->is_in_headline)
        fputs("</h1>\n", page->out);
    if (page->is_in_paragraph)
        fputs("</p>\n", page->out);
    page->is_in_headline = page->is_in_paragraph = false;
}

static void put_mark(void *context, const struct mark *mark)
{
    struct page *page = context;

    if (mark->kind == MARK_LINE_END) {
        close_block(page);
        return;
    }
    open_block(page, mark->is_headline);
    if (mark->kind == MARK_ENTITY) {
        put_entity(page->out, mark);
    } else if (mark->kind == MARK_FURNITURE) {
        fputs("<del class=\"furniture\" data-kind=\"", page->out);
        put_escaped_z(page->out, mark->name);
        fputs("\">", page->out);
        put_escaped(page->out, mark->text);
        fputs("</del>", page->out);
    } else {
        put_escaped(page->out, mark->text);
    }
}

void show_html_begin(FILE *out)
{
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src '%s'; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n"
            "<title>wiredesk</title>\n<style>%s</style>\n</head>\n<body>\n"
            "<p class=\"legend\">",
            SHOW_STYLE_HASH, style);
    for (const struct shade *shade = shades; shade->label; shade++)
        fprintf(out, "<mark class=\"%s\">%s</mark> ", shade->label, shade->label);
    fputs("<span class=\"furniture\" data-kind=\"and why\">taken out of the "
          "text</span></p>\n",
          out);
}

bool show_html_article(FILE *out, const json_t *enriched, unsigned number)
{
    struct page page = {.out = out, .facts_due = enriched};
    const char *uri = text_of(enriched, "uri");

    fputs("<article id=\"", out);
    if (uri)
        put_escaped_z(out, uri);
    else
        fprintf(out, "article-%u", number);
    fputs("\">\n", out);
    bool is_fine = marks_walk(enriched, put_mark, &page);
    if (page.facts_due)
        put_facts(out, enriched);
    fputs("</article>\n", out);
    return is_fine;
}

void show_html_reject(FILE *out, const char *where, const char *code, const char *message)
{
    fputs("<article>\n<p><span class=\"verdict\">rejected</span> ", out);
    put_escaped_z(out, where);
    fputs(": ", out);
    put_escaped_z(out, code);
    fputs(": ", out);
    put_escaped_z(out, message);
    fputs("</p>\n</article>\n", out);
}

void show_html_end(FILE *out)
{
    fprintf(out, "<footer>wiredesk %s</footer>\n</body>\n</html>\n", wd_version());
}
