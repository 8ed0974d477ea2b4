/* span.h -- borrowed bytes, and places in a text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WIREDESK_SPAN_H
#define WIREDESK_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes that somebody else owns. Not NUL-terminated; {NULL, 0} is "none". */
struct wd_str {
    const char *data;
    size_t size;
};

/* A half-open range of bytes in a text, on UTF-8 boundaries. */
struct wd_span {
    uint32_t start;
    uint32_t end;
};

#define WD_STR(literal) ((struct wd_str){"" literal, sizeof(literal) - 1})

static inline struct wd_str wd_str_from(const char *z)
{
    return (struct wd_str){z, z ? strlen(z) : 0};
}

static inline bool wd_str_equal(struct wd_str a, struct wd_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* The bytes of `span` in `text`; the caller has checked the bounds. */
static inline struct wd_str wd_span_of(struct wd_str text, struct wd_span span)
{
    return (struct wd_str){text.data + span.start, span.end - span.start};
}

#endif
