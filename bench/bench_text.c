/* bench_text.c -- words and sentences: megabytes a second, beside ICU where it is there.
 * SPDX-License-Identifier: Apache-2.0
 *
 * usage: bench_text FILE…
 *
 * Each FILE is read as one UTF-8 text, a paragraph a line. Every row is the best of some
 * runs, since all that disturbs a run makes it slower. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef WD_BENCH_ICU
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#endif

#include "wiredesk/buf.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

#define RUNS 5

typedef size_t (*cut_fn)(struct wd_str text);

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

static size_t unicode_words(struct wd_str text)
{
    return count_all(text, wd_word_next);
}

static size_t unicode_sentences(struct wd_str text)
{
    return count_all(text, wd_sentence_next);
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
        abort(); /* the sink never refuses */
    return count;
}

static size_t cut_english(struct wd_str text)
{
    return cut(text, "en");
}

static size_t cut_other(struct wd_str text)
{
    return cut(text, "de");
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

static size_t icu_words(struct wd_str text)
{
    return icu(text, UBRK_WORD);
}

static size_t icu_sentences(struct wd_str text)
{
    return icu(text, UBRK_SENTENCE);
}
#endif

static const struct {
    const char *name;
    cut_fn run;
} rows[] = {
    {"UAX #29 words", unicode_words},
    {"UAX #29 sentences", unicode_sentences},
    {"tokens + sentences, English", cut_english},
    {"tokens + sentences, other", cut_other},
#ifdef WD_BENCH_ICU
    {"ICU words", icu_words},
    {"ICU sentences", icu_sentences},
#endif
};

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void read_file(const char *path, struct wd_buf *buf)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    size_t size = 1;
    for (char *room; size && (room = wd_buf_reserve(buf, 1 << 16)); buf->size += size)
        size = fread(room, 1, 1 << 16, file);
    (void)fclose(file); /* only read from */
    wd_buf_append_char(buf, '\n');
}

int main(int argc, char **argv)
{
    struct wd_buf buf;
    wd_buf_init(&buf, (size_t)1 << 31);
    for (int i = 1; i < argc; i++)
        read_file(argv[i], &buf);
    struct wd_str text = wd_buf_str(&buf);
    if (argc < 2 || wd_buf_status(&buf) != WD_OK || wd_text_valid(text) != text.size) {
        fprintf(stderr, "usage: bench_text FILE…, UTF-8, less than 2 GiB in all\n");
        return 2;
    }

    printf("%-30s %10s %12s   (%.1f MB, Unicode %s)\n", "", "MB/s", "segments",
           (double)text.size / 1e6, wd_unicode_version());
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        double best = 1e9;
        size_t count = 0;
        for (unsigned k = 0; k < RUNS; k++) {
            double start = now();
            count = rows[i].run(text);
            double took = now() - start;
            best = took < best ? took : best;
        }
        printf("%-30s %10.1f %12zu\n", rows[i].name, (double)text.size / 1e6 / best,
               count);
    }
    wd_buf_done(&buf);
    return 0;
}
