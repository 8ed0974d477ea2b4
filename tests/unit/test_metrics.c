/* test_metrics.c -- names keep Prometheus' conventions, and both ways out say the same.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exposition.h"
#include "stats.h"
#include "wiredesk/stage.h"

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), n = strlen(end);
    return size >= n && strcmp(text + size - n, end) == 0;
}

/* https://prometheus.io/docs/practices/naming/ */
static void names_keep_the_conventions(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_metric_rows; i++) {
        const struct metric_row *row = &metric_rows[i];
        bool is_counter = strcmp(metric_type(row), "counter") == 0;
        if (ends_with(row->name, "_total") != is_counter ||
            (row->kind == METRIC_HISTOGRAM && !ends_with(row->name, "_seconds")) ||
            strspn(row->name, "abcdefghijklmnopqrstuvwxyz_") != strlen(row->name) ||
            (strncmp(row->name, "wiredesk_", 9) != 0 &&
             strncmp(row->name, "process_", 8) != 0))
            fail_msg("%s", row->name);
        assert_true(isupper((unsigned char)row->help[0]) || isdigit(row->help[0]));
        assert_false(ends_with(row->help, "."));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(metric_rows[k].name, row->name);
    }
}

static void every_stage_has_room(void **state)
{
    (void)state;
    size_t n = 0;
    while (wd_stages()[n])
        n++;
    assert_in_range(n, 1, STAGE_EMIT); /* whose place is behind them */
}

/* Metrics in which every number is another one. */
static void fill(struct metrics *met, struct lag *lags)
{
    struct tally tally = {0};
    struct wd_entity ents[] = {{.label = WD_LABEL_PERSON}, {.label = WD_LABEL_PLACE}};
    struct wd_region region = {WD_ROLE_HEADLINE, {0, 16}};
    struct wd_facts facts = {
        .dedup.verdict = WD_VERDICT_NEAR,
        .caps = {2, 1},
        .entities = ents,
        .n_entities = 2,
        .sequence = 7,
        .text = WD_STR("Caf\xc3\xa9 \"closes\"\n\x01"),
        .regions = &region,
        .n_regions = 1,
        .story = {.id = 5, .size = 3},
    };
    metrics_init(met);
    tally_article(&tally, &facts);
    facts.dedup.verdict = WD_VERDICT_UNIQUE;
    tally_article(&tally, &facts);
    tally_dead_letter(&tally, WD_EUTF8);
    metrics_settle(met, &tally);
    metrics_settle(met, &tally);
    metrics_recall(met, &facts);
    met->records_read = 11;
    met->index_bytes = 123456789;
    histogram_add(&met->latency, 3000000);
    struct stage_times times = {.cpu_ns = 250000000};
    memset(times.took_ns, 0xff, sizeof(times.took_ns));
    times.took_ns[1] = times.took_ns[STAGE_EMIT] = 40000;
    metrics_stage_times(met, &times);
    lags[0] = (struct lag){"news.raw", 2, 17};
    met->lags = lags;
    met->n_lags = 1;
}

static char *written(const struct metrics *met)
{
    struct wd_buf buf;
    wd_buf_init(&buf, 1 << 20);
    exposition_write(met, &buf);
    wd_buf_append_char(&buf, '\0');
    assert_int_equal(wd_buf_status(&buf), 0);
    char *text = strdup(buf.data);
    wd_buf_done(&buf);
    return text;
}

static void series_are_written(void **state)
{
    static const char *const lines[] = {
        "# TYPE wiredesk_records_read_total counter\nwiredesk_records_read_total 11\n",
        "wiredesk_articles_total{verdict=\"unique\"} 2\n",
        "wiredesk_articles_total{verdict=\"near\"} 2\n",
        "wiredesk_articles_total{verdict=\"exact\"} 0\n",
        "wiredesk_dead_letters_total{reason=\"invalid-utf8\"} 2\n",
        "wiredesk_dead_letters_total{reason=\"json-syntax\"} 0\n",
        "wiredesk_entities_total{type=\"person\"} 4\n",
        "wiredesk_capped_total{cap=\"articles\"} 8\n",
        "wiredesk_capped_total{cap=\"candidates\"} 4\n",
        "wiredesk_article_latency_seconds_bucket{le=\"0.002048\"} 0\n",
        "wiredesk_article_latency_seconds_bucket{le=\"0.004096\"} 1\n",
        "wiredesk_article_latency_seconds_bucket{le=\"+Inf\"} 1\n",
        "wiredesk_article_latency_seconds_sum 0.003\n",
        "wiredesk_stage_duration_seconds_bucket{stage=\"clean\",le=\"6.4e-05\"} 1\n",
        "wiredesk_stage_duration_seconds_count{stage=\"clean\"} 1\n",
        "wiredesk_stage_duration_seconds_count{stage=\"emit\"} 1\n",
        "wiredesk_stages_cpu_seconds_total 0.25\n",
        "wiredesk_partition_lag_records{topic=\"news.raw\",partition=\"2\"} 17\n",
        "wiredesk_index_bytes 123456789\n",
        "wiredesk_build_info{version=\"",
    };
    (void)state;
    struct metrics met;
    struct lag lags[1];
    fill(&met, lags);
    char *text = written(&met);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        if (!strstr(text, lines[i]))
            fail_msg("%s is not in:\n%s", lines[i], text);
    }
    assert_null(strstr(text, "unknown"));
    free(text);
}

