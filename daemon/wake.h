/* wake.h -- a librdkafka queue that wakes the loop.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_WAKE_H
#define DAEMON_WAKE_H

#include <librdkafka/rdkafka.h>
#include <uv.h>

struct wake;

/* Calls `on_wake` on the loop when the queue stops being empty: the callee must then take
 * everything, or come back on its own. `queue` is taken, also on failure. NULL when the
 * system has no descriptor or memory left. */
struct wake *wake_open(uv_loop_t *loop, rd_kafka_queue_t *queue,
                       void (*on_wake)(void *opaque), void *opaque);

/* NULL-safe. `on_wake` is not called again; the memory goes with the loop's next turn. */
void wake_close(struct wake *wake);

#endif
