/* verdicts.c -- trains and scores the weights of verdicts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * For each question of the verdict (wiredesk/verdict_model.h) a logistic model is fitted
 * to the judged pairs of all sets. Which features a question sees was found by leaving
 * them out one by one; more of them fit the few hundred pairs better and others worse.
 *
 * Judged pairs are drawn from strata, and a pair's weight says how many it stands for,
 * from one to four hundred. Taken as they are, a handful would decide; so the fourth root
 * counts. Figures are given with and without the weights.
 *
 * Lessons are pairs that others have judged, evenly drawn, one like the other: they tell
 * a repeat as the first did, but draw the line between copy and version elsewhere, so for
 * that question nobody asks them.
 *
 * In cross-validation the pairs of each set are cut into five blocks by date. Pairs that
 * share an article stay together, so that no article is in two blocks. */
#include "model/verdicts.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/logit.h"
#include "model/verdict_set.h"

enum { N_FOLDS = 5, SETS_MAX = 8, THOUSAND = 1000 };

/* Not a fold: what is in it is always learned from; what is held out of it is nothing. */
enum { LESSONS = N_FOLDS, NO_FOLD };

/* On the weights of standardised features; of pairs of them there are many more, and
 * each says less. */
#define PAIR_PENALTY 30.0
static const double penalties[WD_N_QUESTIONS] = {
    [WD_ASK_REPEATS] = 1, [WD_ASK_COPIES] = 0.5, [WD_ASK_TEMPLATE] = 1};

#define USE(feature) [WD_FEATURE_##feature] = true

/* Beside the pairs of the crossed features, which only the first question sees. */
static const bool is_used[WD_N_QUESTIONS][WD_N_FEATURES] = {
    [WD_ASK_REPEATS] = {USE(RARE), USE(RESEMBLANCE), USE(AMOUNT), USE(FIGURES),
                        USE(NAMES), USE(NEAR_NAMES), USE(MOST_TOPIC), USE(SWAPPED),
                        USE(NEAR_HEADLINE)},
    [WD_ASK_COPIES] = {USE(MOST_RARE), USE(COMMON), USE(LENGTH), USE(FIGURES),
                       USE(ALL_NAMES), USE(RECENT), USE(LEAD_NAMES), USE(LEAD_FIGURES),
                       USE(ADDED), USE(CROSS)},
    [WD_ASK_TEMPLATE] = {USE(MOST), USE(RESEMBLANCE), USE(COMMON), USE(LEAD), USE(LENGTH),
                         USE(FIGURES), USE(NAMES), USE(HEADLINE), USE(CROSS),
                         USE(MOST_TOPIC), USE(SWAPPED)},
};

#undef USE

/* What is weighed: the scaled features, then the products of each two crossed ones. */
enum {
    N_PAIRS = WD_N_CROSSED * (WD_N_CROSSED + 1) / 2,
    N_TERMS = WD_N_FEATURES + N_PAIRS
};

static_assert(N_TERMS <= LOGIT_MAX, "a row has room for all that is weighed");

static void terms_of(const struct verdict_pair *pair, double ret_terms[N_TERMS])
{
    size_t n = WD_N_FEATURES;
    for (size_t f = 0; f < WD_N_FEATURES; f++)
        ret_terms[f] =
            (double)wd_feature_scaled((enum wd_feature)f, pair->values[f]) / THOUSAND;
    for (size_t i = 0; i < WD_N_CROSSED; i++) {
        for (size_t k = i; k < WD_N_CROSSED; k++)
            ret_terms[n++] = ret_terms[i] * ret_terms[k];
    }
}

static bool is_copy(enum verdict_label label)
{
    return label == LABEL_SAME || label == LABEL_CONTAINED;
}

static bool is_repeat(enum verdict_label label)
{
    return is_copy(label) || label == LABEL_UPDATE;
}

