/* life.c -- stop, stand by, take over, be fenced, reload.
 * SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "claims.h"
#include "page.h"
#include "verify.h"

#define ARTICLE_BYTES 700
#define PATIENCE_MS   60000
#define PROMPT_MS     20000 /* what is done at once, on a machine that is busy */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sigterm_drains_and_commits(uint64_t seed)
{
    struct deployment dep;
    struct written out = {0};
    struct child child;
    size_t n = 1500;
    (void)seed;
    deployment_make(&dep, "term", NULL, 1);
    struct feed *feed = feed_open(dep.input, 1);
    feed_articles(feed, 0, n, ARTICLE_BYTES);
    feed_close(feed);
    for (int i = 0; i < 3; i++) {
        child_start(&child, &dep, NULL);
        CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
        (void)usleep(150000);
        child_signal(&child, SIGTERM);
        CHECK(child_await(&child, "STOPPING=1", PROMPT_MS), "it did not say STOPPING=1");
        int64_t asked_ms = now_ms();
        CHECK(child_wait(&child, PROMPT_MS) == 0, "SIGTERM did not end it well");
        size_t n_decided = topic_count(dep.sketch);
        printf("  stopped in %lld ms after %zu records\n",
               (long long)(now_ms() - asked_ms), n_decided);
        /* What is written is committed: a lag tool sees it. */
        int64_t committed = committed_offset(dep.group, dep.input, 0);
        CHECK(committed == (n_decided ? (int64_t)n_decided : -1),
              "%lld is committed of %zu", (long long)committed, n_decided);
    }
    child_start(&child, &dep, NULL);
    written_read(&dep, n, PATIENCE_MS, &out);
    child_end(&child);
    verify_derivation(&dep, &out);
    written_free(&out);
}

/* Feeds one article and waits until it is through; the time that took. */
static int64_t time_one(struct feed *feed, const struct deployment *dep, uint64_t i)
{
    int64_t sent_ms = now_ms();
    struct records recs;
    feed_articles(feed, i, i + 1, ARTICLE_BYTES);
    topic_read(dep->sketch, i + 1, PATIENCE_MS, &recs);
    records_free(&recs);
    return now_ms() - sent_ms;
}

/* A machine that stands still for a second takes the lease away like whoever joins. */
static void a_standby_takes_over(uint64_t seed)
{
    static const char *const patient[] = {"desk.lease_ms=3000", NULL};
    struct deployment dep;
    struct written out = {0};
    struct child active, standby;
    uint64_t n = 500;
    (void)seed;
    deployment_make(&dep, "standby", NULL, 1);
    struct feed *feed = feed_open(dep.input, 1);
    feed_articles(feed, 0, n, ARTICLE_BYTES);
    child_start(&active, &dep, patient);
    CHECK(child_await(&active, "STATUS=active", PATIENCE_MS), "it is not active");
    time_one(feed, &dep, n++);
    for (int i = 0; i < 4; i++) {
        bool is_killed = i % 2 == 0;
        child_start(&standby, &dep, patient);
        CHECK(child_await(&standby, "READY=1", PATIENCE_MS), "the standby is not ready");
        time_one(feed, &dep, n++); /* who joins does not disturb */
        CHECK(!child_logged(&active, "cannot go on"), "the standby disturbed it");
        CHECK(!child_logged(&standby, "msg=active"), "two are active");
        child_signal(&active, is_killed ? SIGKILL : SIGTERM);
        int64_t taken_ms = time_one(feed, &dep, n++);
        printf("  after %s: next commit in %lld ms\n", is_killed ? "kill -9" : "SIGTERM",
               (long long)taken_ms);
        CHECK(child_wait(&active, PROMPT_MS) == (is_killed ? 128 + SIGKILL : 0),
              "it ended otherwise");
        active = standby;
        child_moved(&standby, &active);
    }
    written_read(&dep, n, PATIENCE_MS, &out);
    child_end(&active);
    feed_close(feed);
    verify_derivation(&dep, &out);
    written_free(&out);
}

