/* parts.h -- the parts of an enriched document, as emit.c puts them together.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_PARTS_H
#define WD_PARTS_H

#include "base/article.h"
#include "wiredesk/buf.h"
#include "wiredesk/emit.h"

/* A body with fewer words is flagged "short": the hardest kind for telling duplicates. */
#define WD_SHORT_WORDS 60

/* One document under way. */
struct wd_emission {
    struct wd_buf *buf;
    const struct wd_facts *facts;
    const struct wd_record *record;
    const struct wd_emit_options *opts;
    size_t text_points; /* code points of facts->text */
    size_t start;       /* of the document in `buf` */
    uint32_t *seams;    /* where its seams are noted; NULL: nobody asks */
};

/* Here the desk's words begin that `seam` stands for. */
static inline void wd_emit_seam(const struct wd_emission *em, enum wd_seam seam)
{
    if (em->seams)
        em->seams[seam] = (uint32_t)(em->buf->size - em->start);
}

/* Where the regions stand in the output: a JSON pointer in two parts, between which the
 * region's number among those of its role is put. Without a tail there is no number: the
 * profile has one place for the role. */
struct wd_region_path {
    const char *head;
    const char *tail;
};

/* The members that IPTC names, in ninjs 3.1; the object stays open. */
void wd_emit_ninjs3(const struct wd_emission *em);

/* The same in ninjs 1.x. */
void wd_emit_ninjs1(const struct wd_emission *em);

/* The desk's words, each nothing before the desk was asked: in ninjs 3 the earlier
 * article, in the member "wiredesk" the sequence, duplicates and story. */
void wd_emit_association(const struct wd_emission *em);
void wd_emit_sequence(const struct wd_emission *em);
void wd_emit_decision(const struct wd_emission *em);

/* Of these, the member "dedup". */
void wd_emit_dedup(const struct wd_emission *em);

/* The member "wiredesk"; `paths` is indexed by enum wd_role. */
void wd_emit_wiredesk(const struct wd_emission *em, const struct wd_region_path *paths);

/* The headline: its region, or what the source said when the text holds none. */
struct wd_str wd_emit_headline(const struct wd_emission *em);

/* Runs of tokens without white space between them that hold a word or a number: "don't"
 * is one, a dash between spaces none. */
size_t wd_emit_count_words(const struct wd_emission *em, struct wd_span span);

/* The entities of one label as an array of {name, rel, uri}; nothing when there are none.
 * `uri_key` is what the profile calls the identifier. */
void wd_emit_named(const struct wd_emission *em, const char *key, enum wd_label label,
                   const char *uri_key);

#endif
