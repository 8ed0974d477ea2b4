/* page.c -- the fates of lines, and where on the page a line stands.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "Where" is not a line number. Pages come with three lines of furniture on top or with
 * thirty; what holds for all of them is that prose begins at the first full paragraph
 * and ends with the last. */
#include "page.h"

int wd_page_open(struct wd_str raw, struct wd_arena *arena, struct wd_page *ret_page)
{
    struct wd_lines lines;
    int r = wd_lines_cut(raw, arena, &lines);
    if (r < 0)
        return r;
    struct wd_fate *fates = wd_arena_alloc(arena, lines.n * sizeof(*fates));
    if (!fates)
        return WD_ENOMEM;
    for (size_t i = 0; i < lines.n; i++)
        fates[i] = (struct wd_fate){.of = WD_FATE_TEXT};
    *ret_page = (struct wd_page){
        .raw = raw,
        .lines = lines.at,
        .fates = fates,
        .n = lines.n,
        .is_wrapped = lines.is_wrapped,
    };
    wd_page_find_zones(ret_page);
    return WD_OK;
}

void wd_page_find_zones(struct wd_page *page)
{
    page->first_full = page->n;
    page->last_full = 0;
    for (size_t i = 0; i < page->n; i++) {
        if (!wd_page_is_text(page, i) || !wd_line_is_full(&page->lines[i]))
            continue;
        if (page->first_full == page->n)
            page->first_full = i;
        page->last_full = i;
    }
}

enum wd_zone wd_page_zone(const struct wd_page *page, size_t i)
{
    if (i < page->first_full)
        return WD_ZONE_TOP;
    return i > page->last_full ? WD_ZONE_END : WD_ZONE_MID;
}

void wd_page_drop(struct wd_page *page, size_t i, enum wd_furniture_kind kind,
                  bool is_sure)
{
    page->fates[i].of = WD_FATE_FURNITURE;
    page->fates[i].kind = (uint8_t)kind;
    page->fates[i].is_sure = is_sure;
}

size_t wd_page_prev_text(const struct wd_page *page, size_t i)
{
    while (i-- > 0) {
        if (wd_page_is_text(page, i))
            return i;
    }
    return page->n;
}

size_t wd_page_next_text(const struct wd_page *page, size_t i)
{
    while (++i < page->n) {
        if (wd_page_is_text(page, i))
            return i;
    }
    return page->n;
}
