/* buf.c -- the slow half of the buffer: growing, and refusing to.
 * SPDX-License-Identifier: Apache-2.0 */
#include "wiredesk/buf.h"

#include <stdlib.h>

#include "wiredesk/status.h"

void wd_buf_init(struct wd_buf *buf, size_t ceiling)
{
    *buf = (struct wd_buf){.ceiling = ceiling};
}

void wd_buf_done(struct wd_buf *buf)
{
    free(buf->data);
    wd_buf_init(buf, buf->ceiling);
}

void wd_buf_clear(struct wd_buf *buf)
{
    buf->size = 0;
    buf->status = WD_OK;
}

char *wd_buf_reserve(struct wd_buf *buf, size_t size)
{
    if (buf->status < 0)
        return NULL;
    if (buf->capacity - buf->size >= size && buf->data)
        return buf->data + buf->size;
    if (size > buf->ceiling - buf->size) {
        buf->status = WD_ELIMIT;
        return NULL;
    }
    size_t want = buf->capacity ? buf->capacity * 2 : 256;
    if (want < buf->size + size)
        want = buf->size + size;
    if (want > buf->ceiling)
        want = buf->ceiling;
    char *data = realloc(buf->data, want ? want : 1);
    if (!data) {
        buf->status = WD_ENOMEM;
        return NULL;
    }
    buf->data = data;
    buf->capacity = want;
    return buf->data + buf->size;
}

void wd_buf_append_slow(struct wd_buf *buf, const void *bytes, size_t size)
{
    char *room = wd_buf_reserve(buf, size);
    if (!room)
        return;
    memcpy(room, bytes, size);
    buf->size += size;
}
