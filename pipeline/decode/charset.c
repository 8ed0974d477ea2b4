/* charset.c -- the one file that knows iconv.
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

#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "text.h"

struct wd_charset {
    const char *label;
    const char *name; /* iconv's; NULL: UTF-8 */
};

static const struct wd_charset charsets[] = {
    {"utf-8", NULL},
    {"utf8", NULL},
    {"us-ascii", NULL}, /* what is more in it can only be UTF-8, and is checked as that */
    {"ascii", NULL},
    {"iso-8859-1", "WINDOWS-1252"},
    {"latin1", "WINDOWS-1252"},
    {"windows-1252", "WINDOWS-1252"},
    {"cp1252", "WINDOWS-1252"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-9", "WINDOWS-1254"},
    {"iso-8859-15", "ISO-8859-15"},
    {"windows-1250", "WINDOWS-1250"},
    {"windows-1251", "WINDOWS-1251"},
    {"windows-1253", "WINDOWS-1253"},
    {"windows-1254", "WINDOWS-1254"},
    {"windows-1255", "WINDOWS-1255"},
    {"windows-1256", "WINDOWS-1256"},
    {"windows-1257", "WINDOWS-1257"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"macintosh", "MACINTOSH"},
    {"shift_jis", "CP932"},
    {"euc-jp", "EUC-JP"},
    {"euc-kr", "CP949"},
    {"big5", "BIG5-HKSCS"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb18030", "GB18030"},
    {"utf-16", "UTF-16"},
    {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
};

bool wd_charset_find(struct wd_str name, const struct wd_charset **ret_charset)
{
    for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
        if (name.size == strlen(charsets[i].label) &&
            strncasecmp(name.data, charsets[i].label, name.size) == 0) {
            *ret_charset = charsets[i].name ? &charsets[i] : NULL;
            return true;
        }
    }
    return false;
}

int wd_charset_convert(struct wd_article *art, const struct wd_charset *charset,
                       struct wd_str bytes, struct wd_str *ret_bytes)
{
    /* No unit of these charsets needs more than three times its bytes in UTF-8. */
    size_t room = 3 * bytes.size + 16, left = bytes.size;
    char *out = wd_arena_alloc(&art->arena, room), *end = out;
    if (!out)
        return WD_ENOMEM;
    iconv_t cd = iconv_open("UTF-8", charset->name);
    if (cd == (iconv_t)-1)
        return errno == ENOMEM
                   ? WD_ENOMEM
                   : wd_article_refuse(art, WD_EFORMAT, WD_NO_OFFSET,
                                       "this system cannot read charset \"%s\"",
                                       charset->label);

    /* iconv() takes its input as char ** and does not write through it. */
    char *in = (char *)(uintptr_t)bytes.data;
    bool is_read = iconv(cd, &in, &left, &end, &room) == 0 &&
                   iconv(cd, NULL, NULL, &end, &room) == 0;
    (void)iconv_close(cd); /* fails for a bad handle only */
    if (!is_read)
        return wd_article_refuse(art, WD_EUTF8, wd_decode_place(art, in),
                                 "byte 0x%02x means nothing there in charset \"%s\"",
                                 left ? (unsigned char)*in : 0, charset->label);
    *ret_bytes = (struct wd_str){out, (size_t)(end - out)};
    return WD_OK;
}
