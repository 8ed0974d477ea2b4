/* english.c -- English words: the Unicode segments joined and split as a linguist does.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The standard is that of Universal Dependencies and the Penn Treebank, so that one
 * stream serves them and spaCy: n't, 's, 'll are words; hyphens and slashes part words,
 * but for a list of prefixes; "U.S.", "Mr.", "..." and addresses are whole; figures keep
 * their inner points and part from signs and units.
 *
 * Every rule starts from an exact UAX #29 segment and looks at a bounded stretch behind
 * it, or takes all it has looked at: that keeps hostile text linear. A segment that no
 * rule names stays as it is, so marks and emoji never fall apart.
 *
 * U+2019 is an apostrophe wherever "'" would be one. */
#include "english.h"

#include "english_chars.h"
#include "english_lists.h"
#include "wiredesk/text.h"

/* What is longer is no word: only addresses are looked for in it. */
#define WORD_BYTES 256

static size_t segment_end(struct wd_str text, size_t at)
{
    struct wd_cursor cursor = {text, (uint32_t)at};
    struct wd_span word = {0};
    (void)wd_word_next(&cursor, &word); /* `at` is before the end */
    return word.end;
}

static struct wd_str slice(struct wd_str text, size_t start, size_t end)
{
    return (struct wd_str){text.data + start, end - start};
}

static bool starts_with(struct wd_str text, size_t at, const char *z)
{
    size_t size = strlen(z);
    return at + size <= text.size && memcmp(text.data + at, z, size) == 0;
}

/* ---- addresses ---- */

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
    for (size_t i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
        size_t size = strlen(domains[i]);
        if (end - start > size && memcmp(text.data + end - size, domains[i], size) == 0)
            return true;
    }
    return false;
}

/* Behind the address that starts with the segment [start, end); 0 when there is none. */
static size_t find_address(struct wd_str text, size_t start, size_t end)
{
    if (starts_with(text, end, "...@"))
        end += 3; /* as archives hide them */
    unsigned char next = wd_byte_at(text, end);
    if (next == ':' && starts_with(text, end, "://"))
        return address_end(text, start, end + 3);
    if (starts_with(text, start, "www.") || starts_with(text, start, "mailto:"))
        return address_end(text, start, end);
    if (next == '@' && wd_is_alnum(wd_byte_at(text, end + 1))) {
        size_t stop = segment_end(text, end + 1); /* the host, hyphens in it included */
        while (wd_byte_at(text, stop) == '-' && wd_is_alnum(wd_byte_at(text, stop + 1)))
            stop = segment_end(text, stop + 1);
        return stop;
    }
    if (next == '/' && wd_is_alnum(wd_byte_at(text, end + 1)) &&
        has_known_domain(text, start, end))
        return address_end(text, start, end);
    return 0;
}

/* ---- apostrophes ---- */

/* Behind the clitic whose apostrophe is at `at`: 's, 'll, … ; 0 when it is none. */
static size_t clitic_end(struct wd_str text, size_t at)
{
    static const char *const clitics[] = {"s", "d", "m", "ll", "re", "ve"};
    size_t size = wd_apostrophe_at(text, at);
    if (!size)
        return 0;
    char small[2] = {(char)(wd_byte_at(text, at + size) | 0x20),
                     (char)(wd_byte_at(text, at + size + 1) | 0x20)};
    for (size_t i = 0; i < sizeof(clitics) / sizeof(clitics[0]); i++) {
        size_t letters = strlen(clitics[i]);
        size_t end = at + size + letters;
        if (memcmp(small, clitics[i], letters) == 0 && !wd_letter_at(text, end) &&
            !wd_is_digit(wd_byte_at(text, end)))
            return end;
    }
    return 0;
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
        behind = clitic_end(text, at);
        if (behind && (behind == end || wd_apostrophe_at(text, behind))) {
            *ret_clitic_end = behind;
            return at;
        }
    }
    return end;
}

/* ---- points ---- */

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
            wd_is_lower(wd_byte_at(text, at + 2)) && !starts_with(text, at, ".Com"))
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
    size_t end = at;
    while (end < text.size && end - at < WD_FOLD_SIZE &&
           (wd_is_alnum(wd_byte_at(text, end)) || wd_byte_at(text, end) == '\''))
        end++;
    return slice(text, at, end);
}

