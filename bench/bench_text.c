/* bench_text.c -- words, sentences, cleaning: megabytes a second, beside ICU where it is
 * there.
 * SPDX-License-Identifier: Apache-2.0
 *
 * usage: bench_text [-a] FILE…      (bench/text runs it, and peers in Python behind it)
 *
 * The FILEs are read as one UTF-8 text, a paragraph a line. Words and sentences are cut
 * out of it as a whole; for cleaning it is parted into articles of some 4,000 bytes, for
 * HTML each of these is put into a page. All rows take turns, so that a slow minute of
 * the machine hits all of them, and each shows its best turn, since all that disturbs a
 * turn makes it slower.
 *
 * The last table is about hostile text: a megabyte of one unit again and again, and how
 * much more a byte of it costs than a byte of the FILEs. It has a row for each kind that
 * people think of first, and the slowest of all units of tests/support/hostile_units.h;
 * -a: all of them. */
#include <stdio.h>
#include <stdlib.h>

#ifdef WD_BENCH_ICU
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#endif

#include "base/article.h"
#include "clean/clean.h"
#include "clock.h"
#include "decode/decode.h"
#include "support/hostile_units.h"
#include "wiredesk/buf.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

enum { ROUNDS = 5, HOSTILE_ROUNDS = 9, HOSTILE_BYTES = 1000 * 1000 };
enum { ARTICLE_BYTES = 4000, HTML_SHARE = 8 };

struct input {
    struct wd_str text;
    struct wd_str *articles; /* parts of text */
    size_t n_articles;
    struct wd_buf html; /* of every HTML_SHAREth of them */
    struct wd_str *pages;
    size_t n_pages;
};

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "bench_text: %s\n", what);
    exit(2);
}

/* ---- cutting */

static size_t count_all(struct wd_str text,
                        bool (*next)(struct wd_cursor *cursor, struct wd_span *ret_span))
{
    struct wd_cursor cursor = {text, 0};
    struct wd_span span;
    size_t count = 0;
    while (next(&cursor, &span))
        count++;
    return count;
}

static size_t unicode_words(const struct input *in)
{
    return count_all(in->text, wd_word_next);
}

static size_t unicode_sentences(const struct input *in)
{
    return count_all(in->text, wd_sentence_next);
}

static int count_token(void *user, const struct wd_token *tok)
{
    (void)tok;
    ++*(size_t *)user;
    return WD_OK;
}

static int skip_sentence(void *user, struct wd_span sentence)
{
    (void)user;
    (void)sentence;
    return WD_OK;
}

static size_t cut(struct wd_str text, const char *language)
{
    size_t count = 0;
    struct wd_cut_sink sink = {&count, count_token, skip_sentence};
    struct wd_span all = {0, (uint32_t)text.size};
    if (wd_cut(text, all, wd_str_from(language), &sink) != WD_OK)
        fail("a text cannot be cut"); /* the sink never refuses */
    return count;
}

static size_t cut_english(const struct input *in)
{
    return cut(in->text, "en");
}

static size_t cut_other(const struct input *in)
{
    return cut(in->text, "de");
}

#ifdef WD_BENCH_ICU
static size_t icu(struct wd_str text, UBreakIteratorType type)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *utext = utext_openUTF8(NULL, text.data, (int64_t)text.size, &status);
    UBreakIterator *it = ubrk_open(type, "en", NULL, 0, &status);
    ubrk_setUText(it, utext, &status);
    if (U_FAILURE(status))
        abort();
    size_t count = 0;
    while (ubrk_next(it) != UBRK_DONE)
        count++;
    ubrk_close(it);
    utext_close(utext);
    return count;
}

static size_t icu_words(const struct input *in)
{
    return icu(in->text, UBRK_WORD);
}

static size_t icu_sentences(const struct input *in)
{
    return icu(in->text, UBRK_SENTENCE);
}
#endif

/* ---- cleaning */

static struct wd_article *art;
static void *clean_state;
static struct wd_options opts;

static void open_stages(void)
{
    wd_options_init(&opts);
    opts.limits.record_bytes = 64 * 1024 * 1024;
    art = wd_article_new();
    clean_state = calloc(1, wd_stage_clean.state_size);
    if (!art || !clean_state || wd_stage_clean.open(clean_state, &opts, NULL) != WD_OK ||
        wd_stage_decode.open(NULL, &opts, NULL) != WD_OK)
        fail("the stages cannot be opened");
}

static size_t clean_article(struct wd_str bytes, const char *type, bool is_decoded)
{
    const struct wd_record record = {
        .value = bytes, .content_type = wd_str_from(type), .timestamp_ms = -1};
    wd_article_begin(art, &record);
    art->opts = &opts;
    art->facts.raw = bytes;
    if (is_decoded && wd_stage_decode.run(NULL, art) != WD_OK)
        return 0;
    (void)wd_stage_clean.run(clean_state, art); /* refused when it is all furniture */
    return art->facts.n_furniture;
}

