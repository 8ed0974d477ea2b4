/* nth.h -- the n-th call fails, for every n.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A test runs its scene with n = 1, 2, 3 … until a run in which nothing failed. What
 * counts as a call is up to the test: its wrappers ask nth_fails() and fail when told. */
#ifndef WD_TEST_NTH_H
#define WD_TEST_NTH_H

#include <stdbool.h>
#include <stddef.h>

static size_t nth_left; /* calls until the one that fails; 0: none does */
static bool nth_happened;

static inline void nth_arm(size_t n)
{
    nth_left = n;
    nth_happened = false;
}

/* The next call fails, too. */
static inline void nth_again(void)
{
    nth_left = 1;
}

static inline void nth_disarm(void)
{
    nth_left = 0;
}

static inline bool nth_fails(void)
{
    if (nth_left == 0 || --nth_left > 0)
        return false;
    nth_happened = true;
    return true;
}

#endif
