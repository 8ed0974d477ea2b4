/* crew.h -- an active instance and a standby that live through faults of the world.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef FAULTS_CREW_H
#define FAULTS_CREW_H

#include "faults.h"

struct crew {
    struct child children[2];
    int descriptors[2]; /* before the first fault */
    long memory_kb[2];
};

void crew_start(struct crew *crew, struct round *round);

/* Replaces an instance that was fenced, as a service manager would. */
void crew_keep(struct crew *crew, struct round *round);

/* Stops both; those that lived through it all are back at their baseline. */
void crew_end(struct crew *crew);

#endif
