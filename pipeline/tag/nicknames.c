/* nicknames.c -- "Earvin "Magic" Johnson" is one person.
 * SPDX-License-Identifier: Apache-2.0
 *
 * No name crosses a quotation mark, so that such a person is found in two or three
 * pieces. Where few words, the last one large, stand in marks between a given name and a
 * surname, the pieces are one name. A writer and a title ("Stephen King "The Stand" …")
 * have no surname behind the marks, and more than a given name before them. */
#include "tag/nicknames.h"

#define NICK_WORDS    3  /* "The Golden Boy" */
#define GIVEN_KNOWN   12 /* strength from which a word passes for a given name … */
#define SURNAME_KNOWN 12 /* … and for a surname */

static bool is_quote(const struct tag_word *word)
{
    return word->name.kind == WD_NAME_SIGN &&
           (word->name.sign == '"' || word->name.sign == '\'');
}

static bool is_large(const struct tag_word *word)
{
    return word->name.kind == WD_NAME_WORD && (word->flags & TAG_IS_CAP);
}

/* The closing mark for the one at `open`; `open` itself when what it holds is no name. */
static uint32_t closing_of(const struct tag_words *words, uint32_t open, uint32_t end)
{
    for (uint32_t i = open + 1; i < end && i <= open + NICK_WORDS + 1; i++) {
        const struct tag_word *word = &words->word[i];
        if (is_quote(word))
            return i > open + 1 && is_large(word - 1) ? i : open;
        if (word->name.kind != WD_NAME_WORD || word->name.gap == WD_GAP_LINE)
            return open;
    }
    return open;
}

bool wd_tag_nickname_of(const struct tag_words *words, uint32_t first, uint32_t last,
                        uint32_t *ret_first, uint32_t *ret_last)
{
    for (uint32_t i = first + 1; i < last; i++) {
        uint32_t close = is_quote(&words->word[i]) ? closing_of(words, i, last) : i;
        if (close > i) {
            *ret_first = i + 1;
            *ret_last = close - 1;
            return true;
        }
    }
    return false;
}

/* --------------------------------------------------------------------------- pieces */

/* The pieces of one person: found [from, to), words [first, last]. */
struct pieces {
    size_t from;
    size_t to;
    uint32_t first;
    uint32_t last;
    int16_t score; /* as a person, of the best piece; 0: no piece is one */
};

/* The piece that ends before the opening mark, and where the person begins: "Robert",
 * "William J.", not "Stephen King". */
static bool take_before(const struct tag_context *context, uint32_t open,
                        struct pieces *pieces)
{
    const struct tag_word *prev = &context->words.word[open - 1];
    bool is_known = prev->gaz && prev->gaz->given >= GIVEN_KNOWN;
    const struct tag_found *found =
        pieces->from < context->n_found ? &context->found[pieces->from] : NULL;
    pieces->first = open - 1;
    if (!found || found->first >= open)
        return is_known;
    pieces->first = found->first;
    if (found->label == WD_LABEL_PERSON)
        pieces->score = found->score;
    return found->last == open - 1 && (is_known || found->label == WD_LABEL_PERSON) &&
           tag_are_initials(&context->words, found->first + 1, found->last + 1);
}

/* The piece that begins behind the closing mark, and where the person ends. */
static bool take_behind(const struct tag_context *context, uint32_t close,
                        struct pieces *pieces)
{
    const struct tag_word *next = &context->words.word[close + 1];
    bool is_known = next->gaz && next->gaz->surname >= SURNAME_KNOWN;
    pieces->to = pieces->from;
    pieces->last = close + 1;
    while (pieces->to < context->n_found && context->found[pieces->to].first <= close)
        pieces->to++;
    const struct tag_found *found =
        pieces->to < context->n_found ? &context->found[pieces->to] : NULL;
    if (!found || found->first > close + 1)
        return is_known || !(next->flags & TAG_IS_COMMON);
    pieces->to++;
    pieces->last = found->last;
    if (found->label == WD_LABEL_PERSON && found->score > pieces->score)
        pieces->score = found->score;
    return found->label == WD_LABEL_PERSON || (is_known && found->first == found->last);
}

/* Are the words around the mark at `open` of one person? */
static bool find_pieces(const struct tag_context *context, uint32_t from, uint32_t end,
                        uint32_t open, struct pieces *pieces)
{
    const struct tag_word *word = context->words.word;
    if (open == from || !is_quote(&word[open]) || word[open].name.gap != WD_GAP_SPACE ||
        !is_large(&word[open - 1]))
        return false;
    uint32_t close = closing_of(&context->words, open, end);
    if (close == open || close + 1 >= end || !is_large(&word[close + 1]) ||
        word[close + 1].name.gap != WD_GAP_SPACE)
        return false;
    while (pieces->from < context->n_found &&
           context->found[pieces->from].last + 1 < open)
        pieces->from++;
    pieces->score = 0;
    return take_before(context, open, pieces) && take_behind(context, close, pieces) &&
           pieces->score > 0;
}

static void join(struct tag_context *context, const struct pieces *pieces)
{
    struct tag_found *whole = &context->found[pieces->from];
    *whole = (struct tag_found){.first = pieces->first,
                                .last = pieces->last,
                                .label = WD_LABEL_PERSON,
                                .score = pieces->score,
                                .person = pieces->score};
    memmove(whole + 1, &context->found[pieces->to],
            (context->n_found - pieces->to) * sizeof(*whole));
    context->n_found -= pieces->to - pieces->from - 1;
}

void wd_tag_join_nicknames(struct tag_context *context)
{
    const struct tag_words *words = &context->words;
    struct pieces pieces = {0};
    for (size_t s = 0; s < words->n_sentences; s++) {
        uint32_t from = words->sentence[s], end = words->sentence[s + 1];
        for (uint32_t i = from; i < end; i++) {
            if (!find_pieces(context, from, end, i, &pieces))
                continue;
            join(context, &pieces);
            i = pieces.last;
        }
    }
}
