/* word_list.h -- lists of words that spelling does not tell.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_WORD_LIST_H
#define WD_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "wiredesk/span.h"

/* Words in byte order; tests check the order. */
struct wd_word_list {
    const char *const *words;
    size_t count;
};

#define WD_WORD_LIST(array)                                                              \
    {                                                                                    \
        array, sizeof(array) / sizeof((array)[0])                                        \
    }

/* Is `word` in the list, letter by letter? */
bool wd_list_has(const struct wd_word_list *list, struct wd_str word);

#endif
