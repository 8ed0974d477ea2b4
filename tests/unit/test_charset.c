/* test_charset.c -- other charsets become UTF-8, declared or not, or are refused; what is
 * replaced is counted.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <iconv.h>

#include "../support/decode_one.h"

static struct wd_options opts;

static const struct row {
    struct wd_str bytes;
    const char *type;
    const char *raw; /* or NULL when it must be refused, */
    const char *status;
    size_t offset;
} rows[] = {
    {WD_STR("caf\xe9 \x93tea\x94"), "text/plain; charset=ISO-8859-1",
     "caf\xc3\xa9 \xe2\x80\x9ctea\xe2\x80\x9d", NULL, 0},
    {WD_STR("caf\xe9 \xa4"), "text/plain; charset=iso-8859-15",
     "caf\xc3\xa9 \xe2\x82\xac", NULL, 0},
    {WD_STR("\xcf\xf0\xe8"), "text/plain; charset=\"windows-1251\"",
     "\xd0\x9f\xd1\x80\xd0\xb8", NULL, 0},
    {WD_STR("h\0i\0"), "text/plain; charset=utf-16le", "hi", NULL, 0},
    {WD_STR("\xff\xfeh\0i\0"), "text/plain; charset=utf-16le", "hi", NULL, 0},
    {WD_STR("\xfe\xff\0h\0i"), "text/plain; charset=utf-16", "hi", NULL, 0},
    {WD_STR("\xb1\xb1\xbe\xa9"), "text/plain; charset=gb2312", "\xe5\x8c\x97\xe4\xba\xac",
     NULL, 0},
    {WD_STR("\x93\xfa\x96\x7b"), "text/plain; charset=Shift_JIS",
     "\xe6\x97\xa5\xe6\x9c\xac", NULL, 0},
    {WD_STR("<p>caf\xe9</p>"), "text/html; charset=latin1", "caf\xc3\xa9", NULL, 0},
    {WD_STR("{\"body\":\"caf\xe9\"}"), "application/json;charset=windows-1252",
     "caf\xc3\xa9", NULL, 0},
    {WD_STR("caf\xc3\xa9"), "text/plain; charset=us-ascii", "caf\xc3\xa9", NULL, 0},

    {WD_STR("a\x81z"), "text/plain; charset=windows-1252", NULL, "invalid-utf8", 1},
    {WD_STR("a\0b"), "text/plain; charset=utf-16le", NULL, "invalid-utf8", 2},
    {WD_STR("\0\xd8z\0"), "text/plain; charset=utf-16le", NULL, "invalid-utf8", 0},
    {WD_STR("\x93"), "text/plain; charset=shift_jis", NULL, "invalid-utf8", 0},
    {WD_STR("a\0b"), "text/plain; charset=latin1", NULL, "nul-byte", 1},
    {WD_STR("\xa0\xa0"), "text/plain; charset=latin1", NULL, "blank", WD_NO_OFFSET},
    {WD_STR("x"), "text/plain; charset=latin1//TRANSLIT", NULL, "content-type",
     WD_NO_OFFSET},
    {WD_STR("x"), "text/plain; charset=iso-2022-cn-ext", NULL, "content-type",
     WD_NO_OFFSET},
    {WD_STR("x"), "text/plain; charset=", NULL, "content-type", WD_NO_OFFSET},
};

