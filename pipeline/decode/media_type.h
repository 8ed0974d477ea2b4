/* media_type.h -- what a record says it is, and what its bytes look like.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_MEDIA_TYPE_H
#define WD_DECODE_MEDIA_TYPE_H

#include "../article.h"

/* The readers that decode can choose from. */
enum wd_reader { WD_READER_TEXT, WD_READER_JSON, WD_READER_NINJS, WD_READER_HTML };

/* Decides on the reader for `bytes`, the record without a byte order mark: the option
 * format decides, else the content type, else the bytes. WD_OK, or refuses with
 * WD_EFORMAT. */
int wd_reader_choose(struct wd_article *art, struct wd_str bytes,
                     enum wd_reader *ret_reader);

#endif
