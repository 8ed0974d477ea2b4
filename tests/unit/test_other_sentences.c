/* test_other_sentences.c -- sentences end where an editor of the language ends them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cmocka_prelude.h"

#include <stdio.h>

#include "tokenize/habits.h"
#include "wiredesk/buf.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

static int skip_token(void *user, const struct wd_token *tok)
{
    (void)user;
    (void)tok;
    return WD_OK;
}

struct sink {
    struct wd_str text;
    struct wd_buf buf;
};

static int append_sentence(void *user, struct wd_span sentence)
{
    struct sink *sink = user;
    if (sink->buf.size > 0)
        wd_buf_append_char(&sink->buf, '|');
    wd_buf_append(&sink->buf, sink->text.data + sentence.start,
                  sentence.end - sentence.start);
    return WD_OK;
}

/* `want` has a bar between two sentences. */
static void assert_sentences(const char *language, const char *text, const char *want)
{
    struct sink own = {.text = wd_str_from(text)};
    struct wd_cut_sink sink = {&own, skip_token, append_sentence};
    wd_buf_init(&own.buf, 4096);
    struct wd_span all = {0, (uint32_t)own.text.size};
    assert_int_equal(wd_cut(own.text, all, wd_str_from(language), &sink), WD_OK);
    wd_buf_append_char(&own.buf, '\0');
    assert_string_equal(own.buf.data, want);
    wd_buf_done(&own.buf);
}

/* … and the text a blank. */
static void assert_cut(const char *language, const char *want)
{
    char text[512];
    assert_true(strlen(want) < sizeof(text));
    (void)snprintf(text, sizeof(text), "%s", want);
    for (char *p = text; *p; p++)
        *p = *p == '|' ? ' ' : *p;
    assert_sentences(language, text, want);
}

struct row {
    const char *language;
    const char *want;
};

static void check(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_cut(rows[i].language, rows[i].want);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void abbreviations_end_no_sentence(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"de", "Das kostet ca. 7 Mio. Euro bzw. Dollar, sagte Dr. Lund.|Gut so."},
        {"de-AT", "Im Hafen, z. B. Kai 4 oder u.a. Kai 6, liegt Eis.|Er wartet."},
        {"de",
         "Im 5. Jahrhundert v. Chr. Geburt?|Das war 12 v. Chr.|Der Kai kam später."},
        {"fr", "Selon M. Lund et Mme Roe, le quai ouvre.|Il est 8 h."},
        {"no", "Det er Lund's.|Ja, han bor i.|Så gikk han."},
        {"fr", "Elle lit l'article de d'A. Lund.|On verra."},
        {"es", "El Sr. Lund y la Dra. Roe llegaron el núm. 4.|Fue tarde."},
        {"it", "Il dott. Lund e l'on. Roe parlano all'art. 4 del porto.|Poi si vota."},
        {"pt", "O Sr. Lund mora na Av. Central (pág. 11).|Foi ontem."},
        {"nl", "Volgens dhr. Lund en mevr. B. De Wit kost het ca. 5 euro.|Het is duur."},
        {"da", "Løbet starter kl. 20 på St. Lund.|Det bliver sent."},
        {"nb", "Se side nr. 4 hos dr. Lund.|Det er alt."},
        {"sv", "Se sid. 4 hos dr. Lund.|Det är allt."},
        {"fi", "Kokous alkaa klo. 8 prof. Lundin luona.|Hän odottaa."},
        {"pl", "Mówi prof. Lund przy ul. Portowej, tj. nr. 4.|To wszystko."},
        {"cs", "Říká prof. Lund na nám. Míru, např. Česko.|To je vše."},
        {"ru", "Проф. Лунд и акад. Роу на ул. Портовой.|Это всё."},
        {"hu", "Itt van Mr. Lund és J. Roe.|Jön."},
    };
    CHECK(rows);
}

static void ordinals_and_numbers_of_items_end_none(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"de", "Am 3. Mai liegt sie im 6. Stock.|Sie schläft."},
        {"de", "König Lund II. Roe kam am 12.|Er blieb bis zum 20.|Danach ging er."},
        {"it", "Il porto ha il molo 12.|La nave entra."},
        {"pl", "3. Udowodnić, że port jest zamknięty.|To trudne."},
    };
    CHECK(rows);
}

static void exclamations_end_none_before_a_small_letter(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"de", "»Wer kommt?« fragte sie.|Niemand!"},
        {"nb", "Hva gjør du? spør hun.|« Nei! » sier han."},
        {"fr", "« C'est fini ! » dit-il.|« Vraiment ? »|Oui."},
        {"fr", "« Le quai est fermé. »|Il rit."},
    };
    CHECK(rows);
}

/* Found by the fuzzer: "!", a line end, and a small letter. */
static void a_paragraph_ends_whatever_comes_next(void **state)
{
    (void)state;
    assert_sentences("de", "Wer?\nund wo, ca.\nder Kai!\r\nja. \nso",
                     "Wer?|und wo, ca.|der Kai!|ja.|so");
    assert_sentences("fr", "Oui.\u2029\u00bb non", "Oui.|\u00bb non");
}

static void figures_and_dashes_begin_sentences(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"de", "Der Kai wurde gebaut.|1928 wurde er verbreitert."},
        {"de", "Er liegt bei Abb. 12 oder Kap. 4 im Buch."},
        {"nb", "Båten er ferdig.|- Ja, sier hun.|– Bra!"},
        {"pl", "Zamknął drzwi...|- Panie Lund, proszę.|- Tak?"},
        {"el", "Ήρθε.|- Ναι, είπε."},
    };
    CHECK(rows);
}

static void scripts_without_case_are_left_alone(void **state)
{
    (void)state;
    assert_cut("zh", "\u6e2f\u5f00\u4e86\u3002|\u8239\u6765\u4e86\u3002");
    assert_cut("ar", "\u0648\u0635\u0644\u062a.|\u0646\u0639\u0645.");
}

static void habits_are_found_and_in_byte_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < wd_n_habits; i++) {
        const struct wd_habits *habits = &wd_habits[i];
        const struct wd_word_list *lists[] = {&habits->titles, &habits->shorts,
                                              &habits->numerals, &habits->starters};
        assert_ptr_equal(wd_habits_of(wd_str_from(habits->language)), habits);
        for (size_t k = 0; k < 4; k++) {
            for (size_t n = 0; n < lists[k]->count; n++) {
                const char *word = lists[k]->words[n];
                bool is_long = strlen(word) > WD_HABIT_BYTES_MAX && k < 3;
                if (is_long || (n > 0 && strcmp(lists[k]->words[n - 1], word) >= 0))
                    fail_msg("%s: %s", habits->language, word);
            }
        }
    }
    assert_string_equal(wd_habits_of(WD_STR("tlh"))->language, "");
    assert_string_equal(wd_habits_of(WD_STR("frr"))->language, "");
    assert_string_equal(wd_habits_of(WD_STR("pt-BR"))->language, "pt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abbreviations_end_no_sentence),
        cmocka_unit_test(ordinals_and_numbers_of_items_end_none),
        cmocka_unit_test(exclamations_end_none_before_a_small_letter),
        cmocka_unit_test(a_paragraph_ends_whatever_comes_next),
        cmocka_unit_test(figures_and_dashes_begin_sentences),
        cmocka_unit_test(scripts_without_case_are_left_alone),
        cmocka_unit_test(habits_are_found_and_in_byte_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
