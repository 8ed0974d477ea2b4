/* marks.c -- one pass over an article that lets its words testify for one another.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "Healey" alone at the start of a sentence could be anything; "Defense Secretary John
 * Healey" two paragraphs up says what it is. Each occurrence adds what its surroundings
 * say to the folded word; a second pass hands the sum to every occurrence. The longest
 * gazetteer names, left to right, are marked as well: a single span is judged better when
 * one knows that a longer name runs across it. */
#include "tag/marks.h"

#include "tag/features.h"
#include "tag/model.h"

struct slot {
    uint64_t hash;
    uint16_t marks;
};

struct board {
    struct slot *slot;
    size_t mask;
};

static struct slot *slot_of(const struct board *board, uint64_t hash)
{
    size_t i = (size_t)(hash >> 16) & board->mask;
    while (board->slot[i].hash != 0 && board->slot[i].hash != hash)
        i = (i + 1) & board->mask;
    board->slot[i].hash = hash;
    return &board->slot[i];
}

static int board_init(struct board *board, struct tag_context *context)
{
    size_t n_slots = 64;
    while (n_slots < context->words.n_words * 2)
        n_slots *= 2;
    board->slot = wd_arena_alloc(&context->art->arena, n_slots * sizeof(struct slot));
    if (!board->slot)
        return WD_ENOMEM;
    memset(board->slot, 0, n_slots * sizeof(struct slot));
    board->mask = n_slots - 1;
    return WD_OK;
}

static bool is_capital(const struct tag_word *word)
{
    return (word->flags & TAG_IS_CAP) && word->name.kind == WD_NAME_WORD;
}

static bool is_sign(const struct tag_word *word, char sign)
{
    return word && word->name.kind == WD_NAME_SIGN && word->name.sign == sign;
}

static bool names_a_person(const struct tag_word *word)
{
    bool is_initial =
        (word->name.shape & WD_SHAPE_SINGLE) && (word->name.shape & WD_SHAPE_PERIOD);
    return (word->flags & TAG_ENDS_TITLE) || is_initial ||
           (is_capital(word) && word->gaz && word->gaz->given >= 25);
}

static unsigned left_marks(const struct tag_word *prev)
{
    unsigned marks = 0;
    if (!prev)
        return 0;
    if (names_a_person(prev))
        marks |= MARK_AFTER_TITLE;
    if ((prev->hints & HINT_PLACE_PREP) && !is_capital(prev))
        marks |= MARK_AFTER_PLACE;
    if (prev->hints & HINT_THE)
        marks |= MARK_AFTER_THE;
    return marks;
}

static unsigned right_marks(const struct tag_word *next)
{
    if (!next)
        return 0;
    if (next->name.kind == WD_NAME_POSSESSIVE)
        return MARK_POSSESSIVE;
    return (next->hints & (HINT_SPEECH | HINT_PERSON_AFTER)) && !is_capital(next)
               ? MARK_BEFORE_SPEECH
               : 0;
}

/* What one occurrence says about its word. Lines in capitals say nothing. */
static unsigned marks_at(const struct tag_word *word, size_t n_words, size_t i)
{
    const struct tag_word *prev = i > 0 ? &word[i - 1] : NULL;
    const struct tag_word *next = i + 1 < n_words ? &word[i + 1] : NULL;
    unsigned marks;

    if (word[i].flags & TAG_IN_CAPS)
        return 0;
    if (!is_capital(&word[i]))
        return MARK_SMALL;
    marks = left_marks(prev) | right_marks(next);
    if (!(word[i].flags & (TAG_STARTS_SENTENCE | TAG_IN_TITLE)))
        marks |= MARK_CAPITAL;
    if (is_sign(prev, '(') && is_sign(next, ')'))
        marks |= MARK_IN_PAREN;
    bool has_left = prev && is_capital(prev) && !(prev->flags & TAG_IN_TITLE_OF);
    size_t k = i + 1;
    for (; k < n_words && is_capital(&word[k]) && k < i + 6; k++) {
        if (word[k].hints & HINT_ORG_HEAD)
            marks |= MARK_BEFORE_HEAD;
        if (word[k].hints & HINT_PLACE_HEAD)
            marks |= MARK_BEFORE_PLACE;
    }
    return marks | (has_left || k > i + 1 ? MARK_IN_ROW : MARK_ALONE);
}

