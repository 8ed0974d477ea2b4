/* charset.c -- the one file that knows iconv and uchardet: a record's bytes become UTF-8,
 * or are refused. What is believed, in this order:
 *
 *   1. a byte order mark;
 *   2. bytes that are UTF-8 and not ASCII, whatever was declared: text in another charset
 *      is so by accident only, and the accident needs all of its letters to agree. Where
 *      two bytes are a letter (Shift JIS, GBK) four of them must, since one may well;
 *   3. what is declared: by the content type, else by the document (<?xml encoding>,
 *      <meta charset>), when the bytes mean something in it;
 *   4. UTF-8 with few faults among many letters: that it is, and was damaged;
 *   5. in Latin letters what they are most like in (latin.c), in others what uchardet
 * makes of it; each when it is plausible (guess.c says what that is), else windows-1252
 * on the same condition.
 *
 * Nothing is lost silently: letters that could not be saved are U+FFFD and counted, and
 * how the charset was known goes with the article. A text that is plausible in no
 * charset is refused: mojibake would be indexed, tagged and compared as if it were words.
 *
 * Only names of our own list reach iconv_open(). A name from outside could carry
 * "//TRANSLIT", which loses text silently, or load one of a hundred converters that
 * nobody has looked at for years (CVE-2024-2961 was in one of them).
 *
 * Two labels mean more than they say. "iso-8859-1" is read as windows-1252, as the WHATWG
 * Encoding Standard does: the bytes that differ are controls in the one and quotation
 * marks in the other, and no newspaper ever meant the controls. "gb2312" and "gbk" are
 * read as GB18030, which holds them both. SPDX-License-Identifier: Apache-2.0 */
#include "charset.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "guess.h"
#include "latin.h"
#include "text.h"

#define SAMPLE_BYTES (64 * 1024) /* what uchardet gets to see */

struct charset {
    const char *label;
    const char *name; /* iconv's; NULL: UTF-8 */
    bool is_multibyte;
    const char *alias; /* uchardet's name, where it is not the label */
};

static const struct charset charsets[] = {
    {"utf-8", NULL, false, NULL},
    {"utf8", NULL, false, NULL},
    {"us-ascii", NULL, false,
     NULL}, /* what is more in it can only be UTF-8, and is checked as that */
    {"ascii", NULL, false, NULL},
    {"iso-8859-1", "WINDOWS-1252", false, NULL},
    {"latin1", "WINDOWS-1252", false, NULL},
    {"windows-1252", "WINDOWS-1252", false, NULL},
    {"cp1252", "WINDOWS-1252", false, NULL},
    {"iso-8859-2", "ISO-8859-2", false, NULL},
    {"iso-8859-5", "ISO-8859-5", false, NULL},
    {"iso-8859-7", "ISO-8859-7", false, NULL},
    {"iso-8859-9", "WINDOWS-1254", false, NULL},
    {"iso-8859-15", "ISO-8859-15", false, NULL},
    {"windows-1250", "WINDOWS-1250", false, NULL},
    {"windows-1251", "WINDOWS-1251", false, NULL},
    {"windows-1253", "WINDOWS-1253", false, NULL},
    {"windows-1254", "WINDOWS-1254", false, NULL},
    {"windows-1255", "WINDOWS-1255", false, NULL},
    {"windows-1256", "WINDOWS-1256", false, NULL},
    {"windows-1257", "WINDOWS-1257", false, NULL},
    {"koi8-r", "KOI8-R", false, NULL},
    {"koi8-u", "KOI8-U", false, NULL},
    {"macintosh", "MACINTOSH", false, NULL},
    {"iso-8859-3", "ISO-8859-3", false, NULL},
    {"iso-8859-4", "ISO-8859-4", false, NULL},
    {"iso-8859-6", "ISO-8859-6", false, NULL},
    {"iso-8859-8", "WINDOWS-1255", false, NULL},
    {"iso-8859-10", "ISO-8859-10", false, NULL},
    {"iso-8859-13", "ISO-8859-13", false, NULL},
    {"iso-8859-16", "ISO-8859-16", false, NULL},
    {"ibm866", "CP866", false, NULL},
    {"tis-620", "CP874", false, NULL},
    {"windows-874", "CP874", false, NULL},
    {"shift_jis", "CP932", true, NULL},
    {"euc-jp", "EUC-JP", true, NULL},
    {"euc-kr", "CP949", true, "UHC"},
    {"big5", "BIG5-HKSCS", true, NULL},
    {"gb2312", "GB18030", true, NULL},
    {"gbk", "GB18030", true, NULL},
    {"gb18030", "GB18030", true, NULL},
    {"utf-16", "UTF-16", true, NULL},
    {"utf-16le", "UTF-16LE", true, NULL},
    {"utf-16be", "UTF-16BE", true, NULL},
};