/* Who waits for READY=1 before he ends the active one must not find a cold successor. It
 * is made to read slowly, a batch at a time. */
static void a_standby_is_ready_when_it_is_warm(uint64_t seed)
{
    static const char *const slowly[] = {PAGE_SETTING, "kafka.queued.min.messages=1",
                                         "kafka.fetch.message.max.bytes=100000", NULL};
    enum { ARTICLES = 3000, WARM_LAG = 1000 };
    struct deployment dep;
    struct child active, standby;
    (void)seed;
    deployment_make(&dep, "warm", NULL, 1);
    struct feed *feed = feed_open(dep.input, 1);
    feed_articles(feed, 0, ARTICLES - 1, ARTICLE_BYTES);
    child_start(&active, &dep, NULL);
    time_one(feed, &dep, ARTICLES - 1);
    child_start(&standby, &dep, slowly);
    CHECK(child_await(&standby, "READY=1", PATIENCE_MS), "the standby is not ready");
    double lag = child_metric(&standby, "wiredesk_standby_lag_records");
    CHECK(lag >= 0 && lag <= WARM_LAG, "ready with %.0f sketches to read", lag);
    child_end(&active);
    child_end(&standby);
    feed_close(feed);
}

static void a_zombie_is_fenced(uint64_t seed)
{
    struct deployment dep;
    struct written out = {0};
    struct child zombie, successor;
    uint64_t n = 0;
    (void)seed;
    deployment_make(&dep, "zombie", NULL, 1);
    struct feed *feed = feed_open(dep.input, 1);
    child_start(&zombie, &dep, NULL);
    CHECK(child_await(&zombie, "STATUS=active", PATIENCE_MS), "it is not active");
    child_start(&successor, &dep, NULL);
    CHECK(child_await(&successor, "READY=1", PATIENCE_MS), "no standby");
    feed_articles(feed, n, n + 1000, ARTICLE_BYTES);
    n += 1000;
    (void)usleep(120000); /* in the middle of them */
    child_signal(&zombie, SIGSTOP);
    CHECK(child_await(&successor, "STATUS=active", PATIENCE_MS), "nobody took over");
    feed_articles(feed, n, n + 200, ARTICLE_BYTES);
    n += 200;
    child_signal(&zombie, SIGCONT);
    int code = child_wait(&zombie, PROMPT_MS);
    CHECK(code == 3, "the zombie ended with %d", code);
    CHECK(child_logged(&zombie, "fenced"), "it does not say why");
    written_read(&dep, n, PATIENCE_MS, &out);
    child_end(&successor);
    feed_close(feed);
    verify_derivation(&dep, &out);
    written_free(&out);
}

static void write_config(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0, "no file %s", path);
}

