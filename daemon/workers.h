/* workers.h -- the pure stages on several threads, results in the order of arrival.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All calls are made on the loop's thread. A batch is handed over whole: between submit
 * and the moment it comes back from workers_next(), nobody else touches it. */
#ifndef DAEMON_WORKERS_H
#define DAEMON_WORKERS_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "stage_times.h"
#include "wiredesk/pipeline.h"

#define BATCH_ITEMS 8
#define BATCH_BYTES (256 * 1024) /* a batch with more is full */

/* One record and the article made of it. */
struct item {
    struct wd_record record; /* borrows from `origin` */
    struct wd_header *headers;
    size_t header_room;
    void *origin; /* what the record's bytes belong to; the caller's */
    struct wd_article *art;
    bool is_recent;        /* `art` was needed since the last workers_trim() */
    int status;            /* of wd_pipeline_run() or wd_tagged_decode() */
    struct wd_error error; /* of the latter */
    struct stage_times times;
    int64_t arrived_us;
};

struct batch {
    struct item items[BATCH_ITEMS];
    size_t n;
    size_t size_bytes;
    bool is_done;
    struct batch *next;           /* in order of arrival, or in the list of free ones */
    const struct wd_pipeline *pl; /* NULL: the records are tagged ones */
    struct workers *workers;
    uv_work_t work;
};

struct workers;

/* Gives libuv's pool threads for `n_threads` workers, for the batches that wait for one
 * of them, and for two blocking jobs: Kafka's and a reload's. To be called before the
 * pool's first use. */
void workers_size_pool(int n_threads);

/* `on_done` is called on the loop whenever a batch is done. NULL when memory is short. */
struct workers *workers_new(uv_loop_t *loop, int n_threads, void (*on_done)(void *opaque),
                            void *opaque);

/* NULL-safe. No batch may be under way. */
void workers_free(struct workers *wrk);

/* A free batch to be filled, or NULL when all are under way. */
struct batch *workers_take(struct workers *wrk);

/* The next item of `batch` with an article ready for wd_article_begin(), or NULL when
 * memory is short. The batch must not be full. */
struct item *batch_add(struct batch *batch);

/* Room for `n` headers in the item; false when memory is short. */
bool item_reserve_headers(struct item *item, size_t n);

bool batch_is_full(const struct batch *batch);

/* Runs the pure stages of `pl` over the batch, or decodes what taggers made of its
 * records (NULL), on a free thread. */
void workers_submit(struct workers *wrk, struct batch *batch,
                    const struct wd_pipeline *pl);

/* Whether a thread has nothing to do. */
bool workers_has_idle(const struct workers *wrk);

size_t workers_threads(const struct workers *wrk);

/* Threads that have a batch. */
size_t workers_busy(const struct workers *wrk);

/* Whether workers_next() has a batch to give. */
bool workers_has_next(const struct workers *wrk);

/* The oldest batch that was submitted, if it is done; NULL otherwise. It is the caller's
 * until workers_release(). */
struct batch *workers_next(struct workers *wrk);

/* Gives the batch back. The caller has let go of every item's `origin`. */
void workers_release(struct workers *wrk, struct batch *batch);

/* Gives back the memory of articles that were not needed since the last call, and what
 * else malloc holds for nobody. */
void workers_trim(struct workers *wrk);

/* Batches that were submitted and did not come back from workers_next(). */
size_t workers_under_way(const struct workers *wrk);

#endif
