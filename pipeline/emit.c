/* emit.c -- placeholder until the writer lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "wiredesk/emit.h"

#include <stdio.h>

void wd_emit(const struct wd_article *art, const struct wd_emit_options *opts,
             struct wd_buf *buf)
{
    (void)opts;
    wd_buf_append_z(buf, "{\"uri\":\"");
    wd_buf_append_str(buf, wd_article_facts(art)->meta.uri);
    wd_buf_append_z(buf, "\"}");
}

void wd_cluster_name(uint64_t cluster, char name[WD_ID_SIZE])
{
    (void)snprintf(name, WD_ID_SIZE, "c%016llx", (unsigned long long)cluster);
}

void wd_story_name(uint64_t story, char name[WD_ID_SIZE])
{
    (void)snprintf(name, WD_ID_SIZE, "s%016llx", (unsigned long long)story);
}
