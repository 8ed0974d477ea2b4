/* uax29_sentences.c -- sentences exactly as Unicode Standard Annex #29 defines them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Between terminators nothing can happen (SB998), so the text is searched for one, and
 * the rules SB6 to SB11 are asked only there. SB8 looks ahead over anything but letters
 * and terminators; such a stretch lies between two terminators and is read once for the
 * first of them, so that the whole stays linear. */
#include "uax29_sentences.h"

#include "base/unicode_tables.h"
#include "base/utf8.h"

/* The class at `at`, and where the code point ends; marks and format controls after it
 * are stepped over (SB5). WD_SB_COUNT at the end of the text. */
static unsigned class_at(struct wd_str text, size_t at, size_t *ret_next)
{
    if (at >= text.size) {
        *ret_next = at;
        return WD_SB_COUNT;
    }
    unsigned size;
    unsigned cls = wd_sentence_class(wd_utf8_decode(text.data + at, &size));
    at += size;
    if (cls != WD_SB_SEP && cls != WD_SB_CR && cls != WD_SB_LF) {
        while (at < text.size && (unsigned char)text.data[at] >= 0x80) {
            unsigned mark = wd_sentence_class(wd_utf8_decode(text.data + at, &size));
            if (mark != WD_SB_EXTEND && mark != WD_SB_FORMAT)
                break;
            at += size;
        }
    }
    *ret_next = at;
    return cls;
}

/* The class before `at`, over marks and format controls, not past `start`. */
static unsigned class_before(struct wd_str text, size_t start, size_t at)
{
    while (at > start) {
        do
            at--;
        while (at > start && !wd_utf8_is_start(text.data[at]));
        unsigned size;
        unsigned cls = wd_sentence_class(wd_utf8_decode(text.data + at, &size));
        if (cls != WD_SB_EXTEND && cls != WD_SB_FORMAT)
            return cls;
    }
    return WD_SB_OTHER;
}

static bool is_paragraph_end(unsigned cls)
{
    return cls == WD_SB_SEP || cls == WD_SB_CR || cls == WD_SB_LF;
}

/* SB8: does a small letter come before any other letter, terminator or paragraph end? */
static bool goes_on_small(struct wd_str text, size_t at)
{
    for (;;) {
        unsigned cls = class_at(text, at, &at);
        switch (cls) {
        case WD_SB_LOWER:
            return true;
        case WD_SB_OLETTER:
        case WD_SB_UPPER:
        case WD_SB_SEP:
        case WD_SB_CR:
        case WD_SB_LF:
        case WD_SB_STERM:
        case WD_SB_ATERM:
        case WD_SB_COUNT:
            return false;
        default:
            break;
        }
    }
}

/* Behind a paragraph separator that starts at `at`; CR LF is one (SB3). */
static size_t paragraph_end(struct wd_str text, size_t at)
{
    size_t next, after;
    if (class_at(text, at, &next) == WD_SB_CR && class_at(text, next, &after) == WD_SB_LF)
        return next + 1;
    return next;
}

/* Asks the rules about the terminator at ret_stop->at. True: the sentence ends behind it.
 * False: it goes on, and is to be searched from there. */
static bool ends_at(struct wd_str text, size_t start, struct wd_stop *ret_stop)
{
    size_t at = ret_stop->at, after, next;
    bool is_point = class_at(text, at, &after) == WD_SB_ATERM;
    unsigned cls = class_at(text, after, &next);

    ret_stop->behind = after;
    if (is_point && cls == WD_SB_NUMERIC)
        return false; /* SB6 */
    if (is_point && cls == WD_SB_UPPER) {
        unsigned before = class_before(text, start, at);
        if (before == WD_SB_UPPER || before == WD_SB_LOWER)
            return false; /* SB7 */
    }
    while (cls == WD_SB_CLOSE) { /* SB9 */
        after = next;
        cls = class_at(text, after, &next);
    }
    while (cls == WD_SB_SP) { /* SB10 */
        after = next;
        cls = class_at(text, after, &next);
    }
    ret_stop->behind = after;
    if (cls == WD_SB_SCONTINUE || cls == WD_SB_ATERM || cls == WD_SB_STERM)
        return false; /* SB8a */
    if (is_paragraph_end(cls)) {
        ret_stop->behind = paragraph_end(text, after);
        ret_stop->is_paragraph = true;
        return true;
    }
    return !(is_point && goes_on_small(text, after)); /* SB8, SB11 */
}

/* ASCII bytes at which something can happen. */
static const bool is_stop[128] = {
    ['.'] = true, ['!'] = true, ['?'] = true, ['\n'] = true, ['\r'] = true};

/* The first terminator or paragraph separator from `at` on; text.size when there is none.
 */
static size_t find_stop(struct wd_str text, size_t at, unsigned *ret_class)
{
    const unsigned char *s = (const unsigned char *)text.data;

    while (at < text.size) {
        if (s[at] < 0x80 && !is_stop[s[at]]) {
            at++;
            continue;
        }
        unsigned size;
        unsigned cls = wd_sentence_class(wd_utf8_decode(text.data + at, &size));
        if (cls == WD_SB_ATERM || cls == WD_SB_STERM || is_paragraph_end(cls)) {
            *ret_class = cls;
            return at;
        }
        at += size;
    }
    return at;
}

bool wd_stop_next(struct wd_str text, size_t start, size_t from, struct wd_stop *ret_stop)
{
    unsigned cls = 0; /* set when there is a stop */
    size_t at = find_stop(text, from, &cls);

    if (at >= text.size)
        return false;
    ret_stop->at = at;
    ret_stop->is_paragraph = is_paragraph_end(cls);
    if (ret_stop->is_paragraph) {
        ret_stop->behind = paragraph_end(text, at); /* SB4 */
        ret_stop->is_end = true;
    } else {
        ret_stop->is_end = ends_at(text, start, ret_stop);
    }
    return true;
}

bool wd_sentence_next(struct wd_cursor *cursor, struct wd_span *ret_sentence)
{
    struct wd_str text = cursor->text;
    struct wd_stop stop = {.behind = cursor->at};

    if (cursor->at >= text.size)
        return false;
    do {
        if (!wd_stop_next(text, cursor->at, stop.behind, &stop))
            stop = (struct wd_stop){.behind = text.size, .is_end = true};
    } while (!stop.is_end);
    *ret_sentence = (struct wd_span){cursor->at, (uint32_t)stop.behind};
    cursor->at = (uint32_t)stop.behind;
    return true;
}