static void a_reload_keeps_the_stream(uint64_t seed)
{
    struct deployment dep;
    struct written out = {0};
    struct child child;
    char path[120];
    uint64_t n = 0;
    (void)seed;
    deployment_make(&dep, "reload", NULL, 1);
    (void)snprintf(path, sizeof(path), "%s/desk.conf", work_dir());
    write_config(path, "[desk]\ncommit_ms = 20\n");
    struct feed *feed = feed_open(dep.input, 1);
    child_start_with(&child, &dep, &(struct child_plan){.config_path = path});
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    static const struct {
        const char *text;
        const char *logged;
    } rows[] = {
        {"[desk]\ncommit_ms = 30\n", "configuration reloaded"},
        {"[desk]\ncommit_ms = soon\n", "the file has faults"},
        {"[desk]\nworkers = 7\n", "only a restart changes desk.workers"},
        {"[output]\ntokens = no\n", "configuration reloaded"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        feed_articles(feed, n, n + 200, ARTICLE_BYTES);
        n += 200;
        write_config(path, rows[i].text);
        child_signal(&child, SIGHUP);
        CHECK(child_await(&child, "RELOADING=1", PROMPT_MS), "no RELOADING=1");
        CHECK(child_await(&child, "READY=1", PATIENCE_MS), "no READY=1 after it");
        CHECK(child_logged(&child, rows[i].logged), "it did not log: %s", rows[i].logged);
    }
    uint64_t before = n; /* these come when tokens are off */
    feed_articles(feed, n, n + 50, ARTICLE_BYTES);
    n += 50;
    written_read(&dep, n, PATIENCE_MS, &out);
    CHECK(written_outcomes(&out) == n, "%zu and %zu of %llu", out.output.n, out.dlq.n,
          (unsigned long long)n);
    const rd_kafka_message_t *first = out.output.items[0];
    const rd_kafka_message_t *last = out.output.items[out.output.n - 1];
    CHECK(memmem(first->payload, first->len, "\"data\":", 7),
          "tokens were off too early");
    CHECK(!memmem(last->payload, last->len, "\"data\":", 7),
          "tokens stayed on after %llu", (unsigned long long)before);
    child_end(&child);
    feed_close(feed);
    verify_presence(&dep, &out);
    written_free(&out);
}

/* ------------------------------------------------------------------- lists and model */

enum { LIST_FILE, MODEL_FILE };

/* What is done to a file before SIGHUP, and what is true of the articles behind it. */
struct reload_step {
    int file;
    const char *text; /* NULL: the file is taken away; "": as at first */
    const char *logged;
    const char *names;  /* stands in the output */
    const char *tagger; /* NULL: the trained model */
};

static const struct reload_step reload_steps[] = {
    {LIST_FILE, "Zorvo Nine\torganisation\turn:list:2\t90\n", "configuration reloaded",
     "urn:list:2", NULL},
    {LIST_FILE, "Zorvo Nine\torganisation\nZorvo Ten\tdragon\n", "reload refused",
     "urn:list:2", NULL},
    {MODEL_FILE, "no model\n", "reload refused", "urn:list:2", NULL},
    {LIST_FILE, "Zorvo Nine\tplace\turn:list:3\t90\n", "reload refused", "urn:list:2",
     NULL}, /* the model is still the bad one */
    {MODEL_FILE, NULL, "configuration reloaded", "urn:list:3", "\"tagger\":\"rules\""},
    {MODEL_FILE, "", "configuration reloaded", "urn:list:3", NULL},
};

#define N_RELOADS       (sizeof(reload_steps) / sizeof(reload_steps[0]))
#define RELOAD_ARTICLES 100 /* under way at each */

static void change_file(const char *path, const struct reload_step *step)
{
    (void)unlink(path);
    if (!step->text)
        return;
    if (*step->text)
        write_config(path, step->text);
    else
        CHECK(symlink(WD_TEST_DATA_DIR "/model.wdm", path) == 0, "no link %s", path);
}

/* Feeds the i-th probe and waits until it is through, the last of `n` records. */
static void feed_probe(struct feed *feed, const struct deployment *dep, size_t i,
                       uint64_t n)
{
    char text[200];
    struct records recs;
    rd_kafka_headers_t *headers = rd_kafka_headers_new(1);
    rd_kafka_header_add(headers, "content-type", -1, "application/json", -1);
    int size = snprintf(text, sizeof(text),
                        "{\"uri\":\"urn:probe:%zu\",\"headline\":\"The %zu. report\","
                        "\"body\":\"Zorvo Nine met %zu reporters in Berlin on Monday.\"}",
                        i, i, i + 20);
    feed_record(feed, "probe", 5, text, (size_t)size, headers, INT64_C(1600000000000));
    feed_flush(feed);
    topic_read(dep->sketch, n, PATIENCE_MS, &recs);
    records_free(&recs);
}

static void check_probe(const struct written *out, size_t i, const char *names,
                        const char *tagger)
{
    char uri[40];
    (void)snprintf(uri, sizeof(uri), "urn:probe:%zu", i);
    for (size_t k = 0; k < out->output.n; k++) {
        const rd_kafka_message_t *msg = out->output.items[k];
        if (msg->key_len != strlen(uri) || memcmp(msg->key, uri, msg->key_len) != 0)
            continue;
        const char *rules = "\"tagger\":\"rules\"";
        bool is_by_rules = memmem(msg->payload, msg->len, rules, strlen(rules)) != NULL;
        CHECK(memmem(msg->payload, msg->len, names, strlen(names)), "%s lacks %s", uri,
              names);
        CHECK(is_by_rules == (tagger != NULL), "%s has another model", uri);
        return;
    }
    FAIL("%s is lost", uri);
}

/* Lists and model are read anew while articles pass; what is bad is refused as a whole,
 * and every record comes out once. */
static void a_reload_brings_new_names(uint64_t seed)
{
    struct deployment dep;
    struct written out = {0};
    struct child child;
    char paths[2][120], config_path[120], config[400];
    uint64_t n = 0;
    (void)seed;
    deployment_make(&dep, "names", NULL, 1);
    (void)snprintf(paths[LIST_FILE], sizeof(paths[0]), "%s/own.tsv", work_dir());
    (void)snprintf(paths[MODEL_FILE], sizeof(paths[0]), "%s/model.wdm", work_dir());
    (void)snprintf(config_path, sizeof(config_path), "%s/gazetteer.wdg", work_dir());
    CHECK(symlink(WD_TEST_DATA_DIR "/gazetteer.wdg", config_path) == 0, "no link");
    (void)snprintf(config_path, sizeof(config_path), "%s/desk.conf", work_dir());
    (void)snprintf(config, sizeof(config),
                   "[desk]\ndata_dir = %s\n[tag]\ngazetteers = %s\n", work_dir(),
                   paths[LIST_FILE]);
    write_config(config_path, config);
    write_config(paths[LIST_FILE], "Zorvo Nine\torganisation\turn:list:1\t90\n");
    change_file(paths[MODEL_FILE], &(struct reload_step){.text = ""});
    struct feed *feed = feed_open(dep.input, 1);
    child_start_with(&child, &dep, &(struct child_plan){.config_path = config_path});
    CHECK(child_await(&child, "STATUS=active", PATIENCE_MS), "it is not active");
    feed_probe(feed, &dep, 0, ++n);
    for (size_t i = 0; i < N_RELOADS; i++) {
        const struct reload_step *step = &reload_steps[i];
        feed_articles(feed, i * RELOAD_ARTICLES, (i + 1) * RELOAD_ARTICLES,
                      ARTICLE_BYTES);
        n += RELOAD_ARTICLES;
        change_file(paths[step->file], step);
        child_forget(&child);
        child_signal(&child, SIGHUP);
        CHECK(child_await(&child, "RELOADING=1", PROMPT_MS), "no RELOADING=1");
        CHECK(child_await(&child, "READY=1", PATIENCE_MS), "no READY=1 after it");
        CHECK(child_logged(&child, step->logged), "it did not log: %s", step->logged);
        feed_probe(feed, &dep, i + 1, ++n);
    }
    written_read(&dep, n, PATIENCE_MS, &out);
    child_end(&child);
    feed_close(feed);
    CHECK(written_outcomes(&out) == n, "%zu and %zu of %llu", out.output.n, out.dlq.n,
          (unsigned long long)n);
    check_probe(&out, 0, "urn:list:1", NULL);
    for (size_t i = 0; i < N_RELOADS; i++)
        check_probe(&out, i + 1, reload_steps[i].names, reload_steps[i].tagger);
    verify_presence(&dep, &out);
    written_free(&out);
}

const struct claim life_claims[] = {
    {"sigterm_drains_and_commits", sigterm_drains_and_commits},
    {"a_standby_takes_over", a_standby_takes_over},
    {"a_standby_is_ready_when_it_is_warm", a_standby_is_ready_when_it_is_warm},
    {"a_zombie_is_fenced", a_zombie_is_fenced},
    {"a_reload_brings_new_names", a_reload_brings_new_names},
    {"a_reload_keeps_the_stream", a_reload_keeps_the_stream},
    {NULL, NULL},
};
