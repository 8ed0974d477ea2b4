/* via.h -- the network between an instance and its broker, for the faults of it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The broker has a second listener (script/kafka --via) that clients reach through our
 * proxy only: WD_KAFKA_VIA is the proxy's port. Feeder and reader do not use it. */
#ifndef FAULTS_VIA_H
#define FAULTS_VIA_H

#include "faults.h"
#include "proxy.h"

/* Opens the proxy, and has the round's instances go through it. */
struct proxy *via_open(struct round *round);

#endif
