/* choose.c -- the best set of spans that do not overlap.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Weighted interval scheduling over one sentence: best[i] is the highest sum of scores
 * that words [from, i) can reach. Spans come in order of their first word, so that
 * best[first] is final when a span is seen. */
#include "tag/parts.h"
#include "tag/weigh.h"

#define LABEL_NONE 255

/* How many candidates an article may have: so many, and one for so many bytes. News has
 * one for 20 bytes and a table of results one for 4, but a row of capitals has one a
 * byte, and each costs as much as a word. */
#define ALLOWANCE       2048
#define ALLOWANCE_BYTES 8

struct step {
    int32_t best;
    struct tag_found found; /* that ends here; label LABEL_NONE: the word is left out */
};

struct chooser {
    struct step *step; /* step[i] belongs to the words before from + i */
    uint32_t from;
    uint32_t n_final; /* steps whose `best` counts the words left out before them */
};

/* The candidates of one sentence, which are weighed together. */
struct candidates {
    struct wd_arena *arena;
    struct tag_span *span;
    int (*score)[TAG_N_LABELS];
    size_t n;
    size_t room;
    size_t allowance;
    int status;
};

static bool grow(struct candidates *all)
{
    size_t more = all->room ? all->room * 2 : 64;
    struct tag_span *span = wd_arena_grow(
        all->arena, all->span, all->room * sizeof(*span), more * sizeof(*span));
    if (!span)
        return false;
    all->span = span;
    all->score = wd_arena_alloc(all->arena, more * sizeof(all->score[0]));
    all->room = all->score ? more : 0;
    return all->score != NULL;
}

static void take_span(void *arg, const struct tag_span *span)
{
    struct candidates *all = arg;
    if (all->n == all->room && !grow(all)) {
        all->status = WD_ENOMEM;
        return;
    }
    all->span[all->n++] = *span;
}

/* Brings `best` forward over words that no span covers, up to word from + i. */
static void settle(struct chooser *choose, uint32_t i)
{
    for (; choose->n_final <= i; choose->n_final++) {
        struct step *step = &choose->step[choose->n_final];
        const struct step *prev = step - 1;
        if (prev->best >= step->best) {
            step->best = prev->best;
            step->found.label = LABEL_NONE;
        }
    }
}

static int16_t clamp(int score)
{
    return (int16_t)(score > INT16_MAX   ? INT16_MAX
                     : score < INT16_MIN ? INT16_MIN
                                         : score);
}

/* Ends a step at the last word of the span if that is better than what is known. */
static void consider(struct chooser *choose, const struct tag_span *span,
                     const int score[TAG_N_LABELS])
{
    int best = 0;
    settle(choose, span->first - choose->from);
    for (int label = 1; label < TAG_N_LABELS; label++) {
        if (score[label] > score[best])
            best = label;
    }
    if (score[best] <= 0)
        return;
    int32_t sum = choose->step[span->first - choose->from].best + score[best];
    struct step *end = &choose->step[span->last + 1 - choose->from];
    if (sum <= end->best)
        return;
    end->best = sum;
    end->found = (struct tag_found){
        .first = span->first,
        .last = span->last,
        .label = (uint8_t)best,
        .score = clamp(score[best]),
        .person = clamp(score[WD_LABEL_PERSON]),
        .node = span->node,
    };
}

static int add_found(struct tag_context *context, const struct tag_found *found)
{
    if (context->n_found == context->found_room) {
        size_t more = context->found_room ? context->found_room * 2 : 128;
        void *grown =
            wd_arena_grow(&context->art->arena, context->found,
                          context->n_found * sizeof(*found), more * sizeof(*found));
        if (!grown)
            return WD_ENOMEM;
        context->found = grown;
        context->found_room = more;
    }
    context->found[context->n_found++] = *found;
    return WD_OK;
}

/* Walks back from the end of the sentence; what is found comes out last first. */
static int trace(struct tag_context *context, const struct chooser *choose,
                 uint32_t n_words)
{
    size_t start = context->n_found;
    for (uint32_t i = n_words; i > 0;) {
        const struct step *step = &choose->step[i];
        if (step->found.label == LABEL_NONE) {
            i--;
            continue;
        }
        int r = add_found(context, &step->found);
        if (r < 0)
            return r;
        i = step->found.first - choose->from;
    }
    for (size_t a = start, b = context->n_found; a + 1 < b; a++, b--) {
        struct tag_found swap = context->found[a];
        context->found[a] = context->found[b - 1];
        context->found[b - 1] = swap;
    }
    return WD_OK;
}

