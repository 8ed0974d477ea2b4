/* page_meta.h -- which <meta> fills which member of struct wd_page.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_PAGE_META_H
#define WD_DECODE_PAGE_META_H

#include "markup.h"

/* The member that the <meta> of this name, property or itemprop fills; NULL: none. */
struct wd_str *wd_page_member(struct wd_page *page, const char *name);

#endif
