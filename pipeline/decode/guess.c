/* guess.c -- when a charset may be guessed, and when a guess is believed.
 *
 * A detector always has an answer; for ten letters it is a wrong one half of the time. So
 * the answer is one witness, and the text that it would make is the other. In a Latin
 * text letters past ASCII are few and stand within words; quotation marks, dashes and
 * signs stand where such marks stand. What remains of UTF-8 after an accident fails
 * this: "â€" is a letter that touches a euro sign. In other scripts nearly all letters
 * are of that script, or the charset is another. SPDX-License-Identifier: Apache-2.0 */
#include "guess.h"

#include "base/ascii.h"
#include "base/utf8.h"

/* ---- what a document says of itself ---- */

static struct wd_str value_behind(struct wd_str head, const char *name)
{
    const char *at = wd_ascii_find(head, name);
    if (!at)
        return (struct wd_str){0};
    const char *p = at + strlen(name), *end = head.data + head.size;
    while (p < end && (*p == ' ' || *p == '=' || *p == '"' || *p == '\''))
        p++;
    const char *start = p;
    while (p < end &&
           (wd_ascii_is_letter(*p) || wd_ascii_is_digit(*p) || *p == '-' || *p == '_'))
        p++;
    return (struct wd_str){start, (size_t)(p - start)};
}

struct wd_str wd_guess_inner_label(struct wd_str bytes)
{
    const size_t declared_within = 1024; /* as browsers look */
    struct wd_str head = bytes;
    while (head.size && (unsigned char)head.data[0] <= ' ')
        head = (struct wd_str){head.data + 1, head.size - 1};
    if (head.size > declared_within)
        head.size = declared_within;
    if (head.size < 5 || head.data[0] != '<')
        return (struct wd_str){0};
    if (memcmp(head.data, "<?xml", 5) == 0) {
        const char *end = memmem(head.data, head.size, "?>", 2);
        head.size = end ? (size_t)(end - head.data) : 0;
        return value_behind(head, "encoding");
    }
    const char *meta = wd_ascii_find(head, "<meta");
    if (!meta)
        return (struct wd_str){0};
    head = (struct wd_str){meta, head.size - (size_t)(meta - head.data)};
    return value_behind(head, "charset");
}

/* ---- two bytes a letter ---- */

const char *wd_guess_utf16(struct wd_str bytes, struct wd_str declared)
{
    size_t pairs = bytes.size / 2, little = 0, big = 0, blank_little = 0, blank_big = 0;
    bool is_declared = wd_ascii_begins(declared, "utf-16");

    if (bytes.size == 0 || !memchr(bytes.data, '\0', bytes.size))
        return NULL;
    if (is_declared && declared.size == 8)
        return (declared.data[6] | 32) == 'l' ? "utf-16le" : "utf-16be";
    for (size_t i = 0; i < pairs; i++) {
        unsigned char a = (unsigned char)bytes.data[2 * i];
        unsigned char b = (unsigned char)bytes.data[2 * i + 1];
        little += a && !b;
        big += !a && b;
        blank_little += (a == ' ' || a == '\n') && !b;
        blank_big += !a && (b == ' ' || b == '\n');
        if (!a && !b)
            return NULL;
    }
    /* Half of the letters Latin, or blanks between letters of another script. */
    if (little > 20 * big && (2 * little >= pairs || 50 * blank_little >= pairs) &&
        (is_declared || bytes.size % 2 == 0) && (little > 1 || is_declared))
        return "utf-16le";
    if (big > 20 * little && (2 * big >= pairs || 50 * blank_big >= pairs) &&
        (is_declared || bytes.size % 2 == 0) && (big > 1 || is_declared))
        return "utf-16be";
    return NULL;
}

/* ---- UTF-8 ---- */

size_t wd_guess_letters(struct wd_str bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes.size; i++)
        n += (unsigned char)bytes.data[i] >= 0xc2 && (unsigned char)bytes.data[i] <= 0xf4;
    return n;
}

