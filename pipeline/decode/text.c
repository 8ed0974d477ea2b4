/* text.c -- plain text: the bytes are the article. They are checked, not changed: what a
 * first line means, which line ends a desk uses and where its furniture stands is for the
 * stages that follow, and with cleaning off the offsets must be those of the file. Only a
 * byte order mark is left out, since it says how to read the text and is not part of it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include "base/utf8.h"

size_t wd_decode_place(const struct wd_article *art, const char *p)
{
    uintptr_t start = (uintptr_t)art->record.value.data, at = (uintptr_t)p;
    bool is_inside = at >= start && at - start <= art->record.value.size;
    return is_inside ? at - start : WD_NO_OFFSET;
}

/* The two byte order marks that tell what the text is instead. */
static bool is_utf16(struct wd_str bytes)
{
    return bytes.size >= 2 && (memcmp(bytes.data, "\xff\xfe", 2) == 0 ||
                               memcmp(bytes.data, "\xfe\xff", 2) == 0);
}

int wd_text_check(struct wd_article *art, struct wd_str bytes)
{
    size_t valid = wd_utf8_valid_prefix(bytes);
    if (valid < bytes.size) {
        size_t place = wd_decode_place(art, bytes.data + valid);
        if (is_utf16(bytes))
            return wd_article_refuse(art, WD_EUTF8, place,
                                     "the text is UTF-16, not UTF-8");
        return wd_article_refuse(art, WD_EUTF8, place,
                                 "byte 0x%02x does not belong there in UTF-8",
                                 (unsigned char)bytes.data[valid]);
    }
    const char *nul = bytes.size ? memchr(bytes.data, '\0', bytes.size) : NULL;
    if (nul)
        return wd_article_refuse(art, WD_ENUL, wd_decode_place(art, nul),
                                 "the text holds a NUL");
    return WD_OK;
}

struct wd_str wd_text_skip_bom(struct wd_str bytes)
{
    if (bytes.size >= 3 && memcmp(bytes.data, "\xef\xbb\xbf", 3) == 0)
        return (struct wd_str){bytes.data + 3, bytes.size - 3};
    return bytes;
}

/* Unicode's White_Space and the ASCII controls. */
static bool is_space(uint32_t cp)
{
    if (cp < 0x80)
        return cp <= 0x20 || cp == 0x7f;
    return cp == 0x85 || cp == 0xa0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

/* Or a mark that prints nothing, as scraped pages leave them on empty lines. Within a
 * word such a mark may matter. */
static bool is_blank(uint32_t cp)
{
    return is_space(cp) || cp == 0xad || (cp >= 0x200b && cp <= 0x200f) || cp == 0x2060 ||
           cp == 0xfeff;
}

struct wd_str wd_text_trim(struct wd_str str)
{
    unsigned size;
    while (str.size && is_blank(wd_utf8_decode(str.data, &size)))
        str = (struct wd_str){str.data + size, str.size - size};
    while (str.size) {
        size_t last = str.size - 1;
        while (!wd_utf8_is_start(str.data[last]))
            last--;
        if (!is_blank(wd_utf8_decode(str.data + last, &size)))
            break;
        str.size = last;
    }
    return str;
}

struct wd_str wd_text_fold(struct wd_arena *arena, struct wd_str str)
{
    str = wd_text_trim(str);
    char *out = wd_arena_alloc(arena, str.size);
    size_t size = 0;
    if (!out)
        return (struct wd_str){0};
    for (size_t i = 0; i < str.size;) {
        unsigned step;
        if (!is_space(wd_utf8_decode(str.data + i, &step))) {
            memcpy(out + size, str.data + i, step);
            size += step;
        } else if (out[size - 1] != ' ') { /* never the first: it was trimmed */
            out[size++] = ' ';
        }
        i += step;
    }
    return (struct wd_str){out, size};
}

bool wd_text_is_blank(struct wd_str str)
{
    for (size_t i = 0; i < str.size;) {
        unsigned size;
        if (!is_blank(wd_utf8_decode(str.data + i, &size)))
            return false;
        i += size;
    }
    return true;
}

/* A headline alone is an article: agencies send their flashes so. A kill may have no text
 * at all; it is passed on because of what it says about an earlier version. */
int wd_decode_settle(struct wd_article *art)
{
    struct wd_facts *facts = &art->facts;
    if (facts->raw.size && !wd_text_is_blank(facts->raw))
        return WD_OK;
    bool had_body = facts->raw.size != 0;
    facts->raw = WD_STR("");
    if (facts->meta.headline.size ||
        wd_str_equal(facts->meta.pubstatus, WD_STR("canceled")))
        return WD_OK;
    if (had_body)
        return wd_article_refuse(art, WD_EBLANK, WD_NO_OFFSET,
                                 "the body holds only white space");
    return wd_article_refuse(art, WD_ENOTEXT, WD_NO_OFFSET,
                             "the record has neither a body nor a headline");
}

int wd_decode_text(struct wd_article *art, struct wd_str bytes)
{
    int r = wd_text_check(art, bytes);
    if (r < 0)
        return r;
    if (wd_text_is_blank(bytes))
        return wd_article_refuse(art, WD_EBLANK, WD_NO_OFFSET, "%s",
                                 wd_status_text(WD_EBLANK));
    art->facts.raw = bytes;
    art->facts.meta.format = WD_STR("text");
    return WD_OK;
}
