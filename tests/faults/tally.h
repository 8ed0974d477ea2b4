/* tally.h -- what rounds have found, as rows of a table.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef FAULTS_TALLY_H
#define FAULTS_TALLY_H

#include <stdbool.h>
#include <stddef.h>

struct round;

struct tally {
    int times;    /* faults */
    int in_txn;   /* of them, inside a transaction */
    size_t input; /* records */
    /* Over outputs, dead letters and sketches, against the undisturbed run. */
    size_t lost;
    size_t duplicated;
    size_t wrong; /* other bytes, out of order, or seen otherwise than it stands there */
    double longest_stop_s; /* the reader saw nothing new, although articles came */
    double p99_s;          /* from acknowledged article to seen output; worst round */
};

/* Runs one round and compares. */
void round_run(struct round *round, struct tally *ret);

/* Adds a round to the sum of several. */
void tally_add(struct tally *total, const struct tally *one);

/* One line on standard output. */
void tally_print(const char *name, const struct tally *tally);

/* Appends a line to `path`. */
void tally_record(const char *path, const char *name, const struct tally *tally);

/* Prints the table of all rounds in `path`; false when one of them found a fault. */
bool tally_table(const char *path, const char *(*summary_of)(const char *name));

#endif
