/* cue_table.h -- what each cue is worth; see cues.h.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TAG_CUE_TABLE_H
#define WD_TAG_CUE_TABLE_H

/* clang-format off */
/* X(cue, person, organisation, place, event, group) */
#define TAG_CUE_TABLE(X) \
    X(BIAS,                 -45,  -45,  -45,  -60,  -60) \
    X(GAZ_PERSON,            50,    0,    0,    0,    0) \
    X(GAZ_PERSON_KNOWN,      10,    0,    0,    0,    0) \
    X(GAZ_ORG,              -10,  120,    0,    0,    0) \
    X(GAZ_ORG_KNOWN,          0,   15,    0,    0,    0) \
    X(GAZ_PLACE,            -10,  -10,  120,    0,    0) \
    X(GAZ_PLACE_BIG,        -10,   -5,   20,    0,    0) \
    X(GAZ_PLACE_SMALL,        0,    0,  -10,    0,    0) \
    X(GAZ_EVENT,              0,    0,    0,   90,    0) \
    X(GAZ_GROUP,            -30,  -30,  -30,  -20,  110) \
    X(GAZ_ONE,                0,    0,    0,    0,    0) \
    X(GAZ_WORD_PERSON,       30,    0,    0,    0,    0) \
    X(GAZ_WORD_ORG,           0,   30,    0,    0,    0) \
    X(GAZ_WORD_PLACE,         0,    0,   35,    0,    0) \
    X(GAZ_WORD_EVENT,         0,    0,    0,   40,    0) \
    X(FIRST_GIVEN,           25,    0,    0,    0,    0) \
    X(FIRST_GIVEN_STRONG,    10,    0,    0,    0,    0) \
    X(LAST_SURNAME,          15,    0,    0,    0,    0) \
    X(LAST_SURNAME_STRONG,    5,    0,    0,    0,    0) \
    X(FIRST_INITIAL,         15,    0,    0,    0,    0) \
    X(MIDDLE_INITIAL,        25,    0,    0,    0,    0) \
    X(PARTICLE,              15,    0,    0,    0,    0) \
    X(ONE_WORD,              10,   10,   10,    0,    0) \
    X(ONE_GIVEN,             20,    0,    0,    0,    0) \
    X(ONE_SURNAME,           15,    0,    0,    0,    0) \
    X(ONE_UNKNOWN,           15,   10,   10,    0,    0) \
    X(ONE_COMMON,           -25,  -20,  -20,  -20,  -10) \
    X(TWO_WORDS,             15,    5,    5,    0,    0) \
    X(THREE_WORDS,            5,   10,    0,    5,    0) \
    X(FOUR_WORDS,           -10,   10,   -5,    5,    0) \
    X(MANY_WORDS,           -30,    0,  -20,    0,    0) \
    X(NO_COMMON,             10,    0,    5,    0,    0) \
    X(HAS_COMMON,           -15,    5,    0,    5,    0) \
    X(ALL_COMMON,           -15,  -10,  -15,   -5,    0) \
    X(FIRST_COMMON,         -15,    0,    0,    0,    0) \
    X(LAST_COMMON,          -15,    0,   -5,    0,    0) \
    X(HAS_JOIN,             -30,    0,   -5,    0,    0) \
    X(HAS_AND,              -20,  -10,  -10,  -10,    0) \
    X(HAS_POSSESSIVE,       -30,    0,  -10,    0,    0) \
    X(HAS_AMPERSAND,        -20,   30,    0,    0,    0) \
    X(HAS_DIGIT,            -30,    0,  -10,    5,    0) \
    X(FIRST_DIGIT,          -30,  -20,  -20,   30,    0) \
    X(HAS_HYPHEN,             0,    0,    0,    0,    0) \
    X(ACRONYM,              -20,   35,    0,    0,    0) \
    X(ACRONYM_SHORT,         -5,   -5,    0,    0,    0) \
    X(DOTTED,               -10,   10,   10,    0,    0) \
    X(MIXED_CASE,             5,   15,    0,    0,    0) \
    X(IN_CAPS,              -10,  -10,    0,  -10,    0) \
    X(IN_TITLE,              -5,   -5,   -5,   -5,    0) \
    X(STARTS,                 0,    0,    0,    0,    0) \
    X(STARTS_COMMON,        -20,  -15,  -15,  -10,  -10) \
    X(STARTS_ONE_COMMON,    -20,  -20,  -20,  -20,  -20) \
    X(FIRST_FUNCTION,       -30,  -25,  -30,  -30,  -60) \
    X(LAST_FUNCTION,        -20,  -20,  -20,  -20,  -40) \
    X(LAST_ORG_HEAD,        -15,   40,    0,    0,    0) \
    X(FIRST_ORG_HEAD,       -15,   40,    0,    0,    0) \
    X(LAST_PLACE_HEAD,      -15,    0,   35,    0,    0) \
    X(FIRST_PLACE,            0,    0,   15,    0,    0) \
    X(LAST_EVENT_HEAD,      -20,  -10,  -15,   60,    0) \
    X(FIRST_EVENT,          -20,  -20,  -10,   60,    0) \
    X(COMPASS,              -10,    0,   15,    0,    0) \
    X(ONE_HEAD,             -20,  -20,  -20,  -20,    0) \
    X(FIRST_GENERIC,        -30,  -30,  -30,  -20,  -30) \
    X(AFTER_TITLE,           45,    0,  -10,    0,    0) \
    X(STARTS_TITLE,         -25,    0,    0,    0,    0) \
    X(ALL_TITLE,            -40,  -20,  -20,  -20,  -20) \
    X(SUFFIX,                15,    0,    0,    0,    0) \
    X(CALENDAR_ONLY,        -70,  -70,  -70,  -70,  -90) \
    X(CALENDAR_FIRST,       -30,  -20,  -30,    0,  -60) \
    X(CUT_LEFT,             -30,  -35,  -30,  -30,  -10) \
    X(CUT_RIGHT,            -30,  -35,  -25,  -30,  -10) \
    X(CUT_HYPHEN_LEFT,      -20,  -20,  -15,  -20,    0) \
    X(CUT_HYPHEN_RIGHT,     -25,  -20,  -15,  -20,   -5) \
    X(CUT_JOIN_RIGHT,       -10,  -15,  -10,  -10,    0) \
    X(CUT_JOIN_LEFT,         -5,  -10,    0,  -10,    0) \
    X(AFTER_PLACE_PREP,     -15,   -5,   25,    0,    0) \
    X(AFTER_PREP,             0,    0,   10,    0,    0) \
    X(AFTER_OF,               0,    5,   10,    0,    0) \
    X(AFTER_THE,            -30,   10,    5,   10,    5) \
    X(AFTER_BY,               5,    0,   -5,    0,    0) \
    X(AFTER_KIN,             25,    0,    0,    0,    0) \
    X(AFTER_GROUP,            5,   10,  -10,    0,    0) \
    X(AFTER_SPEECH,          20,    0,    0,    0,    0) \
    X(AFTER_COMMA_PLACE,      0,    0,   15,    0,    0) \
    X(BEFORE_SPEECH,         25,    0,  -10,    0,    0) \
    X(BEFORE_POSSESSIVE,      0,    0,    5,    0,    0) \
    X(BEFORE_PLACE_NOUN,     -5,   -5,   20,    0,    0) \
    X(BEFORE_ORG_NOUN,       -5,   20,   -5,    0,    0) \
    X(BEFORE_WHO,            30,    0,  -10,    0,    0) \
    X(BEFORE_AGE,            30,    0,  -10,    0,    0) \
    X(BEFORE_PLACE,         -10,    0,   30,    0,    0) \
    X(BEFORE_ACRONYM,       -20,   50,    0,    0,    0) \
    X(BEFORE_PAREN,           0,    5,    0,    0,    0) \
    X(IN_PAREN,               0,   10,    0,    0,    0) \
    X(IS_ACRONYM_OF,        -30,   60,    0,    0,    0) \
    X(BEFORE_NOUN,           -5,    0,    0,    0,   10) \
    X(BEFORE_CAP,             0,    0,    0,    0,    0) \
    X(DATELINE,             -20,   -5,   50,    0,    0) \
    X(LINE_ALONE,             0,    0,    0,    0,    0)
/* clang-format on */

#endif
