/* occasions.c -- "the 2016 Philippine presidential election", "the July 7 bombings".
 * SPDX-License-Identifier: Apache-2.0
 *
 * Such events have no name with capitals that a span could end with, only a year or a day
 * before words that say what happened. The words are few and fixed, so they are looked
 * for as they stand. A nationality inside becomes part of the event; a place does not
 * give way, for whoever looks for places would miss it. */
#include "tag/occasions.h"

#define SCORE       20 /* rather sure */
#define KINDS_MOST  3  /* "presidential primary run-off" */
#define YEAR_DIGITS 4
#define DAY_DIGITS  2

struct seeker {
    const struct tag_context *context;
    const struct tag_word *word;
    uint32_t to; /* end of the sentence */
    size_t at;   /* the first that was found at or behind the word looked at */
};

static bool is_number(const struct seeker *seek, uint32_t i, unsigned least,
                      unsigned most)
{
    const struct wd_name_word *name = &seek->word[i].name;
    return i < seek->to && name->kind == WD_NAME_NUMBER && name->length >= least &&
           name->length <= most;
}

/* Is it this kind of word, written small, on the same line? */
static bool is_small(const struct seeker *seek, uint32_t i, uint32_t hint)
{
    return i < seek->to && (seek->word[i].hints & hint) &&
           !(seek->word[i].flags & TAG_IS_CAP) && seek->word[i].name.gap == WD_GAP_SPACE;
}

/* What was found at word `i`, which is the sought one or behind it. */
static const struct tag_found *found_at(const struct seeker *seek, uint32_t i)
{
    const struct tag_context *context = seek->context;
    size_t at = seek->at;
    while (at < context->n_found && context->found[at].first < i)
        at++;
    bool is_there = at < context->n_found && context->found[at].first == i;
    return is_there ? &context->found[at] : NULL;
}

/* "presidential election", with the kind or, where that `is_enough`, without. */
static bool is_vote(const struct seeker *seek, uint32_t i, bool is_enough,
                    uint32_t *ret_last)
{
    for (unsigned n = 0; n <= KINDS_MOST; n++, i++) {
        if (is_small(seek, i, HINT_VOTE) && (n || is_enough)) {
            *ret_last = i;
            return true;
        }
        if (!is_small(seek, i, HINT_VOTE_KIND))
            return false;
    }
    return false;
}

/* "the 2016 Philippine presidential election", but not "in 2016 general elections were
 * held". */
static bool is_dated_vote(const struct seeker *seek, uint32_t from, uint32_t i,
                          uint32_t *ret_last)
{
    if (!is_number(seek, i, YEAR_DIGITS, YEAR_DIGITS) ||
        (i > from && (seek->word[i - 1].hints & HINT_PLACE_PREP)))
        return false;
    const struct tag_found *people = found_at(seek, i + 1);
    bool is_whose = people && people->label == WD_LABEL_GROUP && people->last < seek->to;
    return is_vote(seek, is_whose ? people->last + 1 : i + 1, is_whose, ret_last);
}

/* "the Sept. 11, 2001, attacks", "Brazil's January 8 riots", by the number of the day:
 * behind an article or an owner, for without one it may only be when it happened. */
static bool is_day(const struct seeker *seek, uint32_t from, uint32_t i,
                   uint32_t *ret_last)
{
    const struct tag_word *word = seek->word;
    if (i < from + 2 || !is_number(seek, i, 1, DAY_DIGITS) || !word[i - 1].gaz ||
        !word[i - 1].gaz->is_calendar ||
        !((word[i - 2].hints & HINT_THE) || word[i - 2].name.kind == WD_NAME_POSSESSIVE))
        return false;
    uint32_t behind = i + 1;
    if (behind + 1 < seek->to && word[behind].name.sign == ',' &&
        is_number(seek, behind + 1, YEAR_DIGITS, YEAR_DIGITS))
        behind += 2;
    if (behind < seek->to && word[behind].name.sign == ',')
        behind++;
    *ret_last = behind;
    return is_small(seek, behind, HINT_OUTRAGE) || is_vote(seek, behind, true, ret_last);
}

