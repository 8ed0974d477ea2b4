/* phrases.c -- finds the notices of the trade (phrase_table.h) in a line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every line is asked for all of them, so the table is first put into the order in which
 * it is searched: by first letter for those at the start of a line, by rare bytes for
 * those that may stand anywhere in it. */
#include "rules.h"

#include <assert.h>

#include "base/lanes.h"
#include "phrase_table.h"

enum { NO_ZONE = 0 }; /* asked for: any phrase will do */

#define T(text)                                                                          \
    {                                                                                    \
        text, sizeof(text) - 1                                                           \
    }

/* ---- phrases within a line
 *
 * Any of a dozen is looked for in all of the prose, so most of it must be leapt over: Wu
 * and Manber's way (1994), over the first WINDOW bytes of each. The last four bytes under
 * the window say how far it may move on. */

enum { WINDOW = 18, GRAM = 4 };

/* The GRAM bytes that end at `last`, case aside, as a number below WD_PHRASE_GRAMS. */
static inline unsigned gram_at(const char *last)
{
    uint32_t gram;
    memcpy(&gram, last - (GRAM - 1), GRAM);
    /* Bit 5 makes capitals small, and does to other bytes what it does in phrases. */
    return (gram | UINT32_C(0x20202020)) * UINT32_C(0x9e3779b1) >> 19;
}

static void book_add_window(struct wd_phrase_book *book, struct wd_str phrase)
{
    assert(phrase.size >= WINDOW);
    book->openings[gram_at(phrase.data + GRAM - 1)] = 1;
    for (unsigned k = GRAM - 1; k < WINDOW; k++) {
        uint8_t *skip = &book->skips[gram_at(phrase.data + k)];
        if (*skip > WINDOW - 1 - k)
            *skip = (uint8_t)(WINDOW - 1 - k);
    }
}

/* The first place from `at` on where a phrase may begin; text.size when there is none. */
static size_t next_candidate(const struct wd_phrase_book *book, struct wd_str text,
                             size_t at)
{
    for (at += WINDOW - 1; at < text.size;) {
        unsigned skip = book->skips[gram_at(text.data + at)];
        at += skip;
        if (skip > 0)
            continue;
        if (book->openings[gram_at(text.data + at - (WINDOW - GRAM))])
            return at - (WINDOW - 1);
        at++;
    }
    return text.size;
}

/* ---- the book */

static void book_add(struct wd_phrase_book *book, size_t k)
{
    struct wd_str text = wd_phrases[k].text;
    unsigned n = text.size < WD_CHUNK ? (unsigned)text.size : WD_CHUNK;
    book->masks[book->n_ordered] = wd_lanes_below(n);
    book->chunks[book->n_ordered] = wd_chunk_read(text.data, text.size);
    book->ordered[book->n_ordered++] = (uint16_t)k;
}

/* Those that are looked for at the start of a line go by their first byte. The few for
 * its end and for its inside stay in one list each. */
void wd_phrase_book_init(struct wd_phrase_book *book)
{
    *book = (struct wd_phrase_book){.n_ends = 0};
    memset(book->skips, WINDOW - GRAM + 1, sizeof(book->skips));
    for (unsigned c = 0; c < 256; c++) {
        book->starts[c].from = (uint16_t)book->n_ordered;
        for (size_t k = 0; k < wd_n_phrases; k++) {
            if ((unsigned char)wd_phrases[k].text.data[0] == c &&
                (wd_phrases[k].match == WD_PHRASE_IS ||
                 wd_phrases[k].match == WD_PHRASE_STARTS))
                book_add(book, k);
        }
        book->starts[c].to = (uint16_t)book->n_ordered;
    }
    book->holds.from = (uint16_t)book->n_ordered;
    for (size_t k = 0; k < wd_n_phrases; k++) {
        if (wd_phrases[k].match == WD_PHRASE_ENDS)
            book->ends[book->n_ends++] = (uint16_t)k;
        if (wd_phrases[k].match == WD_PHRASE_HOLDS) {
            book_add(book, k);
            book_add_window(book, wd_phrases[k].text);
        }
    }
    book->holds.to = (uint16_t)book->n_ordered;
}

static bool phrase_allows(const struct wd_phrase *phrase, const struct wd_line *line,
                          unsigned zones)
{
    return line->n_words <= phrase->words_max && (phrase->zones & zones) == zones &&
           (!phrase->is_label || (line->flags & WD_LINE_STOP) == 0);
}

/* The first phrase in `range` with which the key begins. */
static const struct wd_phrase *find_first(const struct wd_phrase_book *book,
                                          struct wd_phrase_range range,
                                          const struct wd_line *line,
                                          const struct wd_key *key, unsigned zones)
{
    uint64_t chunk = wd_chunk_read(key->head, WD_CHUNK);
    for (unsigned n = range.from; n < range.to; n++) {
        if ((chunk & book->masks[n]) != book->chunks[n])
            continue;
        const struct wd_phrase *phrase = &wd_phrases[book->ordered[n]];
        if (phrase_allows(phrase, line, zones) &&
            (phrase->match == WD_PHRASE_IS ? wd_key_is(key, phrase->text)
                                           : wd_key_starts(key, phrase->text)))
            return phrase;
    }
    return NULL;
}

