/* key.h -- the two ends of a line in a form in which phrases can be looked up.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CLEAN_KEY_H
#define WD_CLEAN_KEY_H

#include <stdbool.h>

#include "wiredesk/span.h"

enum { WD_KEY_BYTES = 64 };

/* ASCII letters small, white space one blank, typewriter quotes and dashes; list marks,
 * brackets and stars at both ends gone. A line that fits is whole in `head`, and `tail`
 * is the same; of a longer one each holds its end. */
struct wd_key {
    char head[WD_KEY_BYTES + 2 * 8];
    char tail_bytes[WD_KEY_BYTES + 2 * 8];
    const char *tail;
    unsigned head_size;
    unsigned tail_size;
    bool is_whole;
};

void wd_key_make(struct wd_str line, struct wd_key *ret_key);

/* … of the line's start alone; the tail is the head. */
void wd_key_make_head(struct wd_str line, struct wd_key *ret_key);

/* The key is `phrase`, but for marks at its end. */
bool wd_key_is(const struct wd_key *key, struct wd_str phrase);

/* … begins with it, at a word's end. */
bool wd_key_starts(const struct wd_key *key, struct wd_str phrase);

/* The key's end without marks. */
struct wd_str wd_key_bare_tail(const struct wd_key *key);

/* … ends with it, at a word's start. */
bool wd_key_ends(const struct wd_key *key, struct wd_str phrase);

/* … holds it somewhere in head or tail, as whole words. */
bool wd_key_holds(const struct wd_key *key, struct wd_str phrase);

/* `phrase` stands at text[at …], as whole words. */
bool wd_key_at(struct wd_str text, size_t at, struct wd_str phrase);

/* A small letter, a digit, or a byte of a character beyond ASCII. */
static inline bool wd_key_is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

#endif
