/* ahead.h -- asks for memory before it is needed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * gcc 12 takes a function that does nothing but __builtin_prefetch() for one without
 * effect, and leaves out its calls, in silence. What has an asm statement in it stays. */
#ifndef WD_AHEAD_H
#define WD_AHEAD_H

#include <stddef.h>

#define WD_LINE_BYTES 64 /* of a cache */

/* The line at `at` is on its way; any address will do. */
static inline void wd_ahead(const void *at)
{
    __builtin_prefetch(at);
    __asm__ volatile("");
}

/* All lines of `size` bytes. */
static inline void wd_ahead_all(const void *from, size_t size)
{
    for (size_t at = 0; at < size; at += WD_LINE_BYTES)
        wd_ahead((const char *)from + at);
}

#endif