/* tests/check_metrics.py reads this with the client library. */
static void a_page_is_left_for_the_client_library(void **state)
{
    (void)state;
    const char *path = getenv("WD_METRICS_OUT");
    if (!path)
        skip();
    struct metrics met;
    struct lag lags[1];
    fill(&met, lags);
    char *text = written(&met);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(text);
}

static json_t *stats(const struct metrics *met, bool has_headlines)
{
    struct wd_buf buf;
    struct health health;
    json_error_t error;
    health_judge(met, &health);
    wd_buf_init(&buf, 1 << 20);
    stats_write(met, &health, has_headlines, &buf);
    json_t *root = json_loadb(buf.data, buf.size, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s in %.*s", error.text, (int)buf.size, buf.data);
    wd_buf_done(&buf);
    return root;
}

static void stats_are_json_and_say_the_same(void **state)
{
    (void)state;
    struct metrics met;
    struct lag lags[1];
    fill(&met, lags);
    json_t *root = stats(&met, true);
    json_t *values = json_object_get(root, "metrics");
    json_t *latency = json_object_get(values, "wiredesk_article_latency_seconds");
    json_t *recent = json_array_get(json_object_get(root, "recent"), 0);
    assert_int_equal(json_integer_value(json_object_get(
                         json_object_get(values, "wiredesk_articles_total"), "near")),
                     2);
    assert_int_equal(json_integer_value(json_object_get(latency, "count")), 1);
    assert_int_equal(json_array_size(json_object_get(latency, "buckets")), 1);
    assert_string_equal(json_string_value(json_object_get(recent, "headline")),
                        "Caf\xc3\xa9 \"closes\"\n\x01");
    assert_string_equal(json_string_value(json_object_get(recent, "verdict")), "unique");
    assert_int_equal(json_integer_value(json_object_get(
                         json_array_get(json_object_get(root, "lag"), 0), "records")),
                     17);
    for (size_t i = 0; i < n_metric_rows; i++) {
        if (metric_rows[i].kind != METRIC_LAGS &&
            !json_object_get(values, metric_rows[i].name))
            fail_msg("%s", metric_rows[i].name);
    }
    json_decref(root);
}

static void headlines_can_be_left_out(void **state)
{
    (void)state;
    struct metrics met;
    struct lag lags[1];
    fill(&met, lags);
    json_t *root = stats(&met, false);
    assert_null(
        json_object_get(json_array_get(json_object_get(root, "recent"), 0), "headline"));
    json_decref(root);
}

static void a_long_headline_is_cut_at_a_character(void **state)
{
    (void)state;
    char text[400];
    struct metrics met;
    struct wd_facts facts = {.meta.headline = {text, 0}};
    metrics_init(&met);
    for (size_t i = 0; i < 200; i++)
        memcpy(text + 2 * i, "\xc3\xa9", 2);
    for (size_t shift = 0; shift < 2; shift++) {
        facts.meta.headline = (struct wd_str){shift ? text + 1 : text, 0};
        text[1] = shift ? 'x' : text[1];
        facts.meta.headline.size = 380;
        metrics_recall(&met, &facts);
        const char *cut = met.recent[shift].headline;
        size_t size = strlen(cut);
        assert_in_range(size, sizeof(met.recent[0].headline) - 3,
                        sizeof(met.recent[0].headline) - 1);
        assert_int_equal((unsigned char)cut[size - 1], 0xa9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_keep_the_conventions),
        cmocka_unit_test(every_stage_has_room),
        cmocka_unit_test(series_are_written),
        cmocka_unit_test(a_page_is_left_for_the_client_library),
        cmocka_unit_test(stats_are_json_and_say_the_same),
        cmocka_unit_test(headlines_can_be_left_out),
        cmocka_unit_test(a_long_headline_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
