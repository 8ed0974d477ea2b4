/* english_words.c -- words that start with a letter: addresses, clitics, abbreviations.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The Unicode segment is the first guess. It is too short for addresses, abbreviations
 * and prefixed words, too long where a colon or a lost space joined two words, and it
 * holds the clitics. One rule at most changes a word; the order below is their rank. */
#include "english_lists.h"
#include "english_rules.h"

/* What is longer is no word: only addresses are looked for in it. That bounds what is
 * read again after a cut. */
#define WORD_BYTES 256

/* Behind the last byte from `at` on that may stand in an address; closing punctuation at
 * its end belongs to the sentence. */
static size_t address_end(struct wd_str text, size_t start, size_t at)
{
    bool has_open = false; /* wiki/Kharkiv_(city) keeps its bracket */
    while (!wd_white_at(text, at)) {
        unsigned char c = wd_byte_at(text, at);
        if (c == '<' || c == '>' || c == '"' || c == '[' || c == ']' || c >= 0x80)
            break;
        has_open |= c == '(';
        if (c == ')' && !has_open)
            break;
        at++;
    }
    while (at > start && strchr(".,:;!?'", text.data[at - 1]))
        at--;
    return at;
}

/* Domains that make "name.TLD/" an address without a scheme. */
static bool has_known_domain(struct wd_str text, size_t start, size_t end)
{
    static const char *const domains[] = {".com", ".edu", ".gov", ".int", ".net", ".org",
                                          ".uk",  ".us",  ".de",  ".eu",  ".ua",  ".io"};
    bool has_point = end - start >= 4 &&
                     (text.data[end - 3] == '.' || text.data[end - 4] == '.');
    for (size_t i = 0; has_point && i < sizeof(domains) / sizeof(domains[0]); i++) {
        size_t size = strlen(domains[i]);
        if (end - start > size && memcmp(text.data + end - size, domains[i], size) == 0)
            return true;
    }
    return false;
}

size_t wd_english_address(struct wd_str text, size_t start, size_t end)
{
    unsigned char first = wd_byte_at(text, start), next = wd_byte_at(text, end);
    if (next != '.' && next != ':' && next != '@' && next != '/' && first != 'w' &&
        first != 'm')
        return 0; /* most words */
    if (wd_starts_with(text, end, "...@"))
        end += 3; /* as archives hide them */
    next = wd_byte_at(text, end);
    if (next == ':' && wd_starts_with(text, end, "://"))
        return address_end(text, start, end + 3);
    if (wd_starts_with(text, start, "www.") || wd_starts_with(text, start, "mailto:"))
        return address_end(text, start, end);
    if (next == '@' && wd_is_alnum(wd_byte_at(text, end + 1))) {
        size_t stop =
            wd_segment_end(text, end + 1); /* the host, hyphens in it included */
        while (wd_byte_at(text, stop) == '-' && wd_is_alnum(wd_byte_at(text, stop + 1)))
            stop = wd_segment_end(text, stop + 1);
        return stop;
    }
    if (next == '/' && wd_is_alnum(wd_byte_at(text, end + 1)) &&
        has_known_domain(text, start, end))
        return address_end(text, start, end);
    return 0;
}

/* Letters of the clitic that begins with `a` and `b`: s, d, m, ll, re, ve. */
static size_t clitic_letters(unsigned a, unsigned b)
{
    if (a == 's' || a == 'd' || a == 'm')
        return 1;
    if ((a == 'l' && b == 'l') || ((a == 'r' || a == 'v') && b == 'e'))
        return 2;
    return 0;
}

size_t wd_english_clitic_end(struct wd_str text, size_t at)
{
    size_t size = wd_apostrophe_at(text, at);
    if (!size)
        return 0;
    size_t letters = clitic_letters(wd_byte_at(text, at + size) | 0x20U,
                                    wd_byte_at(text, at + size + 1) | 0x20U);
    size_t end = at + size + letters;
    bool is_whole =
        letters && !wd_letter_at(text, end) && !wd_is_digit(wd_byte_at(text, end));
    return is_whole ? end : 0;
}

