/* page.h -- an article as a web page.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_PAGE_H
#define WD_DECODE_PAGE_H

#include "base/article.h"

/* Takes the record for HTML, a whole page or a part of one. */
int wd_decode_page(struct wd_article *art, struct wd_str bytes);

#endif
