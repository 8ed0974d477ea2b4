/* news_xml.h -- an article as an XML document.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_NEWS_XML_H
#define WD_DECODE_NEWS_XML_H

#include "base/article.h"

/* A document of that root is one that we read. */
bool wd_news_xml_is_root(struct wd_str name);

/* Reads NITF, NewsML-G2, NewsML 1.x, RSS, Atom, or XHTML, told by the root. Refuses with
 * WD_EFORMAT any other. */
int wd_decode_xml(struct wd_article *art, struct wd_str bytes);

#endif
