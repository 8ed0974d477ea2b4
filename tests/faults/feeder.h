/* feeder.h -- articles at a steady rate, while faults happen.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef FAULTS_FEEDER_H
#define FAULTS_FEEDER_H

#include <stddef.h>
#include <stdint.h>

struct feeder;

/* Feeds partition 0 of `topic`, about `per_second` articles a second. */
struct feeder *feeder_start(const char *topic, int per_second);

/* Ends it; how many there are, and when each was acknowledged (monotonic, the caller's
 * to free). */
size_t feeder_stop(struct feeder *feeder, int64_t **ret_acked_us);

#endif
