/* set.c -- labelled texts as flat arrays of sentences, spans and features.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Millions of texts' words are gone through many times, so everything is kept as numbers
 * in a few large arrays. Features are counted by the high bits of their names first, so
 * that most of the rare ones never need a place in a table. A sentence with a name that
 * is no candidate is left out: to learn from it that the name's parts are no names would
 * be wrong. */
#include <stdlib.h>
#include <string.h>

#include "model/parts.h"

#define COUNT_BITS   26
#define PERSON       0 /* among the labels of WD_MODEL_LABELS */
#define ORGANISATION 1
#define PLACE        2
#define LESSON_MAX   2000 /* words; longer lines are tables */
#define LONG_NAME    3    /* words from which a listed name is more than its parts */

/* Room for `more` items at the end; NULL when memory is short. */
static void *list_reserve(struct list *list, size_t item, size_t more)
{
    if (list->count + more > list->room) {
        size_t room = list->room ? list->room * 2 : 4096;
        while (room < list->count + more)
            room *= 2;
        void *grown = realloc(list->data, room * item);
        if (!grown)
            return NULL;
        list->data = grown;
        list->room = room;
    }
    return (char *)list->data + list->count * item;
}
/* --------------------------------------------------------------------------- adding */

static int add_features(struct fit *fit, const uint32_t *features, size_t n,
                        size_t *ret_at)
{
    uint32_t *room = list_reserve(&fit->features, sizeof(*room), n);
    if (!room)
        return WD_ENOMEM;
    memcpy(room, features, n * sizeof(*room));
    *ret_at = fit->features.count;
    fit->features.count += n;
    return WD_OK;
}

/* Full stops at the end of a name are a matter of taste: "Inc." */
static bool same_place(struct wd_str text, struct wd_span a, struct wd_span b)
{
    if (a.start != b.start)
        return false;
    return a.end == b.end || (a.end + 1 == b.end && text.data[a.end] == '.') ||
           (b.end + 1 == a.end && text.data[b.end] == '.');
}

static bool overlap(struct wd_span a, struct wd_span b)
{
    return a.start < b.end && b.start < a.end;
}

static struct wd_span place_of(const struct wd_lesson *lesson,
                               const struct wd_lesson_span *span)
{
    return (struct wd_span){lesson->words[span->first].span.start,
                            lesson->words[span->last].span.end};
}

/* The gold label of a span, if it has one; counts the gold it meets in `met`. */
static uint8_t gold_of(const struct wd_lesson *lesson, const struct wd_lesson_span *span,
                       const struct gold *gold, size_t n_gold, bool *met)
{
    for (size_t i = 0; i < n_gold; i++) {
        if (same_place(lesson->text, place_of(lesson, span), gold[i].span)) {
            met[i] = true;
            return gold[i].label;
        }
    }
    return NO_GOLD;
}

/* True when every name of the sentence that touches a candidate is one. */
static bool is_reachable(struct fit *fit, const struct wd_lesson *lesson,
                         const struct gold *gold, size_t n_gold, const bool *met)
{
    bool is_fine = true;
    for (size_t i = 0; i < n_gold; i++) {
        bool touches = false;
        for (size_t k = 0; k < lesson->n_spans && !met[i]; k++)
            touches |= overlap(place_of(lesson, &lesson->spans[k]), gold[i].span);
        for (size_t k = 0; k < i; k++)
            touches |= overlap(gold[k].span, gold[i].span);
        if (touches)
            is_fine = false;
        fit->size.n_unreachable += touches;
    }
    return is_fine;
}

static int add_words(struct fit *fit, const struct wd_lesson *lesson, uint16_t *number,
                     struct sentence *sentence)
{
    for (size_t i = 0; i < lesson->n_words; i++) {
        const struct wd_lesson_word *from = &lesson->words[i];
        struct word *word = list_reserve(&fit->words, sizeof(*word), 1);
        if (!word)
            return WD_ENOMEM;
        number[i] = (uint16_t)sentence->n_words;
        if (!from->features)
            continue;
        word->n_features = from->n_features;
        int r = add_features(fit, from->features, from->n_features, &word->features);
        if (r < 0)
            return r;
        fit->words.count++;
        sentence->n_words++;
    }
    return WD_OK;
}

static int add_spans(struct fit *fit, const struct wd_lesson *lesson,
                     const uint16_t *number, const struct gold *gold, size_t n_gold,
                     bool *met)
{
    for (size_t i = 0; i < lesson->n_spans; i++) {
        const struct wd_lesson_span *from = &lesson->spans[i];
        struct span *span = list_reserve(&fit->spans, sizeof(*span), 1);
        if (!span)
            return WD_ENOMEM;
        *span = (struct span){
            .first = number[from->first],
            .last = number[from->last],
            .fixed = {from->fixed[0], from->fixed[1]},
            .gold = gold_of(lesson, from, gold, n_gold, met),
            .n_features = (uint8_t)from->n_features,
            .cues = {from->cues[0], from->cues[1]},
        };
        int r = add_features(fit, from->features, from->n_features, &span->features);
        if (r < 0)
            return r;
        fit->spans.count++;
    }
    return WD_OK;
}

