/* headline.c -- recognises the headline at the top of a plain text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is recognised, never assumed: half of what reaches a desk as plain text has none and
 * begins in mid-story. A headline is short, is no sentence with a full stop, and has the
 * story below it. What stands between it and the story (a byline, a date, a dateline, a
 * gap) makes it surer, so that then also a headline with a full stop is taken. */
#include "rules.h"

#include "base/utf8.h"
#include "words.h"

enum {
    HEADLINE_WORDS_MIN = 3,
    HEADLINE_WORDS_MAX = 28,
    HEADLINE_CHARS_MAX = 180,
    LABEL_WORDS_MAX = 3, /* above the headline: "World", "Politics", "AP Fact Check" */
};

/* Between line `i` and the story stands what stands below headlines. */
static bool has_headline_below(const struct wd_proof *proof, size_t i)
{
    for (size_t k = i + 1; k < proof->n; k++) {
        const struct wd_fate *fate = &proof->fates[k];
        if (fate->of == WD_FATE_TEXT)
            return wd_dateline_read(wd_proof_line(proof, k)).size > 0;
        if (fate->kind == WD_FURNITURE_BYLINE || fate->kind == WD_FURNITURE_TIMESTAMP)
            return true;
    }
    return false;
}

static bool has_story_below(const struct wd_proof *proof, size_t i)
{
    for (size_t k = i + 1; k < proof->n; k++) {
        if (!wd_proof_is_text(proof, k))
            continue;
        if (((proof->lines[k].flags & WD_LINE_STOP) && proof->lines[k].n_words >= 6) ||
            (k == i + 1 && wd_dateline_read(wd_proof_line(proof, k)).size > 0))
            return true;
    }
    return false;
}

/* “Between Two Rivers”: a heading within the prose, or somebody's words. */
static bool is_all_quoted(struct wd_str line)
{
    const struct wd_str close = WD_STR("\xe2\x80\x9d");
    const char *found = memmem(line.data, line.size, close.data, close.size);
    return line.size > 6 && memcmp(line.data, "\xe2\x80\x9c", 3) == 0 &&
           found == line.data + line.size - close.size;
}

/* "Home | News | Coast": a word or two between bars. In "Opinion | Why the Quay Is Ours"
 * there are more. */
static bool is_trail(const struct wd_line *line, struct wd_str text)
{
    struct wd_str word;
    unsigned n_bars = 0;
    if (!(line->flags & WD_LINE_BAR))
        return false;
    while (wd_words_next(&text, &word))
        n_bars += !wd_word_has_lower(word) && !wd_word_is_capital(word);
    return line->n_words - n_bars <= 2 * (n_bars + 1);
}

static bool is_headline(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str text = wd_proof_line(proof, i);

    if (line->n_words < HEADLINE_WORDS_MIN || line->n_words > HEADLINE_WORDS_MAX ||
        line->n_chars > HEADLINE_CHARS_MAX || line->n_stops > 1 ||
        (line->flags & (WD_LINE_COLON | WD_LINE_URL | WD_LINE_AT | WD_LINE_SMALL)) != 0 ||
        proof->fates[i].is_marked || is_all_quoted(text) || is_trail(line, text) ||
        wd_words_end_in_ticker(text) || wd_dateline_read(text).size > 0)
        return false;
    if (!has_story_below(proof, i))
        return false;
    bool is_open = (line->flags & WD_LINE_STOP) == 0;
    bool is_query = (line->flags & WD_LINE_QUERY) != 0;
    bool is_loose = i + 1 < proof->n && proof->lines[i + 1].blanks_before > 0 &&
                    wd_line_is_title(line);
    if (is_open)
        return true;
    if (is_query && (line->flags & WD_LINE_QUOTE) == 0)
        return has_headline_below(proof, i) || wd_line_is_title(line);
    return wd_line_is_title(line) && (has_headline_below(proof, i) || is_loose);
}

static bool is_label(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    return line->n_words <= LABEL_WORDS_MAX && (line->flags & WD_LINE_STOP) == 0 &&
           line->n_lower == 0;
}

size_t wd_headline_find(struct wd_proof *proof)
{
    size_t first = wd_proof_next_text(proof, (size_t)-1);
    if (first == proof->n)
        return proof->n;
    size_t second = wd_proof_next_text(proof, first);
    if (second < proof->n && is_label(proof, first) && is_headline(proof, second) &&
        proof->lines[second].n_words > LABEL_WORDS_MAX) {
        wd_proof_drop(proof, first, WD_FURNITURE_NAVIGATION, false);
        return second;
    }
    return is_headline(proof, first) ? first : proof->n;
}

/* Moves past what is no letter and no digit; false at the end. */
static bool next_letter(struct wd_str *rest, uint32_t *ret_cp)
{
    unsigned size;
    while (rest->size > 0) {
        uint32_t cp = wd_utf8_decode(rest->data, &size);
        rest->data += size;
        rest->size -= size;
        if (wd_letter_of(cp) != WD_LETTER_NONE) {
            *ret_cp = cp;
            return true;
        }
    }
    return false;
}

static uint32_t fold_case(uint32_t cp)
{
    return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
}

/* Same letters and digits; *ret_is_same when also in the same case. */
static bool is_repeat(struct wd_str a, struct wd_str b, bool *ret_is_same)
{
    uint32_t x = 0, y = 0;
    unsigned n = 0;
    *ret_is_same = true;
    for (;; n++) {
        bool has_a = next_letter(&a, &x), has_b = next_letter(&b, &y);
        if (has_a != has_b)
            return false;
        if (!has_a)
            return n > 0;
        if (fold_case(x) != fold_case(y))
            return false;
        *ret_is_same = *ret_is_same && x == y;
    }
}

size_t wd_headline_repeat(const struct wd_proof *proof, struct wd_str headline,
                          bool *ret_is_same)
{
    size_t i = wd_proof_next_text(proof, (size_t)-1);
    for (unsigned tries = 0; tries < 3 && i < proof->n; tries++) {
        if (is_repeat(wd_proof_line(proof, i), headline, ret_is_same))
            return i;
        if (wd_line_is_full(&proof->lines[i]))
            break;
        i = wd_proof_next_text(proof, i);
    }
    return proof->n;
}
