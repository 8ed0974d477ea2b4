/* base64.c -- see base64.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base64.h"

#include <stdlib.h>

char *base64_encode(struct wd_str bytes)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *in = (const unsigned char *)bytes.data;
    char *text = malloc(4 * ((bytes.size + 2) / 3) + 1), *at = text;
    if (!text)
        return NULL;

    for (size_t i = 0; i < bytes.size; i += 3) {
        size_t left = bytes.size - i;
        unsigned group = (unsigned)in[i] << 16 | (left > 1 ? in[i + 1] << 8 : 0) |
                         (left > 2 ? in[i + 2] : 0);
        *at++ = letters[group >> 18];
        *at++ = letters[group >> 12 & 63];
        *at++ = left > 1 ? letters[group >> 6 & 63] : '=';
        *at++ = left > 2 ? letters[group & 63] : '=';
    }
    *at = '\0';
    return text;
}
