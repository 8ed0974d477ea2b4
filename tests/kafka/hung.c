/* hung.c -- stands in for wd_pipeline_run(): the hundredth article hangs for ever.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Linked with --wrap, so that everything else is the daemon as it is. */
#include <stdatomic.h>
#include <unistd.h>

#include "wiredesk/pipeline.h"

#define HUNG_ARTICLE 100

int __real_wd_pipeline_run(const struct wd_pipeline *pl, struct wd_article *art);
int __wrap_wd_pipeline_run(const struct wd_pipeline *pl, struct wd_article *art);

int __wrap_wd_pipeline_run(const struct wd_pipeline *pl, struct wd_article *art)
{
    static atomic_int n;
    if (atomic_fetch_add(&n, 1) + 1 == HUNG_ARTICLE) {
        for (;;)
            (void)pause();
    }
    return __real_wd_pipeline_run(pl, art);
}
