/* workers.c -- batches through libuv's thread pool.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The pool of libuv is the thread pool: its queue hands a batch over and its loop brings
 * it back, so there is no lock of ours. At most one batch per worker and two more are in
 * the pool at a time; the others wait in our list. The two are what a processor goes on
 * with until the loop, which may be deciding, has seen that a batch is done: without them
 * a seventh of two processors stood idle under full load. That leaves threads for the
 * blocking Kafka calls, which share the pool and must never queue up behind articles.
 *
 * The number of batches is fixed. When all are under way the source is full: that is what
 * bounds memory. Articles keep their memory from one record to the next, except after a
 * large one, whose arena would otherwise stay for ever. What a burst needed goes when it
 * was not needed again for some seconds; every burst would else leave its own mark, and
 * the process grow for hours until each batch had been full once. malloc would keep that
 * memory, in pieces, in as many arenas as there are threads, so it is told to let go. */
#include "workers.h"

#include <assert.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "wiredesk/tagged.h"

#define SPARE_BATCHES 2           /* filled while every worker is busy, per worker */
#define POOL_AHEAD    2           /* batches in the pool beyond one a worker */
#define POOL_WAITERS  2           /* its threads for calls that wait for the broker */
#define LARGE_RECORD  (64 * 1024) /* its article is not kept */

struct workers {
    uv_loop_t *loop;
    size_t n_threads;
    void (*on_done)(void *opaque);
    void *opaque;
    struct batch *batches;
    size_t n_batches;
    struct batch *free;
    struct batch *first, *last; /* submitted, in order of arrival */
    struct batch *waiting;      /* the first of them that no thread has yet */
    size_t n_running;
    size_t n_under_way;
};

void workers_size_pool(int n_threads)
{
    char text[16];
    (void)snprintf(text, sizeof(text), "%d", n_threads + POOL_AHEAD + POOL_WAITERS);
    (void)setenv("UV_THREADPOOL_SIZE", text, 1); /* too little memory: the default of 4 */
}

struct workers *workers_new(uv_loop_t *loop, int n_threads, void (*on_done)(void *opaque),
                            void *opaque)
{
    struct workers *wrk = calloc(1, sizeof(*wrk));
    if (!wrk)
        return NULL;
    wrk->loop = loop;
    wrk->n_threads = (size_t)n_threads;
    wrk->on_done = on_done;
    wrk->opaque = opaque;
    wrk->n_batches = (1 + SPARE_BATCHES) * wrk->n_threads + 1;
    wrk->batches = calloc(wrk->n_batches, sizeof(*wrk->batches));
    if (!wrk->batches) {
        free(wrk);
        return NULL;
    }
    for (size_t i = 0; i < wrk->n_batches; i++) {
        wrk->batches[i].workers = wrk;
        wrk->batches[i].work.data = &wrk->batches[i];
        wrk->batches[i].next = wrk->free;
        wrk->free = &wrk->batches[i];
    }
    return wrk;
}

void workers_free(struct workers *wrk)
{
    if (!wrk)
        return;
    assert(wrk->n_running == 0);
    for (size_t i = 0; i < wrk->n_batches; i++) {
        for (size_t k = 0; k < BATCH_ITEMS; k++) {
            wd_article_free(wrk->batches[i].items[k].art);
            free(wrk->batches[i].items[k].headers);
        }
    }
    free(wrk->batches);
    free(wrk);
}

struct batch *workers_take(struct workers *wrk)
{
    struct batch *batch = wrk->free;
    if (batch) {
        wrk->free = batch->next;
        batch->next = NULL;
        batch->n = batch->size_bytes = 0;
        batch->is_done = false;
    }
    return batch;
}

struct item *batch_add(struct batch *batch)
{
    assert(!batch_is_full(batch));
    struct item *item = &batch->items[batch->n];
    if (!item->art)
        item->art = wd_article_new();
    if (!item->art)
        return NULL;
    item->is_recent = true;
    batch->n++;
    return item;
}

