/* observer.c -- see observer.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "observer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "sketch_log.h"
#include "topic.h"
#include "verify.h"
#include "wiredesk/sketch.h"

struct observer {
    pthread_t thread;
    rd_kafka_t *rk;
    const char *topics[WRITTEN_KINDS];
    struct deployment dep;
    struct sights sights[WRITTEN_KINDS];
    atomic_size_t counts[WRITTEN_KINDS];
    int64_t seen_ends[WRITTEN_KINDS]; /* where it last met the end */
    int64_t ends[WRITTEN_KINDS];      /* where to stop; before is_finishing */
    atomic_bool is_paused;
    atomic_bool is_finishing;
    struct wd_sketch_scratch *scratch;
};

int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* FNV-1a, with each part's size before it. */
static void hash_add(uint64_t *hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    *hash = (*hash ^ size) * 0x100000001b3;
    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ bytes[i]) * 0x100000001b3;
}

static uint64_t hash_of(const rd_kafka_message_t *msg)
{
    uint64_t hash = 0xcbf29ce484222325;
    int64_t timestamp_ms = rd_kafka_message_timestamp(msg, NULL);
    rd_kafka_headers_t *headers;
    const char *name;
    const void *value;
    size_t size;
    hash_add(&hash, msg->key, msg->key_len);
    hash_add(&hash, msg->payload, msg->len);
    hash_add(&hash, &timestamp_ms, sizeof(timestamp_ms));
    if (rd_kafka_message_headers(msg, &headers) != 0)
        return hash;
    for (size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0;
         i++) {
        if (strcmp(name, SKETCH_PLACE_HEADER) == 0)
            continue; /* where a desk read it on the way is not what it says */
        hash_add(&hash, name, strlen(name));
        hash_add(&hash, value, size);
    }
    return hash;
}

static int64_t sketch_source(struct observer *obs, const rd_kafka_message_t *msg)
{
    struct wd_sketch sketch;
    struct wd_error err;
    size_t n = obs->sights[WRITTEN_SKETCH].n;
    CHECK(wd_sketch_decode((struct wd_str){msg->payload, msg->len}, &sketch,
                           &obs->scratch, &err) == WD_OK,
          "a sketch cannot be read: %s", err.message);
    CHECK(sketch.sequence == n + 1, "sketch %zu has sequence %llu", n,
          (unsigned long long)sketch.sequence);
    return sketch.offset;
}

static void observer_take(struct observer *obs, enum written_kind kind,
                          const rd_kafka_message_t *msg)
{
    struct sights *sights = &obs->sights[kind];
    if (sights->n == sights->room) {
        sights->room = sights->room ? sights->room * 2 : 1024;
        sights->items = realloc(sights->items, sights->room * sizeof(*sights->items));
        CHECK(sights->items, "out of memory");
    }
    int64_t source = kind == WRITTEN_SKETCH ? sketch_source(obs, msg)
                     : kind == WRITTEN_DLQ  ? dead_letter_source(msg)
                                            : output_source(msg);
    sights->items[sights->n++] = (struct sight){source, hash_of(msg), now_us()};
    atomic_store(&obs->counts[kind], sights->n);
}

static enum written_kind kind_of(const struct observer *obs,
                                 const rd_kafka_message_t *msg)
{
    const char *topic = rd_kafka_topic_name(msg->rkt);
    enum written_kind kind = WRITTEN_OUTPUT;
    while (strcmp(obs->topics[kind], topic) != 0)
        kind++;
    return kind;
}

static bool has_seen_ends(const struct observer *obs)
{
    for (int i = 0; i < WRITTEN_KINDS; i++) {
        if (obs->seen_ends[i] < obs->ends[i])
            return false;
    }
    return true;
}

static void *observer_run(void *opaque)
{
    struct observer *obs = opaque;
    bool is_over = false;
    while (!is_over) {
        if (atomic_load(&obs->is_paused)) {
            (void)usleep(1000);
            continue;
        }
        rd_kafka_message_t *msg = rd_kafka_consumer_poll(obs->rk, 50);
        if (msg && msg->rkt) {
            enum written_kind kind = kind_of(obs, msg);
            /* Any other error is an outage, which it sits out. */
            if (msg->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
                obs->seen_ends[kind] = msg->offset;
            else if (!msg->err)
                observer_take(obs, kind, msg);
        }
        if (msg)
            rd_kafka_message_destroy(msg);
        is_over = atomic_load(&obs->is_finishing) && has_seen_ends(obs);
    }
    return NULL;
}

struct observer *observer_start(const struct deployment *dep)
{
    struct observer *obs = calloc(1, sizeof(*obs));
    CHECK(obs, "out of memory");
    obs->dep = *dep;
    obs->topics[WRITTEN_OUTPUT] = obs->dep.output;
    obs->topics[WRITTEN_DLQ] = obs->dep.dlq;
    obs->topics[WRITTEN_SKETCH] = obs->dep.sketch;
    for (int i = 0; i < WRITTEN_KINDS; i++)
        obs->seen_ends[i] = -1;
    obs->rk = topic_reader("observer");
    rd_kafka_topic_partition_list_t *list =
        rd_kafka_topic_partition_list_new(WRITTEN_KINDS);
    for (int i = 0; i < WRITTEN_KINDS; i++)
        rd_kafka_topic_partition_list_add(list, obs->topics[i], 0)->offset = 0;
    CHECK(rd_kafka_assign(obs->rk, list) == 0, "the outputs cannot be read");
    rd_kafka_topic_partition_list_destroy(list);
    CHECK(pthread_create(&obs->thread, NULL, observer_run, obs) == 0, "no thread");
    return obs;
}

size_t observer_count(struct observer *obs, enum written_kind kind)
{
    return atomic_load(&obs->counts[kind]);
}

bool observer_await(struct observer *obs, size_t n, int patience_ms)
{
    size_t count = 0;
    int64_t last_us = now_us();
    while (count < n) {
        size_t now = observer_count(obs, WRITTEN_SKETCH);
        if (now != count)
            last_us = now_us();
        else if (now_us() - last_us > (int64_t)patience_ms * 1000)
            return false;
        count = now;
        (void)usleep(1000);
    }
    return true;
}

void observer_pause(struct observer *obs, bool is_paused)
{
    atomic_store(&obs->is_paused, is_paused);
    if (is_paused)
        (void)usleep(100000); /* what it is taking now is taken then */
}

/* A commit is answered before each partition has its mark, so for a moment the committed
 * end of one topic lies behind that of another: what counts is where the log ends. */
static void ends_ask(struct observer *obs)
{
    for (int i = 0; i < WRITTEN_KINDS; i++)
        obs->ends[i] = topic_end(obs->topics[i]);
}

void observer_finish(struct observer *obs, struct sights ret[WRITTEN_KINDS])
{
    ends_ask(obs);
    atomic_store(&obs->is_finishing, true);
    CHECK(pthread_join(obs->thread, NULL) == 0, "the thread is lost");
    memcpy(ret, obs->sights, sizeof(obs->sights));
    wd_sketch_scratch_free(obs->scratch);
    rd_kafka_destroy(obs->rk);
    free(obs);
}

void sights_free(struct sights sights[WRITTEN_KINDS])
{
    for (int i = 0; i < WRITTEN_KINDS; i++)
        free(sights[i].items);
}
