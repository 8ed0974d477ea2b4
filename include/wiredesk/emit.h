/* emit.h -- a decided article as enriched JSON: ninjs 3.1 plus the key "wiredesk".
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WIREDESK_EMIT_H
#define WIREDESK_EMIT_H

#include <stdbool.h>

#include "wiredesk/article.h"
#include "wiredesk/buf.h"
#include "wiredesk/export.h"

#define WD_SCHEMA_VERSION "1.0"
#define WD_SCHEMA_URI     "https://wiredesk.example/schema/enriched-1.schema.json"

enum wd_profile { WD_PROFILE_NINJS3, WD_PROFILE_NINJS1 };

struct wd_emit_options {
    enum wd_profile profile;
    bool tokens; /* false: leave out wiredesk.tokens.data */
};

/* "ninjs3", "ninjs1". False when no profile has that name; *ret_profile is then
 * untouched. */
WD_API bool wd_profile_parse(const char *name, enum wd_profile *ret_profile);

/* Appends one JSON object without a line end; ask wd_buf_status(). The article must not
 * have been refused. Same facts, same bytes: no clock, locale or thread order reaches
 * them. One from a tagged record (tagged.h) brings its document along; `opts` are then
 * those that this was written with. */
WD_API void wd_emit(const struct wd_article *art, const struct wd_emit_options *opts,
                    struct wd_buf *buf);

/* Appends the revision that the article made of its cluster (`revision` of its facts),
 * as one JSON object without a line end, with no more than the `max_members` newest
 * members and the canonical one. Same facts, same bytes. */
WD_API void wd_emit_revision(const struct wd_article *art, size_t max_members,
                             struct wd_buf *buf);

/* Appends the merger of two stories that the article showed to be one (`story.merged` of
 * its facts), likewise. */
WD_API void wd_emit_merger(const struct wd_article *art, struct wd_buf *buf);

/* "c" or "s" and 16 hex digits: how clusters and stories are named outside. */
#define WD_ID_SIZE 18
WD_API void wd_cluster_name(uint64_t cluster, char name[WD_ID_SIZE]);
WD_API void wd_story_name(uint64_t story, char name[WD_ID_SIZE]);

#endif
