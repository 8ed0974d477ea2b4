/* verdict_weights.h -- what speaks for a verdict, and how much.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made by `wiredesk model train dedup`, not by hand; see data/SOURCES.md. In
 * thousandths of a logit for a feature of 10,000: it repeats the other; it is a
 * copy; it is a template. */
WD_BIAS(-11639, -5942, -3572)
WD_WEIGHT(MOST, 2002, 0, 5933)
WD_WEIGHT(MOST_RARE, 3494, 3795, 0)
WD_WEIGHT(MOST_NAMES, 0, 5584, 0)
WD_WEIGHT(RESEMBLANCE, -5988, 0, -1592)
WD_WEIGHT(COMMON, -4538, -4779, 317)
WD_WEIGHT(AMOUNT, 7860, 0, 0)
WD_WEIGHT(LEAD, 0, 1564, 4036)
WD_WEIGHT(LENGTH, 0, -2866, 3153)
WD_WEIGHT(FIGURES, 1753, 0, -2372)
WD_WEIGHT(NAMES, 4681, 0, 70)
WD_WEIGHT(ALL_NAMES, 0, -1649, 0)
WD_WEIGHT(HEADLINE, 0, 329, 68)
WD_WEIGHT(NEAR, -628, 0, 0)
WD_WEIGHT(NEAR_NAMES, 3189, 0, 0)
WD_WEIGHT(SAME_DAY, 0, 2409, 0)
WD_WEIGHT(CROSS, 0, 2106, -2411)
