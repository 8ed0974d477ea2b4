/* credit.c -- captions and credits.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Copy that was scraped or pasted has its captions as lines of their own, mostly with the
 * credit glued on: "….Credit…Jane Doe for The Star", "… (AP Photo/Jane Doe)",
 * "… Photograph: Jane Doe/Getty Images". The credit is what gives the caption away; it
 * stands at the end, is short, and is no sentence. A caption without one looks like any
 * paragraph and is left alone. */
#include "rules.h"

#include "base/block.h"
#include "base/utf8.h"
#include "words.h"

enum {
    CREDIT_WORDS_MAX = 16,
    CREDIT_BYTES_MAX = 160,
    CAPTION_WORDS_MAX = 90, /* AP's longest; a longer line is a paragraph */
};

/* How a credit begins. All of them are written with a capital there. */
#define T(text)                                                                          \
    {                                                                                    \
        text, sizeof(text) - 1                                                           \
    }

static const struct wd_str openers[] = {
    T("Courtesy of "),    T("Courtesy photo"),
    T("Courtesy: "),      T("Credit: "),
    T("Credit..."),       T("Credit\xe2\x80\xa6"),
    T("Credits: "),       T("CREDIT: "),
    T("Cartoon by "),     T("Fotos: "),
    T("Foto: "),          T("File photo"),
    T("Graphic by "),     T("Graphic: "),
    T("Handout photo"),   T("Illustration by "),
    T("Illustration: "),  T("Illustrations by "),
    T("Image by "),       T("Image courtesy"),
    T("Image credit"),    T("Image Credit"),
    T("Image: "),         T("Illustrations: "),
    T("Image source"),    T("Images: "),
    T("PHOTO: "),         T("Photo by "),
    T("Photo courtesy"),  T("Photo credit"),
    T("Photo Credit"),    T("Photo illustration"),
    T("Photo: "),         T("Photograph by "),
    T("Photograph: "),    T("Photograph courtesy"),
    T("Photographs by "), T("Photographs: "),
    T("Photography by "), T("Photos by "),
    T("Photos courtesy"), T("Photos: "),
    T("Picture by "),     T("Picture: "),
    T("Pictures: "),      T("REUTERS/"),
    T("Reuters/"),        T("Screenshot: "),
    T("Source: Getty"),   T("Video by "),
};

