/* desk.h -- the ordered stages: what remembers earlier articles.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A desk belongs to one thread. Everything it knows came through sketches, in sequence:
 * wd_desk_decide() makes them, wd_desk_restore() takes them from a log. */
#ifndef WIREDESK_DESK_H
#define WIREDESK_DESK_H

#include <stdint.h>

#include "wiredesk/article.h"
#include "wiredesk/export.h"
#include "wiredesk/options.h"
#include "wiredesk/sketch.h"

struct wd_desk;

WD_API WD_MUST_CHECK int wd_desk_open(const struct wd_options *opts,
                                      struct wd_desk **ret_desk, struct wd_error *err);

/* NULL-safe. */
WD_API void wd_desk_close(struct wd_desk *desk);

/* Gives the article the next sequence number, decides on it, and takes the decision into
 * the state. Also for a refused article (which only gets its number). Afterwards
 * wd_article_sketch() is what must go to the log. WD_OK or WD_ENOMEM; after a failure the
 * desk must be closed: its state is that of no log. */
WD_API WD_MUST_CHECK int wd_desk_decide(struct wd_desk *desk, struct wd_article *art);

/* Says that about so many sketches of a log will be restored into the empty desk, which
 * then takes a seventh less time. It is never needed, and changes nothing; where there
 * are fewer, memory is taken for some times as many as there are, at most. */
WD_API void wd_desk_reserve(struct wd_desk *desk, size_t n);

/* Takes sketches of a log; thirty together cost half of what each costs alone. WD_ESKETCH
 * when one is not the next in sequence; the first one into an empty desk may have any
 * sequence, since old ones may have left the window. *ret_n, if wanted, says how many
 * were taken, also in that case. */
WD_API WD_MUST_CHECK int wd_desk_restore(struct wd_desk *desk,
                                         const struct wd_sketch *sketches, size_t n,
                                         size_t *ret_n, struct wd_error *err);

/* Says that the article of the sketch will be decided on soon: the desk asks for the
 * memory that it will need, and the caller does something else until that comes. In a
 * window of a million articles most of the time is such waiting. It is never needed, and
 * changes nothing. */
WD_API void wd_desk_expect(const struct wd_desk *desk, const struct wd_sketch *sketch);

/* The number that the next article gets. */
WD_API uint64_t wd_desk_next_sequence(const struct wd_desk *desk);

struct wd_desk_stats {
    uint64_t window_articles;
    uint64_t stories;
    uint64_t index_bytes;
};

WD_API void wd_desk_stats(const struct wd_desk *desk, struct wd_desk_stats *ret_stats);

#endif
