/* stage.h -- one step that every article takes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A stage adds facts to an article; it never drops one. Stages of the first kind are
 * pure: after open() their state is read only, so that one state serves any number of
 * threads. Ordered stages remember across articles: they run on one thread, in sequence
 * order, and change their state only in apply(), which sees nothing but the sketch. That
 * is what makes the state a function of the sketch log. */
#ifndef WIREDESK_STAGE_H
#define WIREDESK_STAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "wiredesk/article.h"
#include "wiredesk/export.h"
#include "wiredesk/options.h"
#include "wiredesk/status.h"

#define WD_STAGE_MODELS 2 /* data files of one stage, at most */

struct wd_stage {
    const char *name;    /* in metrics, in error lines, in dead letters */
    const char *summary; /* one line for `wiredeskd --stages` */
    unsigned needs;      /* WD_HAS_* facts an article must carry on entry */
    unsigned gives;      /* WD_HAS_* facts it carries on exit */
    bool is_ordered;
    size_t state_size; /* zeroed block that the pipeline or the desk owns */
    int (*open)(void *state, const struct wd_options *opts, struct wd_error *err);
    /* WD_OK, or a status; a refusal says why with wd_article_refuse(). */
    int (*run)(void *state, struct wd_article *art);
    /* NULL, or makes ready for about so many sketches of a log; changes nothing else. */
    void (*reserve)(void *state, size_t n);
    /* Ordered stages: takes decided sketches into the state, in sequence, up to
     * WD_APPLY_MAX of them; articles may not be seen. */
    int (*apply)(void *state, const struct wd_sketch *const *sketches, size_t n);
    /* NULL, or does what apply() put off until many sketches were there, before the next
     * run(). */
    int (*settle)(void *state);
    /* NULL, or asks for the memory that the article of the sketch, which is to be decided
     * on soon, will need of the state. Changes nothing. */
    void (*expect)(const void *state, const struct wd_sketch *sketch);
    /* NULL, or names the data files that the opened stage works with and returns how
     * many; names are constants, versions live as long as the state. */
    size_t (*models)(const void *state, struct wd_model ret_models[WD_STAGE_MODELS]);
    void (*close)(void *state); /* safe on a half-opened state */
};

#define WD_APPLY_MAX 32

/* All stages in the order in which an article takes them; ends with NULL. */
WD_API const struct wd_stage *const *wd_stages(void);

/* WD_EORDER, naming the stage, when one needs what no earlier one gives. */
WD_API WD_MUST_CHECK int wd_stages_check(const struct wd_stage *const *stages,
                                         struct wd_error *err);

#endif
