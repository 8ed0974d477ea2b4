/* synth.h -- news that nobody wrote, for measuring.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Article `number` is the same on every machine and in every run. It has a headline, a
 * dateline, paragraphs of English function and news words, quotations, figures, and a
 * cast of people, organisations and places that it names again and again. Every tenth is
 * a cut-down reprint of one five before it. Sizes are those of agency copy: 1 to 10 KB, 4
 * KB on average. */
#ifndef BENCH_SYNTH_H
#define BENCH_SYNTH_H

#include <stdint.h>

#include "wiredesk/buf.h"

/* Puts the article into `buf`, which is emptied first; ask wd_buf_status(). */
void synth_article(uint64_t number, struct wd_buf *buf);

#endif