static bool answer_of(enum wd_question question, enum verdict_label label)
{
    switch (question) {
    case WD_ASK_REPEATS:
        return is_repeat(label);
    case WD_ASK_COPIES:
        return is_copy(label);
    default:
        return label == LABEL_TEMPLATE;
    }
}

/* Of all sets, in order. */
struct example {
    const struct verdict_pair *pair;
    unsigned set;
    unsigned fold;
    double weight;
};

struct lessons {
    struct verdict_set sets[SETS_MAX];
    unsigned n_sets;
    struct example *examples;
    size_t n;
    struct logit_row *rows; /* room for as many */
};

struct brain {
    struct logit of[WD_N_QUESTIONS];
};

/* --- folds --- */

/* Gives pairs that share an article the same root. */
static size_t root_of(size_t *parents, size_t i)
{
    while (parents[i] != i)
        i = parents[i] = parents[parents[i]];
    return i;
}

static bool share_article(const struct verdict_pair *x, const struct verdict_pair *y)
{
    return strcmp(x->a, y->a) == 0 || strcmp(x->a, y->b) == 0 ||
           strcmp(x->b, y->a) == 0 || strcmp(x->b, y->b) == 0;
}

struct block {
    size_t root;
    int64_t time_ms; /* of its earliest pair */
    size_t n;
};

static int by_time(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->time_ms != y->time_ms)
        return x->time_ms < y->time_ms ? -1 : 1;
    return (x->root > y->root) - (x->root < y->root);
}

/* Cuts `n` examples of one set into folds. */
static int cut_folds(struct example *examples, size_t n)
{
    size_t *parents = calloc(n + 1, sizeof(*parents));
    struct block *blocks = calloc(n + 1, sizeof(*blocks));
    int r = parents && blocks ? WD_OK : WD_ENOMEM;
    if (r < 0)
        goto out;
    for (size_t i = 0; i < n; i++)
        parents[i] = i;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (share_article(examples[i].pair, examples[k].pair))
                parents[root_of(parents, i)] = root_of(parents, k);
        }
    }
    for (size_t i = 0; i < n; i++) {
        struct block *block = &blocks[root_of(parents, i)];
        int64_t time_ms = examples[i].pair->time_ms;
        block->root = root_of(parents, i);
        block->time_ms =
            block->n++ && block->time_ms < time_ms ? block->time_ms : time_ms;
    }
    qsort(blocks, n, sizeof(*blocks), by_time);
    size_t n_before = 0;
    for (size_t b = 0; b < n; b++) {
        for (size_t i = 0; i < n && blocks[b].n; i++) {
            if (root_of(parents, i) == blocks[b].root)
                examples[i].fold = (unsigned)(n_before * N_FOLDS / n);
        }
        n_before += blocks[b].n;
    }
out:
    free(parents);
    free(blocks);
    return r;
}

/* --- lessons --- */

/* Puts the pairs of one set that were met behind the examples: those that are judged for
 * learning, or the others. Returns how many. */
static size_t gather_some(struct lessons *lessons, unsigned set, bool are_lessons)
{
    size_t first = lessons->n;
    for (size_t i = 0; i < lessons->sets[set].n; i++) {
        const struct verdict_pair *pair = &lessons->sets[set].pairs[i];
        if (pair->met && pair->is_lesson == are_lessons)
            lessons->examples[lessons->n++] = (struct example){pair, set, LESSONS, 1};
    }
    return lessons->n - first;
}

static int gather_set(struct lessons *lessons, unsigned set)
{
    struct example *examples = lessons->examples + lessons->n;
    size_t n = gather_some(lessons, set, false);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        examples[i].weight = sqrt(sqrt(examples[i].pair->weight));
        sum += examples[i].weight;
    }
    for (size_t i = 0; i < n; i++)
        examples[i].weight *= (double)n / sum;
    int r = cut_folds(examples, n);
    n += gather_some(lessons, set, true);
    for (size_t i = 0; i < n; i++)
        examples[i].weight *= lessons->sets[set].weight;
    return r;
}

