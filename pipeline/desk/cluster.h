/* cluster.h -- who repeats one another, and which of them stands for all.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLUSTER_H
#define WD_CLUSTER_H

#include "archive.h"

#define WD_RANKS_MAX 64

struct wd_article;

/* Publishers, the preferred first. */
struct wd_ranks {
    uint16_t sources[WD_RANKS_MAX]; /* as in sketches */
    size_t n;
};

/* Reads a list of names parted by commas; NULL is an empty one. WD_ECONFIG when there are
 * more than WD_RANKS_MAX. */
int wd_ranks_read(struct wd_ranks *ranks, const char *list, struct wd_error *err);

/* After the verdict: fills `revision` of the article's facts, when there were records of
 * its cluster before it, and names the leading one in its sketch. The facts own what they
 * say, for the other articles may leave the window. WD_OK or WD_ENOMEM. */
int wd_cluster_revise(const struct wd_archive *arc, const struct wd_ranks *ranks,
                      struct wd_article *art);

#endif
