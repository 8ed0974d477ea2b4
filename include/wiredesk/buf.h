/* buf.h -- a growing byte buffer, born with its ceiling.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Appends never fail one by one: the first failure latches in `status`, later appends do
 * nothing, and the builder asks once at the end with wd_buf_status(). */
#ifndef WIREDESK_BUF_H
#define WIREDESK_BUF_H

#include <stddef.h>
#include <string.h>

#include "wiredesk/export.h"
#include "wiredesk/span.h"

struct wd_buf {
    char *data;
    size_t size;
    size_t capacity;
    size_t ceiling;
    int status; /* WD_OK, WD_ENOMEM, or WD_ELIMIT once `ceiling` would be passed */
};

/* An empty buffer that never holds more than `ceiling` bytes. Allocates nothing. */
WD_API void wd_buf_init(struct wd_buf *buf, size_t ceiling);

/* Frees the bytes; the buffer is then as after wd_buf_init. */
WD_API void wd_buf_done(struct wd_buf *buf);

/* Empties it, keeps the memory, forgets a latched failure. */
WD_API void wd_buf_clear(struct wd_buf *buf);

/* Room for `size` more bytes at the end, to be written by the caller, who then adds to
 * buf->size; NULL when it failed. */
WD_API char *wd_buf_reserve(struct wd_buf *buf, size_t size);

WD_API void wd_buf_append_slow(struct wd_buf *buf, const void *bytes, size_t size);

static inline void wd_buf_append(struct wd_buf *buf, const void *bytes, size_t size)
{
    if (buf->status == 0 && size != 0 && buf->capacity - buf->size >= size) {
        memcpy(buf->data + buf->size, bytes, size);
        buf->size += size;
    } else if (size != 0) {
        wd_buf_append_slow(buf, bytes, size);
    }
}

static inline void wd_buf_append_char(struct wd_buf *buf, char c)
{
    wd_buf_append(buf, &c, 1);
}

static inline void wd_buf_append_str(struct wd_buf *buf, struct wd_str str)
{
    wd_buf_append(buf, str.data, str.size);
}

static inline void wd_buf_append_z(struct wd_buf *buf, const char *z)
{
    wd_buf_append(buf, z, strlen(z));
}

static inline struct wd_str wd_buf_str(const struct wd_buf *buf)
{
    return (struct wd_str){buf->data, buf->size};
}

static inline int wd_buf_status(const struct wd_buf *buf)
{
    return buf->status;
}

#endif
