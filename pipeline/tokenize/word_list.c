/* word_list.c -- lists of words that spelling does not tell.
 * SPDX-License-Identifier: Apache-2.0 */
#include "word_list.h"

/* As strcmp() would, were `word` a string; most words differ early. */
static int compare(const char *entry, struct wd_str word)
{
    for (size_t i = 0; i < word.size; i++) {
        int order = (unsigned char)entry[i] - (unsigned char)word.data[i];
        if (order != 0)
            return order; /* also where the entry ends */
    }
    return (unsigned char)entry[word.size];
}

bool wd_list_has(const struct wd_word_list *list, struct wd_str word)
{
    size_t low = 0, high = word.size ? list->count : 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = compare(list->words[mid], word);
        if (order == 0)
            return true;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}
