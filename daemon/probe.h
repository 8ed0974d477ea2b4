/* probe.h -- places where a test may end the daemon, and read where it was.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Between any two of these points the world has changed: a request went out, a
 * transaction began, the state moved. Builds for tests have them (WD_PROBES); in all
 * others probe() is nothing.
 *
 *   WD_PROBE=NAME:N       the N-th time that point NAME is passed, SIGKILL
 *   WD_PROBE_TRACE=FILE   FILE is mapped, and always holds a struct probe_trace: it can
 * be read after a kill -9 as well */
#ifndef DAEMON_PROBE_H
#define DAEMON_PROBE_H

#include <stdatomic.h>

/* X(point, its name, whether a transaction is open behind it) */
#define PROBE_POINTS(X)                                                                  \
    X(LEASED, "leased", 0)                   /* before the predecessor is fenced */      \
    X(FENCED, "fenced", 0)                   /* nobody else writes */                    \
    X(RESTORED, "restored", 0)               /* the state is that of the log */          \
    X(ASSIGNED, "assigned", 0)               /* the input is being read */               \
    X(BEGUN, "begun", 1)                     /* a transaction, by librdkafka */          \
    X(DECIDED, "decided", 1)                 /* a record: the desk is ahead */           \
    X(PARTITIONS_SENT, "partitions-sent", 1) /* AddPartitionsToTxn */                    \
    X(PRODUCE_SENT, "produce-sent", 1)       /* outputs or sketches */                   \
    X(FLUSHED, "flushed", 1)                 /* all of them acknowledged */              \
    X(OFFSETS_ADDED, "offsets-added", 1)     /* AddOffsetsToTxn */                       \
    X(OFFSETS_SENT, "offsets-sent", 1)       /* TxnOffsetCommit */                       \
    X(OFFSETS_KEPT, "offsets-kept", 1)       /* and answered */                          \
    X(END_SENT, "end-sent", 1)               /* EndTxn */                                \
    X(ENDED, "ended", 0)                     /* and answered */                          \
    X(SETTLED, "settled", 0)                 /* the ledger knows */

enum probe_point {
#define X(point, name, is_in_txn) PROBE_##point,
    PROBE_POINTS(X)
#undef X
        N_PROBE_POINTS
};

struct probe_trace {
    atomic_int last; /* enum probe_point + 1; 0: none was passed */
    atomic_uint counts[N_PROBE_POINTS];
};

#ifdef WD_PROBES
void probe(enum probe_point point);
#else
static inline void probe(enum probe_point point)
{
    (void)point;
}
#endif

#endif
