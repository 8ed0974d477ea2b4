/* test_model_fit.c -- the trainer learns, and learns the same twice.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A made-up language of names: what follows "Mister" is a person, what follows "inside"
 * is a place, whatever its name; no list knows them. */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/clusters.h"
#include "model/fit.h"
#include "model/vary.h"

#define TEXTS 60

static struct wd_lesson_reader *reader;

static int set_up(void **state)
{
    struct wd_error err;
    (void)state;
    return wd_lesson_reader_new(WD_DATA_DIR, &reader, &err) < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    wd_lesson_reader_free(reader);
    return 0;
}

static void make_text(unsigned i, struct labelled *text)
{
    char line[128];
    char person[16], place[16];
    (void)snprintf(person, sizeof(person), "Q%cx%cvo", 'a' + i % 26, 'a' + i / 26);
    (void)snprintf(place, sizeof(place), "Z%cx%cvo", 'a' + i / 26, 'a' + i % 26);
    (void)snprintf(line, sizeof(line), "we met mister %s inside %s and left.", person,
                   place);
    *text = (struct labelled){.text = strdup(line), .size = strlen(line)};
    text->gold = calloc(2, sizeof(text->gold[0]));
    assert_non_null(text->gold);
    uint32_t at = (uint32_t)(strstr(line, person) - line);
    text->gold[0] = (struct gold){{at, at + (uint32_t)strlen(person)}, 0};
    at = (uint32_t)(strstr(line, place) - line);
    text->gold[1] = (struct gold){{at, at + (uint32_t)strlen(place)}, 2};
    text->n_gold = 2;
}

static void add(struct fit *fit, const struct labelled *text, bool is_silver)
{
    const struct fit_text lesson = {
        .text = text, .as_written = text->text, .is_silver = is_silver, .weight = 1};
    assert_int_equal(fit_add(fit, reader, &lesson), WD_OK);
}

static void add_texts(struct fit *fit)
{
    for (unsigned i = 0; i < TEXTS; i++) {
        struct labelled text;
        make_text(i, &text);
        add(fit, &text, false);
        labelled_done(&text);
    }
}

static double train(struct wd_buf *buf, double *ret_first)
{
    const struct fit_options opts = {.epochs = 8,
                                     .min_count = 2,
                                     .rate = 0.2f,
                                     .dropout = 2,
                                     .averages = 4,
                                     .n_buckets = 4096};
    struct fit *fit = fit_new(&opts);
    struct fit_size size;
    double loss = 0;
    size_t n_left_out;
    assert_non_null(fit);
    add_texts(fit);
    assert_int_equal(fit_prepare(fit, &size), WD_OK);
    assert_int_equal(size.n_sentences, TEXTS);
    assert_int_equal(size.n_gold, 2 * TEXTS);
    assert_int_equal(size.n_unreachable, 0);
    for (unsigned epoch = 0; epoch < opts.epochs; epoch++) {
        loss = fit_epoch(fit, epoch);
        if (epoch == 0)
            *ret_first = loss;
    }
    wd_buf_init(buf, 1 << 24);
    assert_int_equal(fit_write(fit, NULL, 0, buf, &n_left_out), WD_OK);
    fit_free(fit);
    return loss;
}

static void fit_learns_what_the_texts_show(void **state)
{
    (void)state;
    struct wd_buf buf;
    double first = 0, last = train(&buf, &first);
    assert_true(last < 0.1);
    assert_true(last < first / 5);
    wd_buf_done(&buf);
}

static void each_run_begins_from_nothing(void **state)
{
    (void)state;
    const struct fit_options opts = {.epochs = 4,
                                     .runs = 2,
                                     .min_count = 2,
                                     .rate = 0.2f,
                                     .averages = 1,
                                     .n_buckets = 4096};
    struct fit *fit = fit_new(&opts);
    struct fit_size size;
    double loss[8];
    assert_non_null(fit);
    add_texts(fit);
    assert_int_equal(fit_prepare(fit, &size), WD_OK);
    for (unsigned epoch = 0; epoch < opts.epochs * opts.runs; epoch++)
        loss[epoch] = fit_epoch(fit, epoch);
    assert_true(loss[3] < loss[0] / 2);
    assert_true(loss[4] > loss[0] / 2 && loss[4] > loss[3] * 2);
    assert_true(loss[5] > loss[3]); /* nor does it go on where the one before ended */
    assert_true(loss[7] < loss[4] / 2);
    fit_free(fit);
}

static void same_texts_give_the_same_bytes(void **state)
{
    (void)state;
    struct wd_buf one, two;
    double first;
    (void)train(&one, &first);
    (void)train(&two, &first);
    assert_true(wd_str_equal(wd_buf_str(&one), wd_buf_str(&two)));
    wd_buf_done(&one);
    wd_buf_done(&two);
}

