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
 * goes into articles, and none of them waits for much longer than it must.
 *
 * But never does one commit follow another at once. At 278 articles a second nearly each
 * had a transaction of its own, 250 a second at 5 ms of processor time: two processors
 * had three quarters of their time taken, by nothing but that, and whatever came between
 * (a collection of the broker's garbage) took long to be made good. With a pause they
 * are a third as many; at up to 100 articles a second nobody notices it.
 *
 * What a commit takes is the shorter of the last two: one during which the broker stood
 * still says nothing about the next, which would wait as long for its sake. */
#include "closing.h"

#define PAUSE_US 8000 /* from the end of a commit to the next one, at least */

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The age that is wanted of it. */
static int64_t wanted_age_us(const struct closing *closing)
{
    if (!closing->has_more)
        return 0;
    return closing->n_waiting > closing->n_records
               ? closing->most_us
               : lesser(closing->commit_us, closing->most_us);
}

int64_t closing_wait_us(const struct closing *closing)
{
    if (closing->is_full)
        return 0;
    int64_t wait_us = wanted_age_us(closing) - closing->age_us;
    int64_t pause_us = lesser(PAUSE_US, closing->most_us) - closing->rest_us;
    int64_t longer_us = wait_us > pause_us ? wait_us : pause_us;
    return longer_us > 0 ? longer_us : 0;
}

void commits_note(struct commits *commits, int64_t took_us, int64_t now_us)
{
    commits->before_us = commits->last_us;
    commits->last_us = took_us;
    commits->through_us = now_us;
}

int64_t commits_usual_us(const struct commits *commits)
{
    return commits->before_us ? lesser(commits->last_us, commits->before_us)
                              : commits->last_us;
}
