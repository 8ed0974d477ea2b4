/* newsml.h -- an article in IPTC's NewsML-G2.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_NEWSML_H
#define WD_DECODE_NEWSML_H

#include "xml.h"

/* The root is one of NewsML-G2's elements. */
bool wd_newsml_is(const struct wd_xml *root);

/* Reads a news message with one article, a news item, or the content set of one. Refuses
 * with WD_ENOTEXT what is no text (pictures, packages, concepts, plans), and with
 * WD_ELIMIT a message with several articles. */
int wd_newsml_read(struct wd_article *art, const struct wd_xml *root);

/* The text in an element that holds NITF, XHTML or plain text. *ret_is_text says whether
 * it was one of them; an empty element is. */
int wd_newsml_content(struct wd_article *art, const struct wd_xml *holder,
                      bool *ret_is_text);

#endif
