/* articles.h -- any number of articles that are the same on every machine.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_ARTICLES_H
#define KAFKA_ARTICLES_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/buf.h"

/* What the i-th article is. */
enum article_kind {
    ARTICLE_TEXT,   /* text/plain, unlike any other */
    ARTICLE_JSON,   /* an envelope with uri, headline and body */
    ARTICLE_COPY,   /* the same bytes as an earlier one, under another key */
    ARTICLE_EDITED, /* an earlier one with a sentence changed */
    ARTICLE_CUT,    /* the first half of an earlier one */
    ARTICLE_UPDATE, /* an earlier envelope's uri, next version, one sentence more */
    ARTICLE_KILL,   /* an earlier envelope's uri, canceled */
    ARTICLE_BAD,    /* will be refused */
};

struct made_article {
    enum article_kind kind;
    struct wd_buf value; /* bytes of the record */
    bool is_tombstone;   /* has no value at all */
    char key[32];
    const char *content_type; /* NULL: no header */
    int64_t timestamp_ms;
};

/* The i-th article of about `size` bytes. The caller gives a zeroed struct, and frees
 * value with wd_buf_done(). */
void article_make(uint64_t i, size_t size, struct made_article *ret_article);

/* A good mixing of `x`: the source of all chance in these tests. */
uint64_t chance(uint64_t x);

#endif