static int gather(struct lessons *lessons)
{
    size_t room = 1;
    for (unsigned s = 0; s < lessons->n_sets; s++)
        room += lessons->sets[s].n;
    lessons->examples = calloc(room, sizeof(*lessons->examples));
    lessons->rows = calloc(room, sizeof(*lessons->rows));
    if (!lessons->examples || !lessons->rows)
        return WD_ENOMEM;
    int r = WD_OK;
    for (unsigned s = 0; s < lessons->n_sets && r == WD_OK; s++)
        r = gather_set(lessons, s);
    return r;
}

static bool is_asked(enum wd_question question, const struct verdict_pair *pair)
{
    if (question == WD_ASK_COPIES)
        return !pair->is_lesson;
    return question != WD_ASK_TEMPLATE || !is_repeat(pair->label);
}

/* Fits to all examples but those of `fold`. */
static bool learn(struct lessons *lessons, unsigned fold, struct brain *ret_brain)
{
    for (unsigned i = 0; i < WD_N_QUESTIONS; i++) {
        enum wd_question q = (enum wd_question)i;
        double pulls[N_TERMS] = {0};
        for (size_t f = 0; f < N_TERMS; f++) {
            if (f < WD_N_FEATURES)
                pulls[f] = is_used[q][f] ? penalties[q] : 0;
            else
                pulls[f] = q == WD_ASK_REPEATS ? PAIR_PENALTY : 0;
        }
        for (size_t k = 0; k < lessons->n; k++) {
            const struct example *example = &lessons->examples[k];
            struct logit_row *row = &lessons->rows[k];
            bool is_in = example->pair->is_compared && example->fold != fold &&
                         is_asked(q, example->pair);
            row->is_true = answer_of(q, example->pair->label);
            row->weight = is_in ? example->weight : 0;
            terms_of(example->pair, row->values);
        }
        if (!logit_fit(lessons->rows, lessons->n, N_TERMS, pulls, &ret_brain->of[q]))
            return false;
    }
    return true;
}

/* --- figures --- */

struct tally {
    double n_hit;
    double n_false;
    double n_missed;
};

static void tally_add(struct tally *tally, bool is_true, bool is_said, double weight)
{
    tally->n_hit += is_true && is_said ? weight : 0;
    tally->n_false += !is_true && is_said ? weight : 0;
    tally->n_missed += is_true && !is_said ? weight : 0;
}

static double tally_f1(const struct tally *tally)
{
    double all = 2 * tally->n_hit + tally->n_false + tally->n_missed;
    return all > 0 ? 2 * tally->n_hit / all : 0;
}

struct figures {
    struct tally repeats[2]; /* plain, weighted */
    struct tally copies[2];
    size_t n_said[N_LABELS];
    size_t n_of[N_LABELS];
    size_t n_misses;       /* templates and the like that were not called repeats, */
    size_t n_misses_right; /* and rightly called template, or not */
};

static void figures_add(struct figures *figs, const struct verdict_pair *pair,
                        const bool said[WD_N_QUESTIONS])
{
    bool is_said = pair->is_compared && said[WD_ASK_REPEATS];
    bool is_copy_said = is_said && said[WD_ASK_COPIES];
    for (unsigned k = 0; k < 2; k++) {
        double weight = k ? pair->weight : 1;
        tally_add(&figs->repeats[k], is_repeat(pair->label), is_said, weight);
        tally_add(&figs->copies[k], is_copy(pair->label), is_copy_said, weight);
    }
    figs->n_of[pair->label]++;
    figs->n_said[pair->label] += is_said;
    if (!is_said && !is_repeat(pair->label) && pair->is_compared) {
        figs->n_misses++;
        figs->n_misses_right += said[WD_ASK_TEMPLATE] == (pair->label == LABEL_TEMPLATE);
    }
}

