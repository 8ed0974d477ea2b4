/* dedup_eval.c -- what the fingerprints say about documents that people have judged.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   dedup_eval stream DOCS          one line a document: id, verdict, id of the earlier
 *                                   one, resemblance, containment, contained, story,
 *                                   its score, candidates, cluster, and the story that
 *                                   became part of it or zeros
 *   dedup_eval terms DOCS           one line a document: id and its story terms
 *   dedup_eval words DOCS           one line a document: id and its folded words,
 *                                   but for numbers and capitalised ones
 *
 * DOCS are JSON Lines with id, text or paras, and perhaps title, date (or ts, in seconds)
 * and src. bench/dedup_score.py makes F1 figures of the output. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/article.h"
#include "base/folded.h"
#include "wiredesk/desk.h"
#include "wiredesk/pipeline.h"

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "dedup_eval: %s\n", what);
    exit(2);
}

static void *check(void *memory)
{
    if (!memory)
        fail("out of memory");
    return memory;
}

static const char *text_of(const json_t *doc, const char *key)
{
    const char *text = json_string_value(json_object_get(doc, key));
    return text ? text : "";
}

/* Title, text and paragraphs as a plain text file would have them. */
static void build_text(const json_t *doc, struct wd_buf *buf)
{
    const char *title = text_of(doc, "title");
    if (*title) {
        wd_buf_append_z(buf, title);
        wd_buf_append_z(buf, "\n");
    }
    wd_buf_append_z(buf, text_of(doc, "text"));
    size_t i;
    json_t *para;
    json_array_foreach(json_object_get(doc, "paras"), i, para)
    {
        wd_buf_append_z(buf, json_string_value(para));
        wd_buf_append_z(buf, "\n");
    }
}

/* "2005-07-26" as days since 1970 (Hinnant's days_from_civil), in milliseconds. */
static int64_t time_of(const json_t *doc)
{
    int y, m, d;
    const json_t *ts = json_object_get(doc, "ts");
    if (json_is_integer(ts))
        return json_integer_value(ts) * 1000;
    if (sscanf(text_of(doc, "date"), "%d-%d-%d", &y, &m, &d) != 3)
        return -1;
    y -= m <= 2;
    int era = y / 400, yoe = y - era * 400;
    int doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return ((int64_t)era * 146097 + doe - 719468) * 86400000;
}

static const struct wd_sketch *run_doc(const struct wd_pipeline *pl,
                                       struct wd_article *art, struct wd_buf *text,
                                       const json_t *doc, size_t n)
{
    wd_buf_clear(text);
    build_text(doc, text);
    struct wd_record record = {.value = wd_buf_str(text),
                               .content_type = WD_STR("text/plain"),
                               .topic = WD_STR("docs"),
                               .partition = WD_NO_PARTITION,
                               .offset = (int64_t)n,
                               .timestamp_ms = time_of(doc)};
    wd_article_begin(art, &record);
    int r = wd_pipeline_run(pl, art);
    if (r < 0)
        (void)fprintf(stderr, "dedup_eval: %s: %s\n", text_of(doc, "id"),
                      wd_article_error(art)->message);
    return r < 0 ? NULL : wd_article_sketch(art);
}

typedef void doc_fn(void *user, const char *id, struct wd_article *art);

static void each_doc(const char *path, const struct wd_pipeline *pl, doc_fn *fn,
                     void *user)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    if (!file)
        fail("the documents cannot be opened");
    struct wd_article *art = check(wd_article_new());
    struct wd_buf text;
    wd_buf_init(&text, 1 << 24);
    json_t *doc;
    for (size_t n = 0; (doc = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)); n++) {
        if (run_doc(pl, art, &text, doc, n))
            fn(user, text_of(doc, "id"), art);
        json_decref(doc);
    }
    wd_buf_done(&text);
    wd_article_free(art);
    if (file != stdin)
        (void)fclose(file);
}

/* --- stream --- */

struct stream {
    struct wd_desk *desk;
    char **ids; /* by sequence */
    size_t n;
};

static void stream_doc(void *user, const char *id, struct wd_article *art)
{
    struct stream *stream = user;
    if (wd_desk_decide(stream->desk, art) < 0)
        fail("out of memory");
    stream->ids = check(realloc(stream->ids, (stream->n + 2) * sizeof(char *)));
    stream->ids[++stream->n] = check(strdup(id));
    const struct wd_facts *facts = wd_article_facts(art);
    printf("%s\t%s\t%s\t%u\t%u\t%u\t%016llx\t%u\t%u\t%016llx\t%016llx\n", id,
           wd_verdict_name(facts->dedup.verdict),
           facts->dedup.of_sequence ? stream->ids[facts->dedup.of_sequence] : "-",
           facts->dedup.resemblance, facts->dedup.containment, facts->dedup.contained,
           (unsigned long long)facts->story.id, facts->story.score,
           facts->dedup.candidates, (unsigned long long)facts->dedup.cluster,
           (unsigned long long)facts->story.merged);
}

static void run_stream(const struct wd_options *opts, const struct wd_pipeline *pl,
                       const char *docs)
{
    struct stream stream = {0};
    if (wd_desk_open(opts, &stream.desk, NULL) < 0)
        fail("out of memory");
    each_doc(docs, pl, stream_doc, &stream);
    struct wd_desk_stats stats;
    wd_desk_stats(stream.desk, &stats);
    (void)fprintf(stderr, "%llu articles, %llu stories, %llu bytes\n",
                  (unsigned long long)stats.window_articles,
                  (unsigned long long)stats.stories,
                  (unsigned long long)stats.index_bytes);
    for (size_t i = 1; i <= stream.n; i++)
        free(stream.ids[i]);
    free(stream.ids);
    wd_desk_close(stream.desk);
}

/* --- terms --- */

static void print_terms(void *user, const char *id, struct wd_article *art)
{
    (void)user;
    const struct wd_sketch *sketch = wd_article_sketch(art);
    printf("%s", id);
    const struct wd_terms *terms = &sketch->terms;
    for (uint32_t i = 0; i < terms->n; i++)
        printf("\t%u:%u:%u:%u", terms->hashes[i], terms->lows[i], terms->weights[i],
               terms->flags[i]);
    printf("\n");
}

/* --- words --- */

static void print_words(void *user, const char *id, struct wd_article *art)
{
    (void)user;
    const struct wd_facts *facts = wd_article_facts(art);
    struct wd_folded_word word;
    printf("%s", id);
    for (size_t i = 0; i < facts->n_regions; i++) {
        struct wd_folded words = wd_folded_of(facts->text, facts->regions[i].span);
        while (wd_folded_next(&words, &word)) {
            if (!word.is_number && !word.is_capital)
                printf("\t%.*s", (int)word.size, word.bytes);
        }
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    struct wd_options opts;
    struct wd_pipeline *pl = NULL;
    struct wd_error err = {0};
    if (argc < 3)
        fail("usage: dedup_eval stream|terms|words DOCS");
    wd_options_init(&opts);
    opts.data_dir = getenv("WIREDESK_DATA_DIR");
    opts.limits.window_ms = INT64_MAX;
    if (wd_pipeline_open(&opts, &pl, &err) < 0)
        fail(err.message);
    if (strcmp(argv[1], "stream") == 0)
        run_stream(&opts, pl, argv[2]);
    else if (strcmp(argv[1], "terms") == 0)
        each_doc(argv[2], pl, print_terms, NULL);
    else if (strcmp(argv[1], "words") == 0)
        each_doc(argv[2], pl, print_words, NULL);
    wd_pipeline_close(pl);
    return 0;
}
