/* feeder.c -- see feeder.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "feeder.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

#include "check.h"
#include "observer.h"
#include "topic.h"

#define ARTICLE_BYTES 700
#define STEP_US       50000

struct feeder {
    pthread_t thread;
    struct feed *feed;
    int per_second;
    atomic_bool is_over;
    int64_t *acked_us;
    size_t n;
    size_t room;
};

static void feeder_note(struct feeder *feeder, size_t n, int64_t acked_us)
{
    while (feeder->room < feeder->n + n) {
        feeder->room = feeder->room ? feeder->room * 2 : 4096;
        feeder->acked_us =
            realloc(feeder->acked_us, feeder->room * sizeof(*feeder->acked_us));
        CHECK(feeder->acked_us, "out of memory");
    }
    for (size_t i = 0; i < n; i++)
        feeder->acked_us[feeder->n++] = acked_us;
}

static void *feeder_run(void *opaque)
{
    struct feeder *feeder = opaque;
    int64_t begun_us = now_us();
    while (!atomic_load(&feeder->is_over)) {
        /* After an outage it goes on at its rate; it does not catch up. */
        size_t n = (size_t)(((now_us() - begun_us) * feeder->per_second) / 1000000);
        size_t most = (size_t)feeder->per_second;
        n = n > most ? most : n;
        if (n == 0) {
            (void)usleep(STEP_US);
            continue;
        }
        begun_us = now_us();
        feed_articles(feeder->feed, feeder->n, feeder->n + n, ARTICLE_BYTES);
        feeder_note(feeder, n, now_us());
        (void)usleep(STEP_US);
    }
    return NULL;
}

struct feeder *feeder_start(const char *topic, int per_second)
{
    struct feeder *feeder = calloc(1, sizeof(*feeder));
    CHECK(feeder, "out of memory");
    feeder->feed = feed_open(topic, 1);
    feeder->per_second = per_second;
    CHECK(pthread_create(&feeder->thread, NULL, feeder_run, feeder) == 0, "no thread");
    return feeder;
}

size_t feeder_stop(struct feeder *feeder, int64_t **ret_acked_us)
{
    atomic_store(&feeder->is_over, true);
    CHECK(pthread_join(feeder->thread, NULL) == 0, "the thread is lost");
    feed_close(feeder->feed);
    size_t n = feeder->n;
    *ret_acked_us = feeder->acked_us;
    free(feeder);
    return n;
}
