/* language_cld2.h -- the language detector behind a C face.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_LANGUAGE_CLD2_H
#define WD_LANGUAGE_CLD2_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes behind the text that are zeros: CLD2 reads a letter or two of them. */
#define WD_CLD2_BEHIND 16

/* The language of well-formed UTF-8, as the detector's own constant code ("en", "iw",
 * "zh-Hant", "un" when it has none; never NULL). *ret_is_reliable: it believes itself;
 * *ret_percent: of how much of the text. */
const char *wd_cld2_detect(const char *text, size_t size, bool *ret_is_reliable,
                           int *ret_percent);

#ifdef __cplusplus
}
#endif

#endif
