/* page.c -- a web page as a record. Its text is all text on it, in order; its markup
 * tells which of it is the page's (content_judge.c), and clean takes that out and the
 * rest.
 *
 * What is printed comes first: the h1, unless it is the paper's name. Then what the page
 * says of its article for machines, in JSON-LD and in <meta>.
 * SPDX-License-Identifier: Apache-2.0 */
#include "page.h"

#include "base/ascii.h"
#include "fields.h"
#include "markup.h"
#include "page_data.h"
#include "text.h"

/* Takes `str` for what is not known yet. */
static int fill(struct wd_article *art, enum wd_field_kind kind, struct wd_str str,
                struct wd_str *into)
{
    return into->size || !str.size ? WD_OK : wd_field_string(art, kind, str, into);
}

static int read_headline(struct wd_article *art, const struct wd_page *page)
{
    struct wd_meta *meta = &art->facts.meta;
    struct wd_str printed = wd_text_fold(&art->arena, page->headline);
    if (!printed.data)
        return WD_ENOMEM;
    bool is_name = printed.size && (wd_ascii_same(printed, meta->source) ||
                                    wd_ascii_same(printed, page->source));
    if (page->has_h1 && !(is_name && (meta->headline.size || page->title.size)))
        meta->headline = printed;
    int r = fill(art, WD_FIELD_LINE, page->title, &meta->headline);
    if (r == WD_OK && !meta->headline.size)
        meta->headline = printed;
    return r;
}

static int read_meta(struct wd_article *art, const struct wd_page *page)
{
    struct wd_meta *meta = &art->facts.meta;
    int r = wd_field_string(art, WD_FIELD_LANGUAGE, page->language, &meta->language);
    if (r == WD_OK)
        r = wd_field_string(art, WD_FIELD_URL, page->url, &meta->url);
    for (size_t i = 0; r == WD_OK && i < page->n_data; i++)
        r = wd_page_data_read(art, page->data[i]);
    if (r == WD_OK)
        r = read_headline(art, page);
    if (r == WD_OK)
        r = fill(art, WD_FIELD_LINE, page->author, &meta->byline);
    if (r == WD_OK)
        r = fill(art, WD_FIELD_LINE, page->source, &meta->source);
    if (r == WD_OK)
        r = fill(art, WD_FIELD_DATE, page->published, &meta->published);
    if (r == WD_OK)
        r = fill(art, WD_FIELD_DATE, page->updated, &meta->updated);
    return r;
}

int wd_decode_page(struct wd_article *art, struct wd_str bytes)
{
    struct wd_page page;
    int r = wd_text_check(art, bytes);
    if (r == WD_OK)
        r = wd_markup_text(art, bytes, WD_MARKUP_HTML, &page, &art->facts.raw);
    if (r == WD_OK && art->facts.raw.size > art->opts->limits.record_bytes)
        r = wd_article_refuse(art, WD_ESIZE, WD_NO_OFFSET,
                              "the page has more than %zu bytes of text",
                              art->opts->limits.record_bytes);
    if (r == WD_OK)
        r = read_meta(art, &page);
    if (r < 0)
        return r;
    art->facts.meta.format = WD_STR("html");
    return wd_decode_settle(art);
}
