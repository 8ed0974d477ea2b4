/* emit.c -- a decided article as one JSON object.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The document has two halves. What IPTC has names for is ninjs, so that a newsroom
 * system that knows ninjs needs nothing of ours; what it has no names for stands under
 * the one key "wiredesk" (profile ninjs3), or under "extra"."wiredesk" (profile ninjs1,
 * where Superdesk's ingest copies "extra" through and drops unknown keys). docs/output.md
 * describes every member, data/schema/ holds the schema.
 *
 * The writer appends and never looks back: no tree is built, nothing is allocated but the
 * buffer. A tree (jansson) took twenty times as long; it is the oracle in the tests
 * instead. A fact that is not known is left out, never null. Nothing but the facts and
 * the record is looked at, so the same article gives the same bytes on any day and
 * machine.
 *
 * What the desk decides stands in three places. An article that was tagged elsewhere
 * brings its document along, written without these words; then they are all that is
 * written here, by the same functions, between the pieces of the document. */
#include "wiredesk/emit.h"

#include <string.h>

#include "base/utf8.h"
#include "body.h"
#include "json_writer.h"
#include "parts.h"

static const struct wd_region_path ninjs3_paths[] = {
    [WD_ROLE_HEADLINE] = {"/headlines/", "/value"},
    [WD_ROLE_BODY] = {"/bodies/", "/value"},
};

static const struct wd_region_path ninjs1_paths[] = {
    [WD_ROLE_HEADLINE] = {"/headline", NULL},
    [WD_ROLE_BODY] = {"/body_text", NULL},
};

static void emit_whole(const struct wd_emission *em)
{
    struct wd_buf *buf = em->buf;

    wd_buf_append_char(buf, '{');
    if (em->opts->profile == WD_PROFILE_NINJS1) {
        wd_emit_ninjs1(em);
        wd_json_key(buf, "extra");
        wd_json_open_object(buf);
        wd_emit_wiredesk(em, ninjs1_paths);
        wd_json_close_object(buf);
    } else {
        wd_emit_ninjs3(em);
        wd_emit_wiredesk(em, ninjs3_paths);
    }
    wd_json_close_object(buf);
}

/* A body that was left out has its seams all the same: the words are then all there is.
 */
static void emit_around(const struct wd_emission *em, const struct wd_body *body)
{
    static void (*const words[WD_SEAMS])(const struct wd_emission *em) = {
        [WD_SEAM_ASSOCIATION] = wd_emit_association,
        [WD_SEAM_SEQUENCE] = wd_emit_sequence,
        [WD_SEAM_DECISION] = wd_emit_decision,
    };
    size_t at = 0;

    for (size_t i = 0; i < WD_SEAMS; i++) {
        if (body->seams[i] == 0)
            continue;
        if (body->bytes.size != 0)
            wd_buf_append(em->buf, body->bytes.data + at, body->seams[i] - at);
        at = body->seams[i];
        words[i](em);
    }
    if (body->bytes.size != 0)
        wd_buf_append(em->buf, body->bytes.data + at, body->bytes.size - at);
}

static struct wd_emission emission_of(const struct wd_article *art,
                                      const struct wd_emit_options *opts,
                                      struct wd_buf *buf)
{
    const struct wd_facts *facts = wd_article_facts(art);
    return (struct wd_emission){
        .buf = buf,
        .facts = facts,
        .record = wd_article_record(art),
        .opts = opts,
        .text_points = wd_utf8_count(facts->text),
        .start = buf->size,
    };
}

void wd_emit(const struct wd_article *art, const struct wd_emit_options *opts,
             struct wd_buf *buf)
{
    const struct wd_emission em = emission_of(art, opts, buf);

    if (art->body.size != 0)
        emit_around(&em, &art->body);
    else
        emit_whole(&em);
}

void wd_emit_body(const struct wd_article *art, const struct wd_emit_options *opts,
                  struct wd_buf *buf, uint32_t seams[WD_SEAMS])
{
    struct wd_emission em = emission_of(art, opts, buf);

    em.seams = seams;
    emit_whole(&em);
}

bool wd_profile_parse(const char *name, enum wd_profile *ret_profile)
{
    static const char *const names[] = {
        [WD_PROFILE_NINJS3] = "ninjs3", [WD_PROFILE_NINJS1] = "ninjs1"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(name, names[i]) == 0) {
            *ret_profile = (enum wd_profile)i;
            return true;
        }
    }
    return false;
}

static void id_name(char prefix, uint64_t id, char name[WD_ID_SIZE])
{
    name[0] = prefix;
    for (size_t i = 0; i < 16; i++)
        name[1 + i] = "0123456789abcdef"[id >> (60 - 4 * i) & 0xf];
    name[17] = '\0';
}

void wd_cluster_name(uint64_t cluster, char name[WD_ID_SIZE])
{
    id_name('c', cluster, name);
}

void wd_story_name(uint64_t story, char name[WD_ID_SIZE])
{
    id_name('s', story, name);
}