/* Would the event cut or swallow a name that counts more, or repeat one? What the
 * gazetteer knows of an event inside ("September 11") is known of the whole. */
static bool is_free(const struct seeker *seek, uint32_t first, uint32_t last,
                    uint32_t *ret_node)
{
    const struct tag_context *context = seek->context;
    *ret_node = 0;
    for (size_t at = seek->at; at < context->n_found; at++) {
        const struct tag_found *found = &context->found[at];
        if (found->first > last)
            break;
        if (found->last >= first && found->label != WD_LABEL_GROUP &&
            found->label != WD_LABEL_EVENT)
            return false;
        if (found->first < first || found->last > last ||
            (found->first == first && found->last == last))
            return false;
        if (found->label == WD_LABEL_EVENT)
            *ret_node = found->node;
    }
    return true;
}

/* ------------------------------------------------------------------------- the article
 */

struct found_list {
    struct wd_arena *arena;
    struct tag_found *found;
    size_t n;
    size_t room;
};

static int add(struct found_list *list, const struct tag_found *found)
{
    if (list->n == list->room) {
        size_t more = list->room ? list->room * 2 : 64;
        void *grown = wd_arena_grow(list->arena, list->found, list->n * sizeof(*found),
                                    more * sizeof(*found));
        if (!grown)
            return WD_ENOMEM;
        list->found = grown;
        list->room = more;
    }
    list->found[list->n++] = *found;
    return WD_OK;
}

/* An event begins with its year or with the month before its day. */
static bool find_at(struct seeker *seek, uint32_t from, uint32_t number,
                    struct tag_found *ret_found)
{
    const struct tag_context *context = seek->context;
    uint32_t first = number, last, node;
    while (seek->at < context->n_found && context->found[seek->at].last + 1 < number)
        seek->at++;
    if (!is_dated_vote(seek, from, number, &last)) {
        if (!is_day(seek, from, number, &last))
            return false;
        first--;
    }
    if (!is_free(seek, first, last, &node))
        return false;
    *ret_found = (struct tag_found){.first = first,
                                    .last = last,
                                    .label = WD_LABEL_EVENT,
                                    .score = SCORE,
                                    .node = node};
    return true;
}

static int seek_in(struct seeker *seek, uint32_t from, struct found_list *occasions)
{
    for (uint32_t i = from; i < seek->to; i++) {
        struct tag_found found;
        if (seek->word[i].name.kind != WD_NAME_NUMBER || !find_at(seek, from, i, &found))
            continue;
        int r = add(occasions, &found);
        if (r < 0)
            return r;
        i = found.last;
    }
    return WD_OK;
}

/* Both lists in the order of the text; what lies inside an occasion is left out. */
static int merge(struct tag_context *context, const struct found_list *occasions)
{
    struct found_list all = {.arena = occasions->arena};
    size_t at = 0;
    int r = WD_OK;
    for (size_t i = 0; i < occasions->n && r == WD_OK; i++) {
        const struct tag_found *occasion = &occasions->found[i];
        for (; at < context->n_found && context->found[at].first < occasion->first &&
               r == WD_OK;
             at++)
            r = add(&all, &context->found[at]);
        while (at < context->n_found && context->found[at].first <= occasion->last)
            at++;
        if (r == WD_OK)
            r = add(&all, occasion);
    }
    for (; at < context->n_found && r == WD_OK; at++)
        r = add(&all, &context->found[at]);
    if (r < 0)
        return r;
    context->found = all.found;
    context->n_found = all.n;
    context->found_room = all.room;
    return WD_OK;
}

int wd_tag_find_occasions(struct tag_context *context)
{
    const struct tag_words *words = &context->words;
    struct found_list occasions = {.arena = &context->art->arena};
    struct seeker seek = {.context = context, .word = words->word};
    for (size_t i = 0; i < words->n_sentences; i++) {
        seek.to = words->sentence[i + 1];
        int r = seek_in(&seek, words->sentence[i], &occasions);
        if (r < 0)
            return r;
    }
    return occasions.n ? merge(context, &occasions) : WD_OK;
}
