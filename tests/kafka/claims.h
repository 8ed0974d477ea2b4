/* claims.h -- what wiredeskd promises, as functions that end the test when it is untrue.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_CLAIMS_H
#define KAFKA_CLAIMS_H

#include <stdbool.h>
#include <stdint.h>

struct claim {
    const char *name;
    void (*run)(uint64_t seed);
};

/* Whether the run may take as long as it needs. */
bool is_long_run(void);

extern const struct claim claim_kill_one_partition;
extern const struct claim claim_kill_four_partitions;

#endif
