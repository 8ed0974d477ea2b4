/* wire.c -- what wires put above an article, and below.
 * SPDX-License-Identifier: Apache-2.0
 *
 * ANPA 1312, in which archives hold the eighties and nineties: a slug ("BC-Harbour, 1st
 * Ld-Writethru, a0512"), then keylines that begin with "^" (and end with "<" or "="): the
 * headline, the byline, who its author is. AP's last line says when it was sent; Reuters'
 * tells clients, in two pairs of brackets, whom to call. */
#include "rules.h"

#include "words.h"

enum {
    SLUG_WORDS_MAX = 10,
    SLUG_LINES = 3,     /* it stands among the first */
    KEYLINE_LINES = 12, /* … and the keylines behind it */
    AUTHOR_WORDS_MAX = 6,
    LAST_LINES = 3,
    CONTACT_WORDS_MAX = 24,
};

/* "BC-Harbour", "AM-Harbour": the cycle it was for, and its keyword. */
static bool is_slug(const struct wd_line *line, struct wd_str text)
{
    static const struct wd_str cycles[] = {
        {"AM-", 3}, {"AP-", 3}, {"BC-", 3}, {"PM-", 3},
        {"am-", 3}, {"bc-", 3}, {"pm-", 3},
    };
    bool is_short = line->n_words <= SLUG_WORDS_MAX && !(line->flags & WD_LINE_STOP);
    for (size_t k = 0; is_short && k < sizeof(cycles) / sizeof(cycles[0]); k++) {
        if (text.size > cycles[k].size &&
            memcmp(text.data, cycles[k].data, cycles[k].size) == 0)
            return true;
    }
    return false;
}

/* "^By JANE DOE", "^Associated Press Writer" */
static bool is_author(const struct wd_line *line, struct wd_str text)
{
    struct wd_str rest = {text.data + 1, text.size - 1}, word, last = {NULL, 0};
    if (wd_words_next(&rest, &last) && wd_word_is(last, "by"))
        return true;
    while (wd_words_next(&rest, &word))
        last = word;
    if (last.size > 0 && last.data[last.size - 1] == '=')
        last.size--;
    return line->n_words <= AUTHOR_WORDS_MAX && wd_word_is_job(last);
}

/* Capitals where `shape` has "A", digits where it has "0", else its own signs. */
static bool has_shape(struct wd_str text, const char *shape)
{
    size_t i = 0;
    for (; i < text.size && shape[i] != '\0'; i++) {
        char c = text.data[i];
        bool fits = shape[i] == 'A'   ? c >= 'A' && c <= 'Z'
                    : shape[i] == '0' ? c >= '0' && c <= '9'
                                      : c == shape[i];
        if (!fits)
            return false;
    }
    return i == text.size && shape[i] == '\0';
}

/* "AP-NY-01-03-90 0312EST", also with "<" behind it */
static bool is_sent_line(struct wd_str text)
{
    if (text.size > 0 && text.data[text.size - 1] == '<')
        text.size--;
    return has_shape(text, "AA-AA-00-00-00 0000AAA");
}

/* "((jane.roe@example.com; +44 20 7946 0000))" */
static bool is_contact(const struct wd_line *line, struct wd_str text)
{
    return text.size > 4 && line->n_words <= CONTACT_WORDS_MAX &&
           memcmp(text.data, "((", 2) == 0 &&
           memcmp(text.data + text.size - 2, "))", 2) == 0 &&
           memchr(text.data, '@', text.size);
}

static bool drop_below(struct wd_proof *proof, size_t i, struct wd_str text)
{
    if (i + LAST_LINES < proof->n)
        return false;
    if (is_sent_line(text))
        wd_proof_drop(proof, i, WD_FURNITURE_TIMESTAMP, true);
    else if (is_contact(&proof->lines[i], text))
        wd_proof_drop(proof, i, WD_FURNITURE_SOURCE_LINE, true);
    return proof->fates[i].of == WD_FATE_FURNITURE;
}

bool wd_rule_wire(struct wd_proof *proof, size_t i)
{
    struct wd_str text = wd_proof_line(proof, i);
    if (drop_below(proof, i, text))
        return true;
    if (i < SLUG_LINES && is_slug(&proof->lines[i], text)) {
        wd_proof_drop(proof, i, WD_FURNITURE_NAVIGATION, true);
        return true;
    }
    if (i >= KEYLINE_LINES || text.size < 2 || text.data[0] != '^')
        return false;
    if (is_author(&proof->lines[i], text))
        wd_proof_drop(proof, i, WD_FURNITURE_BYLINE, true);
    return proof->fates[i].of == WD_FATE_FURNITURE;
}
