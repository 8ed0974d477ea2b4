/* nitf.h -- an article in IPTC's NITF.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_NITF_H
#define WD_DECODE_NITF_H

#include "xml.h"

/* Reads what `nitf` says into meta, where that is not set yet, and its text into raw. */
int wd_nitf_read(struct wd_article *art, const struct wd_xml *nitf);

/* The same for a string that holds a document, or some paragraphs of one. */
int wd_nitf_take(struct wd_article *art, struct wd_str str);

#endif