static void print_figures(const struct verdict_set *set, const char *how,
                          const struct figures *figs)
{
    printf("%s, %s:\n"
           "  same + contained + update  F1 %.3f, weighted %.3f\n"
           "  same + contained           F1 %.3f, weighted %.3f\n"
           "  near misses rightly told   %zu of %zu\n  called repeats:",
           set->name, how, tally_f1(&figs->repeats[0]), tally_f1(&figs->repeats[1]),
           tally_f1(&figs->copies[0]), tally_f1(&figs->copies[1]), figs->n_misses_right,
           figs->n_misses);
    for (unsigned l = 0; l < N_LABELS; l++) {
        if (figs->n_of[l])
            printf(" %s %zu/%zu", verdict_label_name((enum verdict_label)l),
                   figs->n_said[l], figs->n_of[l]);
    }
    printf("\n");
}

/* The answers of the brain; with NULL, of the weights that this program was built with.
 */
static void ask(const struct brain *brain, const struct verdict_pair *pair,
                bool ret_said[WD_N_QUESTIONS])
{
    double terms[N_TERMS];
    terms_of(pair, terms);
    for (unsigned i = 0; i < WD_N_QUESTIONS; i++) {
        enum wd_question q = (enum wd_question)i;
        int64_t score =
            brain ? lround(logit_score(&brain->of[q], terms, N_TERMS) * THOUSAND)
                  : wd_question_ask(q, pair->values);
        ret_said[q] = wd_question_settle(q, pair->values, score);
    }
}

static int validate(const struct verdicts_job *job, struct lessons *lessons)
{
    struct figures held_out[SETS_MAX] = {0}, built_in[SETS_MAX] = {0};
    struct brain brain;
    bool said[WD_N_QUESTIONS];
    for (unsigned fold = 0; fold < N_FOLDS; fold++) {
        if (!learn(lessons, fold, &brain))
            return command_fail(job->cmd, "the pairs are too few, or all of a kind");
        for (size_t i = 0; i < lessons->n; i++) {
            const struct example *example = &lessons->examples[i];
            if (example->fold != fold) /* never that of a lesson */
                continue;
            ask(&brain, example->pair, said);
            figures_add(&held_out[example->set], example->pair, said);
            ask(NULL, example->pair, said);
            figures_add(&built_in[example->set], example->pair, said);
        }
    }
    for (unsigned s = 0; s < lessons->n_sets; s++) {
        print_figures(&lessons->sets[s], "five-fold", &held_out[s]);
        print_figures(&lessons->sets[s], "weights built in", &built_in[s]);
    }
    return EXIT_FINE;
}

/* --- writing --- */

static void print_row(FILE *file, const char *head, const double weights[WD_N_QUESTIONS])
{
    (void)fprintf(file, "%s", head);
    for (unsigned q = 0; q < WD_N_QUESTIONS; q++)
        (void)fprintf(file, "%s%ld", q ? ", " : "", lround(weights[q] * THOUSAND));
    (void)fprintf(file, ")\n");
}

static void print_pairs(FILE *file, const struct logit *repeats)
{
    size_t n = WD_N_FEATURES;
    for (unsigned i = 0; i < WD_N_CROSSED; i++) {
        for (unsigned k = i; k < WD_N_CROSSED; k++)
            (void)fprintf(file, "WD_WEIGHT_OF_PAIR(%s, %s, %ld)\n",
                          wd_feature_name((enum wd_feature)i),
                          wd_feature_name((enum wd_feature)k),
                          lround(repeats->of[n++] * THOUSAND));
    }
}