/* Agencies whose name after a slash or "via" ends a credit. */
static const struct wd_str agencies[] = {
    T("AFP"),
    T("AP"),
    T("Alamy"),
    T("Anadolu"),
    T("Anadolu Agency"),
    T("ANSA"),
    T("AAP"),
    T("Associated Press"),
    T("Bloomberg"),
    T("DPA"),
    T("dpa"),
    T("EFE"),
    T("EPA"),
    T("EPA-EFE"),
    T("Getty"),
    T("Getty Images"),
    T("Handout"),
    T("iStock"),
    T("Keystone"),
    T("Kyodo"),
    T("NurPhoto"),
    T("PA"),
    T("PA Images"),
    T("PA Wire"),
    T("Pool"),
    T("REUTERS"),
    T("Reuters"),
    T("Shutterstock"),
    T("TASS"),
    T("UPI"),
    T("Xinhua"),
    T("ZUMA Press"),
    T("File Photo"),
    T("Times"),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool starts_with(struct wd_str str, struct wd_str with)
{
    return str.size >= with.size && str.data[0] == with.data[0] &&
           str.data[with.size - 1] == with.data[with.size - 1] &&
           memcmp(str.data, with.data, with.size) == 0;
}

static bool ends_with(struct wd_str str, struct wd_str with)
{
    return str.size >= with.size && str.data[str.size - 1] == with.data[with.size - 1] &&
           memcmp(str.data + str.size - with.size, with.data, with.size) == 0;
}

static bool is_small_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static struct wd_str trimmed(struct wd_str str, const char *marks)
{
    while (str.size > 0 && !is_small_or_digit(str.data[str.size - 1]) &&
           (unsigned char)str.data[str.size - 1] < 0x80 &&
           strchr(marks, str.data[str.size - 1]))
        str.size--;
    return str;
}

static size_t count_words(struct wd_str str, size_t *ret_n_capital)
{
    struct wd_str word;
    size_t n = 0;
    *ret_n_capital = 0;
    while (wd_words_next(&str, &word)) {
        n++;
        *ret_n_capital += wd_word_is_capital(word);
    }
    return n;
}

/* Names and the small words between them: nothing that ends in a sentence. */
static bool looks_like_names(struct wd_str str)
{
    size_t n_capital, n = count_words(str, &n_capital);
    return n > 0 && n <= CREDIT_WORDS_MAX && n_capital * 2 >= n;
}

static bool has_digit(struct wd_str str)
{
    for (size_t i = 0; i < str.size; i++) {
        if (str.data[i] >= '0' && str.data[i] <= '9')
            return true;
    }
    return false;
}

/* "Photograph courtesy the author". */
static bool is_short_note(struct wd_str str)
{
    size_t n_capital;
    return count_words(str, &n_capital) <= 3 && !memchr(str.data, '.', str.size);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* What stands before a credit at `at` ends a sentence, or the credit is set off. */
static bool is_before_credit(struct wd_str line, size_t at)
{
    while (at > 0 && is_blank(line.data[at - 1]))
        at--;
    if (at == 0)
        return true;
    char c = line.data[at - 1];
    if ((unsigned char)c < 0x80)
        return !is_small_or_digit(c) && strchr(".!?\")]|/,([", c);
    struct wd_str before = {line.data, at};
    return ends_with(before, WD_STR("\xe2\x80\x9d")) ||
           ends_with(before, WD_STR("\xe2\x80\x99")) ||
           ends_with(before, WD_STR("\xe2\x80\xa6")) ||
           ends_with(before, WD_STR("\xc2\xa0"));
}

/* The first two letters are those of one of `openers`. */
static bool may_open(const char *p, const char *end)
{
    static const char seconds[26][5] = {
        ['C' - 'A'] = "oraR", ['F' - 'A'] = "io", ['G' - 'A'] = "r",
        ['H' - 'A'] = "a",    ['I' - 'A'] = "lm", ['P' - 'A'] = "hHi",
        ['R' - 'A'] = "eE",   ['S' - 'A'] = "co", ['V' - 'A'] = "i",
    };
    unsigned place = (unsigned)(unsigned char)*p - 'A';
    return place < 26 && end - p > 1 && p[1] != '\0' && strchr(seconds[place], p[1]);
}

/* The credit that begins at `at` reads like one. */
static bool is_opened(struct wd_str line, size_t at)
{
    struct wd_str rest = {line.data + at, line.size - at};
    for (size_t k = 0; k < COUNT(openers); k++) {
        if (!starts_with(rest, openers[k]))
            continue;
        size_t skip = openers[k].size;
        struct wd_str names =
            trimmed((struct wd_str){rest.data + skip, rest.size - skip}, " .)]");
        if (names.size == 0 || looks_like_names(names) ||
            (at == 0 && is_short_note(names)))
            return true;
    }
    return false;
}

/* Capitals in a block that may open a credit: most stand behind "x " in a sentence, or
 * within a word. Of the first two bytes it is not known. */
struct capitals {
    uint64_t set_off;
    uint64_t glued; /* a small letter before it: "…by the quayCredit: Jane Doe" */
};

static struct capitals capitals_in(const struct wd_block *block)
{
    uint64_t upper = wd_block_in(block, 'A', 'Z');
    if (!upper)
        return (struct capitals){0, 0};
    uint64_t small = wd_block_in(block, 'a', 'z');
    uint64_t blank = wd_block_are(block, ' ');
    return (struct capitals){
        .set_off = upper & ~((upper | small) << 1) & ~(blank << 1 & small << 2),
        .glued = upper & small << 1,
    };
}

static bool is_glued_credit(struct wd_str line, size_t at)
{
    struct wd_str rest = {line.data + at, line.size - at};
    return (starts_with(rest, WD_STR("Credit: ")) ||
            starts_with(rest, WD_STR("Image Credit"))) &&
           is_opened(line, at);
}

/* Where a credit with one of `openers` begins; line.size when there is none. */
static size_t find_opener(struct wd_str line)
{
    size_t at = line.size > CREDIT_BYTES_MAX ? line.size - CREDIT_BYTES_MAX : 0;

    for (; at < line.size; at += WD_BLOCK) {
        struct wd_block block = wd_block_read(line.data + at, line.size - at);
        struct capitals capitals = capitals_in(&block);
        for (; capitals.set_off; capitals.set_off &= capitals.set_off - 1) {
            size_t k = at + wd_mask_first(capitals.set_off);
            bool is_bare = k > 0 && is_small_or_digit(line.data[k - 1]);
            if (may_open(line.data + k, line.data + line.size) &&
                (is_bare ? is_glued_credit(line, k)
                         : is_before_credit(line, k) && is_opened(line, k)))
                return k - (k > 0 && strchr("([", line.data[k - 1]) != NULL);
        }
        for (; capitals.glued; capitals.glued &= capitals.glued - 1) {
            size_t k = at + wd_mask_first(capitals.glued);
            if (is_glued_credit(line, k))
                return k;
        }
    }
    return line.size;
}

enum { NAME_BYTES_MAX = 24 };

/* The last word may be an agency's: a capital, or the first letter of dpa and iStock.
 * Most lines end in a small word. */
static bool ends_in_name(struct wd_str str)
{
    size_t at = str.size, stop = at > NAME_BYTES_MAX ? at - NAME_BYTES_MAX : 0;
    while (at > stop && (str.data[at - 1] | 0x20) >= 'a' &&
           (str.data[at - 1] | 0x20) <= 'z')
        at--;
    char first = at < str.size ? str.data[at] : '\0';
    return (first >= 'A' && first <= 'Z') || first == 'd' || first == 'i';
}

static bool ends_with_agency(struct wd_str str)
{
    str = trimmed(str, " .)]");
    if (ends_with(str, WD_STR(" file")))
        str.size -= 5; /* "Jane Doe / AP file" */
    if (!ends_in_name(str))
        return false;
    for (size_t k = 0; k < COUNT(agencies); k++) {
        if (!ends_with(str, agencies[k]))
            continue;
        struct wd_str before = {str.data, str.size - agencies[k].size};
        if (ends_with(before, WD_STR("/")) || ends_with(before, WD_STR("/ ")) ||
            ends_with(before, WD_STR("via ")) || ends_with(before, WD_STR("/The ")))
            return true;
    }
    return false;
}

/* "(HILL TV 5)" behind a full stop: a station's picture. */
static bool is_station(struct wd_str inner)
{
    struct wd_str word;
    size_t n = 0, n_upper = 0;
    for (; wd_words_next(&inner, &word); n++) {
        if (wd_word_has_lower(word))
            return false;
        n_upper += wd_word_is_shouted(word);
    }
    return n >= 2 && n <= 4 && n_upper >= 2;
}

/* "A ferry at the quay (Getty)": prose would have its full stop before the bracket, or
 * behind it. */
static bool is_agency_alone(struct wd_str line, struct wd_str inner, size_t at)
{
    bool is_end = line.data[line.size - 1] == ')';
    while (at > 0 && is_blank(line.data[at - 1]))
        at--;
    bool is_open = at == 0 || is_small_or_digit(line.data[at - 1]) ||
                   (line.data[at - 1] >= 'A' && line.data[at - 1] <= 'Z');
    for (size_t k = 0; is_end && is_open && k < COUNT(agencies); k++) {
        if (wd_str_equal(inner, agencies[k]))
            return true;
    }
    return false;
}

/* "(AP Photo/Jane Doe)", "(Jane Doe / Los Angeles Times)" at the end. */
static size_t find_bracketed(struct wd_str line)
{
    struct wd_str str = trimmed(line, " .");
    if (str.size == 0 || str.data[str.size - 1] != ')')
        return line.size;
    const char *open = memrchr(str.data, '(', str.size);
    if (!open)
        return line.size;
    struct wd_str inner = {open + 1, (size_t)(str.data + str.size - open) - 2};
    size_t at = (size_t)(open - line.data);
    if (!looks_like_names(inner) || inner.size > CREDIT_BYTES_MAX)
        return line.size;
    bool is_photo = memmem(inner.data, inner.size, "Photo", 5) ||
                    memmem(inner.data, inner.size, "PHOTO", 5) ||
                    memmem(inner.data, inner.size, "Getty Images", 12) ||
                    memmem(inner.data, inner.size, " via ", 5) ||
                    memmem(inner.data, inner.size, "ourtesy", 7) ||
                    memmem(inner.data, inner.size, "andout", 6);
    bool is_slashed =
        memchr(inner.data, '/', inner.size) != NULL && !has_digit(inner); /* no address */
    size_t n_capital, n = count_words(inner, &n_capital);
    bool is_set_off = is_before_credit(line, at);
    if (is_photo || ends_with_agency(inner) || (is_slashed && is_set_off && n >= 2) ||
        (is_set_off && is_station(inner)) || is_agency_alone(line, inner, at))
        return at;
    return line.size;
}

/* "… Jane Doe/AFP via Getty Images" without a bracket: from the end of the sentence
 * before it. */
static size_t find_agency(struct wd_str line)
{
    if (!ends_with_agency(line))
        return line.size;
    size_t at = line.size > CREDIT_BYTES_MAX ? line.size - CREDIT_BYTES_MAX : 0;
    size_t found = at == 0 ? 0 : line.size;
    for (size_t i = at; i + 1 < line.size; i++) {
        if ((line.data[i] == '.' || line.data[i] == '|') && line.data[i + 1] == ' ' &&
            i >= 3 && line.data[i - 2] != ' ' && line.data[i - 2] != '.')
            found = i + 2;
    }
    struct wd_str names = {line.data + found, line.size - found};
    return looks_like_names(names) ? found : line.size;
}

bool wd_rule_credit(struct wd_proof *proof, size_t i)
{
    struct wd_str line = wd_proof_line(proof, i);
    if (proof->lines[i].n_words > CAPTION_WORDS_MAX)
        return false;
    size_t at = find_opener(line);
    if (at == line.size && !(proof->lines[i].flags & WD_LINE_BULLET))
        at = find_bracketed(line);
    if (at == line.size)
        at = find_agency(line);
    if (at == line.size)
        return false;
    if (at == 0) {
        wd_proof_drop(proof, i, WD_FURNITURE_CREDIT, true);
        return true;
    }
    wd_proof_drop(proof, i, WD_FURNITURE_CAPTION, true);
    proof->fates[i].tail_start = proof->lines[i].span.start + (uint32_t)at;
    proof->fates[i].tail_kind = WD_FURNITURE_CREDIT;
    return true;
}