/* -------------------------------------------------------------------- gazetteer names */

static bool allows_case(const struct tag_word *word, uint32_t posting)
{
    return !WD_GAZ_IS_CAPS(posting) ||
           ((word->name.shape & WD_SHAPE_CAPS) && !(word->flags & TAG_IN_CAPS));
}

/* Labels that the node's entities have, as bits; the highest prominence of them. */
static uint8_t labels_of(const struct tag_context *context, const struct tag_word *first,
                         uint32_t node, uint8_t *ret_prominence)
{
    size_t count;
    uint8_t labels = 0, most = 0;
    const uint32_t *posting = wd_gazetteer_postings(context->gaz, node, &count);
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        if (entity->type >= TAG_N_LABELS || !allows_case(first, posting[i]))
            continue;
        labels |= (uint8_t)(1u << entity->type);
        most = entity->prominence > most ? entity->prominence : most;
    }
    *ret_prominence = most;
    return labels;
}

static void mark_names(const struct tag_context *context, struct tag_word *word,
                       size_t n_words)
{
    for (size_t i = 0; i < n_words;) {
        size_t end = i + 1;
        uint8_t labels = 0, known = 0;
        uint32_t node = is_capital(&word[i]) && word[i].gaz ? word[i].gaz->node : 0;
        for (size_t k = i; node;) {
            uint8_t prominence;
            uint8_t found = labels_of(context, &word[i], node, &prominence);
            if (found && (k == i || (word[k].flags & TAG_IS_CAP))) {
                labels = found;
                known = prominence;
                end = k + 1;
            }
            if (++k >= n_words || !word[k].gaz || word[k].name.gap == WD_GAP_LINE)
                break;
            node = wd_gazetteer_step(context->gaz, node, word[k].gaz->id);
        }
        for (size_t k = i; k < end; k++) {
            unsigned place = (k > i ? 1u : 0u) | (k + 1 < end ? 2u : 0u);
            word[k].match = labels;
            word[k].match_at = labels ? (uint8_t)(place | (known >= 70   ? 8u
                                                           : known >= 35 ? 4u
                                                                         : 0u))
                                      : 0;
        }
        i = end;
    }
}

static void mark_clusters(const struct tag_model *model, struct tag_word *word)
{
    struct tag_cluster_slot cluster =
        wd_tag_model_cluster(model, tag_cluster_hash(&word->name));
    word->cluster = cluster.fine;
    word->coarse = cluster.coarse;
}

int wd_tag_mark_words(struct tag_context *context)
{
    struct tag_words *words = &context->words;
    struct board board;
    if (words->n_words == 0) /* then there is no array either */
        return WD_OK;
    int r = board_init(&board, context);
    if (r < 0)
        return r;
    for (size_t s = 0; s < words->n_sentences; s++) {
        struct tag_word *word = words->word + words->sentence[s];
        size_t n_words = words->sentence[s + 1] - words->sentence[s];
        for (size_t i = 0; context->has_clusters && i < n_words; i++)
            tag_model_expect_cluster(context->model, tag_cluster_hash(&word[i].name));
        mark_names(context, word, n_words);
        for (size_t i = 0; i < n_words; i++) {
            if (word[i].name.kind == WD_NAME_WORD)
                slot_of(&board, word[i].name.hash)->marks |=
                    (uint16_t)marks_at(word, n_words, i);
            if (context->has_clusters)
                mark_clusters(context->model, &word[i]);
        }
    }
    for (size_t i = 0; i < words->n_words; i++) {
        struct tag_word *word = &words->word[i];
        if (is_capital(word))
            word->marks = slot_of(&board, word->name.hash)->marks;
        wd_tag_describe(word);
    }
    return WD_OK;
}