#define UTF16LE "utf-16le"
#define UTF16BE "utf-16be"

static const struct charset *find(struct wd_str name)
{
    for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
        const struct charset *row = &charsets[i];
        if (wd_ascii_same(name, wd_str_from(row->label)) ||
            (row->alias && wd_ascii_same(name, wd_str_from(row->alias))))
            return row;
    }
    return NULL;
}

bool wd_charset_is_known(struct wd_str name)
{
    return find(name) != NULL;
}

/* One conversion. `n_bad` counts what was replaced; it ends past `allowed`. */
struct conversion {
    const struct charset *charset;
    size_t allowed;
    size_t n_bad;
    const char *first_bad;
    struct wd_str text;
};

/* U+FFFD for the byte at *in. */
static void replace(char **in, size_t *left, char **end, size_t *room)
{
    memcpy(*end, "\xef\xbf\xbd", 3);
    *end += 3;
    *room -= 3;
    ++*in;
    --*left;
}

/* False when more is wrong than allowed. No unit of these charsets needs more than three
 * times its bytes in UTF-8. */
static int convert(struct wd_article *art, struct wd_str bytes, struct conversion *conv)
{
    assert(conv->charset);
    size_t room = 3 * bytes.size + 16, left = bytes.size;
    char *out = wd_arena_alloc(&art->arena, room), *end = out;
    if (!out)
        return WD_ENOMEM;
    iconv_t cd = iconv_open("UTF-8", conv->charset->name);
    if (cd == (iconv_t)-1)
        return errno == ENOMEM
                   ? WD_ENOMEM
                   : wd_article_refuse(art, WD_EFORMAT, WD_NO_OFFSET,
                                       "this system cannot read charset \"%s\"",
                                       conv->charset->label);

    /* iconv() takes its input as char ** and does not write through it. */
    char *in = (char *)(uintptr_t)bytes.data;
    conv->n_bad = 0;
    while (iconv(cd, &in, &left, &end, &room) == (size_t)-1) {
        if (conv->n_bad++ == 0)
            conv->first_bad = in;
        if (conv->n_bad > conv->allowed || left == 0 || room < 3 * left + 3)
            break;
        replace(&in, &left, &end, &room);
    }
    bool is_read = conv->n_bad <= conv->allowed && left == 0 &&
                   iconv(cd, NULL, NULL, &end, &room) != (size_t)-1;
    (void)iconv_close(cd); /* fails for a bad handle only */
    if (!is_read && conv->n_bad == 0)
        conv->first_bad = in; /* only the end of it was refused */
    if (!is_read && conv->n_bad <= conv->allowed)
        conv->n_bad = conv->allowed + 1;
    conv->text = (struct wd_str){out, (size_t)(end - out)};
    return WD_OK;
}

static bool is_converted(const struct conversion *conv)
{
    return conv->n_bad <= conv->allowed;
}

static void note(struct wd_article *art, const char *charset, struct wd_str declared,
                 bool is_detected, size_t replaced)
{
    art->facts.quality = (struct wd_quality){
        .charset = wd_str_from(charset),
        .declared = is_detected ? declared : (struct wd_str){0},
        .is_detected = is_detected,
        .replaced = (uint32_t)replaced,
    };
}

