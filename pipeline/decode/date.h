/* date.h -- the ways in which sources write a moment.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_DATE_H
#define WD_DECODE_DATE_H

#include "base/arena.h"

#define WD_DATE_SIZE 40

/* Reads a date and writes it as an RFC 3339 date-time, NUL-terminated. False when it can
 * not be read; `out` is then an empty string. Accepted: RFC 3339 and ISO 8601 (extended,
 * basic, with a blank for the T), RFC 5322 and HTTP dates, "February 13, 2025", "13 Feb
 * 2025", each with or without a time, and Unix time in s or ms. What is not said is 0:
 * no time is midnight, no zone is UTC. */
bool wd_date_normalise(struct wd_str text, char out[WD_DATE_SIZE]);

#endif
