/* doctor.h -- wiredesk doctor: whether this desk could work here, and what would cure it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_DOCTOR_H
#define DAEMON_DOCTOR_H

#include <stdbool.h>
#include <stdio.h>

#include "config.h"
#include "kafka.h"

/* An examination: each finding is a line on `out`. */
struct exam {
    const struct config *cfg;
    FILE *out;
    unsigned n_faults;
    unsigned n_warnings;
};

/* What was looked at is as it should be. */
void exam_fine(struct exam *exam, const char *what, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* It is not; `cure` says what to do. A warning works, but not for long, or not well. */
void exam_warning(struct exam *exam, const char *what, const char *cure, const char *fmt,
                  ...) __attribute__((format(printf, 4, 5)));
void exam_fault(struct exam *exam, const char *what, const char *cure, const char *fmt,
                ...) __attribute__((format(printf, 4, 5)));

/* Everything that needs the broker (doctor_kafka.c). */
void exam_kafka(struct exam *exam);

/* Whom rights are given to, as far as the configuration tells. */
const char *exam_principal(const struct exam *exam);

/* Each right that the desk needs on topics and groups (doctor_rights.c); whether it has
 * them, as far as the broker tells. */
bool exam_rights(struct exam *exam, rd_kafka_t *rk);

/* Examines everything; how many faults there are. Changes nothing and disturbs no daemon
 * that runs. */
unsigned doctor(const struct config *cfg, FILE *out);

#endif
