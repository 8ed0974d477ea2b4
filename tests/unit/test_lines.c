/* test_lines.c -- what is counted of a line, many words at once, is what each word says.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include "clean/line.h"
#include "copy.h"

enum { N_LINES = 3000, LINE_BYTES_MAX = 200 };

static struct wd_arena arena;

static int open_arena(void **state)
{
    (void)state;
    wd_arena_init(&arena);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    wd_arena_done(&arena);
    return 0;
}

static struct wd_line line_of(const char *text, size_t size)
{
    struct wd_lines lines;
    assert_int_equal(wd_lines_cut((struct wd_str){text, size}, &arena, &lines), WD_OK);
    assert_int_equal(lines.n, 1);
    return lines.at[0];
}

struct row {
    const char *text;
    unsigned n_words, n_capital, n_upper, n_lower, n_stops;
    unsigned flags;
};

static const struct row rows[] = {
    {"Quay", 1, 1, 0, 0, 0, 0},
    {"the ferry", 2, 0, 0, 1, 0, WD_LINE_SMALL},
    {"(The) \"ferry\" 'is' FULL.", 4, 2, 1, 1, 0, WD_LINE_STOP | WD_LINE_SAID},
    {"It left. (\"Late?\") He said:", 5, 3, 0, 2, 2,
     WD_LINE_COLON | WD_LINE_TOLD | WD_LINE_SAID},
    {"Pier 4 | Pier 12", 5, 4, 0, 0, 0, WD_LINE_BAR | WD_LINE_DIGIT},
    {"2. Read on", 3, 2, 0, 0, 1, WD_LINE_BULLET | WD_LINE_DIGIT},
    {"a@quay.org at https://quay.org", 3, 0, 0, 2, 0,
     WD_LINE_AT | WD_LINE_URL | WD_LINE_SMALL},
    {"NOT NATO's OWN", 3, 3, 2, 0, 0, 0},
    {"\"What now?\" she asked", 4, 1, 0, 1, 1, WD_LINE_QUOTE | WD_LINE_SAID},
    {"so [it](b) is", 3, 0, 0, 0, 0, WD_LINE_SMALL | WD_LINE_IMAGE},
    {"\xc3\x89mile's caf\xc3\xa9 \xc3\x96L", 3, 2, 1, 1, 0, 0},
};

static void lines_say_what_they_are_made_of(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wd_line line = line_of(rows[i].text, strlen(rows[i].text));
        if (line.n_words != rows[i].n_words || line.n_capital != rows[i].n_capital ||
            line.n_upper != rows[i].n_upper || line.n_lower != rows[i].n_lower ||
            line.n_stops != rows[i].n_stops || line.flags != rows[i].flags)
            fail_msg("\"%s\": %u words, %u %u %u, %u stops, flags %x", rows[i].text,
                     line.n_words, line.n_capital, line.n_upper, line.n_lower,
                     line.n_stops, line.flags);
    }
}

/* Words, marks and blanks, in ASCII. */
static size_t make_line(char *text, uint64_t *seed)
{
    static const char bytes[] = "aaaeeiosnrtlABSTNR0123.,.!?:'\")]*_|>@-(    ";
    size_t size = 2 + copy_random(seed) % (LINE_BYTES_MAX - 2);
    for (size_t i = 0; i < size; i++)
        text[i] = bytes[(copy_random(seed) >> 20) % (sizeof(bytes) - 1)];
    text[0] = 'a';
    text[size - 1] = 'z';
    return size;
}

/* The counts of a line are those of its words, each a line by itself. */
static void counts_are_sums_over_words(void **state)
{
    (void)state;
    char text[LINE_BYTES_MAX];
    uint64_t seed = 7;
    for (unsigned k = 0; k < N_LINES; k++) {
        size_t size = make_line(text, &seed);
        struct wd_line line = line_of(text, size), sum = {.flags = 0};
        for (size_t at = 0, end; at < size; at = end + 1) {
            for (end = at; end < size && text[end] != ' ';)
                end++;
            if (end == at)
                continue;
            struct wd_line word = line_of(text + at, end - at);
            sum.n_words++;
            sum.n_capital += word.n_capital;
            sum.n_upper += word.n_upper;
            sum.n_lower += word.n_lower;
            sum.n_stops += (word.flags & WD_LINE_STOP) != 0;
            sum.n_chars += word.n_chars + (sum.n_words > 1);
            sum.flags |= word.flags;
        }
        const unsigned anywhere = WD_LINE_AT | WD_LINE_BAR | WD_LINE_DIGIT |
                                  WD_LINE_TOLD | WD_LINE_SAID | WD_LINE_IMAGE;
        assert_int_equal(line.n_words, sum.n_words);
        assert_int_equal(line.n_chars, sum.n_chars);
        assert_int_equal(line.flags & WD_LINE_SAID, sum.flags & WD_LINE_SAID);
        if (line.n_words > 28)
            continue; /* a paragraph: only its ends are read */
        assert_int_equal(line.n_capital, sum.n_capital);
        assert_int_equal(line.n_upper, sum.n_upper);
        assert_int_equal(line.n_lower, sum.n_lower);
        assert_int_equal(line.n_stops, sum.n_stops);
        assert_int_equal(line.flags & anywhere, sum.flags & anywhere);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_say_what_they_are_made_of),
        cmocka_unit_test(counts_are_sums_over_words),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
