/* json_writer.h -- JSON, appended to a buffer from left to right.
 * SPDX-License-Identifier: Apache-2.0
 *
 * There is no writer object: the last byte of the buffer says whether a comma is due.
 * After '{', '[' or ':' none is; after anything else that JSON can end with (a quote, a
 * digit, a closing bracket) one is. Whoever calls opens what it closes; the buffer
 * latches its failures, so nothing here returns a status. */
#ifndef WD_JSON_WRITER_H
#define WD_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "wiredesk/buf.h"

/* Whether a comma is due before the next key or array element. */
static inline bool wd_json_is_comma_due(const struct wd_buf *buf)
{
    char last = buf->size != 0 ? buf->data[buf->size - 1] : '[';
    return last != '{' && last != '[' && last != ':';
}

static inline void wd_json_comma(struct wd_buf *buf)
{
    if (wd_json_is_comma_due(buf))
        wd_buf_append_char(buf, ',');
}

/* wd_buf_reserve() without the call where there is room. */
static inline char *wd_json_room(struct wd_buf *buf, size_t size)
{
    if (buf->status == 0 && buf->capacity - buf->size > size)
        return buf->data + buf->size;
    return wd_buf_reserve(buf, size);
}

static inline void wd_json_open_object(struct wd_buf *buf)
{
    wd_json_comma(buf);
    wd_buf_append_char(buf, '{');
}

static inline void wd_json_close_object(struct wd_buf *buf)
{
    wd_buf_append_char(buf, '}');
}

static inline void wd_json_open_array(struct wd_buf *buf)
{
    wd_json_comma(buf);
    wd_buf_append_char(buf, '[');
}

static inline void wd_json_close_array(struct wd_buf *buf)
{
    wd_buf_append_char(buf, ']');
}

/* `name` is a constant of ours that needs no escapes; the compiler knows its size, and
 * the whole becomes a few moves. The value comes next. */
static inline void wd_json_key(struct wd_buf *buf, const char *name)
{
    size_t size = strlen(name);
    char *at = wd_json_room(buf, size + 4);

    if (!at)
        return; /* latched */
    if (wd_json_is_comma_due(buf))
        *at++ = ',';
    *at++ = '"';
    memcpy(at, name, size);
    at += size;
    *at++ = '"';
    *at++ = ':';
    buf->size = (size_t)(at - buf->data);
}

/* The inside of a string: escapes '"', '\\', U+0000 to U+001F and U+007F. All else,
 * U+2028 and U+2029 too, stays as it is: RFC 8259 allows it, and the text keeps its
 * bytes. `str` is valid UTF-8. */
void wd_json_escape(struct wd_buf *buf, struct wd_str str);

/* A string; `str` is valid UTF-8. */
void wd_json_string(struct wd_buf *buf, struct wd_str str);

/* A string out of bytes that nobody has checked, as file names and record keys are: each
 * byte that is not UTF-8 becomes U+FFFD. */
void wd_json_string_lossy(struct wd_buf *buf, struct wd_str str);

void wd_json_uint(struct wd_buf *buf, uint64_t value);
void wd_json_int(struct wd_buf *buf, int64_t value);

/* Ten-thousandths as a decimal with no more digits than it needs: 0, 0.5, 0.4219, 1. */
void wd_json_ratio(struct wd_buf *buf, uint32_t ten_thousandths);

static inline void wd_json_true(struct wd_buf *buf)
{
    wd_json_comma(buf);
    wd_buf_append(buf, "true", 4);
}

/* `value` as 16 hexadecimal digits, as a string, after the letter `prefix`. */
void wd_json_id(struct wd_buf *buf, char prefix, uint64_t value);

#define WD_DIGITS_MAX 20 /* of a 64-bit number */

/* As wd_json_put_uint(), for any value. */
char *wd_json_put_long(char *at, uint64_t value);

/* Writes the digits of `value` and returns what follows them; no more than
 * WD_DIGITS_MAX. Nearly all numbers of a document are token offsets below 10,000. */
static inline char *wd_json_put_uint(char *at, uint64_t value)
{
    unsigned v = (unsigned)value;

    if (value >= 10000)
        return wd_json_put_long(at, value);
    if (v >= 1000)
        *at++ = (char)('0' + v / 1000);
    if (v >= 100)
        *at++ = (char)('0' + v / 100 % 10);
    if (v >= 10)
        *at++ = (char)('0' + v / 10 % 10);
    *at++ = (char)('0' + v % 10);
    return at;
}

/* Members: a key and its value. */
static inline void wd_json_member(struct wd_buf *buf, const char *name, struct wd_str str)
{
    wd_json_key(buf, name);
    wd_json_string(buf, str);
}

/* Nothing when `str` is empty: an unknown is left out, never null or "". */
static inline void wd_json_known(struct wd_buf *buf, const char *name, struct wd_str str)
{
    if (str.size != 0)
        wd_json_member(buf, name, str);
}

static inline void wd_json_member_z(struct wd_buf *buf, const char *name, const char *z)
{
    wd_json_member(buf, name, (struct wd_str){z, strlen(z)});
}

static inline void wd_json_member_uint(struct wd_buf *buf, const char *name,
                                       uint64_t value)
{
    wd_json_key(buf, name);
    wd_json_uint(buf, value);
}

#endif
