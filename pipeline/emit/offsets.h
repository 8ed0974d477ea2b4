/* offsets.h -- byte offsets inside, code points outside.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Inside the program a place is a byte offset; in the JSON it is a count of code points.
 * A table from one to the other would cost an allocation an article and could fail; but
 * everything that is emitted stands in text order, so a finger that walks along the text
 * does the same work in one pass a list and needs no memory. It also walks back, for the
 * few lists that overlap. */
#ifndef WD_OFFSETS_H
#define WD_OFFSETS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"
#include "wiredesk/span.h"

struct wd_finger {
    const char *text;
    uint32_t size;  /* of the text */
    uint32_t byte;  /* where it stands … */
    uint32_t point; /* … in code points */
    bool is_ascii;  /* both counts are the same everywhere */
};

/* A finger at the start of `text`, which is valid UTF-8 of `n_points` code points and
 * less than 4 GiB. */
static inline struct wd_finger wd_finger_at_start(struct wd_str text, size_t n_points)
{
    return (struct wd_finger){.text = text.data,
                              .size = (uint32_t)text.size,
                              .is_ascii = n_points == text.size};
}

/* The long way round of wd_finger_move(). */
uint32_t wd_finger_jump(struct wd_finger *finger, uint32_t byte);

/* Moves to `byte`, a UTF-8 boundary of the text or its end, and returns the code points
 * before it. Costs as much as the way is long. */
static inline uint32_t wd_finger_move(struct wd_finger *finger, uint32_t byte)
{
    uint32_t way = byte - finger->byte; /* backwards it is huge */

    if (finger->is_ascii)
        return byte;
    if (way >= 8 || finger->size - finger->byte < 8)
        return wd_finger_jump(finger, byte);
    finger->point += way - wd_utf8_continued(finger->text + finger->byte, way);
    finger->byte = byte;
    return finger->point;
}

#endif