/* ------------------------------------------------------------------------------- lists
 */

/* Is it one joining word or comma that stands between two names? */
static bool are_listed(const struct tag_words *words, const struct tag_found *a,
                       const struct tag_found *b)
{
    const struct tag_word *word = &words->word[a->last + 1];
    if (b->first != a->last + 2)
        return false;
    return word->name.kind == WD_NAME_SIGN
               ? word->name.sign == ','
               : word->name.length == 3 && (word->hints & HINT_JOIN) &&
                     !(word->hints & HINT_THE);
}

static bool can_be(const struct tag_context *context, const struct tag_found *found,
                   uint8_t label)
{
    size_t count = 0;
    const uint32_t *posting =
        found->node ? wd_gazetteer_postings(context->gaz, found->node, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (wd_gazetteer_entity(context->gaz, posting[i])->type == label)
            return true;
    }
    return false;
}

/* "Cologne and Newcastle": what stands in one list is of one kind. The surer of two
 * neighbours decides between club and city, if the gazetteer allows what it decides. */
static void agree(const struct tag_context *context, struct tag_found *found,
                  const struct tag_found *other)
{
    bool is_pair =
        (found->label == WD_LABEL_ORGANISATION && other->label == WD_LABEL_PLACE) ||
        (found->label == WD_LABEL_PLACE && other->label == WD_LABEL_ORGANISATION);
    if (is_pair && found->score < other->score && can_be(context, found, other->label))
        found->label = other->label;
}

static void judge_lists(struct tag_context *context, size_t start)
{
    for (size_t i = start + 1; i < context->n_found; i++) {
        struct tag_found *a = &context->found[i - 1], *b = &context->found[i];
        if (are_listed(&context->words, a, b)) {
            agree(context, a, b);
            agree(context, b, a);
        }
    }
}

static int choose_in(struct tag_context *context, struct candidates *all,
                     struct tag_weigher *weigh, struct step *step)
{
    uint32_t from = weigh->from, to = weigh->to;
    struct chooser choose = {.step = step, .from = from, .n_final = 1};
    size_t start = context->n_found;

    all->n = 0;
    wd_tag_find_spans(context, from, to, &all->allowance, take_span, all);
    if (all->status < 0)
        return all->status;
    if (all->n == 0)
        return WD_OK;
    wd_tag_weigh(weigh, all->span, all->n, all->score);
    for (uint32_t k = 0; k <= to - from; k++)
        step[k] = (struct step){.best = 0, .found.label = LABEL_NONE};
    for (size_t i = 0; i < all->n; i++)
        consider(&choose, &all->span[i], all->score[i]);
    settle(&choose, to - from);
    int r = trace(context, &choose, to - from);
    if (r == WD_OK)
        judge_lists(context, start);
    return r;
}

int wd_tag_choose(struct tag_context *context)
{
    const struct tag_words *words = &context->words;
    uint32_t longest = 0;
    for (size_t i = 0; i < words->n_sentences; i++) {
        uint32_t n_words = words->sentence[i + 1] - words->sentence[i];
        longest = n_words > longest ? n_words : longest;
    }
    struct step *step =
        wd_arena_alloc(&context->art->arena, ((size_t)longest + 1) * sizeof(*step));
    if (!step)
        return WD_ENOMEM;
    struct tag_weigher weigh;
    int r = wd_tag_weigher_init(&weigh, context, longest);
    if (r < 0)
        return r;

    struct candidates all = {
        .arena = &context->art->arena,
        .allowance = ALLOWANCE + context->text.size / ALLOWANCE_BYTES,
    };
    for (size_t i = 0; i < words->n_sentences; i++) {
        wd_tag_weigher_begin(&weigh, words->sentence[i], words->sentence[i + 1]);
        r = choose_in(context, &all, &weigh, step);
        if (r < 0)
            return r;
    }
    return WD_OK;
}
