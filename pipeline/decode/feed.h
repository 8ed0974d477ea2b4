/* feed.h -- an article as an item of a feed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_FEED_H
#define WD_DECODE_FEED_H

#include "xml.h"

/* The root is a feed's, or an item's: rss, RDF, item, feed, entry. */
bool wd_feed_is(const struct wd_xml *root);

/* Reads the one item. WD_ELIMIT when there are several. */
int wd_feed_read(struct wd_article *art, const struct wd_xml *root);

#endif