/* Days and months are used alike, and unlike each other. */
static void words_used_alike_share_a_cluster(void **state)
{
    static const char *const days[] = {"monday", "tuesday", "friday"};
    static const char *const cities[] = {"Oslo", "Bern", "Rome"};
    (void)state;
    struct clusters *clusters = clusters_new();
    size_t n;
    assert_non_null(clusters);
    for (unsigned i = 0; i < 90; i++) {
        char line[128];
        (void)snprintf(line, sizeof(line),
                       "he came on %s morning to see the town of %s .", days[i % 3],
                       cities[i / 3 % 3]);
        assert_int_equal(clusters_add(clusters, reader, wd_str_from(line)), WD_OK);
    }
    assert_int_equal(clusters_make(clusters, 8), WD_OK);
    const struct wd_word_cluster *rows = clusters_rows(clusters, &n);
    unsigned shared[9] = {0}, n_threes = 0;
    for (size_t i = 0; i < n; i++)
        shared[rows[i].fine]++;
    for (unsigned i = 1; i <= 8; i++)
        n_threes += shared[i] >= 3;
    assert_true(n >= 14);
    assert_true(n_threes >= 2);
    clusters_free(clusters);
}

/* The parts of a line that no candidate matches: its sentence is left out, and counted.
 */
static void unreachable_name_is_counted(void **state)
{
    const struct fit_options opts = {.epochs = 1, .min_count = 1, .n_buckets = 64};
    char line[] = "we met Qaxo today.";
    struct gold gold = {{7, 9}, 0}; /* half of the name */
    const struct labelled text = {line, strlen(line), &gold, 1};
    struct fit_size size;
    (void)state;
    struct fit *fit = fit_new(&opts);
    add(fit, &text, false);
    assert_int_equal(fit_prepare(fit, &size), WD_OK);
    assert_int_equal(size.n_unreachable, 1);
    assert_int_equal(size.n_sentences, 0);
    fit_free(fit);
}

/* A program's labels of a line in capitals teach nothing; a person's do. */
static void capitals_of_a_program_are_left_out(void **state)
{
    const struct fit_options opts = {.epochs = 1, .min_count = 1, .n_buckets = 64};
    char line[] = "WE MET MISTER QAXO TODAY.";
    struct gold gold = {{14, 18}, 0};
    const struct labelled text = {line, strlen(line), &gold, 1};
    (void)state;
    for (unsigned is_silver = 0; is_silver < 2; is_silver++) {
        struct fit *fit = fit_new(&opts);
        struct fit_size size;
        add(fit, &text, is_silver);
        assert_int_equal(fit_prepare(fit, &size), WD_OK);
        assert_int_equal(size.n_sentences, 1 - is_silver);
        fit_free(fit);
    }
}

struct style_row {
    const char *line;
    const char *capitals;
    const char *title;
};

static const struct style_row styles[] = {
    {"He met Zoë of Ålesund.", "HE MET ZO\xc3\x8b OF ÅLESUND.", "He met Zoë of Ålesund."},
    {"the end of a long day", "THE END OF A LONG DAY", "The end of a Long day"},
    {"÷ and \xc3\xbf stay", "÷ AND \xc3\xbf STAY", "÷ and \xc3\xbf Stay"},
};

/* Every style comes up among a hundred numbers, and none other. */
static void lines_are_written_as_headlines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
        unsigned n_capitals = 0, n_title = 0;
        for (uint64_t number = 0; number < 100; number++) {
            char *line = strdup(styles[i].line);
            struct labelled text = {.text = line, .size = strlen(line)};
            assert_true(vary_case(&text, number, 100));
            bool is_capitals = strcmp(line, styles[i].capitals) == 0;
            bool is_title = strcmp(line, styles[i].title) == 0;
            assert_true(is_capitals || is_title || strcmp(line, styles[i].line) == 0);
            n_capitals += is_capitals;
            n_title += is_title;
            assert_false(vary_case(&text, number, 0));
            free(line);
        }
        assert_true(n_capitals > 20);
        assert_true(n_title > 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit_learns_what_the_texts_show),
        cmocka_unit_test(each_run_begins_from_nothing),
        cmocka_unit_test(same_texts_give_the_same_bytes),
        cmocka_unit_test(words_used_alike_share_a_cluster),
        cmocka_unit_test(unreachable_name_is_counted),
        cmocka_unit_test(capitals_of_a_program_are_left_out),
        cmocka_unit_test(lines_are_written_as_headlines),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
