/* key.c -- folds the ends of a line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the ends: what gives furniture away stands there ("Read more:", "… (AP Photo)"),
 * and a paragraph of 2 KB is not folded to learn that it is one. */
#include "key.h"

#include "base/block.h"
#include "base/utf8.h"
#include "space.h"

/* What a character beyond ASCII is folded to; NULL: itself. */
static const char *fold(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x2032:
        return "'";
    case 0x201c:
    case 0x201d:
    case 0xab:
    case 0xbb:
        return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return "-";
    case 0x2026:
        return "...";
    case 0x2022:
    case 0xb7:
        return "*";
    default:
        return NULL;
    }
}

/* ASCII that is copied: letters small, one blank for a blank; 0 for what is looked at. */
static const char ascii[128] = {
    0,   0,   0,   0,   0,   0,   0,   0,    0,   0,   0,   0,   0,    0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,    0,   0,   0,   0,   0,    0,   0,   0,
    ' ', '!', '"', '#', '$', '%', '&', '\'', '(', ')', '*', '+', ',',  '-', '.', '/',
    '0', '1', '2', '3', '4', '5', '6', '7',  '8', '9', ':', ';', '<',  '=', '>', '?',
    '@', 'a', 'b', 'c', 'd', 'e', 'f', 'g',  'h', 'i', 'j', 'k', 'l',  'm', 'n', 'o',
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w',  'x', 'y', 'z', '[', '\\', ']', '^', '_',
    '`', 'a', 'b', 'c', 'd', 'e', 'f', 'g',  'h', 'i', 'j', 'k', 'l',  'm', 'n', 'o',
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w',  'x', 'y', 'z', '{', '|',  '}', '~', 0,
};

/* Folds eight bytes at once where nothing but capitals is to be changed; else false. */
static bool fold_chunk(const char *p, char last, char *to)
{
    uint64_t chunk = wd_chunk_read(p, WD_CHUNK), low = chunk & ~WD_LANES(0x80);
    uint64_t blanks = wd_lanes_are(low, ' ');
    uint64_t before = blanks << 8 | (last == ' ' ? 0x80 : 0);
    uint64_t plain = wd_lanes_in(low, 0x20, 0x7e) & ~chunk;
    if (plain != WD_LANES(0x80) || (blanks & before))
        return false;
    /* A capital and its small letter differ in bit 5, two below the lane's top. */
    chunk = htole64(chunk | wd_lanes_in(low, 'A', 'Z') >> 2);
    memcpy(to, &chunk, WD_CHUNK);
    return true;
}

/* Folds a whole block at once where nothing but capitals is to be changed; else 0. */
static unsigned fold_block(struct wd_str from, char *to)
{
    unsigned n = from.size < WD_BLOCK ? (unsigned)from.size : WD_BLOCK;
    struct wd_block block = wd_block_read(from.data, from.size);
    uint64_t mask = wd_mask_below(n), blanks = wd_block_are(&block, ' ');
    if ((mask & ~wd_block_in(&block, 0x20, 0x7e)) || (blanks & (blanks << 1 | 1)))
        return 0;
    wd_block_put_small(&block, to);
    return n;
}

/* Folds `from` into at most WD_KEY_BYTES bytes (and up to 7 more); returns its bytes.
 * *ret_is_whole says whether all of it fitted. */
static unsigned fold_line(struct wd_str from, char *to, bool *ret_is_whole)
{
    const char *p = from.data, *end = from.data + from.size;
    unsigned n = fold_block(from, to), size;
    char last = ' '; /* white space at the start is dropped */
    p += n;

    while (p < end && n < WD_KEY_BYTES) {
        if (end - p >= WD_CHUNK && fold_chunk(p, last, to + n)) {
            p += WD_CHUNK;
            n += WD_CHUNK;
            last = to[n - 1];
            continue;
        }
        unsigned char c = (unsigned char)*p;
        char as_byte = c < 0x80 ? ascii[c] : 0;
        if ((as_byte != 0) & !((as_byte == ' ') & (last == ' '))) {
            to[n++] = last = as_byte;
            p++;
            continue;
        }
        enum wd_space space = wd_space_at(p, end, &size);
        if (space != WD_SPACE_NONE) {
            if (space != WD_SPACE_NIL && last != ' ')
                to[n++] = last = ' ';
            p += size;
            continue;
        }
        const char *as = fold(wd_utf8_decode(p, &size));
        for (unsigned i = 0; as ? as[i] != '\0' : i < size; i++)
            to[n++] = as ? as[i] : p[i];
        last = to[n - 1];
        p += size;
    }
    *ret_is_whole = p == end;
    memset(to + n, 0, WD_CHUNK); /* so that a chunk of it can be read anywhere */
    return n;
}

