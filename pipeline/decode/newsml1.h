/* newsml1.h -- an article in NewsML 1.x.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_NEWSML1_H
#define WD_DECODE_NEWSML1_H

#include "xml.h"

/* Reads the one news item under `root`, a NewsML element. WD_ELIMIT when it holds
 * several, WD_ENOTEXT when its content is none that we read. */
int wd_newsml1_read(struct wd_article *art, const struct wd_xml *root);

#endif