/* "Washington, D.C." is one place where the gazetteer knows it as one; taggers that cut
 * at commas label two. */
static size_t join_places(const struct wd_lesson *lesson, struct gold *gold, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        struct wd_span whole = {gold[i].span.start, gold[i + 1].span.end};
        struct wd_span gap = {gold[i].span.end, gold[i + 1].span.start};
        bool is_one = false;
        if (gold[i].label != PLACE || gold[i + 1].label != PLACE || gap.end < gap.start ||
            !wd_str_equal(wd_span_of(lesson->text, gap), WD_STR(", ")))
            continue;
        for (size_t k = 0; k < lesson->n_spans && !is_one; k++)
            is_one = same_place(lesson->text, place_of(lesson, &lesson->spans[k]), whole);
        if (!is_one)
            continue;
        gold[i].span = whole;
        memmove(&gold[i + 1], &gold[i + 2], (n - i - 2) * sizeof(*gold));
        n--;
    }
    return n;
}

static bool has_cue(const struct wd_lesson_span *span, unsigned cue)
{
    return span->cues[cue / 64] >> cue % 64 & 1;
}

/* "Defense" in "Defense Secretary Jane Doe" is a part of her title, not the department.
 */
static size_t drop_titles(const struct fit *fit, const struct wd_lesson *lesson,
                          struct gold *gold, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_title = false;
        for (size_t k = 0; k < lesson->n_spans && !is_title; k++) {
            const struct wd_lesson_span *span = &lesson->spans[k];
            is_title = has_cue(span, fit->cue.title) &&
                       same_place(lesson->text, place_of(lesson, span), gold[i].span);
        }
        if (!is_title)
            gold[kept++] = gold[i];
    }
    return kept;
}

static bool is_long(const struct wd_lesson_span *span)
{
    return span->last - span->first >= LONG_NAME - 1;
}

/* A name that the gazetteer holds for widely known and for nothing but an organisation,
 * standing by itself. */
static bool is_listed(const struct fit *fit, const struct wd_lesson_span *span)
{
    return has_cue(span, fit->cue.known) && has_cue(span, fit->cue.only) &&
           !has_cue(span, fit->cue.cut_left) && !has_cue(span, fit->cue.cut_right) &&
           !has_cue(span, fit->cue.common) && !has_cue(span, fit->cue.in_title) &&
           !has_cue(span, fit->cue.title) &&
           (is_long(span) || !has_cue(span, fit->cue.starts_common));
}

/* Takes out what lies inside `place`; false, and nothing taken out, when some name
 * reaches beyond it. */
static bool clear_inside(struct wd_span place, struct gold *gold, size_t *n_gold)
{
    size_t kept = 0;
    for (size_t i = 0; i < *n_gold; i++) {
        bool is_inside =
            place.start <= gold[i].span.start && gold[i].span.end <= place.end;
        if (overlap(place, gold[i].span) && !is_inside)
            return false;
    }
    for (size_t i = 0; i < *n_gold; i++) {
        if (!overlap(place, gold[i].span))
            gold[kept++] = gold[i];
    }
    *n_gold = kept;
    return true;
}

/* Programs leave out every third organisation, or a part of it ("Food and [Agriculture
 * Organization]"), and who learns from them learns that. What the gazetteer is sure of is
 * put in: the longest name where there are several. */
static size_t add_listed(const struct fit *fit, const struct wd_lesson *lesson,
                         struct gold *gold, size_t n)
{
    for (size_t k = lesson->n_spans; k-- > 0 && n < LESSON_MAX;) {
        const struct wd_lesson_span *span = &lesson->spans[k];
        struct wd_span place = place_of(lesson, span);
        bool is_free = true;
        if (!is_listed(fit, span))
            continue;
        for (size_t i = 0; i < n; i++) {
            if (gold[i].label == PERSON && same_place(lesson->text, place, gold[i].span))
                gold[i].label = ORGANISATION;
            is_free &= !overlap(place, gold[i].span);
        }
        if (is_free || (is_long(span) && clear_inside(place, gold, &n)))
            gold[n++] = (struct gold){.span = place, .label = ORGANISATION};
    }
    return n;
}

/* A program finds few names in capitals: such lines of its own teach to find none. */
static bool was_capitals(const struct fit *fit, const struct wd_lesson *lesson)
{
    size_t n_capital = 0, n_small = 0;
    for (size_t i = 0; i < lesson->n_words; i++) {
        struct wd_span span = lesson->words[i].span;
        for (uint32_t at = span.start; at < span.end; at++) {
            char c = fit->text->as_written[at];
            n_capital += c >= 'A' && c <= 'Z';
            n_small += c >= 'a' && c <= 'z';
        }
    }
    return n_capital > 2 * n_small;
}

