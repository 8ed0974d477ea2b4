/* uri.c -- an article's uri is its identity: (uri, version) is what makes a replay a
 * replay and a correction an update. So it is never made up. Three ways, in this order:
 *
 *   a URI          is kept, byte for byte;
 *   an IRI         (a web address with letters past ASCII in it) is mapped as RFC 3987,
 *                  3.1 says: those bytes are percent-encoded;
 *   any other id   becomes urn:wiredesk:id: and the id, percent-encoded, so that two ids
 *                  never meet in one uri;
 *   no id          gives the RFC 6920 name of the record's bytes, so that the same bytes
 *                  have the same name on any day. Sent twice, they are a copy and its
 *                  original: only an id that the source gave makes a replay.
 *
 * Whenever the uri is not what the source wrote, meta.id keeps that.
 * SPDX-License-Identifier: Apache-2.0 */
#include "uri.h"

#include "base/ascii.h"
#include "base/sha256.h"

#define ID_PREFIX "urn:wiredesk:id:"
#define NI_PREFIX "ni:///sha-256;"
#define NI_DIGITS 43 /* 32 bytes in base64url without padding */

static bool is_hex(char c)
{
    return wd_ascii_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_unreserved(char c)
{
    return wd_ascii_is_letter(c) || wd_ascii_is_digit(c) || (c && strchr("-._~", c));
}

/* gen-delims and sub-delims; '#' may stand once, which matters to nobody here. */
static bool is_reserved(char c)
{
    return c && strchr(":/?#[]@!$&'()*+,;=", c);
}

/* Bytes of the scheme with its colon, or 0. */
static size_t scheme_size(struct wd_str str)
{
    if (str.size == 0 || !wd_ascii_is_letter(str.data[0]))
        return 0;
    for (size_t i = 1; i < str.size; i++) {
        char c = str.data[i];
        if (c == ':')
            return i + 1;
        if (!wd_ascii_is_letter(c) && !wd_ascii_is_digit(c) && !strchr("+-.", c))
            return 0;
    }
    return 0;
}

static bool is_identifier(struct wd_str str, bool beyond_ascii)
{
    size_t i = scheme_size(str);
    if (i == 0 || i == str.size)
        return false;
    for (; i < str.size; i++) {
        char c = str.data[i];
        if (c == '%') {
            if (str.size - i < 3 || !is_hex(str.data[i + 1]) || !is_hex(str.data[i + 2]))
                return false;
            i += 2;
        } else if (!is_unreserved(c) && !is_reserved(c) &&
                   !(beyond_ascii && (unsigned char)c >= 0x80)) {
            return false;
        }
    }
    return true;
}

bool wd_uri_is_valid(struct wd_str str)
{
    return is_identifier(str, false);
}

/* `prefix` and then `id`, whose bytes are percent-encoded unless unreserved, or, with
 * `keep_ascii`, unless ASCII. */
static struct wd_str encode(struct wd_arena *arena, struct wd_str prefix,
                            struct wd_str id, bool keep_ascii)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = wd_arena_alloc(arena, prefix.size + 3 * id.size);
    if (!out)
        return (struct wd_str){0};

    size_t size = 0;
    for (; size < prefix.size; size++)
        out[size] = prefix.data[size];
    for (size_t i = 0; i < id.size; i++) {
        unsigned char c = (unsigned char)id.data[i];
        if (is_unreserved((char)c) || (keep_ascii && c < 0x80)) {
            out[size++] = (char)c;
        } else {
            out[size++] = '%';
            out[size++] = digits[c >> 4];
            out[size++] = digits[c & 15];
        }
    }
    return (struct wd_str){out, size};
}

static struct wd_str name_of_bytes(struct wd_arena *arena, struct wd_str bytes)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t prefix = sizeof(NI_PREFIX) - 1;
    char *out = wd_arena_alloc(arena, prefix + NI_DIGITS);
    if (!out)
        return (struct wd_str){0};
    memcpy(out, NI_PREFIX, prefix);

    uint8_t digest[WD_SHA256_SIZE + 1] = {0}; /* one zero byte: 264 bits, 44 digits */
    wd_sha256(bytes, digest);
    for (unsigned i = 0; i < NI_DIGITS; i++) {
        unsigned bit = 6 * i;
        unsigned two = (unsigned)digest[bit / 8] << 8 | digest[bit / 8 + 1];
        out[prefix + i] = digits[two >> (10 - bit % 8) & 63];
    }
    return (struct wd_str){out, prefix + NI_DIGITS};
}

int wd_uri_from_url(struct wd_arena *arena, struct wd_str url, struct wd_str *ret_uri)
{
    if (!is_identifier(url, true)) {
        *ret_uri = (struct wd_str){0};
        return WD_OK;
    }
    *ret_uri = encode(arena, WD_STR(""), url, true);
    return ret_uri->data ? WD_OK : WD_ENOMEM;
}

int wd_uri_assign(struct wd_article *art)
{
    struct wd_meta *meta = &art->facts.meta;
    /* Checked before it is encoded, too: an id of a megabyte is not worth three. */
    size_t limit = art->opts->limits.uri_bytes;
    if (meta->id.size > limit)
        return wd_article_refuse(art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the id is longer than %zu bytes", limit);

    meta->is_uri_derived = meta->id.size == 0;
    if (meta->is_uri_derived) {
        meta->uri = name_of_bytes(&art->arena, art->record.value);
    } else if (is_identifier(meta->id, false)) {
        meta->uri = meta->id;
        meta->id = (struct wd_str){0};
    } else if (is_identifier(meta->id, true)) {
        meta->uri = encode(&art->arena, WD_STR(""), meta->id, true);
    } else {
        meta->uri = encode(&art->arena, WD_STR(ID_PREFIX), meta->id, false);
    }
    if (!meta->uri.data)
        return WD_ENOMEM;
    if (meta->uri.size > limit)
        return wd_article_refuse(art, WD_ELIMIT, WD_NO_OFFSET,
                                 "the uri is longer than %zu bytes", limit);
    return WD_OK;
}
