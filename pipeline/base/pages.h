/* pages.h -- large blocks of zeros, straight from the kernel.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_PAGES_H
#define WD_PAGES_H

#include <stddef.h>

#define WD_PAGES_BYTES ((size_t)2 << 20)

/* Cleared memory, aligned to a page. It takes no room until it is touched, a page at a
 * time. NULL when there is none. */
void *wd_pages_new(size_t size);

/* Touches all pages of a part of it, which will all be written: whoever first looks at a
 * page and writes then has the kernel come twice. */
void wd_pages_touch(void *part, size_t size);

/* Gives back what has this size, as a whole; NULL-safe. */
void wd_pages_free(void *pages, size_t size);

#endif
