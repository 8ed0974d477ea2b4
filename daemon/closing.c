/* closing.c -- as late as throughput wants it, as early as nobody loses by it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A commit costs the same for one record and for a thousand: ten requests, of which the
 * broker has the greater part, some milliseconds of a processor in all. So where more
 * records wait to be read than the transaction holds, it lives as long as the operator
 * allows: who comes last of them waits for longer than any commit. A burst is no lag: it
 * lets a transaction grow to its own size, and no further.
 *
 * Where fewer wait, an article that waits for the next one gains nothing: the transaction
 * ends with the last article under way. At some hundred a second there is always one
 * under way; there it lives as long as a commit takes, so that at least half of the time
 * goes into articles, and none of them waits for much longer than it must. */
#include "closing.h"

int64_t closing_wait_us(const struct closing *closing)
{
    if (closing->is_full || !closing->has_more)
        return 0;
    int64_t most_us = closing->most_us;
    bool lags = closing->n_waiting > closing->n_records;
    if (!lags && closing->commit_us < most_us)
        most_us = closing->commit_us;
    return most_us > closing->age_us ? most_us - closing->age_us : 0;
}