static const struct guess_row {
    struct wd_str bytes;
    const char *type;
    const char *raw;     /* NULL: refused with WD_EUTF8 */
    const char *charset; /* "": plain UTF-8 */
    const char *declared;
    bool is_detected;
    uint32_t replaced;
} guess_rows[] = {
    /* nobody says anything */
    {WD_STR("plain"), NULL, "plain", "", "", false, 0},
    {WD_STR("caf\xc3\xa9"), NULL, "caf\xc3\xa9", "", "", false, 0},
    {WD_STR("The caf\xe9 \x96 it\x92s \x93new\x94, \x80 5."), NULL,
     "The caf\xc3\xa9 \xe2\x80\x93 it\xe2\x80\x99s \xe2\x80\x9cnew\xe2\x80\x9d, "
     "\xe2\x82\xac 5.",
     "windows-1252", "", true, 0},
    {WD_STR("Voil\xe0, \xe0 Paris"), NULL, "Voil\xc3\xa0, \xc3\xa0 Paris", "windows-1252",
     "", true, 0},
    {WD_STR("\xff\xfeh\0i\0"), NULL, "hi", "utf-16le", "", false, 0},
    {WD_STR("\xfe\xff\0h\0i"), NULL, "hi", "utf-16be", "", false, 0},
    {WD_STR("F\0e\0r\0r\0y\0"), NULL, "Ferry", "utf-16le", "", true, 0},
    {WD_STR("\0F\0e\0r\0r\0y"), NULL, "Ferry", "utf-16be", "", true, 0},
    {WD_STR("<\0p\0>\0F\0"), NULL, "F", "utf-16le", "", true, 0},
    /* a wrong word */
    {WD_STR("caf\xe9 au lait"), "text/plain; charset=utf-8", "caf\xc3\xa9 au lait",
     "windows-1252", "utf-8", true, 0},
    {WD_STR("caf\xc3\xa9"), "text/plain; charset=iso-8859-1", "caf\xc3\xa9", "utf-8",
     "iso-8859-1", true, 0},
    {WD_STR("\xe5\x8c\x97\xe4\xba\xac\xe5\xb8\x82\xe9\x95\xbf"),
     "text/plain; charset=gbk", "\xe5\x8c\x97\xe4\xba\xac\xe5\xb8\x82\xe9\x95\xbf",
     "utf-8", "gbk", true, 0},
    {WD_STR("plain"), "text/plain; charset=iso-8859-1", "plain", "", "", false, 0},
    {WD_STR("<meta charset='utf-8'><p>caf\xe9"), "text/html", "caf\xc3\xa9",
     "windows-1252", "utf-8", true, 0},
    {WD_STR(
         "<meta http-equiv=x content='text/html; charset=iso-8859-15'><p>caf\xe9 \xa4"),
     "text/html", "caf\xc3\xa9 \xe2\x82\xac", "iso-8859-15", "", false, 0},
    {WD_STR("<META CONTENT='text/html; CHARSET=ISO-8859-15'><P>caf\xe9 \xa4"),
     "text/html", "caf\xc3\xa9 \xe2\x82\xac", "iso-8859-15", "", false, 0},
    {WD_STR("<?xml version='1.0' encoding='ISO-8859-2'?><nitf><body><p>\xb3\xf3"
            "d\xbc"
            "</p></body></nitf>"),
     NULL,
     "\xc5\x82\xc3\xb3"
     "d\xc5\xba",
     "iso-8859-2", "", false, 0},
    {WD_STR("<?xml version='1.0' encoding='x-unheard-of'?><nitf><body><p>caf\xe9</p>"
            "</body></nitf>"),
     NULL, "caf\xc3\xa9", "windows-1252", "x-unheard-of", true, 0},
    /* damage */
    {WD_STR("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 cut "
            "\xe2\x80"),
     NULL,
     "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 cut "
     "\xef\xbf\xbd",
     "utf-8", "", true, 1},
    /* mojibake is not made */
    {WD_STR("The bridge \xe2\x80"), NULL, NULL, "", "", false, 0},
    {WD_STR("\xc3\x28 \xc3"), NULL, NULL, "", "", false, 0},
    {WD_STR("abc\xff"), NULL, NULL, "", "", false, 0},
    {WD_STR("\x93\xfa\x96"), NULL, NULL, "", "", false, 0},
    {WD_STR("\xff\xd8\xff\xe0\0\x10JFIF"), NULL, NULL, "", "", false, 0},
    {WD_STR("GIF89a\x9c\xff\x05\x02\x01\xf9"), NULL, NULL, "", "", false, 0},
};

static void other_charsets_are_told_from_the_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(guess_rows) / sizeof(guess_rows[0]); i++) {
        const struct guess_row *row = &guess_rows[i];
        struct wd_article *art = decode_one(row->bytes, row->type, &opts);
        const struct wd_quality *quality = &art->facts.quality;
        if (!row->raw) {
            if (art->error.status != WD_EUTF8)
                fail_msg("row %zu: %s", i, wd_status_name(art->error.status));
        } else {
            assert_string_equal(art->error.message, "");
            assert_str(art->facts.raw, row->raw);
            assert_str(quality->charset, row->charset);
            assert_str(quality->declared, row->declared);
            assert_int_equal(quality->is_detected, row->is_detected);
            assert_int_equal(quality->replaced, row->replaced);
        }
        wd_article_free(art);
    }
}