static bool is_mark(char c)
{
    return c == ' ' || c == '*' || c == '_' || c == '[' || c == ']' || c == '(' ||
           c == ')' || c == '<' || c == '>' || c == '|' || c == '#' || c == '-';
}

static bool is_end_mark(char c)
{
    return is_mark(c) || c == '.' || c == ':' || c == '!' || c == ',' || c == ';';
}

void wd_key_make_head(struct wd_str line, struct wd_key *ret_key)
{
    while (line.size > 0 && is_mark(line.data[0])) {
        line.data++;
        line.size--;
    }
    ret_key->head_size = fold_line(line, ret_key->head, &ret_key->is_whole);
    ret_key->tail = ret_key->head;
    ret_key->tail_size = ret_key->head_size;
}

void wd_key_make(struct wd_str line, struct wd_key *ret_key)
{
    wd_key_make_head(line, ret_key);
    if (ret_key->is_whole)
        return;
    /* The head did not take it all, so the line is longer than the tail. */
    size_t at = line.size > WD_KEY_BYTES ? line.size - WD_KEY_BYTES : 0;
    while (at < line.size && !wd_utf8_is_start(line.data[at]))
        at++;
    bool is_whole;
    ret_key->tail_size = fold_line((struct wd_str){line.data + at, line.size - at},
                                   ret_key->tail_bytes, &is_whole);
    ret_key->tail = ret_key->tail_bytes;
}

static bool same_bytes(const char *at, struct wd_str phrase)
{
    return *at == *phrase.data && memcmp(at, phrase.data, phrase.size) == 0;
}

bool wd_key_is(const struct wd_key *key, struct wd_str phrase)
{
    if (!key->is_whole || key->head_size < phrase.size || !same_bytes(key->head, phrase))
        return false;
    for (size_t i = phrase.size; i < key->head_size; i++) {
        if (!is_end_mark(key->head[i]))
            return false;
    }
    return true;
}

bool wd_key_at(struct wd_str text, size_t at, struct wd_str phrase)
{
    size_t end = at + phrase.size;
    if (end > text.size || !same_bytes(text.data + at, phrase))
        return false;
    bool is_start = at == 0 || !wd_key_is_word_byte(phrase.data[0]) ||
                    !wd_key_is_word_byte(text.data[at - 1]);
    bool is_end = end == text.size ||
                  !wd_key_is_word_byte(phrase.data[phrase.size - 1]) ||
                  !wd_key_is_word_byte(text.data[end]);
    return is_start && is_end;
}

bool wd_key_starts(const struct wd_key *key, struct wd_str phrase)
{
    return wd_key_at((struct wd_str){key->head, key->head_size}, 0, phrase);
}

struct wd_str wd_key_bare_tail(const struct wd_key *key)
{
    size_t end = key->tail_size;
    while (end > 0 && is_end_mark(key->tail[end - 1]))
        end--;
    return (struct wd_str){key->tail, end};
}

bool wd_key_ends(const struct wd_key *key, struct wd_str phrase)
{
    struct wd_str tail = wd_key_bare_tail(key);
    return tail.size >= phrase.size && wd_key_at(tail, tail.size - phrase.size, phrase);
}

static bool holds(struct wd_str text, struct wd_str phrase)
{
    for (size_t at = 0; at + phrase.size <= text.size; at++) {
        if (text.data[at] == phrase.data[0] && wd_key_at(text, at, phrase))
            return true;
    }
    return false;
}

bool wd_key_holds(const struct wd_key *key, struct wd_str phrase)
{
    return holds((struct wd_str){key->head, key->head_size}, phrase) ||
           (!key->is_whole && holds((struct wd_str){key->tail, key->tail_size}, phrase));
}
