/* pipeline.c -- the pure half of the chain.
 * SPDX-License-Identifier: Apache-2.0 */
#include "wiredesk/pipeline.h"

#include <stdlib.h>

#include "chain.h"

struct wd_pipeline {
    struct wd_chain chain;
};

int wd_pipeline_open(const struct wd_options *opts, struct wd_pipeline **ret_pl,
                     struct wd_error *err)
{
    struct wd_pipeline *pl = calloc(1, sizeof(*pl));
    if (!pl)
        return wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    int r = wd_chain_open(&pl->chain, opts, false, err);
    if (r < 0) {
        free(pl);
        return r;
    }
    *ret_pl = pl;
    return WD_OK;
}

void wd_pipeline_close(struct wd_pipeline *pl)
{
    if (!pl)
        return;
    wd_chain_close(&pl->chain);
    free(pl);
}

int wd_pipeline_run(const struct wd_pipeline *pl, struct wd_article *art)
{
    return wd_chain_run(&pl->chain, art);
}
