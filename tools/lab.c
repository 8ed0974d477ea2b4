/* lab.c -- one article after the other.
 * SPDX-License-Identifier: Apache-2.0 */
#include "lab.h"

#include <stdlib.h>

#include "datadir.h"

int lab_open(struct lab *lab, const struct wd_options *opts, struct wd_error *err)
{
    struct wd_options own = *opts;

    *lab = (struct lab){0};
    int r = datadir_find(opts->data_dir, &lab->data_dir);
    if (r < 0)
        return wd_error_set(err, r, WD_NO_OFFSET, NULL);
    own.data_dir = lab->data_dir;
    r = wd_pipeline_open(&own, &lab->pl, err);
    if (r == WD_OK)
        r = wd_desk_open(&own, &lab->desk, err);
    if (r < 0)
        lab_close(lab);
    return r;
}

void lab_close(struct lab *lab)
{
    wd_desk_close(lab->desk);
    wd_pipeline_close(lab->pl);
    free(lab->data_dir);
    *lab = (struct lab){0};
}

int lab_run(const struct lab *lab, const struct input_record *rec, struct wd_article *art)
{
    const struct wd_record record = {.value = rec->value,
                                     .content_type = rec->content_type,
                                     .topic = wd_str_from(rec->path),
                                     .partition = WD_NO_PARTITION,
                                     .offset = rec->number,
                                     .timestamp_ms = -1};
    wd_article_begin(art, &record);
    int r = wd_pipeline_run(lab->pl, art);
    if (r < 0 && wd_status_class(r) != WD_CLASS_INPUT)
        return r;
    int decided = wd_desk_decide(lab->desk, art);
    return decided < 0 ? decided : r;
}
