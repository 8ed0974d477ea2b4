/* lab.h -- pipeline and desk for a few articles, on one thread.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_LAB_H
#define TOOLS_LAB_H

#include "inputs.h"
#include "wiredesk/article.h"
#include "wiredesk/desk.h"
#include "wiredesk/options.h"
#include "wiredesk/pipeline.h"

struct lab {
    struct wd_pipeline *pl;
    struct wd_desk *desk;
    char *data_dir;
};

/* `opts->data_dir` is what the user asked for, or NULL. On failure nothing stays open. */
WD_MUST_CHECK int lab_open(struct lab *lab, const struct wd_options *opts,
                           struct wd_error *err);

void lab_close(struct lab *lab);

/* Runs the record through pipeline and desk. The article borrows `rec`, but for its path:
 * `value` and the rest must outlive it. WD_OK; a status of class INPUT when it is refused
 * (wd_article_error() says why); WD_ENOMEM. */
WD_MUST_CHECK int lab_run(const struct lab *lab, const struct input_record *rec,
                          struct wd_article *art);

#endif
