/* media_type.h -- what a record says it is, and what its bytes look like.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_MEDIA_TYPE_H
#define WD_DECODE_MEDIA_TYPE_H

#include "../article.h"

/* The readers that decode can choose from. */
enum wd_reader {
    WD_READER_TEXT,
    WD_READER_JSON,
    WD_READER_NINJS,
    WD_READER_HTML,
    WD_READER_XML,
};

/* How a record is to be read. */
struct wd_medium {
    enum wd_reader reader;
    const struct wd_charset *charset; /* NULL: UTF-8 */
};

/* Decides: the option format, else the content type, else the bytes, which are the record
 * without a byte order mark. A charset is taken from the content type in any case. WD_OK,
 * or refuses with WD_EFORMAT. */
int wd_medium_choose(struct wd_article *art, struct wd_str bytes,
                     struct wd_medium *ret_medium);

#endif
