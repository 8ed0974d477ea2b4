/* check.h -- a claim that does not hold ends the test with a sentence.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef KAFKA_CHECK_H
#define KAFKA_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define FAIL(...)                                                                        \
    do {                                                                                 \
        fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);                                  \
        fprintf(stderr, __VA_ARGS__);                                                    \
        fputc('\n', stderr);                                                             \
        exit(1);                                                                         \
    } while (0)

#define CHECK(condition, ...)                                                            \
    do {                                                                                 \
        if (!(condition))                                                                \
            FAIL(__VA_ARGS__);                                                           \
    } while (0)

#endif
