/* json_text.h -- the inside of a JSON string, a character at a time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * For the log, which has a line on the stack, and for /stats, which has a buffer. */
#ifndef DAEMON_JSON_TEXT_H
#define DAEMON_JSON_TEXT_H

#include <stddef.h>

#define JSON_TEXT_SIZE 8

/* The next character of the text at *at, which moves past it, as it stands in a JSON
 * string; its size. 0 at the end. Controls are escaped, also those that drive a terminal
 * (DEL, C1) or break lines in JavaScript (U+2028, U+2029); bytes that are no UTF-8 become
 * U+FFFD. */
size_t json_text_next(const char **at, char out[JSON_TEXT_SIZE]);

#endif
