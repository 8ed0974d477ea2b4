/* wire.h -- numbers and texts as bytes, for records of our own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Numbers are LEB128 varints, signed ones zigzag; texts stand behind their length. There
 * is one way to write each, and the reader refuses every other. */
#ifndef WD_WIRE_H
#define WD_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "utf8.h"
#include "wiredesk/buf.h"

/* --- writing --- */

static inline void wd_put_varint(struct wd_buf *buf, uint64_t value)
{
    char bytes[10];
    size_t n = 0;
    while (value >= 0x80) {
        bytes[n++] = (char)(value | 0x80);
        value >>= 7;
    }
    bytes[n++] = (char)value;
    wd_buf_append(buf, bytes, n);
}

static inline void wd_put_signed(struct wd_buf *buf, int64_t value)
{
    wd_put_varint(buf, ((uint64_t)value << 1) ^ (uint64_t)(value >> 63));
}

static inline void wd_put_fixed(struct wd_buf *buf, uint64_t value, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(value >> (8 * i));
    wd_buf_append(buf, bytes, size);
}

static inline void wd_put_str(struct wd_buf *buf, struct wd_str str)
{
    wd_put_varint(buf, str.size);
    wd_buf_append_str(buf, str);
}

/* Bytes that may be missing, which is not the same as empty: a NULL pointer. */
static inline void wd_put_optional(struct wd_buf *buf, struct wd_str str)
{
    wd_put_varint(buf, str.data ? str.size + 1 : 0);
    if (str.data)
        wd_buf_append_str(buf, str);
}

/* --- reading --- */

/* A reader latches its first complaint; reads after it give zero. */
struct wd_reader {
    const unsigned char *start;
    const unsigned char *at;
    const unsigned char *end;
    const char *complaint;
    size_t complaint_offset;
};

static inline struct wd_reader wd_reader_of(struct wd_str bytes)
{
    const unsigned char *start = (const unsigned char *)bytes.data;
    return (struct wd_reader){.start = start, .at = start, .end = start + bytes.size};
}

static inline void wd_complain(struct wd_reader *in, const char *complaint)
{
    if (in->complaint)
        return;
    in->complaint = complaint;
    in->complaint_offset = (size_t)(in->at - in->start);
    in->end = in->at; /* nothing more to read */
}

static inline size_t wd_reader_left(const struct wd_reader *in)
{
    return (size_t)(in->end - in->at);
}

static inline uint64_t wd_get_varint(struct wd_reader *in)
{
    uint64_t value = 0;
    for (unsigned shift = 0; in->at < in->end; shift += 7) {
        unsigned char byte = *in->at++;
        if (shift == 63 && byte > 1)
            break; /* does not fit 64 bits */
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            if (byte == 0 && shift > 0)
                break; /* padded */
            return value;
        }
    }
    wd_complain(in, "a number is cut off or badly written");
    return 0;
}

/* A varint up to `max`, both included. */
static inline uint64_t wd_get_bounded(struct wd_reader *in, uint64_t max,
                                      const char *complaint)
{
    uint64_t value = wd_get_varint(in);
    if (value <= max)
        return value;
    wd_complain(in, complaint);
    return 0;
}

static inline int64_t wd_get_signed(struct wd_reader *in)
{
    uint64_t value = wd_get_varint(in);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static inline uint64_t wd_get_fixed(struct wd_reader *in, size_t size)
{
    if (wd_reader_left(in) < size) {
        wd_complain(in, "it is cut off");
        return 0;
    }
    uint64_t value = 0;
    memcpy(&value, in->at, size);
    in->at += size;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

/* The next `size` bytes, borrowed; no bytes are at no place. */
static inline struct wd_str wd_get_bytes(struct wd_reader *in, uint64_t size)
{
    if (size > wd_reader_left(in)) {
        wd_complain(in, "a text is longer than its record");
        return (struct wd_str){NULL, 0};
    }
    struct wd_str str = {size ? (const char *)in->at : NULL, (size_t)size};
    in->at += size;
    return str;
}

static inline struct wd_str wd_get_str(struct wd_reader *in)
{
    return wd_get_bytes(in, wd_get_varint(in));
}

static inline struct wd_str wd_get_utf8(struct wd_reader *in)
{
    struct wd_str str = wd_get_str(in);
    if (wd_utf8_valid_prefix(str) != str.size)
        wd_complain(in, "a text is not UTF-8");
    return str;
}

static inline struct wd_str wd_get_optional(struct wd_reader *in)
{
    uint64_t size = wd_get_varint(in);
    if (size == 0)
        return (struct wd_str){NULL, 0};
    struct wd_str str = wd_get_bytes(in, size - 1);
    return str.data ? str : (struct wd_str){"", 0};
}

#endif
