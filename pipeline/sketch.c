/* sketch.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "sketch.h"

#include "article.h"

static int sketch_run(void *state, struct wd_article *art)
{
    (void)state;
    art->sketch.uri = art->facts.meta.uri;
    art->sketch.version = art->facts.meta.version;
    return WD_OK;
}

const struct wd_stage wd_stage_sketch = {
    .name = "sketch",
    .summary = "",
    .needs = WD_HAS_TEXT | WD_HAS_TOKENS,
    .gives = WD_HAS_SKETCH,
    .run = sketch_run,
};
