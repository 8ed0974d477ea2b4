/* cue_table.h -- what each cue is worth; see cues.h.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_CUE_TABLE_H
#define WD_TAG_CUE_TABLE_H

/* clang-format off */
/* X(cue, person, organisation, place, event, group) */
#define TAG_CUE_TABLE(X) \
    X(BIAS,                  -8,   -1,   -3,  -60,  -60) \
    X(GAZ_PERSON,            33,  -14,  -25,    0,    0) \
    X(GAZ_PERSON_KNOWN,       7,   -5,    3,    0,    0) \
    X(GAZ_ORG,              -23,   20,  -15,    0,    0) \
    X(GAZ_ORG_KNOWN,          3,   12,   12,    0,    0) \
    X(GAZ_PLACE,            -11,   -4,   22,    0,    0) \
    X(GAZ_PLACE_BIG,        -32,  -15,   14,    0,    0) \
    X(GAZ_PLACE_SMALL,        3,    2,  -11,    0,    0) \
    X(GAZ_EVENT,            -20,  -20,  -20,   90,    0) \
    X(GAZ_GROUP,            -54,  -36,  -41,  -20,   85) \
    X(GAZ_ONE,               -5,    2,    7,    0,    0) \
    X(GAZ_WORD_PERSON,        9,   -4,    5,    0,    0) \
    X(GAZ_WORD_ORG,         -21,   19,  -19,    0,    0) \
    X(GAZ_WORD_PLACE,        -2,   -1,   23,    0,    0) \
    X(GAZ_WORD_EVENT,       -11,  -16,    6,   72,    0) \
    X(FIRST_GIVEN,           17,   -1,    0,    0,    0) \
    X(FIRST_GIVEN_STRONG,    18,    8,    5,    0,    0) \
    X(LAST_SURNAME,           7,    0,    1,    0,    0) \
    X(LAST_SURNAME_STRONG,    7,    0,    2,    0,    0) \
    X(FIRST_INITIAL,          0,   -3,  -27,    0,    0) \
    X(MIDDLE_INITIAL,        40,   -9,  -19,    0,    0) \
    X(PARTICLE,              19,   11,   10,    0,    0) \
    X(ONE_WORD,              -3,   -9,   -7,    0,    0) \
    X(ONE_GIVEN,             22,   -6,   -9,    0,    0) \
    X(ONE_SURNAME,           21,   -4,   -8,    0,    0) \
    X(ONE_UNKNOWN,            6,   -6,  -10,    0,    0) \
    X(ONE_COMMON,           -43,  -17,  -31,  -20,  -10) \
    X(TWO_WORDS,             -2,   -4,   -5,    0,    0) \
    X(THREE_WORDS,           -3,    5,    0,    5,    0) \
    X(FOUR_WORDS,           -13,   12,    0,    5,    0) \
    X(MANY_WORDS,           -33,   14,   -4,    0,    0) \
    X(NO_COMMON,             -3,   -8,   -4,    0,    0) \
    X(HAS_COMMON,           -13,    1,   -3,    5,    0) \
    X(ALL_COMMON,           -26,   -2,  -16,   -5,    0) \
    X(FIRST_COMMON,         -15,  -12,  -15,    0,    0) \
    X(LAST_COMMON,          -17,   -5,   -7,    0,    0) \
    X(HAS_JOIN,             -18,    2,   -7,    0,    0) \
    X(HAS_AND,              -40,   -8,  -17,  -60,    0) \
    X(LISTED_PAIR,          -60,  -60,  -60,    0,    0) \
    X(HAS_POSSESSIVE,       -23,    7,    2,    0,    0) \
    X(HAS_AMPERSAND,        -21,   16,  -10,    0,    0) \
    X(HAS_COMMA,            -16,   11,   80,    0,    0) \
    X(HAS_DIGIT,            -44,  -26,  -35,    5,    0) \
    X(FIRST_DIGIT,          -18,   -9,  -17,   30,    0) \
    X(HAS_HYPHEN,            -6,   -6,   -2,    0,    0) \
    X(ACRONYM,              -31,    5,  -16,    0,    0) \
    X(ACRONYM_SHORT,         -8,  -14,    1,    0,    0) \
    X(DOTTED,                -5,   13,   28,    0,    0) \
    X(MIXED_CASE,            -1,    2,  -17,    0,    0) \
    X(IN_CAPS,               -5,  -42,  -23,  -10,    0) \
    X(IN_TITLE,              -9,   -6,   -8,   -5,    0) \
    X(STARTS,                12,    3,    1,    0,    0) \
    X(STARTS_COMMON,         -8,  -10,  -10,  -10,  -10) \
    X(STARTS_ONE_COMMON,    -20,  -23,  -19,  -20,  -20) \
    X(FIRST_FUNCTION,       -27,  -19,  -14,  -30,  -60) \
    X(LAST_FUNCTION,         -3,  -11,  -13,  -20,  -40) \
    X(LAST_ORG_HEAD,        -37,   15,    0,    0,    0) \
    X(FIRST_ORG_HEAD,       -13,   16,  -13,  -80,    0) \
    X(LAST_PLACE_HEAD,      -19,    0,   18,    0,    0) \
    X(FIRST_PLACE,            1,   11,   15,    0,    0) \
    X(LAST_EVENT_HEAD,      -11,  -16,  -12,   60,    0) \
    X(FIRST_EVENT,          -21,  -11,  -16,  130,    0) \
    X(COMPASS,              -32,    7,   14,    0,    0) \
    X(ONE_HEAD,             -42,    7,  -27,  -20,    0) \
    X(FIRST_GENERIC,         11,  -30,  -17,  -20,  -30) \
    X(AFTER_TITLE,           28,  -15,  -20,    0,    0) \
    X(AFTER_ROLE,            60,  -60,  -60,    0,    0) \
    X(AFTER_BODY,           -40,   40,  -20,    0,    0) \
    X(STARTS_TITLE,         -17,  -18,  -17,    0,    0) \
    X(CUTS_TITLE,           -30,  -30,  -30,    0,    0) \
    X(ALL_TITLE,            -56,  -18,  -37,  -20,  -20) \
    X(SUFFIX,                -1,   -7,  -15,    0,    0) \
    X(CALENDAR_ONLY,        -66,  -53,  -60,  -70,  -90) \
    X(CALENDAR_FIRST,       -26,  -22,  -23,    0,  -60) \
    X(CUT_LEFT,             -19,  -22,  -28,  -40,  -10) \
    X(CUT_RIGHT,            -24,  -13,  -14,  -60,  -10) \
    X(CUT_HYPHEN_LEFT,       -9,  -13,    1,  -20,    0) \
    X(CUT_HYPHEN_RIGHT,      -5,    0,   -2,  -20,   -5) \
    X(CUT_JOIN_RIGHT,         1,  -10,   -3,  -10,    0) \
    X(CUT_JOIN_LEFT,         -1,    0,   -6,  -10,    0) \
    X(AFTER_PLACE_PREP,     -10,   -1,   19,    0,    0) \
    X(AFTER_PREP,            -6,    5,    5,    0,    0) \
    X(AFTER_OF,             -12,    0,   -2,    0,    0) \
    X(AFTER_THE,            -12,    8,    3,   10,    5) \
    X(AFTER_BY,               0,    0,    0,    0,    0) \
    X(AFTER_KIN,             11,  -10,  -16,    0,    0) \
    X(AFTER_GROUP,           -3,   -6,   -5,    0,    0) \
    X(AFTER_SPEECH,          20,    7,    3,    0,    0) \
    X(AFTER_COMMA_PLACE,     11,   14,   10,    0,    0) \
    X(AFTER_YEAR,           -16,  -27,  -38,  -70,    0) \
    X(BEFORE_SPEECH,         23,   11,    3,    0,    0) \
    X(BEFORE_POSSESSIVE,     13,    5,    5,    0,    0) \
    X(BEFORE_PLACE_NOUN,     -5,   -8,   14,    0,    0) \
    X(BEFORE_ORG_NOUN,       -8,    4,    1,    0,    0) \
    X(BEFORE_WHO,             6,    2,   -7,    0,    0) \
    X(BEFORE_AGE,             5,    3,    1,    0,    0) \
    X(BEFORE_PLACE,           1,    6,   15,    0,    0) \
    X(BEFORE_ACRONYM,       -13,    4,   -5,    0,    0) \
    X(BEFORE_PAREN,           0,    0,   -9,    0,    0) \
    X(IN_PAREN,             -23,   -1,   -7,    0,    0) \
    X(IS_ACRONYM_OF,        -25,   -3,   -7,    0,    0) \
    X(BEFORE_TICKER,        -60,  150,  -80,    0,    0) \
    X(BEFORE_NOUN,            0,    0,   -5,    0,   10) \
    X(BEFORE_CAP,           -12,   -9,  -14,    0,    0) \
    X(DATELINE,             -40,  -20,   45,    0,    0) \
    X(LINE_ALONE,             2,  -11,   -6,    0,    0)
/* clang-format on */

#endif
