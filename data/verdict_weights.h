/* verdict_weights.h -- what speaks for a verdict, and how much.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Made by `wiredesk model train dedup`, not by hand; see data/SOURCES.md. In
 * thousandths of a logit for a feature of 10,000: it repeats the other; it is a
 * copy; it is a template. */
WD_BIAS(-11637, -5956, -3653)
WD_WEIGHT(MOST, 1854, 0, 5956)
WD_WEIGHT(MOST_RARE, 3675, 3914, 0)
WD_WEIGHT(MOST_NAMES, 0, 5510, 0)
WD_WEIGHT(RESEMBLANCE, -5990, 0, -1702)
WD_WEIGHT(COMMON, -4504, -4815, 322)
WD_WEIGHT(AMOUNT, 7866, 0, 0)
WD_WEIGHT(LEAD, 0, 1544, 3944)
WD_WEIGHT(LENGTH, 0, -2868, 3144)
WD_WEIGHT(FIGURES, 1750, 0, -2372)
WD_WEIGHT(NAMES, 4673, 0, -75)
WD_WEIGHT(ALL_NAMES, 0, -1653, 0)
WD_WEIGHT(HEADLINE, 0, 349, 535)
WD_WEIGHT(NEAR, -628, 0, 0)
WD_WEIGHT(NEAR_NAMES, 3180, 0, 0)
WD_WEIGHT(SAME_DAY, 0, 2400, 0)
WD_WEIGHT(CROSS, 0, 2112, -2398)
