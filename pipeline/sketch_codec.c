/* sketch_codec.c -- placeholder until the codec lands.
 * SPDX-License-Identifier: Apache-2.0 */
#include "wiredesk/sketch.h"

void wd_sketch_encode(const struct wd_sketch *sketch, struct wd_buf *buf)
{
    wd_buf_append(buf, &sketch->sequence, sizeof(sketch->sequence));
}

int wd_sketch_decode(struct wd_str bytes, struct wd_sketch *ret_sketch,
                     struct wd_sketch_scratch **scratch, struct wd_error *err)
{
    (void)bytes;
    (void)ret_sketch;
    (void)scratch;
    return wd_error_set(err, WD_ESKETCH, WD_NO_OFFSET, NULL);
}

void wd_sketch_scratch_free(struct wd_sketch_scratch *scratch)
{
    (void)scratch;
}
