/* hostile_units.h -- what hostile texts are made of, for tests and benchmarks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_HOSTILE_UNITS_H
#define WD_HOSTILE_UNITS_H

/* Each is repeated until the text is full, behind the letter that opens it. */
static const char *const hostile_units[] = {
    "a",
    " ",
    "\n",
    "a.",
    "a:",
    "a'",
    "a'd'",
    "an't'",
    "x'sy",
    "ab.Cd",
    "Ab.",
    "U.S.",
    "J. ",
    "Mr. ",
    "Mr. I ",
    "I ",
    "IV I ",
    "A-",
    "X\n",
    "%a",
    "No. ",
    ".",
    ". ",
    ".a",
    ".1",
    "1",
    "1-",
    "1-1a",
    "1:",
    "1/",
    "1/2a",
    "1,",
    "12am",
    "'",
    "'1",
    "\"",
    "? \"",
    "!?",
    "(",
    ")",
    "[...]",
    "-",
    "--",
    "a-",
    "re-",
    "A&",
    "@",
    "a@",
    "a@b-",
    "a...@b",
    "www.",
    "http://",
    "http://a)",
    "http://a.,",
    "a.com/ ",
    "#a",
    "#",
    ":-",
    ":)",
    "<3",
    "=",
    "$",
    "Image: ",
    "a\xe2\x80\xaf",                /* narrow no-break space, white and yet joining */
    "\xc2\xa0",                     /* no-break space */
    "\xcc\x88",                     /* combining diaeresis */
    "a\xcc\x88.\xcc\x88",           /* … after a point that may join */
    ".\xcc\x88",                    /* … after a terminator */
    "\xe2\x80\x8d",                 /* zero width joiner */
    "\xf0\x9f\x91\xa9\xe2\x80\x8d", /* woman, joiner: an endless family */
    "\xf0\x9f\x87\xba",             /* regional indicators */
    "\xe2\x80\x99",                 /* U+2019 */
    "\xe2\x80\x98",                 /* U+2018 */
    "a\xe2\x80\x99s",               /* … between letters */
    "\xe2\x80\x9c",                 /* quotes never closed */
    "\xe2\x80\x94",                 /* em dashes */
    "\xd7\x90\"",                   /* Hebrew and a double quote */
    "\xe3\x82\xab_",                /* Katakana and underscore */
    "\xe5\xad\x97\xe3\x80\x82",     /* ideographs */
    "\xc2\xad",                     /* soft hyphens */
};

#define N_HOSTILE_UNITS (sizeof(hostile_units) / sizeof(hostile_units[0]))

#endif