bool item_reserve_headers(struct item *item, size_t n)
{
    if (n <= item->header_room)
        return true;
    struct wd_header *headers = realloc(item->headers, n * sizeof(*headers));
    if (!headers)
        return false;
    item->headers = headers;
    item->header_room = n;
    return true;
}

bool batch_is_full(const struct batch *batch)
{
    return batch->n == BATCH_ITEMS || batch->size_bytes >= BATCH_BYTES;
}

static void item_run(struct item *item, const struct wd_pipeline *pl)
{
    wd_article_begin(item->art, &item->record);
    stage_times_begin(&item->times, item->art);
    item->status = wd_pipeline_run(pl, item->art);
    stage_times_rest(&item->times);
}

/* An article that was refused elsewhere is as one that is refused here. */
static void item_decode(struct item *item)
{
    item->status = wd_tagged_decode(item->record.value, item->art, &item->error);
    stage_times_begin(&item->times, item->art);
    if (item->status == WD_OK)
        item->status = wd_article_error(item->art)->status;
}

static void batch_run(uv_work_t *work)
{
    struct batch *batch = work->data;
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->pl)
            item_run(&batch->items[i], batch->pl);
        else
            item_decode(&batch->items[i]);
    }
}

static void batch_done(uv_work_t *work, int status);

static void workers_start(struct workers *wrk)
{
    while (wrk->waiting && wrk->n_running < wrk->n_threads + POOL_AHEAD) {
        struct batch *batch = wrk->waiting;
        wrk->waiting = batch->next;
        wrk->n_running++;
        int r = uv_queue_work(wrk->loop, &batch->work, batch_run, batch_done);
        assert(r == 0); /* it fails only without a callback */
        (void)r;
    }
}

static void batch_done(uv_work_t *work, int status)
{
    struct batch *batch = work->data;
    struct workers *wrk = batch->workers;
    assert(status == 0); /* nobody cancels */
    (void)status;
    batch->is_done = true;
    wrk->n_running--;
    workers_start(wrk);
    wrk->on_done(wrk->opaque);
}

void workers_submit(struct workers *wrk, struct batch *batch,
                    const struct wd_pipeline *pl)
{
    batch->pl = pl;
    batch->next = NULL;
    if (wrk->last)
        wrk->last->next = batch;
    else
        wrk->first = batch;
    wrk->last = batch;
    if (!wrk->waiting)
        wrk->waiting = batch;
    wrk->n_under_way++;
    workers_start(wrk);
}

bool workers_has_idle(const struct workers *wrk)
{
    return wrk->n_running < wrk->n_threads;
}

size_t workers_threads(const struct workers *wrk)
{
    return wrk->n_threads;
}

size_t workers_busy(const struct workers *wrk)
{
    return wrk->n_running < wrk->n_threads ? wrk->n_running : wrk->n_threads;
}

bool workers_has_next(const struct workers *wrk)
{
    return wrk->first && wrk->first->is_done;
}

struct batch *workers_next(struct workers *wrk)
{
    struct batch *batch = wrk->first;
    if (!workers_has_next(wrk))
        return NULL;
    wrk->first = batch->next;
    if (!wrk->first)
        wrk->last = NULL;
    wrk->n_under_way--;
    return batch;
}

static void item_free_article(struct item *item)
{
    wd_article_free(item->art);
    item->art = NULL;
}

void workers_release(struct workers *wrk, struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->items[i].record.value.size > LARGE_RECORD)
            item_free_article(&batch->items[i]);
    }
    batch->next = wrk->free;
    wrk->free = batch;
}

void workers_trim(struct workers *wrk)
{
    for (struct batch *batch = wrk->free; batch; batch = batch->next) {
        for (size_t i = 0; i < BATCH_ITEMS; i++) {
            if (!batch->items[i].is_recent)
                item_free_article(&batch->items[i]);
            batch->items[i].is_recent = false;
        }
    }
    (void)malloc_trim(0); /* whether it found any does not matter */
}

size_t workers_under_way(const struct workers *wrk)
{
    return wrk->n_under_way;
}