static const struct wd_phrase *find_end(const struct wd_phrase_book *book,
                                        const struct wd_line *line,
                                        const struct wd_key *key, unsigned zones)
{
    struct wd_str tail = wd_key_bare_tail(key);
    for (unsigned n = 0; n < book->n_ends; n++) {
        const struct wd_phrase *phrase = &wd_phrases[book->ends[n]];
        struct wd_str text = phrase->text;
        if (tail.size >= text.size &&
            tail.data[tail.size - 1] == text.data[text.size - 1] &&
            wd_key_at(tail, tail.size - text.size, text) &&
            phrase_allows(phrase, line, zones))
            return phrase;
    }
    return NULL;
}

/* Some phrase that may stand anywhere begins with the bytes at `at`, case aside: the
 * leaps above mistake many a "your" for one. */
static bool may_begin(const struct wd_phrase_book *book, struct wd_str text, size_t at)
{
    const uint64_t small = UINT64_C(0x2020202020202020);
    uint64_t chunk = wd_chunk_read(text.data + at, text.size - at) | small;
    for (unsigned n = book->holds.from; n < book->holds.to; n++) {
        if (chunk == (book->chunks[n] | small)) /* none is shorter than a chunk */
            return true;
    }
    return false;
}

static const struct wd_phrase *find_within(const struct wd_phrase_book *book,
                                           const struct wd_line *line, struct wd_str text,
                                           unsigned zones)
{
    struct wd_key key;
    for (size_t at = 0; (at = next_candidate(book, text, at)) < text.size; at++) {
        if ((at > 0 && wd_key_is_word_byte((char)(text.data[at - 1] | 0x20))) ||
            !may_begin(book, text, at))
            continue;
        wd_key_make_head((struct wd_str){text.data + at, text.size - at}, &key);
        const struct wd_phrase *phrase = find_first(book, book->holds, line, &key, zones);
        if (phrase)
            return phrase;
    }
    return NULL;
}

static const struct wd_phrase *find_phrase(const struct wd_phrase_book *book,
                                           const struct wd_line *line, struct wd_str text,
                                           const struct wd_key *key, unsigned zones)
{
    const struct wd_phrase *phrase = NULL;
    if (key->head_size > 0)
        phrase =
            find_first(book, book->starts[(unsigned char)key->head[0]], line, key, zones);
    if (!phrase)
        phrase = find_end(book, line, key, zones);
    if (phrase || (line->flags & WD_LINE_SAID)) /* somebody's words may hold any */
        return phrase;
    /* Where white space is odd, its folded form is searched instead. */
    if (!(line->flags & WD_LINE_GAPS))
        return find_within(book, line, text, zones);
    phrase = find_within(book, line, (struct wd_str){key->head, key->head_size}, zones);
    if (!phrase && !key->is_whole)
        phrase =
            find_within(book, line, (struct wd_str){key->tail, key->tail_size}, zones);
    return phrase;
}

/* "Follow The Star's Jane Doe on X or Facebook." */
static bool is_follow_line(const struct wd_line *line, const struct wd_key *key)
{
    static const struct wd_str networks[] = {
        T("on x"),        T("on twitter"),   T("on facebook"), T("on instagram"),
        T("on threads"),  T("on youtube"),   T("on linkedin"), T("on tiktok"),
        T("on telegram"), T("on whatsapp"),  T("on bluesky"),  T("on mastodon"),
        T("on \"x\""),    T("truth social"),
    };
    if (line->n_words > 30 || !wd_key_starts(key, WD_STR("follow")))
        return false;
    for (size_t k = 0; k < sizeof(networks) / sizeof(networks[0]); k++) {
        if (wd_key_holds(key, networks[k]))
            return true;
    }
    return false;
}

bool wd_phrase_may_match(const struct wd_phrase_book *book, const struct wd_proof *proof,
                         size_t i, const struct wd_key *key)
{
    const struct wd_line *line = &proof->lines[i];
    return is_follow_line(line, key) ||
           find_phrase(book, line, wd_proof_line(proof, i), key, NO_ZONE) != NULL;
}

bool wd_rule_phrase(const struct wd_phrase_book *book, struct wd_proof *proof, size_t i,
                    const struct wd_key *key, unsigned zones)
{
    const struct wd_line *line = &proof->lines[i];
    if (is_follow_line(line, key)) {
        wd_proof_drop(proof, i, WD_FURNITURE_SOCIAL, true);
        return true;
    }
    const struct wd_phrase *phrase =
        find_phrase(book, line, wd_proof_line(proof, i), key, zones);
    if (!phrase)
        return false;
    if (phrase->kind == WD_FURNITURE_CORRECTION || phrase->kind == WD_FURNITURE_BYLINE)
        wd_proof_mark(proof, i, (enum wd_furniture_kind)phrase->kind);
    else
        wd_proof_drop(proof, i, (enum wd_furniture_kind)phrase->kind, true);
    return true;
}
