/* cluster.c -- what an article changed about others: its cluster, and stories made one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * These are documents of their own, by the names of what they tell of, for a topic that
 * keeps the last word on each. They rise with the sequence of the article that made them,
 * which no restart and no forgetting sets back. docs/clusters.md describes them. */
#include "base/timestamp.h"
#include "json_writer.h"
#include "wiredesk/emit.h"

static void emit_date(struct wd_buf *buf, int64_t date_ms)
{
    char date[WD_TIME_SIZE];
    if (date_ms >= 0 && wd_time_format_s(date_ms / 1000, date))
        wd_json_member_z(buf, "date", date);
}

static void emit_true(struct wd_buf *buf, const char *key)
{
    wd_json_key(buf, key);
    wd_json_true(buf);
}

static void emit_member(struct wd_buf *buf, const struct wd_cluster_member *member)
{
    wd_json_open_object(buf);
    wd_json_member(buf, "uri", member->uri);
    wd_json_member_uint(buf, "sequence", member->sequence);
    wd_json_member_z(buf, "verdict", wd_verdict_name(member->verdict));
    emit_date(buf, member->date_ms);
    wd_json_member_uint(buf, "words", member->n_words);
    if (member->is_canceled)
        emit_true(buf, "canceled");
    wd_json_close_object(buf);
}

void wd_emit_revision(const struct wd_article *art, size_t max_members,
                      struct wd_buf *buf)
{
    const struct wd_facts *facts = wd_article_facts(art);
    const struct wd_revision *rev = &facts->revision;
    size_t n = rev->n_members, first = n > max_members ? n - max_members : 0;

    wd_buf_append_char(buf, '{');
    wd_json_key(buf, "cluster");
    wd_json_id(buf, 'c', facts->dedup.cluster);
    wd_json_member_uint(buf, "revision", facts->sequence);
    if (rev->canonical < n)
        wd_json_member(buf, "canonical", rev->members[rev->canonical].uri);
    wd_json_key(buf, "members");
    wd_json_open_array(buf);
    for (size_t i = 0; i < n; i++) {
        if (i >= first || i == rev->canonical)
            emit_member(buf, &rev->members[i]);
    }
    wd_json_close_array(buf);
    if (rev->is_incomplete || first > 0)
        emit_true(buf, "incomplete");
    wd_json_close_object(buf);
}

void wd_emit_merger(const struct wd_article *art, struct wd_buf *buf)
{
    const struct wd_facts *facts = wd_article_facts(art);

    wd_buf_append_char(buf, '{');
    wd_json_key(buf, "story");
    wd_json_id(buf, 's', facts->story.merged);
    wd_json_member_uint(buf, "revision", facts->sequence);
    wd_json_key(buf, "mergedInto");
    wd_json_id(buf, 's', facts->story.id);
    wd_json_close_object(buf);
}
