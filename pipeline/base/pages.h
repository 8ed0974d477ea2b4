/* pages.h -- large blocks of zeros, straight from the kernel.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_PAGES_H
#define WD_PAGES_H

#include <stddef.h>

#define WD_HUGE_BYTES ((size_t)2 << 20)

/* Cleared memory, aligned to WD_HUGE_BYTES. It takes no room until it is touched: before
 * `small_bytes` a page at a time, behind that a huge one, where the kernel has them. NULL
 * when there is none. */
void *wd_pages_new(size_t size, size_t small_bytes);

/* Gives back what has this size, as a whole; NULL-safe. */
void wd_pages_free(void *pages, size_t size);

#endif
