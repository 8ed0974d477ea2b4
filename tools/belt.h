/* belt.h -- articles through the pure pipeline on several threads, out as they came in.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One thread reads, some run the pipeline, and the caller's takes the articles off in the
 * order in which they were read, whatever the threads' number. There is a fixed number of
 * places on the belt: when all are taken, reading waits. An article comes off as soon as
 * it is ready; nothing waits for a batch to fill. */
#ifndef TOOLS_BELT_H
#define TOOLS_BELT_H

#include "inputs.h"
#include "wiredesk/article.h"
#include "wiredesk/pipeline.h"

struct belt;

/* Borrowed until the next belt_next(). */
struct belt_item {
    struct wd_article *art; /* refused or not; NULL: the file could not be read */
    const char *path;
    bool is_line; /* one line of several: `line` says which */
    int64_t line;
    bool is_cut;         /* the record was longer than the ceiling of the inputs … */
    uint64_t size_bytes; /* … namely this long */
    const struct wd_error *error; /* why it was refused, or not read; else status WD_OK */
    double share;      /* read of all so far, from 0 to 1; negative: nobody knows */
    const char *stage; /* that refused it; "read" when it could not be read; else NULL */
};

/* Starts the threads; from now on `in` and `pl` belong to them. WD_ENOMEM, or WD_EIO when
 * no thread can be started. */
WD_MUST_CHECK int belt_open(const struct wd_pipeline *pl, struct inputs *in,
                            unsigned n_workers, struct belt **ret_belt,
                            struct wd_error *err);

/* 1 and the next item; 0 after the last; WD_ENOMEM when the work cannot go on.
 * `before_wait` (may be NULL) is called before the caller is made to wait: the moment to
 * flush. What it returns, if not WD_OK, is passed on instead of waiting. */
WD_MUST_CHECK int belt_next(struct belt *belt, struct belt_item *ret_item,
                            int (*before_wait)(void *), void *context);

/* Stops the threads, wherever they are. NULL-safe. */
void belt_close(struct belt *belt);

#endif
