/* cluster.h -- the brokers that script/kafka has started, to be maltreated.
 * SPDX-License-Identifier: Apache-2.0
 *
 * WD_KAFKA_DIR names their folder; each one's process id is in there. */
#ifndef FAULTS_CLUSTER_H
#define FAULTS_CLUSTER_H

/* Sends a signal to broker `i`, from 1. */
void broker_signal(int i, int signum);

/* Starts those that do not run, and waits until all `n` answer. */
void cluster_mend(int n);

#endif