static size_t clean(const struct input *in)
{
    size_t count = 0;
    for (size_t i = 0; i < in->n_articles; i++)
        count += clean_article(in->articles[i], "text/plain", false);
    return count;
}

static size_t clean_pages(const struct input *in)
{
    size_t count = 0;
    for (size_t i = 0; i < in->n_pages; i++)
        count += clean_article(in->pages[i], "text/html; charset=utf-8", true);
    return count;
}

/* ---- the input */

static void read_file(const char *path, struct wd_buf *buf)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail(path);
    size_t size = 1;
    for (char *room; size && (room = wd_buf_reserve(buf, 1 << 16)); buf->size += size)
        size = fread(room, 1, 1 << 16, file);
    (void)fclose(file); /* only read from */
    wd_buf_append_char(buf, '\n');
}

static void part_articles(struct input *in)
{
    in->articles = calloc(in->text.size / ARTICLE_BYTES + 1, sizeof(*in->articles));
    if (!in->articles)
        fail("out of memory");
    for (size_t at = 0; at < in->text.size;) {
        size_t left = in->text.size - at;
        size_t near = left < ARTICLE_BYTES ? left - 1 : ARTICLE_BYTES;
        const char *end = memchr(in->text.data + at + near, '\n', left - near);
        size_t size = end ? (size_t)(end - (in->text.data + at)) + 1 : left;
        in->articles[in->n_articles++] = (struct wd_str){in->text.data + at, size};
        at += size;
    }
}

static void put_paragraphs(struct wd_buf *buf, struct wd_str text)
{
    wd_buf_append_z(buf, "<p class=\"article__text\">");
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\n')
            wd_buf_append_z(buf, "</p>\n<p class=\"article__text\">");
        else if (c == '<' || c == '&')
            wd_buf_append_z(buf, c == '<' ? "&lt;" : "&amp;");
        else
            wd_buf_append_char(buf, c);
    }
    wd_buf_append_z(buf, "</p>\n");
}

/* A page as sites make them, but for their scripts: those are fast to read over. */
static void put_page(struct wd_buf *buf, struct wd_str article)
{
    wd_buf_append_z(buf,
                    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                    "<title>A quay is widened</title><style>p{margin:0}</style></head>"
                    "<body><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/w\">"
                    "World</a></li></ul></nav><article><h1>A quay is widened</h1>\n");
    put_paragraphs(buf, article);
    wd_buf_append_z(buf, "</article><footer><a href=\"/terms\">Terms of use</a> "
                         "&copy; 2025 The Harbour Post</footer></body></html>\n");
}

static void make_pages(struct input *in)
{
    size_t *ends = calloc(in->n_articles / HTML_SHARE + 1, sizeof(*ends));
    in->pages = calloc(in->n_articles / HTML_SHARE + 1, sizeof(*in->pages));
    wd_buf_init(&in->html, (size_t)1 << 31);
    if (!ends || !in->pages)
        fail("out of memory");
    for (size_t i = 0; i < in->n_articles; i += HTML_SHARE) {
        put_page(&in->html, in->articles[i]);
        ends[in->n_pages++] = in->html.size;
    }
    if (wd_buf_status(&in->html) != WD_OK)
        fail("out of memory");
    for (size_t i = 0, at = 0; i < in->n_pages; at = ends[i++])
        in->pages[i] = (struct wd_str){in->html.data + at, ends[i] - at};
    free(ends);
}

/* ---- the tables */

struct row {
    const char *name;
    size_t (*run)(const struct input *in);
    const char *counted;
    bool is_html;
};

static const struct row rows[] = {
    {"UAX #29 words", unicode_words, "segments", false},
    {"UAX #29 sentences", unicode_sentences, "segments", false},
    {"words + sentences, English", cut_english, "words", false},
    {"words + sentences, other", cut_other, "words", false},
    {"cleaning", clean, "pieces of furniture", false},
    {"HTML to clean text", clean_pages, "pieces of furniture", true},
#ifdef WD_BENCH_ICU
    {"ICU words", icu_words, "segments", false},
    {"ICU sentences", icu_sentences, "segments", false},
#endif
};

enum { N_ROWS = sizeof(rows) / sizeof(rows[0]) };
enum { CUT_ENGLISH = 2, CLEAN = 4 }; /* rows of that table */

static double time_row(const struct row *row, const struct input *in, size_t *ret_count)
{
    double begun = cpu_ns();
    *ret_count = row->run(in);
    return (cpu_ns() - begun) / 1e9;
}

