/* clones.h -- functions that are there twice, once for newer processors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Who reads and writes bits shifts by numbers that only the data tell. Any x86-64 does
 * that in three steps, those since 2013 in one (BMI2). Of a function that is marked the
 * compiler makes both forms, with all that it calls, and the loader chooses one when the
 * program starts: a sketch is restored 4 % faster. What they do is the same. AVX2, which
 * came with BMI2, was no faster: these loops are short.
 *
 * Sanitizers are not ready yet when the loader chooses, and clang has no such form with
 * all that a function calls: with them there is one, as where the C library is another.
 */
#ifndef WD_CLONES_H
#define WD_CLONES_H

#if defined(WD_CLONES) && defined(__x86_64__) && defined(__gnu_linux__) &&               \
    !defined(__clang__)
#define WD_CLONED __attribute__((flatten, target_clones("bmi2", "default")))
#else
#define WD_CLONED
#endif

#endif
