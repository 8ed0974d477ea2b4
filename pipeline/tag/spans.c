/* spans.c -- every span of a sentence that could be a name.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A span begins and ends with a capital, a number, or where a gazetteer name does. Inside
 * it may hold a few joining words ("of the", "bin", "&", a possessive). It never crosses
 * a line end or a sign, unless the gazetteer knows the name with it ("Washington, D.C.").
 * All spans are tried, also the parts of longer ones: "John Healey, Britain’s" or "NATO
 * Secretary General Mark Rutte" are cut by the scores, not by rules about where to cut.
 *
 * A row of capitals has six times as many candidates as words, and nothing bounds the
 * row: tables, name lists and worse. Whoever calls therefore sets an allowance, and when
 * it is spent only names that the gazetteer knows are candidates. */
#include "tag/span_cues.h"

#define JOINS_MAX 2 /* joining words in a row: "of the" */

static bool can_start(const struct tag_word *word)
{
    if (word->name.kind == WD_NAME_NUMBER)
        return word->name.length == 4 || (word->gaz && word->gaz->node);
    return (word->flags & TAG_IS_CAP) ||
           (word->name.kind == WD_NAME_WORD && (word->hints & HINT_PARTICLE) &&
            word->gaz && word->gaz->node);
}

static bool is_edge(const struct tag_word *word)
{
    return (word->flags & TAG_IS_CAP) || word->name.kind == WD_NAME_NUMBER;
}

/* A letter by itself is a grade, an initial or a variable far more often than a name. */
static bool is_letter(const struct tag_word *word)
{
    return word->name.shape & WD_SHAPE_SINGLE;
}

/* "United States Navy in the Act" is no body, "Committee on the Judiciary" is one. */
static bool joins_body(const struct tag_finder *find, uint32_t first, uint32_t at)
{
    uint32_t hints = find->word[at].hints;
    bool is_before_the = tag_word_at(find, (int64_t)at + 1)->hints & HINT_THE;
    return (find->word[first].hints & HINT_ORG_FIRST) &&
           ((hints & HINT_JOIN_BODY) || ((hints & HINT_JOIN_BARE) && !is_before_the));
}

static bool can_join(const struct tag_finder *find, uint32_t first, uint32_t at)
{
    const struct tag_word *word = &find->word[at];
    return (word->hints & (HINT_JOIN | HINT_PARTICLE | HINT_THE)) ||
           joins_body(find, first, at) || word->name.kind == WD_NAME_POSSESSIVE ||
           tag_is_sign(word, '&');
}

/* "Sen. Maria Cantwell (D-WA)", "Jane Smith, R-Texas": the letter of a party begins no
 * name. */
static bool is_party_letter(const struct tag_finder *find, uint32_t at)
{
    const struct tag_word *word = &find->word[at],
                          *prev = tag_word_at(find, (int64_t)at - 1);
    char letter = find->context->text.data[word->name.span.start];
    return is_letter(word) && (letter == 'D' || letter == 'R' || letter == 'I') &&
           tag_word_at(find, (int64_t)at + 1)->name.gap == WD_GAP_HYPHEN &&
           (tag_is_sign(prev, '(') || tag_is_sign(prev, ','));
}

/* "Jean-Michel Basquiat" is not cut behind its hyphen; "Jordan-Israel" may be. */
static bool cuts_given_name(const struct tag_finder *find, uint32_t at)
{
    const struct tag_word *word = tag_word_at(find, at),
                          *prev = tag_word_at(find, (int64_t)at - 1);
    return word->name.gap == WD_GAP_HYPHEN && (prev->flags & TAG_IS_CAP) && prev->gaz &&
           prev->gaz->given >= TAG_GIVEN_STRONG && tag_is_given(word) &&
           !wd_tag_is_big_place(find, prev);
}

static bool is_initial(const struct tag_word *word)
{
    return (word->name.shape & WD_SHAPE_SINGLE) && (word->name.shape & WD_SHAPE_PERIOD);
}

/* "Chief Justice of India D Y Chandrachud", "In India D Y Chandrachud …": India is no
 * given name there; Israel may be one, where nothing speaks of a place. */
static bool is_people_of(const struct tag_finder *find, uint32_t at)
{
    const struct tag_word *country = &find->word[at - 1];
    bool is_named = country->gaz && country->gaz->given >= TAG_GIVEN_STRONG;
    bool is_place =
        tag_word_at(find, (int64_t)at - 2)->hints & (HINT_JOIN | HINT_PLACE_PREP);
    return is_initial(&find->word[at]) && (is_place || !is_named) &&
           wd_tag_is_big_place(find, country);
}

/* "D Y Chandrachud" is not cut between its initials. */
static bool cuts_initials(const struct tag_finder *find, uint32_t at)
{
    const struct tag_word *word = &find->word[at];
    return is_initial(word) && word->name.gap != WD_GAP_LINE &&
           is_initial(tag_word_at(find, (int64_t)at - 1));
}

/* A day or month behind a joining word is a date: "… of Lagos on Tuesday". */
static bool is_date(const struct tag_word *word, unsigned n_joins)
{
    return n_joins && word->gaz && word->gaz->is_calendar;
}

static void spans_from(struct tag_finder *find, uint32_t first, size_t *allowance,
                       tag_take_span *take, void *arg)
{
    const struct wd_gazetteer *gaz = find->context->gaz;
    uint32_t node = 0;
    unsigned n_joins = 0;
    bool is_row = *allowance && is_edge(&find->word[first]);
    bool has_cap = false;

    for (uint32_t last = first; last < find->to && last < first + TAG_SPAN_MAX; last++) {
        const struct tag_word *word = &find->word[last];
        if (last > first && word->name.gap == WD_GAP_LINE)
            break;
        if (last == first + 1 && is_people_of(find, last))
            break;
        if (last == first)
            node = word->gaz ? word->gaz->node : 0;
        else
            node = node && word->gaz ? wd_gazetteer_step(gaz, node, word->gaz->id) : 0;
        has_cap |= (word->flags & TAG_IS_CAP) != 0;

        bool ends = is_edge(word);
        is_row = is_row && !is_date(word, n_joins);
        n_joins = ends ? 0 : n_joins + 1;
        is_row =
            is_row && (ends || (can_join(find, first, last) && n_joins <= JOINS_MAX));
        if (!is_row && !node)
            break;
        size_t count = 0;
        if (node)
            (void)wd_gazetteer_postings(gaz, node, &count);
        if ((last == first && is_letter(word)) || cuts_given_name(find, last + 1))
            continue;
        if (has_cap && ((is_row && ends) || count)) {
            if (find->span.first != first)
                wd_tag_begin_span(find, first);
            find->span.last = last;
            find->span.node = count ? node : 0;
            *allowance -= *allowance > 0;
            wd_tag_gather_cues(find);
            take(arg, &find->span);
        }
    }
}

void wd_tag_find_spans(const struct tag_context *context, uint32_t from, uint32_t to,
                       size_t *allowance, tag_take_span *take, void *arg)
{
    struct tag_finder find = {.context = context,
                              .word = context->words.word,
                              .from = from,
                              .to = to,
                              .span.first = to};
    for (uint32_t first = from; first < to; first++) {
        if (can_start(&find.word[first]) && !is_party_letter(&find, first) &&
            !cuts_given_name(&find, first) && !cuts_initials(&find, first))
            spans_from(&find, first, allowance, take, arg);
    }
}