/* "J." before a name is an initial; before "The" the sentence may end with plan B. */
static bool is_initial(struct wd_str text, size_t end)
{
    size_t next = end + 1;
    if (wd_is_upper(wd_byte_at(text, next)) || wd_byte_at(text, next) == ',')
        return true; /* J.D. */
    if (!wd_white_at(text, next) || next >= text.size)
        return false;
    return wd_upper_at(text, next + 1) &&
           !wd_english_in(&wd_english_starters, word_after(text, next));
}

/* Does the point at `end` belong to the word [start, end)? */
static bool takes_point(struct wd_str text, size_t start, size_t end)
{
    struct wd_str word = slice(text, start, end);
    if (wd_byte_at(text, end + 1) == '.') /* "Inc..", but not "etc..." */
        return wd_byte_at(text, end + 2) != '.' && word.size <= 8 &&
               (is_dotted(word) || wd_english_in(&wd_english_shorts, word));
    if (word.size == 1)
        return wd_is_upper((unsigned char)word.data[0]) && word.data[0] != 'I' &&
               is_initial(text, end);
    if (word.size > 8)
        return false;
    if (wd_english_in(&wd_english_titles, word) ||
        wd_english_in(&wd_english_shorts, word) || is_dotted(word))
        return true;
    size_t next = end + 1;
    while (wd_byte_at(text, next) == ' ' && next < end + 3)
        next++;
    return wd_is_digit(wd_byte_at(text, next)) &&
           wd_english_in(&wd_english_numerals, word);
}

/* ---- words ---- */

/* Behind "co-founder" when the word [start, end) is a prefix with a hyphen; else `end`.
 */
static size_t join_prefix(struct wd_str text, size_t start, size_t end)
{
    char room[WD_FOLD_SIZE];
    if (wd_byte_at(text, end) != '-' || !wd_letter_at(text, end + 1) || end - start > 7)
        return end;
    struct wd_str word = wd_english_fold(slice(text, start, end), room);
    return wd_english_in(&wd_english_prefixes, word) ? segment_end(text, end + 1) : end;
}

/* "AT&T", "R&D", "Q&A": capitals on both sides. */
static size_t join_ampersand(struct wd_str text, size_t start, size_t end)
{
    if (wd_byte_at(text, end) != '&' || end - start > 3 ||
        !wd_is_upper(wd_byte_at(text, end - 1)) ||
        !wd_is_upper(wd_byte_at(text, end + 1)))
        return end;
    size_t behind = segment_end(text, end + 1);
    return behind - end <= 4 ? behind : end;
}

/* The end of the word that starts with the letter at `start`. A clitic found in it is
 * noted as the next token. */
static size_t word_end(struct wd_english *eng, size_t start, uint16_t *flags)
{
    struct wd_str text = eng->text;
    size_t end = segment_end(text, start);
    size_t address = find_address(text, start, end);
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
    end = join_ampersand(text, start, join_prefix(text, start, end));
    if (wd_byte_at(text, end) == '.' && takes_point(text, start, end)) {
        *flags |= WD_TOKEN_ABBREVIATION;
        return end + 1;
    }
    if (wd_byte_at(text, end) == '$' && wd_is_upper(wd_byte_at(text, end - 1)) &&
        end - start <= 3)
        return end + 1; /* US$ */
    return end;
}

/* "cannot" and its kind: notes the second half as the next token. */
static size_t split_fused(struct wd_english *eng, size_t start, size_t end)
{
    size_t first = wd_english_fused(slice(eng->text, start, end));
    if (!first)
        return end;
    eng->clitic_end = end;
    return start + first;
}

/* ---- figures ---- */

static size_t digits_end(struct wd_str text, size_t at)
{
    while (wd_is_digit(wd_byte_at(text, at)))
        at++;
    return at;
}

