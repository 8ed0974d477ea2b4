/* pace.h -- when the next record is due.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_PACE_H
#define TOOLS_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/span.h"

/* Milliseconds since some moment in the past; never goes back. */
int64_t pace_now_ms(void);

/* "250", "250/s", "6000/m", "1e6/h": records a second. False when it is none of these or
 * not above 0. */
bool pace_parse_rate(const char *text, double *ret_per_second);

/* The first publication or update time that a JSON article names, in milliseconds of the
 * Unix epoch. False when there is none. */
bool pace_article_time(struct wd_str value, int64_t *ret_ms);

/* "2025-02-12T14:03:22+01:00", with or without a fraction; false for anything else. */
bool pace_parse_time(const char *text, int64_t *ret_ms);

#endif
