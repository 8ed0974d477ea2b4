/* offsets.c -- counts code points between two places.
 * SPDX-License-Identifier: Apache-2.0 */
#include "offsets.h"

uint32_t wd_finger_jump(struct wd_finger *finger, uint32_t byte)
{
    if (byte >= finger->byte) {
        struct wd_str way = {finger->text + finger->byte, byte - finger->byte};
        finger->point += (uint32_t)wd_utf8_count(way);
    } else {
        struct wd_str way = {finger->text + byte, finger->byte - byte};
        finger->point -= (uint32_t)wd_utf8_count(way);
    }
    finger->byte = byte;
    return finger->point;
}