/* Is [at - 1, …) the n't of a negation? Behind it, or 0. */
static size_t negation_end(struct wd_str text, size_t start, size_t at)
{
    size_t size = wd_apostrophe_at(text, at);
    size_t end = at + size + 1;
    if (!size || at < start + 2 || (text.data[at - 1] | 0x20) != 'n' ||
        (wd_byte_at(text, at + size) | 0x20) != 't' || wd_letter_at(text, end))
        return 0;
    return end;
}

/* Cuts the word [start, end) at its first clitic: returns where, and tells where the
 * clitic ends; `end` when it has none. */
static size_t split_apostrophes(struct wd_str text, size_t start, size_t end,
                                size_t *ret_clitic_end)
{
    for (size_t at = start + 1; at < end; at++) {
        size_t behind = negation_end(text, start, at);
        if (behind) {
            *ret_clitic_end = behind;
            return at - 1;
        }
        behind = wd_english_clitic_end(text, at);
        if (behind && (behind == end || wd_apostrophe_at(text, behind))) {
            *ret_clitic_end = behind;
            return at;
        }
    }
    return end;
}

/* "U.S", "a.m", "Ph.D": letters parted by points, no part longer than two. */
static bool is_dotted(struct wd_str word)
{
    size_t run = 0, points = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] == '.') {
            points++;
            run = 0;
        } else if (!wd_is_alpha((unsigned char)word.data[i]) || ++run > 2) {
            return false;
        }
    }
    return points > 0 && run == 1;
}

/* "end.The": a sentence end whose space was lost, not a name with a point. */
static size_t lost_space(struct wd_str text, size_t start, size_t end)
{
    for (size_t at = start + 2; at + 2 < end; at++) {
        if (text.data[at] == '.' && wd_is_lower(wd_byte_at(text, at - 1)) &&
            wd_is_lower(wd_byte_at(text, at - 2)) &&
            wd_is_upper(wd_byte_at(text, at + 1)) &&
            wd_is_lower(wd_byte_at(text, at + 2)) && !wd_starts_with(text, at, ".Com"))
            return at;
    }
    return end;
}

/* The word that starts behind white space and opening quotes at `at`; bounded. */
static struct wd_str word_after(struct wd_str text, size_t at)
{
    for (size_t steps = 0; steps < 8 && at < text.size && !wd_letter_at(text, at) &&
                           !wd_is_digit(wd_byte_at(text, at));
         steps++) {
        unsigned size;
        (void)wd_utf8_decode(text.data + at, &size);
        at += size;
    }
    return wd_english_lookup(text, at);
}

/* "J." before a name is an initial; before "The" the sentence may end with plan B. */
static bool is_initial(struct wd_str text, size_t end)
{
    size_t next = end + 1;
    if (wd_is_upper(wd_byte_at(text, next)) || wd_byte_at(text, next) == ',')
        return true; /* J.D. */
    if (!wd_white_at(text, next) || next >= text.size)
        return false;
    unsigned size; /* the white may be U+00A0 */
    (void)wd_utf8_decode(text.data + next, &size);
    if (wd_is_digit(wd_byte_at(text, next + size)))
        return strchr("EHNRSW", text.data[end - 1]) != NULL; /* S. 207, H. R. 5 */
    if (wd_is_upper(wd_byte_at(text, next + size)) &&
        wd_byte_at(text, next + size + 1) == '.')
        return true; /* J. A. Smith */
    return wd_upper_at(text, next + size) &&
           !wd_list_has(&wd_english_starters, word_after(text, next));
}

/* "SEN." of a headline in capitals; the word behind it must be one as well, for the SEC
 * may end a sentence. */
