/* claims.h -- what wiredeskd promises, as functions that end the test when it is untrue.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_CLAIMS_H
#define KAFKA_CLAIMS_H

#include <stdbool.h>
#include <stdint.h>

struct claim {
    const char *name; /* NULL ends a list */
    void (*run)(uint64_t seed);
};

/* Whether the run may take as long as it needs. */
bool is_long_run(void);

extern const struct claim cluster_claims[]; /* clusters.c */
extern const struct claim kill_claims[];    /* kills.c */
extern const struct claim hostile_claims[]; /* hostile.c */
extern const struct claim life_claims[];    /* life.c */
extern const struct claim outage_claims[];  /* outage.c */
extern const struct claim record_claims[];  /* records.c */
extern const struct claim role_claims[];    /* roles.c */
extern const struct claim secure_claims[];  /* secure.c */
extern const struct claim refusal_claims[]; /* refusals.c */

#endif