static int take_lesson(void *arg, const struct wd_lesson *lesson)
{
    struct fit *fit = arg;
    struct gold gold[LESSON_MAX];
    uint16_t number[LESSON_MAX];
    bool met[LESSON_MAX] = {false};
    const struct labelled *text = fit->text->text;
    const struct gold *next = text->gold + fit->next_gold;
    size_t n_gold = 0;

    if (lesson->n_words == 0 || lesson->n_words > LESSON_MAX)
        return WD_OK;
    uint32_t end = lesson->words[lesson->n_words - 1].span.end;
    while (fit->next_gold + n_gold < text->n_gold && next[n_gold].span.start < end &&
           n_gold < LESSON_MAX)
        n_gold++;
    memcpy(gold, next, n_gold * sizeof(*gold));
    fit->next_gold += n_gold;
    if (lesson->n_spans == 0 || (fit->text->is_silver && was_capitals(fit, lesson)))
        return WD_OK;
    n_gold = join_places(lesson, gold, n_gold);
    n_gold = drop_titles(fit, lesson, gold, n_gold);
    if (fit->text->is_silver)
        n_gold = add_listed(fit, lesson, gold, n_gold);
    struct sentence sentence = {
        .words = fit->words.count,
        .spans = fit->spans.count,
        .n_spans = (uint32_t)lesson->n_spans,
        .weight = fit->text->weight,
    };
    size_t n_features = fit->features.count;
    int r = add_words(fit, lesson, number, &sentence);
    if (r < 0)
        return r;
    r = add_spans(fit, lesson, number, gold, n_gold, met);
    if (r < 0)
        return r;
    fit->size.n_gold += n_gold;
    if (!is_reachable(fit, lesson, gold, n_gold, met)) {
        fit->words.count = sentence.words;
        fit->spans.count = sentence.spans;
        fit->features.count = n_features;
        return WD_OK;
    }
    struct sentence *room = list_reserve(&fit->sentences, sizeof(sentence), 1);
    if (!room)
        return WD_ENOMEM;
    *room = sentence;
    fit->sentences.count++;
    return WD_OK;
}

int fit_add(struct fit *fit, struct wd_lesson_reader *reader, const struct fit_text *text)
{
    fit->text = text;
    fit->next_gold = 0;
    return wd_lesson_read(reader, (struct wd_str){text->text->text, text->text->size},
                          take_lesson, fit);
}

/* ----------------------------------------------------------------------- numbering */

/* Counts by the high bits: a rare feature may borrow a neighbour's count, never lose. */
static uint8_t *count_features(const struct fit *fit)
{
    uint8_t *count = calloc((size_t)1 << COUNT_BITS, 1);
    const uint32_t *name = fit->features.data;
    for (size_t i = 0; count && i < fit->features.count; i++) {
        uint8_t *c = &count[name[i] >> (32 - COUNT_BITS)];
        *c = (uint8_t)(*c < 255 ? *c + 1 : 255);
    }
    return count;
}

/* Replaces names by the numbers of rows, in order of appearance. */
static int number_features(struct fit *fit, const uint8_t *count)
{
    size_t n_slots = 1 << 20;
    uint32_t *name = fit->features.data;
    struct list names = {0}, counts = {0};
    int r = WD_ENOMEM;

    for (size_t i = 0, n = 0; i < (size_t)1 << COUNT_BITS; i++) {
        n += count[i] >= fit->opts.min_count;
        while (n_slots < n * 4)
            n_slots *= 2;
    }
    n_slots *= 2; /* several names share a count */
    uint32_t *slot = malloc(n_slots * sizeof(*slot));
    if (!slot)
        goto out;
    memset(slot, 0xff, n_slots * sizeof(*slot));
    for (size_t i = 0; i < fit->features.count; i++) {
        uint32_t feature = name[i];
        if (count[feature >> (32 - COUNT_BITS)] < fit->opts.min_count) {
            name[i] = DROPPED;
            continue;
        }
        size_t at = (feature * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (n_slots - 1);
        while (slot[at] != DROPPED && ((uint32_t *)names.data)[slot[at]] != feature)
            at = (at + 1) & (n_slots - 1);
        if (slot[at] == DROPPED) {
            uint32_t *room = list_reserve(&names, sizeof(*room), 1);
            uint32_t *counter = list_reserve(&counts, sizeof(*counter), 1);
            if (!room || !counter)
                goto out;
            *room = feature;
            *counter = 0;
            slot[at] = (uint32_t)names.count++;
            counts.count++;
        }
        name[i] = slot[at];
        ((uint32_t *)counts.data)[name[i]]++;
    }
    r = WD_OK;
out:
    free(slot);
    fit->names = names.data;
    fit->counts = counts.data;
    fit->n_rows = names.count;
    return r;
}

int fit_prepare(struct fit *fit, struct fit_size *ret_size)
{
    uint8_t *count = count_features(fit);
    int r = count ? number_features(fit, count) : WD_ENOMEM;
    free(count);
    if (r < 0)
        return r;
    fit->rows = calloc(fit->n_rows + 1, sizeof(fit->rows[0]));
    fit->order = calloc(fit->sentences.count + 1, sizeof(fit->order[0]));
    if (!fit->rows || !fit->order)
        return WD_ENOMEM;
    fit->size.n_sentences = fit->sentences.count;
    fit->size.n_spans = fit->spans.count;
    fit->size.n_features = fit->n_rows;
    *ret_size = fit->size;
    return WD_OK;
}
