/* feed.h -- the articles of synth.h in a topic.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_FEED_H
#define BENCH_FEED_H

#include <stddef.h>
#include <stdint.h>

struct feed;

/* Sends article `number` as a plain-text record with a key of its own. */
void feed_one(struct feed *feed, int32_t partition, uint64_t number);

/* Sends articles 0 to n-1 to the partitions in turn and waits until all are there. */
void feed_synthetic(const char *topic, int32_t partitions, size_t n);

#endif
