/* language.c -- placeholder until the stage lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "language.h"

#include "article.h"

static int language_run(void *state, struct wd_article *art)
{
    (void)state;
    art->facts.language = WD_STR("en");
    return WD_OK;
}

const struct wd_stage wd_stage_language = {
    .name = "language",
    .summary = "",
    .needs = WD_HAS_TEXT,
    .gives = WD_HAS_LANGUAGE,
    .run = language_run,
};
