/* key.c -- folds the ends of a line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the ends: what gives furniture away stands there ("Read more:", "… (AP Photo)"),
 * and a paragraph of 2 KB is not folded to learn that it is one. */
#include "key.h"

#include "../utf8.h"
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

/* Folds `from` into at most WD_KEY_BYTES bytes (and up to 3 more); returns its bytes.
 * *ret_is_whole says whether all of it fitted. */
static unsigned fold_line(struct wd_str from, char *to, bool *ret_is_whole)
{
    const char *p = from.data, *end = from.data + from.size;
    unsigned n = 0, size;

    while (p < end && n < WD_KEY_BYTES) {
        enum wd_space space = wd_space_at(p, end, &size);
        if (space != WD_SPACE_NONE) {
            if (space != WD_SPACE_NIL && n > 0 && to[n - 1] != ' ')
                to[n++] = ' ';
            p += size;
            continue;
        }
        if ((unsigned char)*p < 0x80) {
            to[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
            p++;
            continue;
        }
        const char *as = fold(wd_utf8_decode(p, &size));
        for (unsigned i = 0; as ? as[i] != '\0' : i < size; i++)
            to[n++] = as ? as[i] : p[i];
        p += size;
    }
    *ret_is_whole = p == end;
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

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

void wd_key_make(struct wd_str line, struct wd_key *ret_key)
{
    while (line.size > 0 && is_mark(line.data[0])) {
        line.data++;
        line.size--;
    }
    ret_key->head_size = fold_line(line, ret_key->head, &ret_key->is_whole);
    if (ret_key->is_whole) {
        ret_key->tail = ret_key->head;
        ret_key->tail_size = ret_key->head_size;
        return;
    }
    /* The head did not take it all, so the line is longer than the tail. */
    size_t at = line.size > WD_KEY_BYTES ? line.size - WD_KEY_BYTES : 0;
    while (at < line.size && !wd_utf8_is_start(line.data[at]))
        at++;
    bool is_whole;
    ret_key->tail_size = fold_line((struct wd_str){line.data + at, line.size - at},
                                   ret_key->tail_bytes, &is_whole);
    ret_key->tail = ret_key->tail_bytes;
}

bool wd_key_is(const struct wd_key *key, const char *phrase)
{
    size_t size = strlen(phrase);
    if (!key->is_whole || key->head_size < size || memcmp(key->head, phrase, size) != 0)
        return false;
    for (size_t i = size; i < key->head_size; i++) {
        if (!is_end_mark(key->head[i]))
            return false;
    }
    return true;
}

bool wd_key_starts(const struct wd_key *key, const char *phrase)
{
    size_t size = strlen(phrase);
    return key->head_size >= size && memcmp(key->head, phrase, size) == 0 &&
           (key->head_size == size || !is_word_byte(phrase[size - 1]) ||
            !is_word_byte(key->head[size]));
}

bool wd_key_ends(const struct wd_key *key, const char *phrase)
{
    size_t size = strlen(phrase), end = key->tail_size;
    while (end > 0 && is_end_mark(key->tail[end - 1]))
        end--;
    return end >= size && memcmp(key->tail + end - size, phrase, size) == 0 &&
           (end == size || !is_word_byte(phrase[0]) ||
            !is_word_byte(key->tail[end - size - 1]));
}

static bool holds(const char *text, size_t text_size, const char *phrase)
{
    size_t size = strlen(phrase);
    const char *p = text;
    while ((p = memmem(p, (size_t)(text + text_size - p), phrase, size)) != NULL) {
        const char *after = p + size;
        bool is_start = p == text || !is_word_byte(phrase[0]) || !is_word_byte(p[-1]);
        bool is_end = after == text + text_size || !is_word_byte(phrase[size - 1]) ||
                      !is_word_byte(*after);
        if (is_start && is_end)
            return true;
        p++;
    }
    return false;
}

bool wd_key_holds(const struct wd_key *key, const char *phrase)
{
    return holds(key->head, key->head_size, phrase) ||
           (!key->is_whole && holds(key->tail, key->tail_size, phrase));
}