static bool is_title_in_capitals(struct wd_str text, struct wd_str word, size_t end)
{
    char room[8] = {word.data[0]};
    if (word.size > sizeof(room) || wd_byte_at(text, end + 1) != ' ' ||
        !wd_is_upper(wd_byte_at(text, end + 2)) ||
        !wd_is_upper(wd_byte_at(text, end + 3)))
        return false;
    for (size_t i = 0; i < word.size; i++) {
        if (!wd_is_upper((unsigned char)word.data[i]))
            return false;
        if (i > 0)
            room[i] = (char)(word.data[i] + ('a' - 'A'));
    }
    return wd_list_has(&wd_english_titles, (struct wd_str){room, word.size});
}

bool wd_english_takes_point(struct wd_str text, size_t start, size_t end)
{
    struct wd_str word = wd_slice(text, start, end);
    if (wd_byte_at(text, end + 1) == '.') /* "Inc..", but not "etc..." */
        return wd_byte_at(text, end + 2) != '.' && word.size <= 8 &&
               (is_dotted(word) || wd_list_has(&wd_english_shorts, word));
    if (word.size == 1 && wd_is_upper((unsigned char)word.data[0]))
        return is_initial(text, end);
    if (is_dotted(word))
        return true;
    if (word.size > 8)
        return false;
    if (wd_english_is_abbreviation(word) || is_title_in_capitals(text, word, end))
        return true;
    size_t next = end + 1;
    while (wd_byte_at(text, next) == ' ' && next < end + 3)
        next++;
    return wd_is_digit(wd_byte_at(text, next)) && wd_list_has(&wd_english_numerals, word);
}

/* Behind "co-founder" when the word [start, end) is a prefix with a hyphen; else `end`.
 */
static size_t join_prefix(struct wd_str text, size_t start, size_t end)
{
    char room[WD_FOLD_SIZE];
    if (wd_byte_at(text, end) != '-' || !wd_letter_at(text, end + 1) || end - start > 7 ||
        wd_starts_with(text, end, "-the-")) /* over-the-counter */
        return end;
    struct wd_str word = wd_english_fold(wd_slice(text, start, end), room);
    return wd_list_has(&wd_english_prefixes, word) ? wd_segment_end(text, end + 1) : end;
}

/* "AT&T", "R&D", "Q&A": capitals on both sides. */
static size_t join_ampersand(struct wd_str text, size_t start, size_t end)
{
    if (wd_byte_at(text, end) != '&' || end - start > 3 ||
        !wd_is_upper(wd_byte_at(text, end - 1)) ||
        !wd_is_upper(wd_byte_at(text, end + 1)))
        return end;
    size_t behind = wd_segment_end(text, end + 1);
    return behind - end <= 4 ? behind : end;
}

/* The end of the word that starts with the letter at `start`. A clitic found in it is
 * noted as the next token. */
size_t wd_english_word_end(struct wd_english *eng, size_t start, uint16_t *flags)
{
    struct wd_str text = eng->text;
    size_t end = wd_segment_end(text, start);
    size_t address = wd_english_address(text, start, end);
    if (address)
        return address;
    if (end - start > WORD_BYTES)
        return end;

    const char *colon = memchr(text.data + start, ':', end - start);
    if (colon)
        end = (size_t)(colon - text.data);
    end = lost_space(text, start, end);

    size_t clitic = 0;
    size_t cut = split_apostrophes(text, start, end, &clitic);
    if (clitic) {
        eng->clitic_end = clitic;
        return cut;
    }
    if (end - start == 1 && wd_byte_at(text, end) == '/' &&
        wd_is_lower(wd_byte_at(text, end + 1)) && !wd_is_alnum(wd_byte_at(text, end + 2)))
        return end + 2; /* b/c, w/o, n/a */
    size_t joined = join_prefix(text, start, end);
    size_t part = joined > end ? end + 1 : start; /* "U.S" of "non-U.S" */
    end = join_ampersand(text, start, joined);
    if (wd_byte_at(text, end) == '.' && wd_english_takes_point(text, part, end)) {
        *flags |= WD_TOKEN_ABBREVIATION;
        return end + 1;
    }
    if (wd_byte_at(text, end) == '$' && wd_is_upper(wd_byte_at(text, end - 1)) &&
        end - start <= 3)
        return end + 1; /* US$ */
    return end;
}