/* The longest start of a sequence that could have become one, or a single byte. */
size_t wd_guess_fault(struct wd_str bytes)
{
    unsigned char lead = (unsigned char)bytes.data[0];
    size_t wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2, size = 1;
    if (lead < 0xc2 || lead > 0xf4)
        return 1;
    while (size < wanted - 1 && size < bytes.size &&
           ((unsigned char)bytes.data[size] & 0xc0) == 0x80)
        size++;
    return size;
}

bool wd_guess_is_damaged_utf8(struct wd_str bytes)
{
    size_t n_letters = 0, n_faults = 0;
    while (bytes.size) {
        size_t good = wd_utf8_valid_prefix(bytes);
        n_letters += wd_guess_letters((struct wd_str){bytes.data, good});
        bytes = (struct wd_str){bytes.data + good, bytes.size - good};
        if (bytes.size == 0)
            break;
        size_t bad = wd_guess_fault(bytes);
        n_faults++;
        bytes = (struct wd_str){bytes.data + bad, bytes.size - bad};
    }
    return n_letters >= 4 && n_letters >= 8 * n_faults;
}

/* ---- other charsets ---- */

bool wd_guess_is_text(struct wd_str bytes)
{
    size_t n_controls = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        if (c == 0)
            return false;
        n_controls += c < ' ' && (c < '\t' || c > '\r') && c != 0x1a && c != 0x1e;
    }
    return 200 * n_controls <= bytes.size;
}

struct wd_str wd_guess_sample(struct wd_str bytes, size_t limit)
{
    size_t start = 0;
    while (start < bytes.size && (unsigned char)bytes.data[start] < 0x80)
        start++;
    start = start > limit / 8 ? start - limit / 8 : 0;
    struct wd_str sample = {bytes.data + start, bytes.size - start};
    if (sample.size > limit)
        sample.size = limit;
    return sample;
}

/* Bytes past ASCII, and ASCII's letters. */
struct census {
    size_t n_high;
    size_t n_letters;
};

static struct census count(struct wd_str bytes)
{
    struct census census = {0};
    for (size_t i = 0; i < bytes.size; i++) {
        census.n_high += (unsigned char)bytes.data[i] >= 0x80;
        census.n_letters += wd_ascii_is_letter((unsigned char)bytes.data[i]);
    }
    return census;
}

/* The letters of a script: two ranges at most. */
static const struct script {
    const char *label;
    uint32_t first, last, first2, last2;
} scripts[] = {
    {"windows-1251", 0x400, 0x4ff, 0, 0},
    {"koi8-r", 0x400, 0x4ff, 0, 0},
    {"koi8-u", 0x400, 0x4ff, 0, 0},
    {"iso-8859-5", 0x400, 0x4ff, 0, 0},
    {"ibm866", 0x400, 0x4ff, 0, 0},
    {"windows-1253", 0x370, 0x3ff, 0, 0},
    {"iso-8859-7", 0x370, 0x3ff, 0, 0},
    {"windows-1255", 0x590, 0x5ff, 0, 0},
    {"iso-8859-8", 0x590, 0x5ff, 0, 0},
    {"windows-1256", 0x600, 0x6ff, 0, 0},
    {"iso-8859-6", 0x600, 0x6ff, 0, 0},
    {"tis-620", 0xe00, 0xe7f, 0, 0},
    {"shift_jis", 0x3000, 0x9fff, 0xff00, 0xffef},
    {"euc-jp", 0x3000, 0x9fff, 0xff00, 0xffef},
    {"big5", 0x3000, 0x9fff, 0xff00, 0xffef},
    {"gb18030", 0x3000, 0x9fff, 0xff00, 0xffef},
    {"euc-kr", 0xac00, 0xd7af, 0x3000, 0x9fff},
};

static const struct script *script_of(const char *label)
{
    for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
        if (wd_ascii_compare(scripts[i].label, label) == 0)
            return &scripts[i];
    }
    return NULL;
}

bool wd_guess_is_latin(struct wd_str bytes)
{
    struct census census = count(bytes);
    return census.n_high > 0 && 3 * census.n_high < census.n_letters;
}