/* Sentences of our own, by charset; each is long enough to be told. */
static const struct tongue_row {
    const char *charset;
    const char *text;
} tongue_rows[] = {
    {"WINDOWS-1252",
     "Die F\303\244hre f\303\244hrt seit Montag wieder \303\274ber den Fluss, sagte die "
     "B\303\274rgermeisterin. F\303\274r Fahrg\303\244ste \303\244ndert sich nichts, und "
     "gr\303\266\303\237ere Autos d\303\274rfen auch \303\274bersetzen."},
    {"WINDOWS-1252",
     "Le bac a repris la travers\303\251e apr\303\250s des mois "
     "d\342\200\231arr\303\252t, "
     "a d\303\251clar\303\251 le maire\302\240: \302\253\302\240tout est "
     "r\303\251par\303\251"
     "\302\240\302\273. Les passagers \303\251taient l\303\240 d\303\250s six heures."},
    {"WINDOWS-1252", "El transbordador volvi\303\263 a cruzar el r\303\255o "
                     "despu\303\251s de un a\303\261o, "
                     "dijo el alcalde. Los ni\303\261os subieron al amanecer y "
                     "ma\303\261ana habr\303\241 "
                     "m\303\272sica. \302\277Qui\303\251n pag\303\263\?"},
    {"WINDOWS-1251",
     "\320\237\320\260\321\200\320\276\320\274 \321\201\320\275\320\276\320\262\320\260 "
     "\321\205\320\276\320\264\320\270\321\202 \321\207\320\265\321\200\320\265\320\267 "
     "\321\200\320\265\320\272\321\203, \321\201\320\272\320\260\320\267\320\260\320\273 "
     "\320\274\321\215\321\200 \320\263\320\276\321\200\320\276\320\264\320\260 "
     "\320\262 \320\277\320\276\320\275\320\265\320\264\320\265\320\273\321\214\320\275"
     "\320\270\320\272."},
    {"KOI8-R",
     "\320\237\320\260\321\200\320\276\320\274 \321\201\320\275\320\276\320\262\320\260 "
     "\321\205\320\276\320\264\320\270\321\202 \321\207\320\265\321\200\320\265\320\267 "
     "\321\200\320\265\320\272\321\203, \321\201\320\272\320\260\320\267\320\260\320\273 "
     "\320\274\321\215\321\200 \320\263\320\276\321\200\320\276\320\264\320\260 "
     "\320\262 \320\277\320\276\320\275\320\265\320\264\320\265\320\273\321\214\320\275"
     "\320\270\320\272."},
    {"WINDOWS-1250", "Prom znovu pluje p\305\231es \305\231eku, \305\231ekla starostka. "
                     "Lid\303\251 p\305\231i"
                     "\305\241li u\305\276 v \305\241est hodin a d\304\233ti se "
                     "t\304\233\305\241ily na hudbu, "
                     "kter\303\241 hr\303\241la cel\303\275 den. "
                     "\305\275\303\241dn\303\251 zpo\305\276d\304\233"
                     "n\303\255 nebylo."},
    {"SHIFT_JIS",
     "\343\203\225\343\202\247\343\203\252\343\203\274\343\201\214\345\206\215"
     "\343\201\263\345\267\235\343\202\222\346\270\241\343\201\243\343\201\237"
     "\343\201\250\345\270\202\351\225\267\343\201\214\350\251\261\343\201\227"
     "\343\201\276\343\201\227\343\201\237\343\200\202"},
    {"WINDOWS-1257",
     "Keltas v\304\227l plaukia per up\304\231, sak\304\227 miesto mer\304\227. "
     "\305\275mon\304\227s prad\304\227jo rinktis \305\241e\305\241t\304\205 "
     "valand\304\205, o vaikams grojo muzika. \304\256laipinimas \304\257 "
     "laiv\304\205 baig\304\227si tik apie vidurdien\304\257."},
    {"WINDOWS-1257", "Pr\304\201mis atkal kurs\304\223 p\304\201ri upei, sac\304\253ja "
                     "pils\304\223tas m\304\223re. Cilv\304\223ki pulc\304\223j\304\201s "
                     "jau se\305\241os no r\304\253ta."},
    {"WINDOWS-1250",
     "Feribotul trece din nou r\303\242ul, a spus prim\304\203ri\305\243a "
     "ora\305\237ului. Oamenii s-au adunat \303\256nc\304\203 de la ora "
     "\305\237ase, iar copiii au ascultat muzic\304\203 p\303\242n\304\203 "
     "seara."},
    {"WINDOWS-1250", "A komp \303\272jra \303\241tkel a foly\303\263n, mondta a "
                     "polg\303\241rmestern\305\221. "
                     "Az \305\221szi menetrend h\303\251tf\305\221t\305\221l \303\251l."},
    {"ISO-8859-2",
     "Prom zn\303\263w p\305\202ywa przez rzek\304\231, powiedzia\305\202a "
     "burmistrzyni. Ludzie zbierali si\304\231 ju\305\274 od sz\303\263stej."},
    {"ISO-8859-15",
     "Au c\305\223ur de la ville, l'\305\223uvre du sculpteur a \303\251t\303\251 "
     "d\303\251voil\303\251e pr\303\250s du vieux march\303\251; la s\305\223ur "
     "du maire \303\251tait l\303\240."},
    {"WINDOWS-1254",
     "Feribot yeniden nehri ge\303\247iyor, dedi belediye ba\305\237kan\304\261. "
     "I\305\237\304\261klar b\303\274t\303\274n gece yand\304\261."},
    {"WINDOWS-1252", "\342\200\234We rode to Malm\303\266 and back,\342\200\235 said "
                     "Jos\303\251 Pe\303\261a, who runs a caf\303\251 \342\200\224 and "
                     "a cr\303\252perie."},
};