/* 10:30, 9/11, 12/31/2010. */
static size_t join_figures(struct wd_str text, size_t end)
{
    unsigned char sign = wd_byte_at(text, end);
    while ((sign == ':' || sign == '/') && wd_is_digit(wd_byte_at(text, end + 1))) {
        size_t behind = segment_end(text, end + 1);
        if (behind != digits_end(text, end + 1) && wd_byte_at(text, behind - 1) != '.')
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
        size_t next = digits_end(text, behind + 1);
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
static size_t figure_end(struct wd_english *eng, size_t start)
{
    struct wd_str text = eng->text;
    size_t end = segment_end(text, start), address = find_address(text, start, end);
    if (address)
        return address;

    size_t digits = start;
    while (wd_is_digit(wd_byte_at(text, digits)) ||
           (digits < end && (text.data[digits] == '.' || text.data[digits] == ',')))
        digits++;
    if (digits < end) {
        char room[WD_FOLD_SIZE];
        struct wd_str unit = wd_english_fold(slice(text, digits, end), room);
        return unit.size && wd_english_in(&wd_english_units, unit) ? digits : end;
    }
    size_t quote = wd_apostrophe_at(text, end);
    if (quote && text.data[end - 1] == '0' && clitic_end(text, end) &&
        (wd_byte_at(text, end + quote) | 0x20) == 's')
        return end + quote + 1; /* the 1990's */
    end = join_figures(text, end);
    return join_hyphens(text, start, end);
}

/* ---- everything else ---- */

/* Faces that stand alone, longest first. */
static size_t emoticon_end(struct wd_str text, size_t at)
{
    static const char *const faces[] = {":'-(", ":-)", ":-(", ":-D", ":-P", ":-/", ";-)",
                                        ":'(",  "=-)", ":)",  ":(",  ":D",  ":P",  ":p",
                                        ";)",   ":/",  "=)",  "=(",  "<3",  ":o",  ":O"};
    for (size_t i = 0; i < sizeof(faces) / sizeof(faces[0]); i++) {
        size_t end = at + strlen(faces[i]);
        if (starts_with(text, at, faces[i]) && !wd_letter_at(text, end) &&
            !wd_is_digit(wd_byte_at(text, end)) && wd_byte_at(text, end) != '/')
            return end;
    }
    return 0;
}

/* An apostrophe that starts a token: a clitic, a decade, 'em; else a quote by itself. */
static size_t apostrophe_end(struct wd_english *eng, size_t at, uint16_t *flags)
{
    struct wd_str text = eng->text;
    size_t quote = wd_apostrophe_at(text, at), end = at + quote;
    bool is_glued =
        !wd_white_before(text, at) &&
        (wd_is_alnum((unsigned char)text.data[at - 1]) ||
         (unsigned char)text.data[at - 1] >= 0x80 || text.data[at - 1] == '.');

    size_t clitic = clitic_end(text, at);
    if (is_glued && clitic) {
        *flags |= WD_TOKEN_CLITIC;
        return clitic;
    }
    if (is_glued && (text.data[at - 1] | 0x20) == 's' && !eng->is_in_quote &&
        wd_byte_at(text, end) == ' ' && wd_letter_at(text, end + 1)) {
        *flags |= WD_TOKEN_CLITIC; /* the soldiers' wives */
        return end;
    }
    if (!is_glued) {
        if (digits_end(text, end) == end + 2 && wd_byte_at(text, end + 2) == 's')
            return end + 3; /* '90s */
        static const char *const clipped[] = {"em",   "til",   "tis",
                                              "twas", "cause", "bout"};
        for (size_t i = 0; i < sizeof(clipped) / sizeof(clipped[0]); i++) {
            size_t behind = end + strlen(clipped[i]);
            if (starts_with(text, end, clipped[i]) && !wd_letter_at(text, behind))
                return behind;
        }
    }
    if (quote == 1 && !is_glued && !wd_white_at(text, end))
        eng->is_in_quote = true;
    else if (is_glued || wd_white_at(text, end))
        eng->is_in_quote = false;
    return wd_byte_at(text, at) == '\'' && wd_byte_at(text, end) == '\'' ? end + 1 : end;
}

/* A run of one sign is one token: "...", "--", "!!!", "====". Brackets and double quotes
 * never are. */
static size_t run_end(struct wd_str text, size_t at)
{
    static const bool runs[128] = {
        ['.'] = true, ['-'] = true, ['='] = true, ['*'] = true, ['_'] = true,
        ['~'] = true, ['+'] = true, ['#'] = true, ['<'] = true, ['>'] = true,
        ['$'] = true, ['`'] = true, ['^'] = true,
    };
    unsigned char c = wd_byte_at(text, at);
    size_t end = at + 1;
    if (c == '!' || c == '?') {
        while (wd_byte_at(text, end) == '!' || wd_byte_at(text, end) == '?')
            end++;
    } else if (runs[c]) {
        while (wd_byte_at(text, end) == c)
            end++;
    }
    return end;
}

static size_t ascii_sign_end(struct wd_english *eng, size_t at, uint16_t *flags)
{
    struct wd_str text = eng->text;
    unsigned char c = wd_byte_at(text, at), next = wd_byte_at(text, at + 1);
    bool is_free =
        wd_white_before(text, at) || memchr("([\"'-/", text.data[at - 1], 6) != NULL;

    if (c == '\'')
        return apostrophe_end(eng, at, flags);
    if (is_free && (c == '#' || c == '@') && wd_is_alpha(next))
        return segment_end(text, at + 1);
    if (is_free && c == '.' && wd_is_digit(next))
        return segment_end(text, at + 1); /* .5 */
    if (is_free && c == '.' && wd_is_lower(next))
        return segment_end(text, at + 1); /* .com */
    if (is_free && (c == ':' || c == ';' || c == '=' || c == '<')) {
        size_t end = emoticon_end(text, at);
        if (end)
            return end;
    }
    return run_end(text, at);
}

static size_t sign_end(struct wd_english *eng, size_t at, uint16_t *flags)
{
    struct wd_str text = eng->text;
    size_t end = segment_end(text, at);
    if (wd_byte_at(text, at) < 0x80 && end == at + 1)
        return ascii_sign_end(eng, at, flags);
    if (end == at + 3 && starts_with(text, at, "\xe2\x80\x98"))
        eng->is_in_quote = true; /* U+2018 */
    if (end == at + 3 && wd_apostrophe_at(text, at))
        return apostrophe_end(eng, at, flags);
    if (end == at + 3 && starts_with(text, at, "\xe2\x80\x94")) {
        while (starts_with(text, end, "\xe2\x80\x94"))
            end += 3; /* a two-em dash */
    }
    return end;
}

/* ---- the walk ---- */

/* Steps over white space; true when a line end was in it. */
static bool skip_white(struct wd_english *eng)
{
    struct wd_str text = eng->text;
    bool new_line = false;
    size_t at = eng->at;

    while (at < text.size) {
        unsigned char c = (unsigned char)text.data[at];
        unsigned size = 1;
        if (c > ' ' && c < 0x80)
            break;
        if (c < 0x80) {
            if (c < '\t' || (c > '\r' && c != ' '))
                break;
            new_line |= c == '\n' || c == '\r';
        } else {
            unsigned cls = wd_sentence_class(wd_utf8_decode(text.data + at, &size));
            if (cls != WD_SB_SP && cls != WD_SB_SEP)
                break;
            new_line |= cls == WD_SB_SEP;
        }
        at += size;
    }
    eng->at = at;
    return new_line;
}

/* Case, from the first letters: what a tagger asks first. */
static uint16_t case_flags(struct wd_str text, size_t start, size_t end)
{
    if (!wd_upper_at(text, start))
        return 0;
    size_t letters = 0;
    for (size_t at = start; at < end; at++) {
        if (wd_is_lower(wd_byte_at(text, at)))
            return WD_TOKEN_CAPITALISED;
        letters += wd_is_upper(wd_byte_at(text, at));
    }
    return letters > 1 ? WD_TOKEN_CAPITALISED | WD_TOKEN_UPPER : WD_TOKEN_CAPITALISED;
}

/* A word of ASCII letters before a space, a comma and the like: no rule but the fused
 * words has anything to say, and most tokens are of this kind. 0 when it is not that
 * easy. */
static size_t plain_word_end(struct wd_str text, size_t at)
{
    while (at < text.size && wd_is_alpha((unsigned char)text.data[at]))
        at++;
    switch (wd_byte_at(text, at)) {
    case ' ':
    case ',':
    case ';':
    case ')':
    case '"':
    case '\n':
        return at;
    default:
        return 0;
    }
}

bool wd_english_next(struct wd_english *eng, struct wd_token *ret_tok, bool *ret_new_line)
{
    struct wd_str text = eng->text;
    size_t start = eng->at, end;
    uint16_t flags = 0;

    *ret_new_line = false;
    if (eng->clitic_end) {
        end = eng->clitic_end;
        eng->clitic_end = 0;
        flags = WD_TOKEN_CLITIC;
    } else {
        *ret_new_line = skip_white(eng);
        if (*ret_new_line)
            eng->is_in_quote = false;
        start = eng->at;
        if (start >= text.size)
            return false;
        if (wd_is_digit(wd_byte_at(text, start))) {
            end = figure_end(eng, start);
        } else if (wd_letter_at(text, start)) {
            end = plain_word_end(text, start);
            if (!end)
                end = word_end(eng, start, &flags);
            if (!eng->clitic_end)
                end = split_fused(eng, start, end);
            flags |= case_flags(text, start, end);
        } else {
            end = sign_end(eng, start, &flags);
        }
    }
    eng->at = end;
    *ret_tok =
        (struct wd_token){.span = {(uint32_t)start, (uint32_t)end}, .flags = flags};
    return true;
}
