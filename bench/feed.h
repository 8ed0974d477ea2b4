/* feed.h -- the articles of synth.h in a topic.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_FEED_H
#define BENCH_FEED_H

#include <stddef.h>
#include <stdint.h>

struct feed;

/* Sends article `number` as a plain-text record with a key of its own. */
void feed_one(struct feed *feed, uint64_t number);

/* Sends articles 0 to n-1 to partition 0 and waits until all are there. */
void feed_synthetic(const char *topic, size_t n);

#endif
