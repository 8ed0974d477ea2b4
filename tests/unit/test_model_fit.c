/* test_model_fit.c -- the trainer learns, and learns the same twice.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A made-up language of names: what follows "Mister" is a person, what follows "inside"
 * is a place, whatever its name; no list knows them. */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model_clusters.h"
#include "model_fit.h"

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

static double train(struct wd_buf *buf, double *ret_first)
{
    const struct fit_options opts = {
        .epochs = 8, .min_count = 2, .rate = 0.2f, .n_buckets = 4096};
    struct fit *fit = fit_new(&opts);
    struct fit_size size;
    double loss = 0;
    size_t n_left_out;
    assert_non_null(fit);
    for (unsigned i = 0; i < TEXTS; i++) {
        struct labelled text;
        make_text(i, &text);
        assert_int_equal(fit_add(fit, reader, &text, 1), WD_OK);
        labelled_done(&text);
    }
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
    assert_true(last < 0.05);
    assert_true(last < first / 5);
    wd_buf_done(&buf);
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
    assert_int_equal(fit_add(fit, reader, &text, 1), WD_OK);
    assert_int_equal(fit_prepare(fit, &size), WD_OK);
    assert_int_equal(size.n_unreachable, 1);
    assert_int_equal(size.n_sentences, 0);
    fit_free(fit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit_learns_what_the_texts_show),
        cmocka_unit_test(same_texts_give_the_same_bytes),
        cmocka_unit_test(words_used_alike_share_a_cluster),
        cmocka_unit_test(unreachable_name_is_counted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
