/* guess.h -- what bytes look like when nobody says what they are.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_GUESS_H
#define WD_DECODE_GUESS_H

#include <stdbool.h>

#include "wiredesk/span.h"

/* The charset that a document names in itself, in <?xml … encoding="…"?> or a <meta>;
 * empty when it names none. */
struct wd_str wd_guess_inner_label(struct wd_str bytes);

/* "utf-16le" or "utf-16be" when that is what it is, else NULL. `declared` may be empty.
 */
const char *wd_guess_utf16(struct wd_str bytes, struct wd_str declared);

/* Letters past ASCII in UTF-8, as far as it is that. */
size_t wd_guess_letters(struct wd_str bytes);

/* The bytes of the ill-formed sequence at the start of `bytes`, as browsers count. */
size_t wd_guess_fault(struct wd_str bytes);

/* Many letters in UTF-8, and few faults. */
bool wd_guess_is_damaged_utf8(struct wd_str bytes);

/* No NUL, hardly a control: not a picture. */
bool wd_guess_is_text(struct wd_str bytes);

/* At most `limit` bytes around the first that are not ASCII. */
struct wd_str wd_guess_sample(struct wd_str bytes, size_t limit);

/* Most letters are ASCII, some are not. */
bool wd_guess_is_latin(struct wd_str bytes);

/* There is enough to tell `label` by. */
bool wd_guess_may_be(struct wd_str bytes, const char *label);

/* `text`, in UTF-8, is mostly of the script for which `label` is used. */
bool wd_guess_is_plausible(struct wd_str text, const char *label);

/* In windows-1252 the bytes past ASCII are letters within words and marks in their place.
 */
bool wd_guess_is_western(struct wd_str bytes);

#endif
