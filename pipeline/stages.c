/* stages.c -- the one table of stages, and the check that their order makes sense.
 * SPDX-License-Identifier: Apache-2.0
 *
 * To add a stage: a file, a header that declares its descriptor, a line here. */
#include "wiredesk/stage.h"

#include "clean/clean.h"
#include "decode/decode.h"
#include "desk/dedup.h"
#include "desk/story.h"
#include "language/language.h"
#include "sketch/sketch.h"
#include "tag/tag.h"
#include "tokenize/tokenize.h"

static const struct wd_stage *const stages[] = {
    &wd_stage_decode,   &wd_stage_clean, &wd_stage_language,
    &wd_stage_tokenize, &wd_stage_tag,   &wd_stage_sketch,
    &wd_stage_dedup,    &wd_stage_story, NULL,
};

const struct wd_stage *const *wd_stages(void)
{
    return stages;
}

int wd_stages_check(const struct wd_stage *const *table, struct wd_error *err)
{
    unsigned has = 0;
    const char *ordered = NULL;

    for (; *table; table++) {
        const struct wd_stage *stage = *table;
        if ((stage->needs & ~has) != 0)
            return wd_error_set(err, WD_EORDER, WD_NO_OFFSET,
                                "stage %s needs a fact that no stage before it gives",
                                stage->name);
        if (ordered && !stage->is_ordered)
            return wd_error_set(err, WD_EORDER, WD_NO_OFFSET,
                                "pure stage %s stands after the ordered stage %s",
                                stage->name, ordered);
        if (stage->is_ordered)
            ordered = stage->name;
        has |= stage->gives;
    }
    return WD_OK;
}
