/* timestamp.h -- moments as RFC 3339 in UTC, without the C library's clock or locale.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TIMESTAMP_H
#define WD_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "wiredesk/span.h"

#define WD_TIME_SIZE 25 /* "2025-02-13T09:30:00.000Z" and a NUL */

/* Milliseconds since 1970 as "2025-02-13T09:30:00.000Z". False, and `out` untouched, when
 * the year has not four digits. */
bool wd_time_format_ms(int64_t ms, char out[WD_TIME_SIZE]);

/* Seconds since 1970 as "2025-02-13T09:30:00Z"; as above. */
bool wd_time_format_s(int64_t seconds, char out[WD_TIME_SIZE]);

/* Reads an RFC 3339 date-time with any offset, to the whole second (a fraction is cut, a
 * leap second counts as the next). False when it is none. */
bool wd_time_parse(struct wd_str str, int64_t *ret_seconds);

#endif
