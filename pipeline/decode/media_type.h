/* media_type.h -- what a record says it is, and what its bytes look like.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_MEDIA_TYPE_H
#define WD_DECODE_MEDIA_TYPE_H

#include "base/article.h"

/* The readers that decode can choose from. */
enum wd_reader {
    WD_READER_TEXT,
    WD_READER_JSON,
    WD_READER_NINJS,
    WD_READER_HTML,
    WD_READER_XML,
    WD_READER_UNKNOWN, /* to be told from the bytes */
};

/* How a record says it is to be read. */
struct wd_medium {
    enum wd_reader reader;
    struct wd_str charset; /* as declared; empty: not */
};

/* The option format, else `content_type`; its charset is taken in any case. An empty type
 * leaves the reader unknown. WD_OK, or refuses with WD_EFORMAT. */
int wd_medium_declared(struct wd_article *art, struct wd_str content_type,
                       struct wd_medium *ret_medium);

/* The content type of the record, or of its headers; empty for none. */
struct wd_str wd_medium_type_of(const struct wd_record *record);

/* What text in UTF-8, without a byte order mark, looks like. */
enum wd_reader wd_medium_sniff(struct wd_str text);

#endif