/* The whole of it in one charset, strictly; *ret_is_text is false when it is not. */
static int try_strictly(struct wd_article *art, struct wd_str bytes,
                        const struct charset *charset, struct wd_str *ret_text,
                        bool *ret_is_text)
{
    struct conversion conv = {.charset = charset};
    int r = convert(art, bytes, &conv);
    *ret_is_text = r == WD_OK && is_converted(&conv);
    *ret_text = conv.text;
    return r;
}

/* UTF-8 that lost some bytes. */
static int mend(struct wd_article *art, struct wd_str bytes, struct wd_str declared,
                struct wd_str *ret_text)
{
    char *out = wd_arena_alloc(&art->arena, 3 * bytes.size + 3), *end = out;
    size_t n_replaced = 0;
    if (!out)
        return WD_ENOMEM;
    while (bytes.size) {
        size_t good = wd_utf8_valid_prefix(bytes);
        memcpy(end, bytes.data, good);
        end += good;
        bytes = (struct wd_str){bytes.data + good, bytes.size - good};
        if (bytes.size == 0)
            break;
        size_t bad = wd_guess_fault(bytes);
        memcpy(end, "\xef\xbf\xbd", 3);
        end += 3;
        n_replaced++;
        bytes = (struct wd_str){bytes.data + bad, bytes.size - bad};
    }
    bool is_declared = declared.size && find(declared) && !find(declared)->name;
    note(art, "utf-8", declared, !is_declared, n_replaced);
    *ret_text = (struct wd_str){out, (size_t)(end - out)};
    return WD_OK;
}

/* What uchardet calls it; NULL when it does not know, or we do not. */
static int ask_uchardet(struct wd_str bytes, const struct charset **ret_charset)
{
    struct wd_str sample = wd_guess_sample(bytes, SAMPLE_BYTES);
    *ret_charset = NULL;
    uchardet_t detector = uchardet_new();
    if (!detector)
        return WD_ENOMEM;
    if (uchardet_handle_data(detector, sample.data, sample.size) == 0) {
        uchardet_data_end(detector);
        *ret_charset = find(wd_str_from(uchardet_get_charset(detector)));
    }
    uchardet_delete(detector);
    return WD_OK;
}

/* The text in `charset`, when that is what it may be. */
static int try_charset(struct wd_article *art, struct wd_str bytes,
                       const struct charset *charset, struct wd_str *ret_text,
                       bool *ret_is_text)
{
    int r = try_strictly(art, bytes, charset, ret_text, ret_is_text);
    *ret_is_text = *ret_is_text && wd_guess_is_plausible(*ret_text, charset->label);
    return r;
}

static int guess(struct wd_article *art, struct wd_str bytes, struct wd_str declared,
                 struct wd_str *ret_text, bool *ret_is_text)
{
    *ret_is_text = false;
    if (!wd_guess_is_text(bytes))
        return WD_OK;
    const char *label = wd_guess_is_latin(bytes) ? wd_latin_charset(bytes) : NULL;
    const struct charset *charset = label ? find(wd_str_from(label)) : NULL;
    int r = charset ? try_charset(art, bytes, charset, ret_text, ret_is_text) : WD_OK;
    if (r == WD_OK && !*ret_is_text) {
        r = ask_uchardet(bytes, &charset);
        if (r == WD_OK && charset && charset->name &&
            wd_guess_may_be(bytes, charset->label))
            r = try_charset(art, bytes, charset, ret_text, ret_is_text);
    }
    if (r == WD_OK && !*ret_is_text && wd_guess_is_western(bytes)) {
        charset = find(WD_STR("windows-1252"));
        r = try_strictly(art, bytes, charset, ret_text, ret_is_text);
    }
    if (r == WD_OK && *ret_is_text)
        note(art, charset->label, declared, true, 0);
    return r;
}

