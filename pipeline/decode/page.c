/* page.c -- a web page as a record. Its text is all text on it, in order; which of it is
 * the article and which navigation is for clean to say, as with any other text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "page.h"

#include "fields.h"
#include "markup.h"
#include "text.h"

int wd_decode_page(struct wd_article *art, struct wd_str bytes)
{
    int r = wd_text_check(art, bytes);
    if (r < 0)
        return r;

    struct wd_meta *meta = &art->facts.meta;
    struct wd_page page;
    r = wd_markup_text(art, bytes, WD_MARKUP_HTML, &page, &art->facts.raw);
    if (r == WD_OK)
        r = wd_field_string(art, WD_FIELD_LANGUAGE, page.language, &meta->language);
    if (r == WD_OK)
        r = wd_field_string(art, WD_FIELD_URL, page.url, &meta->url);
    if (r < 0)
        return r;

    meta->headline = wd_text_fold(&art->arena, page.headline);
    if (!meta->headline.data)
        return WD_ENOMEM;
    meta->format = WD_STR("html");
    return wd_decode_settle(art);
}
