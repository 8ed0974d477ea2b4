/* belt.c -- a ring of places, three counters, one lock.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Records are numbered as they are read; number n lies at place n modulo the ring's size.
 * `n_read`, `n_begun` and `n_taken` only grow, n_taken ≤ n_begun ≤ n_read ≤ n_taken +
 * places, and tell whose a place is: the reader's before it was read, a worker's once it
 * was begun, the caller's when `is_done`. The lock orders the counters and is_done; what
 * lies in a place is touched by its owner alone.
 *
 * The reader may hang in a read from a terminal or pipe when the belt is closed early. A
 * signal gets it out of there; since one that comes just before the read is lost on it,
 * it is sent again until the reader has left. (Cancelling the thread needs less code, but
 * leaves a half-read FILE behind, and the sanitizers cannot follow.) */
#include "belt.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wiredesk/buf.h"

enum { PLACES_A_WORKER = 8 };

struct place {
    struct wd_article *art;
    struct wd_buf bytes; /* the record's, its content type, its path with a NUL */
    struct belt_item item;
    struct wd_error error; /* of reading */
    int status;            /* of the pipeline */
    bool is_done;
};

struct belt {
    const struct wd_pipeline *pl;
    struct inputs *in;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* a counter or is_done changed */
    uint64_t n_read;
    uint64_t n_begun;
    uint64_t n_taken;
    bool is_over; /* nothing more will be read */
    bool is_stopped;
    bool has_item; /* the caller holds number n_taken */
    int reader_status;
    struct place *places;
    size_t n_places;
    pthread_t reader;
    pthread_t *workers;
    unsigned n_workers;
    bool has_reader;
};

/* Copies what inputs_next() lent into the place, and begins the article. */
static int place_fill(struct place *place, const struct input_record *rec)
{
    wd_buf_clear(&place->bytes);
    wd_buf_append_str(&place->bytes, rec->value);
    wd_buf_append_str(&place->bytes, rec->content_type);
    wd_buf_append(&place->bytes, rec->path, strlen(rec->path) + 1);
    if (wd_buf_status(&place->bytes) < 0)
        return WD_ENOMEM;

    const char *type = place->bytes.data + rec->value.size;
    const char *path = type + rec->content_type.size;
    place->item = (struct belt_item){.art = place->art,
                                     .path = path,
                                     .is_line = rec->is_line,
                                     .line = rec->line,
                                     .is_cut = rec->is_cut,
                                     .size_bytes = rec->size_bytes};
    const struct wd_record record = {.value = {place->bytes.data, rec->value.size},
                                     .content_type = {type, rec->content_type.size},
                                     .topic = wd_str_from(path),
                                     .partition = WD_NO_PARTITION,
                                     .offset = rec->number,
                                     .timestamp_ms = -1};
    wd_article_begin(place->art, &record);
    return WD_OK;
}

/* Only the reader may ask the inputs. */
static double share_read(const struct inputs *in)
{
    uint64_t done, total;

    inputs_progress(in, &done, &total);
    return total ? (double)done / (double)total : -1;
}

/* A file that cannot be read takes a place, too: it is told in its turn. */
static int read_one(struct belt *belt, struct place *place, int *ret_more)
{
    struct input_record rec;
    int r = inputs_next(belt->in, &rec, &place->error);
    *ret_more = r != 0;
    if (r == WD_EIO) {
        place->item = (struct belt_item){.error = &place->error, .stage = "read"};
        place->is_done = true;
        return WD_OK;
    }
    place->is_done = false;
    if (r != 1)
        return r;
    r = place_fill(place, &rec);
    place->item.share = share_read(belt->in);
    return r;
}

static void *reader_main(void *context)
{
    struct belt *belt = context;
    int more = 1, r = WD_OK;

    while (more && r == WD_OK) {
        pthread_mutex_lock(&belt->lock);
        while (belt->n_read - belt->n_taken == belt->n_places && !belt->is_stopped)
            pthread_cond_wait(&belt->moved, &belt->lock);
        bool is_stopped = belt->is_stopped;
        struct place *place = &belt->places[belt->n_read % belt->n_places];
        pthread_mutex_unlock(&belt->lock);
        if (is_stopped)
            break;
        r = read_one(belt, place, &more);
        pthread_mutex_lock(&belt->lock);
        belt->n_read += r == WD_OK && more;
        pthread_cond_broadcast(&belt->moved);
        pthread_mutex_unlock(&belt->lock);
    }
    pthread_mutex_lock(&belt->lock);
    belt->reader_status = r;
    belt->is_over = true;
    pthread_cond_broadcast(&belt->moved);
    pthread_mutex_unlock(&belt->lock);
    return NULL;
}

static void *worker_main(void *context)
{
    struct belt *belt = context;

    pthread_mutex_lock(&belt->lock);
    for (;;) {
        while (belt->n_begun == belt->n_read && !belt->is_over && !belt->is_stopped)
            pthread_cond_wait(&belt->moved, &belt->lock);
        if (belt->is_stopped || belt->n_begun == belt->n_read)
            break;
        struct place *place = &belt->places[belt->n_begun++ % belt->n_places];
        if (place->is_done) { /* a file that cannot be read: nothing to run */
            pthread_cond_broadcast(&belt->moved);
            continue;
        }
        pthread_mutex_unlock(&belt->lock);
        place->status = wd_pipeline_run(belt->pl, place->art);
        pthread_mutex_lock(&belt->lock);
        place->is_done = true;
        pthread_cond_broadcast(&belt->moved);
    }
    pthread_mutex_unlock(&belt->lock);
    return NULL;
}

