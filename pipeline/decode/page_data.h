/* page_data.h -- what a page says about its article in JSON-LD.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_PAGE_DATA_H
#define WD_DECODE_PAGE_DATA_H

#include "base/article.h"

/* Reads one script of JSON-LD into meta; what is already set stays. One that is
 * malformed, or is about something else, says nothing. WD_OK or WD_ENOMEM. */
int wd_page_data_read(struct wd_article *art, struct wd_str script);

#endif