static int refuse(struct wd_article *art, struct wd_str bytes,
                  const struct conversion *conv)
{
    assert(!conv->charset || conv->first_bad);
    if (conv->charset)
        return wd_article_refuse(art, WD_EUTF8, wd_decode_place(art, conv->first_bad),
                                 "byte 0x%02x means nothing there in charset \"%s\"",
                                 conv->first_bad < bytes.data + bytes.size
                                     ? (unsigned char)*conv->first_bad
                                     : 0,
                                 conv->charset->label);
    return wd_text_check(art, bytes);
}

/* Bytes that are not UTF-8. */
static int recover(struct wd_article *art, struct wd_str bytes, struct wd_str declared,
                   struct wd_str *ret_text)
{
    const struct charset *charset = find(declared);
    struct conversion conv = {0};
    bool is_text = false;

    if (charset && charset->name) {
        /* One fault in 200 bytes is damage; more is another charset. */
        conv = (struct conversion){.charset = charset, .allowed = bytes.size / 200};
        int r = convert(art, bytes, &conv);
        if (r != WD_OK)
            return r;
        if (is_converted(&conv)) {
            note(art, charset->label, declared, false, conv.n_bad);
            *ret_text = conv.text;
            return WD_OK;
        }
    }
    if (wd_guess_is_damaged_utf8(bytes))
        return mend(art, bytes, declared, ret_text);
    int r = guess(art, bytes, declared, ret_text, &is_text);
    return r < 0 || is_text ? r : refuse(art, bytes, &conv);
}

/* Two bytes a letter, with or without a mark that says so. */
static int read_utf16(struct wd_article *art, struct wd_str bytes, const char *label,
                      struct wd_str declared, bool is_marked, struct wd_str *ret_text)
{
    struct conversion conv = {.charset = find(wd_str_from(label))};
    bool is_declared = is_marked || wd_ascii_begins(declared, "utf-16");
    conv.allowed = bytes.size / 400;
    int r = convert(art, bytes, &conv);
    if (r != WD_OK)
        return r;
    if (!is_converted(&conv))
        return refuse(art, bytes, &conv);
    note(art, label, declared, !is_declared, conv.n_bad);
    *ret_text = conv.text;
    return WD_OK;
}

/* Bytes that are UTF-8: as they are, unless the accident that the head of this file tells
 * of is likely. */
static int confirm(struct wd_article *art, struct wd_str bytes, struct wd_str declared,
                   struct wd_str *ret_text)
{
    const struct charset *charset = find(declared);
    size_t n_letters = wd_guess_letters(bytes);
    *ret_text = bytes;
    if (n_letters == 0 || !charset || !charset->name)
        return WD_OK;
    if (charset->is_multibyte && n_letters < 4)
        return recover(art, bytes, declared, ret_text);
    note(art, "utf-8", declared, true, 0);
    return WD_OK;
}

int wd_charset_read(struct wd_article *art, struct wd_str declared, struct wd_str bytes,
                    struct wd_str *ret_text)
{
    if (declared.size && !find(declared))
        return wd_article_refuse(
            art, WD_EFORMAT, WD_NO_OFFSET, "charset \"%.*s\" is not one we read",
            declared.size < 80 ? (int)declared.size : 80, declared.data);
    if (!declared.size)
        declared = wd_guess_inner_label(bytes);
    if (bytes.size >= 2 && memcmp(bytes.data, "\xff\xfe", 2) == 0)
        return read_utf16(art, bytes, UTF16LE, declared, true, ret_text);
    if (bytes.size >= 2 && memcmp(bytes.data, "\xfe\xff", 2) == 0)
        return read_utf16(art, bytes, UTF16BE, declared, true, ret_text);
    const char *wide = wd_guess_utf16(bytes, declared);
    if (wide)
        return read_utf16(art, bytes, wide, declared, false, ret_text);
    bytes = wd_text_skip_bom(bytes);
    if (wd_utf8_valid_prefix(bytes) == bytes.size)
        return confirm(art, bytes, declared, ret_text);
    return recover(art, bytes, declared, ret_text);
}