static void wake_up(int signal_number)
{
    (void)signal_number; /* to interrupt a read is all it is for */
}

/* Waits until the reader has left its loop. The lock is held. */
static void stop_reader(struct belt *belt)
{
    const struct sigaction action = {.sa_handler = wake_up}; /* no SA_RESTART */

    (void)sigaction(SIGUSR1, &action, NULL); /* cannot fail with these arguments */
    while (!belt->is_over) {
        struct timespec soon;
        (void)pthread_kill(belt->reader, SIGUSR1);
        (void)clock_gettime(CLOCK_REALTIME, &soon);
        soon.tv_nsec += 10 * 1000 * 1000;
        soon.tv_sec += soon.tv_nsec / (1000 * 1000 * 1000);
        soon.tv_nsec %= 1000 * 1000 * 1000;
        (void)pthread_cond_timedwait(&belt->moved, &belt->lock, &soon);
    }
}

/* Stops and joins what was started. */
static void belt_stop(struct belt *belt)
{
    pthread_mutex_lock(&belt->lock);
    belt->is_stopped = true;
    pthread_cond_broadcast(&belt->moved);
    if (belt->has_reader)
        stop_reader(belt);
    pthread_mutex_unlock(&belt->lock);
    if (belt->has_reader)
        (void)pthread_join(belt->reader, NULL);
    for (unsigned i = 0; i < belt->n_workers; i++)
        (void)pthread_join(belt->workers[i], NULL);
}

static int belt_start(struct belt *belt, unsigned n_workers, struct wd_error *err)
{
    belt->has_reader = pthread_create(&belt->reader, NULL, reader_main, belt) == 0;
    while (belt->has_reader && belt->n_workers < n_workers &&
           pthread_create(&belt->workers[belt->n_workers], NULL, worker_main, belt) == 0)
        belt->n_workers++;
    /* Fewer threads than asked for give the same output. */
    return belt->n_workers != 0
               ? WD_OK
               : wd_error_set(err, WD_EIO, WD_NO_OFFSET, "no thread can be started");
}

int belt_open(const struct wd_pipeline *pl, struct inputs *in, unsigned n_workers,
              struct belt **ret_belt, struct wd_error *err)
{
    int r = WD_ENOMEM;
    struct belt *belt = calloc(1, sizeof(*belt));
    if (!belt)
        return wd_error_set(err, r, WD_NO_OFFSET, NULL);

    belt->pl = pl;
    belt->in = in;
    (void)pthread_mutex_init(&belt->lock, NULL); /* cannot fail with these attributes */
    (void)pthread_cond_init(&belt->moved, NULL);
    belt->n_places = (size_t)n_workers * PLACES_A_WORKER;
    belt->places = calloc(belt->n_places, sizeof(*belt->places));
    belt->workers = calloc(n_workers, sizeof(*belt->workers));
    if (!belt->places || !belt->workers)
        goto out;
    for (size_t i = 0; i < belt->n_places; i++) {
        wd_buf_init(&belt->places[i].bytes, SIZE_MAX / 2);
        belt->places[i].art = wd_article_new();
        if (!belt->places[i].art)
            goto out;
    }
    r = belt_start(belt, n_workers, err);
    if (r < 0)
        goto out;

    *ret_belt = belt; /* now the caller's */
    belt = NULL;
out:
    belt_close(belt);
    if (r == WD_ENOMEM)
        (void)wd_error_set(err, r, WD_NO_OFFSET, NULL);
    return r;
}

void belt_close(struct belt *belt)
{
    if (!belt)
        return;
    belt_stop(belt);
    for (size_t i = 0; belt->places && i < belt->n_places; i++) {
        wd_article_free(belt->places[i].art);
        wd_buf_done(&belt->places[i].bytes);
    }
    (void)pthread_cond_destroy(&belt->moved);
    (void)pthread_mutex_destroy(&belt->lock);
    free(belt->places);
    free(belt->workers);
    free(belt);
}

/* 1 and the place of number n_taken once it is done; 0 at the end. The lock is held. */
static int wait_for_place(struct belt *belt, int (*before_wait)(void *), void *context,
                          struct place **ret_place)
{
    struct place *place = &belt->places[belt->n_taken % belt->n_places];
    bool is_told = !before_wait;

    for (;;) {
        if (belt->n_taken < belt->n_begun && place->is_done) {
            *ret_place = place;
            return 1;
        }
        if (belt->is_over && belt->n_taken == belt->n_read)
            return belt->reader_status;
        if (is_told) {
            pthread_cond_wait(&belt->moved, &belt->lock);
            continue;
        }
        is_told = true;
        pthread_mutex_unlock(&belt->lock);
        int r = before_wait(context);
        pthread_mutex_lock(&belt->lock);
        if (r < 0)
            return r;
    }
}

int belt_next(struct belt *belt, struct belt_item *ret_item, int (*before_wait)(void *),
              void *context)
{
    pthread_mutex_lock(&belt->lock);
    if (belt->has_item) {
        belt->has_item = false;
        belt->n_taken++;
        pthread_cond_broadcast(&belt->moved);
    }
    struct place *place = NULL;
    int r = wait_for_place(belt, before_wait, context, &place);
    belt->has_item = r == 1;
    pthread_mutex_unlock(&belt->lock);
    if (r != 1)
        return r;
    assert(place);
    if (place->item.art) {
        if (place->status < 0 && wd_status_class(place->status) != WD_CLASS_INPUT)
            return place->status;
        place->item.error = wd_article_error(place->art);
        place->item.stage = wd_article_failed_stage(place->art);
    }
    *ret_item = place->item;
    return 1;
}