/* Latin letters past ASCII are rare, and a dozen of them tell French from Polish; letters
 * of another script are most of a text. */
bool wd_guess_may_be(struct wd_str bytes, const char *label)
{
    struct census census = count(bytes);
    if (script_of(label))
        return census.n_high >= 8 && 3 * census.n_high >= census.n_letters;
    return census.n_high >= 12 && 3 * census.n_high < census.n_letters;
}

static bool is_mark(uint32_t cp)
{
    return (cp >= 0xa0 && cp <= 0xbf) || (cp >= 0x2010 && cp <= 0x203a) || cp == 0x20ac ||
           cp == 0x2116 || cp == 0x2122;
}

bool wd_guess_is_plausible(struct wd_str text, const char *label)
{
    const struct script *script = script_of(label);
    size_t n_own = 0, n_other = 0;
    for (size_t i = 0; i < text.size;) {
        unsigned size;
        uint32_t cp = wd_utf8_decode(text.data + i, &size);
        i += size;
        if (cp >= 0x80 && cp < 0xa0)
            return false; /* controls that no text has */
        if (cp < 0x80 || is_mark(cp))
            continue;
        bool is_own =
            script ? (cp >= script->first && cp <= script->last) ||
                         (script->first2 && cp >= script->first2 && cp <= script->last2)
                   : cp < 0x250; /* Latin */
        n_own += is_own;
        n_other += !is_own;
    }
    return n_own > 0 && n_own >= 10 * n_other;
}

static bool is_western_letter(unsigned char c)
{
    return wd_ascii_is_letter(c) || (c >= 0xc0 && c != 0xd7 && c != 0xf7) || c == 0x8a ||
           c == 0x8c || c == 0x8e || c == 0x9a || c == 0x9c || c == 0x9e || c == 0x9f;
}

/* What may stand around a word of one letter. */
static bool is_edge(unsigned char c, const char *marks)
{
    return c == 0xa0 || c <= ' ' || (c < 0x80 && strchr(marks, c));
}

/* A byte past ASCII where windows-1252 would not have it. */
static bool is_odd(unsigned char before, unsigned char c, unsigned char after)
{
    if (c == 0xff) /* "ÿ" is in no word but a few names; as a byte it is filling */
        return true;
    if (is_western_letter(c)) /* within a word, or a word of its own: "à" */
        return !is_western_letter(before) && !is_western_letter(after) &&
               !(is_edge(before, "\"'(>") && is_edge(after, "\"'.,;:!?)<"));
    if (c == 0x85 || (c >= 0x91 && c <= 0x97) || c == 0x8b || c == 0x9b || c == 0x82 ||
        c == 0x84) /* …, quotation marks, dashes */
        return false;
    if (c == 0x80 || c == 0xa3 || c == 0xa5) /* money */
        return !(wd_ascii_is_digit(before) || wd_ascii_is_digit(after) || before == ' ' ||
                 after == ' ') ||
               before >= 0x80 || is_western_letter(after);
    if (c >= 0xbc && c <= 0xbe) /* fractions */
        return is_western_letter(before) || is_western_letter(after);
    return c != 0xa0 && c != 0xa1 && c != 0xa7 && c != 0xa9 && c != 0xaa && c != 0xab &&
           c != 0xad && c != 0xae && c != 0xb0 && c != 0xb2 && c != 0xb3 && c != 0xb7 &&
           c != 0xba && c != 0xbb && c != 0xbf && c != 0xd7 && c != 0x99;
}

bool wd_guess_is_western(struct wd_str bytes)
{
    struct census census = count(bytes);
    size_t n_odd = 0;
    if (census.n_high == 0 || 2 * census.n_high > census.n_letters)
        return false;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        unsigned char before = i ? (unsigned char)bytes.data[i - 1] : ' ';
        unsigned char after = i + 1 < bytes.size ? (unsigned char)bytes.data[i + 1] : ' ';
        n_odd += c >= 0x80 && is_odd(before, c, after);
    }
    return 10 * n_odd <= census.n_high;
}