static void longer_texts_are_told_by_their_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tongue_rows) / sizeof(tongue_rows[0]); i++) {
        const struct tongue_row *row = &tongue_rows[i];
        char bytes[1024], *in = (char *)(uintptr_t)row->text, *out = bytes;
        size_t left = strlen(row->text), room = sizeof(bytes);
        iconv_t cd = iconv_open(row->charset, "UTF-8");
        assert_true(cd != (iconv_t)-1);
        assert_int_equal(iconv(cd, &in, &left, &out, &room), 0);
        (void)iconv_close(cd);
        struct wd_article *art = decode_one((struct wd_str){bytes, (size_t)(out - bytes)},
                                            "text/plain", &opts);
        if (!wd_str_equal(art->facts.raw, wd_str_from(row->text)))
            fail_msg("row %zu, %s: %s, %.*s", i, row->charset,
                     wd_status_name(art->error.status),
                     (int)art->facts.quality.charset.size,
                     art->facts.quality.charset.data);
        assert_true(art->facts.quality.is_detected);
        wd_article_free(art);
    }
}

static void declared_charsets_become_utf8(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        struct wd_article *art = decode_one(row->bytes, row->type, &opts);
        if (row->raw) {
            assert_string_equal(art->error.message, "");
            assert_str(art->facts.raw, row->raw);
        } else {
            assert_string_equal(wd_status_name(art->error.status), row->status);
            assert_int_equal(art->error.offset, row->offset);
        }
        wd_article_free(art);
    }
}

/* Every name of the list is known to iconv, and each byte value is told one way or the
 * other. */
static void every_listed_charset_is_there(void **state)
{
    (void)state;
    static const char *const names[] = {
        "windows-1250", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
        "windows-1257", "iso-8859-2",   "iso-8859-5",   "iso-8859-7",   "iso-8859-9",
        "koi8-r",       "koi8-u",       "macintosh",    "euc-jp",       "euc-kr",
        "big5",         "gbk",          "gb18030",      "utf-16be",     "cp1252"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char type[64] = "text/plain; charset=";
        strcat(type, names[i]);
        for (int byte = 1; byte < 256; byte++) {
            const char bytes[] = {'a', 'b', (char)byte, 'c'};
            struct wd_article *art =
                decode_one((struct wd_str){bytes, sizeof(bytes)}, type, &opts);
            assert_true(art->error.status == WD_OK || art->error.status == WD_EUTF8);
            wd_article_free(art);
        }
    }
}

static void uri_is_that_of_the_bytes_as_they_came(void **state)
{
    (void)state;
    struct wd_str bytes = WD_STR("Hello World!");
    struct wd_article *art = decode_one(bytes, "text/plain; charset=windows-1252", &opts);
    assert_str(art->facts.meta.uri,
               "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    wd_article_free(art);
}

/* iconv() takes all bytes and then cannot end: it has no room, or no state to end in. */
static bool is_endless;

size_t __real_iconv(iconv_t cd, char **in, size_t *left, char **out, size_t *room);
size_t __wrap_iconv(iconv_t cd, char **in, size_t *left, char **out, size_t *room);

size_t __wrap_iconv(iconv_t cd, char **in, size_t *left, char **out, size_t *room)
{
    return is_endless && !in ? (size_t)-1 : __real_iconv(cd, in, left, out, room);
}

static void a_conversion_that_cannot_end_is_refused(void **state)
{
    (void)state;
    is_endless = true;
    struct wd_article *art =
        decode_one(WD_STR("caf\xe9"), "text/plain; charset=windows-1252", &opts);
    is_endless = false;
    assert_int_equal(art->error.status, WD_EUTF8);
    assert_non_null(strstr(art->error.message, "windows-1252"));
    wd_article_free(art);
}

int main(void)
{
    wd_options_init(&opts);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_charsets_become_utf8),
        cmocka_unit_test(other_charsets_are_told_from_the_bytes),
        cmocka_unit_test(longer_texts_are_told_by_their_language),
        cmocka_unit_test(every_listed_charset_is_there),
        cmocka_unit_test(uri_is_that_of_the_bytes_as_they_came),
        cmocka_unit_test(a_conversion_that_cannot_end_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
