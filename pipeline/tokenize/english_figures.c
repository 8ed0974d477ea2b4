/* english_figures.c -- tokens that start with a digit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Figures keep the points, colons and slashes inside them and the letters of ordinals and
 * decades, and part from units: 1,000.50 · 10:30 · 9/11 · 4th · 1990s · 3D, but 10|am. */
#include "english_lists.h"
#include "english_rules.h"

/* 10:30, 9/11, 12/31/2010. */
static size_t join_figures(struct wd_str text, size_t end)
{
    unsigned char sign = wd_byte_at(text, end);
    while ((sign == ':' || sign == '/') && wd_is_digit(wd_byte_at(text, end + 1))) {
        size_t behind = wd_segment_end(text, end + 1);
        if (behind != wd_digits_end(text, end + 1) && wd_byte_at(text, behind - 1) != '.')
            break; /* 3/4th */
        end = behind;
        if (wd_byte_at(text, end) != sign)
            break;
    }
    return end;
}

/* Telephone numbers and dates keep their hyphens, ranges and scores do not. */
static size_t join_hyphens(struct wd_str text, size_t start, size_t end)
{
    size_t groups = 1, behind = end, size = end - start;
    while (groups < 6 && wd_byte_at(text, behind) == '-' &&
           wd_is_digit(wd_byte_at(text, behind + 1))) {
        size_t next = wd_digits_end(text, behind + 1);
        if (wd_is_alpha(wd_byte_at(text, next)))
            return end;
        size = next - behind - 1;
        behind = next;
        groups++;
    }
    bool is_telephone = groups == 2 && size == 4 && end - start <= 3;
    return groups > 2 || is_telephone ? behind : end;
}

/* The end of the figure that starts at `start`: 1,000.50 · 10:30 · 1990s · 4th, but
 * 10|am. */
size_t wd_english_figure_end(const struct wd_english *eng, size_t start)
{
    struct wd_str text = eng->text;
    size_t plain = wd_digits_end(text, start);
    if (wd_ends_plainly(text, plain))
        return plain;
    size_t end = wd_segment_end(text, start),
           address = wd_english_address(text, start, end);
    if (address)
        return address;

    size_t digits = start;
    while (wd_is_digit(wd_byte_at(text, digits)) ||
           (digits < end && (text.data[digits] == '.' || text.data[digits] == ',')))
        digits++;
    if (digits < end) {
        if (!wd_is_alpha((unsigned char)text.data[end - 1]))
            return end;
        char room[WD_FOLD_SIZE];
        struct wd_str unit = wd_english_fold(wd_slice(text, digits, end), room);
        return unit.size && wd_list_has(&wd_english_units, unit) ? digits : end;
    }
    size_t quote = wd_apostrophe_at(text, end);
    if (quote && text.data[end - 1] == '0' && wd_english_clitic_end(text, end) &&
        (wd_byte_at(text, end + quote) | 0x20) == 's')
        return end + quote + 1; /* the 1990's */
    end = join_figures(text, end);
    return join_hyphens(text, start, end);
}
