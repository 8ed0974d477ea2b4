/* common_words.h -- how common the commonest English words are.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_COMMON_WORDS_H
#define WD_COMMON_WORDS_H

#define WD_COMMON_CLASSES 8

/* For each class its words, folded, parted by spaces. About one article in 2^class has a
 * word of the class; words that are not listed are rarer than that. */
extern const char *const wd_common_words[WD_COMMON_CLASSES];

#endif
