/* vary.c -- capitals and title case for a part of the training texts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Headlines, datelines and wires of the teleprinter's time are in capitals, and labelled
 * texts of that kind are rare; but any line can be written so, and its names stay where
 * they are. A text is changed as a whole or line by line: beside lines in small letters,
 * as a headline stands above its article, the rest of the text helps. Only letters that
 * keep their size in UTF-8 change. */
#include "model/vary.h"

#include <string.h>

enum style { AS_IT_IS, IN_CAPITALS, AS_TITLE };

static uint64_t scatter(uint64_t x)
{
    x = (x + UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* The second byte of U+00E0 … U+00FE, which capitals have 32 lower; not the sign ÷. */
static bool is_small_latin(const char *at, const char *end)
{
    unsigned char second = end - at > 1 ? (unsigned char)at[1] : 0;
    return (unsigned char)at[0] == 0xc3 && second >= 0xa0 && second <= 0xbe &&
           second != 0xb7;
}

static void make_capital(char *at, const char *end)
{
    if (*at >= 'a' && *at <= 'z')
        *at = (char)(*at - 32);
    else if (is_small_latin(at, end))
        at[1] = (char)(at[1] - 32);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 ||
           c == '\'';
}

/* Short words stay small, as most papers have it. */
static void make_title(char *line, const char *end)
{
    for (char *at = line; at < end;) {
        size_t n = 0;
        while (at + n < end && is_letter(at[n]))
            n++;
        if (n > 3 || at == line)
            make_capital(at, end);
        at += n ? n : 1;
    }
}

static void write_line(char *line, char *end, enum style style)
{
    if (style == AS_TITLE)
        make_title(line, end);
    for (char *at = line; style == IN_CAPITALS && at < end; at++)
        make_capital(at, end);
}

bool vary_case(struct labelled *text, uint64_t number, unsigned per_cent)
{
    static const enum style styles[] = {IN_CAPITALS, AS_TITLE};
    uint64_t choice = scatter(number);
    if (choice % 100 >= per_cent)
        return false;
    enum style style = styles[choice / 100 % 2];
    bool is_whole = choice / 200 % 3 == 0;
    char *end = text->text + text->size;
    for (char *line = text->text; line < end;) {
        char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop ? stop : end;
        choice = scatter(choice);
        write_line(line, stop, is_whole || choice & 1 ? style : AS_IT_IS);
        line = stop + 1;
    }
    return true;
}
