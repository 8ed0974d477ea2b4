/* json_writer.c -- strings and numbers of RFC 8259.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Text is nearly all bytes that pass as they are, so the scanner looks at sixty-four or
 * eight at a time and copies whole runs. Numbers are formatted here: printf would ask the
 * locale, and for doubles the C library; ratios are integers until the last moment. */
#include "json_writer.h"

#include "base/block.h"
#include "base/utf8.h"

#define ONES     UINT64_C(0x0101010101010101)
#define HIGHS    UINT64_C(0x8080808080808080)
#define EVERY(c) (ONES * (unsigned char)(c))

/* The bytes of `word` that are zero get their high bit set. A carry may mark a byte above
 * a zero one in error, never a word without any. */
static inline uint64_t zero_bytes(uint64_t word)
{
    return (word - ONES) & ~word & HIGHS;
}

/* Non-zero when one of the eight bytes must be escaped. */
static inline uint64_t has_special(uint64_t word)
{
    uint64_t controls = (word - EVERY(0x20)) & ~word & HIGHS;
    return controls | zero_bytes(word ^ EVERY('"')) | zero_bytes(word ^ EVERY('\\')) |
           zero_bytes(word ^ EVERY(0x7f));
}

static inline bool is_special(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

/* Bytes from `at` on that need no escape. */
static size_t plain_run(struct wd_str str, size_t at)
{
    size_t i = at;
    uint64_t word;

    for (; str.size - i >= WD_BLOCK; i += WD_BLOCK) {
        const struct wd_block block = wd_block_load(str.data + i);
        uint64_t special = wd_block_in(&block, 0, 0x1f) | wd_block_are(&block, '"') |
                           wd_block_are(&block, '\\') | wd_block_are(&block, 0x7f);
        if (special)
            return i + wd_mask_first(special) - at;
    }
    for (; str.size - i >= sizeof(word); i += sizeof(word)) {
        memcpy(&word, str.data + i, sizeof(word));
        if (has_special(word))
            break;
    }
    while (i < str.size && !is_special((unsigned char)str.data[i]))
        i++;
    return i - at;
}

static void escape_byte(struct wd_buf *buf, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char shorts[0x20] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    char out[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 0xf]};

    if (c == '"' || c == '\\')
        out[1] = (char)c;
    else if (c < sizeof(shorts) && shorts[c])
        out[1] = shorts[c];
    wd_buf_append(buf, out, out[1] == 'u' ? 6 : 2);
}

void wd_json_escape(struct wd_buf *buf, struct wd_str str)
{
    size_t i = 0;

    while (i < str.size) {
        size_t run = plain_run(str, i);
        wd_buf_append(buf, str.data + i, run);
        i += run;
        if (i < str.size)
            escape_byte(buf, (unsigned char)str.data[i++]);
    }
}

void wd_json_string(struct wd_buf *buf, struct wd_str str)
{
    wd_json_comma(buf);
    char *at = wd_json_room(buf, str.size + 2);
    if (!at)
        return; /* latched */
    *at++ = '"';
    if (str.size == plain_run(str, 0)) { /* nearly always */
        memcpy(at, str.data ? str.data : "", str.size);
        at[str.size] = '"';
        buf->size += str.size + 2;
        return;
    }
    buf->size++;
    wd_json_escape(buf, str);
    wd_buf_append_char(buf, '"');
}

void wd_json_string_lossy(struct wd_buf *buf, struct wd_str str)
{
    wd_json_comma(buf);
    wd_buf_append_char(buf, '"');
    while (str.size != 0) {
        size_t valid = wd_utf8_valid_prefix(str);
        wd_json_escape(buf, (struct wd_str){str.data, valid});
        if (valid == str.size)
            break;
        wd_buf_append(buf, "\xef\xbf\xbd", 3);
        str = (struct wd_str){str.data + valid + 1, str.size - valid - 1};
    }
    wd_buf_append_char(buf, '"');
}

static unsigned count_digits(uint64_t value)
{
    unsigned n = 1;
    uint64_t bound = 10;

    while (n < WD_DIGITS_MAX && value >= bound) {
        n++;
        bound *= 10; /* of 20 digits at most: the last product is not looked at */
    }
    return n;
}

char *wd_json_put_long(char *at, uint64_t value)
{
    char *end = at + count_digits(value), *p = end;

    do {
        *--p = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return end;
}

void wd_json_uint(struct wd_buf *buf, uint64_t value)
{
    char *at = wd_json_room(buf, 1 + WD_DIGITS_MAX);
    if (!at)
        return; /* latched */
    if (wd_json_is_comma_due(buf))
        *at++ = ',';
    buf->size = (size_t)(wd_json_put_uint(at, value) - buf->data);
}

void wd_json_int(struct wd_buf *buf, int64_t value)
{
    char digits[1 + WD_DIGITS_MAX] = "-";
    char *at = digits + (value < 0);
    /* Negated as unsigned: INT64_MIN has no positive twin. */
    uint64_t size_of_it = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    wd_json_comma(buf);
    wd_buf_append(buf, digits, (size_t)(wd_json_put_uint(at, size_of_it) - digits));
}

void wd_json_ratio(struct wd_buf *buf, uint32_t ten_thousandths)
{
    uint32_t whole = ten_thousandths / 10000, rest = ten_thousandths % 10000;
    char decimals[5] = {'.'};
    size_t size = 0;

    for (uint32_t unit = 1000, i = 1; unit != 0; unit /= 10, i++) {
        uint32_t digit = rest / unit % 10;
        decimals[i] = (char)('0' + digit);
        if (digit != 0)
            size = i + 1;
    }
    wd_json_uint(buf, whole);
    wd_buf_append(buf, decimals, size);
}

void wd_json_id(struct wd_buf *buf, char prefix, uint64_t value)
{
    char out[17] = {prefix};

    for (size_t i = 0; i < 16; i++)
        out[1 + i] = "0123456789abcdef"[value >> (60 - 4 * i) & 0xf];
    wd_json_string(buf, (struct wd_str){out, sizeof(out)});
}
