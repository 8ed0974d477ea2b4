/* embed.c -- what the boxes within a page leave behind.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A post of a social network that was embedded comes as its text and a line that signs
 * it: "— Jane Doe (@janedoe) February 12, 2025". Papers do not agree whether it is part
 * of the article; the text is somebody else's, in no quotation marks, so both go where
 * the text is a post beyond doubt. Else both stay: words without their author would be
 * the worst. A link to another story whose title is there for eyes and for screen readers
 * comes as one line that says the same twice. */
#include "rules.h"

#include "words.h"

enum {
    SIGN_WORDS_MAX = 16,
    DOUBLED_WORDS_MIN = 12, /* fewer: the heads of a letter's two columns */
};

static bool holds(struct wd_str line, const char *what)
{
    return memmem(line.data, line.size, what, strlen(what)) != NULL;
}

static bool is_dash(struct wd_str word)
{
    return wd_str_equal(word, WD_STR("\xe2\x80\x94")) ||
           wd_str_equal(word, WD_STR("\xe2\x80\x93")) ||
           wd_str_equal(word, WD_STR("-")) || wd_str_equal(word, WD_STR("--"));
}

static bool is_handle(struct wd_str word)
{
    return word.size > 3 && word.data[0] == '(' && word.data[1] == '@' &&
           word.data[word.size - 1] == ')';
}

/* A dash, a name, a handle in brackets, and then no more than a date. */
static bool is_signature(const struct wd_line *line, struct wd_str text)
{
    struct wd_str word;
    if (!(line->flags & WD_LINE_AT) || line->n_words > SIGN_WORDS_MAX ||
        !wd_words_next(&text, &word) || !is_dash(word))
        return false;
    while (wd_words_next(&text, &word) && !is_handle(word))
        continue;
    if (!is_handle(word))
        return false;
    while (wd_words_next(&text, &word)) {
        if (!wd_word_is_month(word) && !wd_word_is_day_or_year(word) &&
            !wd_word_is_clock(word))
            return false;
    }
    return true;
}

/* It has what posts have: a name or a label of the network, a link. */
static bool is_post(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str text = wd_proof_line(proof, i);
    return wd_proof_is_text(proof, i) &&
           ((line->flags & (WD_LINE_AT | WD_LINE_URL)) != 0 || holds(text, " #") ||
            text.data[0] == '#' || holds(text, "pic.twitter.com/"));
}

static bool is_doubled(const struct wd_line *line, struct wd_str text)
{
    size_t half = text.size / 2;
    return line->n_words >= DOUBLED_WORDS_MIN && !(line->flags & WD_LINE_STOP) &&
           text.size % 2 == 1 && text.data[half] == ' ' &&
           memcmp(text.data, text.data + half + 1, half) == 0;
}

bool wd_rule_embed(struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str text = wd_proof_line(proof, i);

    if (is_doubled(line, text)) {
        wd_proof_drop(proof, i, WD_FURNITURE_RELATED, true);
        return true;
    }
    if (i == 0 || !is_signature(line, text) || !is_post(proof, i - 1))
        return false;
    wd_proof_drop(proof, i - 1, WD_FURNITURE_SOCIAL, true);
    wd_proof_drop(proof, i, WD_FURNITURE_SOCIAL, true);
    return true;
}