static int write_weights(const struct verdicts_job *job, const struct brain *brain)
{
    FILE *file = fopen(job->output, "we");
    if (!file)
        return command_fail(job->cmd, "%s: %s", job->output, strerror(errno));
    (void)fputs("/* verdict_weights.h -- what speaks for a verdict, and how much.\n"
                " * SPDX-License-Identifier: Apache-2.0\n"
                " *\n"
                " * Made by `wiredesk model train dedup`, not by hand; see "
                "data/SOURCES.md. In\n"
                " * thousandths of a logit for a feature that lies one spread from its "
                "middle: it\n"
                " * repeats the other; it is a copy; it is a template. Of pairs of "
                "features: it\n"
                " * repeats the other. */\n",
                file);
    double weights[WD_N_QUESTIONS];
    for (unsigned q = 0; q < WD_N_QUESTIONS; q++)
        weights[q] = brain->of[q].bias;
    print_row(file, "WD_BIAS(", weights);
    for (unsigned f = 0; f < WD_N_FEATURES; f++) {
        (void)fprintf(file, "WD_WEIGHT(%s, ", wd_feature_name((enum wd_feature)f));
        for (unsigned q = 0; q < WD_N_QUESTIONS; q++)
            weights[q] = brain->of[q].of[f];
        print_row(file, "", weights);
    }
    print_pairs(file, &brain->of[WD_ASK_REPEATS]);
    bool is_bad = ferror(file) != 0;
    if (fclose(file) != 0 || is_bad)
        return command_fail(job->cmd, "%s: %s", job->output, strerror(errno));
    return EXIT_FINE;
}

/* --- the job --- */

/* ARTICLES:PAIRS@WEIGHT, cut up in place. */
static bool split_operand(char *operand, char **ret_pairs, double *ret_weight)
{
    char *at = strrchr(operand, '@'), *end;
    *ret_weight = 1;
    if (at) {
        double weight = strtod(at + 1, &end);
        if (end != at + 1 && *end == '\0') {
            *ret_weight = weight;
            *at = '\0';
        }
    }
    char *colon = strchr(operand, ':');
    if (!colon)
        return false;
    *colon = '\0';
    *ret_pairs = colon + 1;
    return true;
}

static int read_sets(const struct verdicts_job *job, const struct wd_options *opts,
                     const struct wd_pipeline *pl, struct lessons *lessons)
{
    for (int i = 0; i < job->n_operands; i++) {
        struct verdict_set *set = &lessons->sets[lessons->n_sets];
        struct wd_error err = {0};
        char *pairs;
        if (lessons->n_sets == SETS_MAX)
            return command_fail(job->cmd, "no more than %d sets", SETS_MAX);
        if (!split_operand(job->operands[i], &pairs, &set->weight))
            return command_fail(job->cmd, "%s: say ARTICLES:PAIRS", job->operands[i]);
        lessons->n_sets++;
        if (verdict_set_read(set, opts, pl, job->operands[i], pairs, &err) < 0)
            return command_fail(job->cmd, "%s", err.message);
        fprintf(stderr, "%s: %zu pairs, %zu articles\n", pairs, set->n, set->n_articles);
    }
    return EXIT_FINE;
}

static int run_lessons(const struct verdicts_job *job, struct lessons *lessons)
{
    struct brain brain;
    if (gather(lessons) < 0)
        return command_fail(job->cmd, "%s", wd_status_text(WD_ENOMEM));
    int exit_code = validate(job, lessons);
    if (exit_code != EXIT_FINE || !job->output)
        return exit_code;
    if (!learn(lessons, NO_FOLD, &brain))
        return command_fail(job->cmd, "the pairs are too few, or all of a kind");
    return write_weights(job, &brain);
}

int model_verdicts(const struct verdicts_job *job)
{
    struct wd_options opts;
    struct wd_pipeline *pl = NULL;
    struct wd_error err = {0};
    struct lessons lessons = {0};

    wd_options_init(&opts);
    opts.data_dir = job->data_dir;
    if (wd_pipeline_open(&opts, &pl, &err) < 0)
        return command_fail(job->cmd, "%s", err.message);
    int exit_code = read_sets(job, &opts, pl, &lessons);
    if (exit_code == EXIT_FINE)
        exit_code = run_lessons(job, &lessons);
    for (unsigned s = 0; s < lessons.n_sets; s++)
        verdict_set_done(&lessons.sets[s]);
    free(lessons.examples);
    free(lessons.rows);
    wd_pipeline_close(pl);
    return exit_code;
}