/* Nanoseconds a byte of each row at its best. */
static void run_rows(const struct input *in, double ret_ns[N_ROWS])
{
    size_t counts[N_ROWS];
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < N_ROWS; i++) {
            size_t size = rows[i].is_html ? in->html.size : in->text.size;
            double ns = time_row(&rows[i], in, &counts[i]) * 1e9 / (double)size;
            if (round == 0 || ns < ret_ns[i])
                ret_ns[i] = ns;
        }
    }
    printf("%-30s %10s   (%.1f MB, Unicode %s)\n", "", "MB/s",
           (double)in->text.size / 1e6, wd_unicode_version());
    for (size_t i = 0; i < N_ROWS; i++)
        printf("%-30s %10.1f   %zu %s\n", rows[i].name, 1e3 / ret_ns[i], counts[i],
               rows[i].counted);
}

/* Nanoseconds a byte of row `k` at its best, on a megabyte of `unit`. */
static double time_unit(size_t k, const char *unit)
{
    size_t size = 0, unit_size = strlen(unit), count;
    double best = 1e9;
    char *text = malloc(HOSTILE_BYTES + 64);
    if (!text)
        fail("out of memory");
    for (; size < HOSTILE_BYTES; size += unit_size)
        memcpy(text + size, unit, unit_size);
    struct wd_str all = {text, size};
    const struct input in = {.text = all, .articles = &all, .n_articles = 1};
    for (unsigned round = 0; round < HOSTILE_ROUNDS; round++) {
        double ns = time_row(&rows[k], &in, &count) * 1e9 / (double)size;
        best = ns < best ? ns : best;
    }
    free(text);
    return best;
}

static const struct {
    const char *name;
    const char *unit;
} kinds[] = {
    {"a megabyte without a blank", "a"},
    {"words parted by hyphens", "a-"},
    {"figures", "1"},
    {"points", "."},
    {"brackets never closed", "("},
    {"quotes never closed", "\""},
    {"curly quotes never closed", "\xe2\x80\x9c"},
    {"apostrophes", "'"},
    {"faces", ":)"},
    {"combining marks", "\xcc\x88"},
    {"emoji joined in a chain", "\xf0\x9f\x91\xa9\xe2\x80\x8d"},
    {"flags", "\xf0\x9f\x87\xba"},
};

static void run_kinds(const double *news_ns)
{
    printf("\n%-30s %10s %10s   times the news a byte\n", "hostile text", "English",
           "cleaning");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        printf("%-30s %10.1f %10.1f\n", kinds[i].name,
               time_unit(CUT_ENGLISH, kinds[i].unit) / news_ns[CUT_ENGLISH],
               time_unit(CLEAN, kinds[i].unit) / news_ns[CLEAN]);
}

static void print_unit(size_t k, double ns, double news_ns, const char *unit)
{
    printf("%-30s %10.1f   %.2f times the news a byte: \"", rows[k].name, 1e3 / ns,
           ns / news_ns);
    for (const char *p = unit; *p; p++)
        printf(*p > ' ' && *p < 0x7f ? "%c" : "\\x%02x", (unsigned char)*p);
    printf("\" again and again\n");
}

static void run_hostile(size_t k, const double *news_ns, bool is_whole)
{
    const char *worst = "";
    double worst_ns = 0;
    for (size_t u = 0; u < N_HOSTILE_UNITS; u++) {
        double ns = time_unit(k, hostile_units[u]);
        if (is_whole)
            print_unit(k, ns, news_ns[k], hostile_units[u]);
        if (ns > worst_ns) {
            worst_ns = ns;
            worst = hostile_units[u];
        }
    }
    printf("%s", is_whole ? "the worst: " : "");
    print_unit(k, worst_ns, news_ns[k], worst);
}

int main(int argc, char **argv)
{
    struct input in = {.n_articles = 0};
    double ns[N_ROWS];
    struct wd_buf buf;
    bool is_whole = argc > 1 && strcmp(argv[1], "-a") == 0;
    int first = is_whole ? 2 : 1;
    wd_buf_init(&buf, (size_t)1 << 31);
    for (int i = first; i < argc; i++)
        read_file(argv[i], &buf);
    in.text = wd_buf_str(&buf);
    if (argc <= first || wd_buf_status(&buf) != WD_OK ||
        wd_text_valid(in.text) != in.text.size)
        fail("usage: bench_text [-a] FILE…, UTF-8, less than 2 GiB in all");

    part_articles(&in);
    make_pages(&in);
    open_stages();
    run_rows(&in, ns);
    run_kinds(ns);
    printf("\nworst of %zu hostile texts, MB/s\n", N_HOSTILE_UNITS);
    run_hostile(CUT_ENGLISH, ns, is_whole);
    run_hostile(CLEAN, ns, is_whole);

    wd_article_free(art);
    free(clean_state);
    free(in.articles);
    free(in.pages);
    wd_buf_done(&in.html);
    wd_buf_done(&buf);
    return 0;
}
