/* ascii.c -- the letters and digits of ASCII, which are the same in every locale.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/ascii.h"

#include <string.h>

int wd_ascii_compare(const char *a, const char *b)
{
    while (*a && wd_ascii_small(*a) == wd_ascii_small(*b)) {
        a++;
        b++;
    }
    return (unsigned char)wd_ascii_small(*a) - (unsigned char)wd_ascii_small(*b);
}

static bool are_same(const char *a, const char *b, size_t size)
{
    size_t i = 0;
    while (i < size && wd_ascii_small(a[i]) == wd_ascii_small(b[i]))
        i++;
    return i == size;
}

bool wd_ascii_same(struct wd_str a, struct wd_str b)
{
    return a.size == b.size && are_same(a.data, b.data, a.size);
}

bool wd_ascii_begins(struct wd_str str, const char *prefix)
{
    size_t size = strlen(prefix);
    return str.size >= size && are_same(str.data, prefix, size);
}

const char *wd_ascii_find(struct wd_str str, const char *part)
{
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= str.size; i++) {
        if (are_same(str.data + i, part, size))
            return str.data + i;
    }
    return NULL;
}
