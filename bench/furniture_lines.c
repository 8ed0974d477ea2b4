/* furniture_lines.c -- what the cleaner's model is told of each line, for its training.
 * SPDX-License-Identifier: Apache-2.0
 *
 * usage: furniture_lines < ARTICLES      (script/train-furniture runs it)
 *
 * ARTICLES are texts in UTF-8, a NUL behind each. Of each line that the model would judge
 * it prints one line: the article's number, the line's start and end in bytes, its facts
 * as numbers, and its words, parted by tabs and blanks. Of a line that the rules have
 * taken, or that is the headline, it prints the first three and "-"; of one that they
 * spare from judgement, "+". */
#include <stdio.h>
#include <stdlib.h>

#include "base/article.h"
#include "clean/clean.h"
#include "clean/learned.h"
#include "clean/rules.h"
#include "wiredesk/buf.h"
#include "wiredesk/status.h"

static _Noreturn void fail(const char *what)
{
    (void)fprintf(stderr, "furniture_lines: %s\n", what);
    exit(2);
}

static void print_line(const struct wd_proof *proof, const struct wd_page_facts *page,
                       size_t i)
{
    uint16_t facts[WD_LINE_FACTS_MAX];
    char word[WD_LEARNED_WORD_MAX];
    unsigned size, n_words = 0, n_plain = 0;
    struct wd_str rest = wd_proof_line(proof, i);

    for (; wd_learned_word(&rest, word, &size); n_words++)
        n_plain += wd_learned_is_plain(word, size);
    unsigned plain = n_words ? 100 * n_plain / n_words : 0;
    unsigned n = wd_line_facts(proof, page, i, plain, facts);
    for (unsigned k = 0; k < n; k++)
        printf("%s%u", k ? " " : "", facts[k]);
    putchar('\t');
    rest = wd_proof_line(proof, i);
    for (bool is_first = true; wd_learned_word(&rest, word, &size); is_first = false)
        printf("%s%.*s", is_first ? "" : " ", (int)size, word);
    putchar('\n');
}

static void print_article(void *state, struct wd_article *art, struct wd_str raw,
                          unsigned long number)
{
    const struct wd_record record = {.value = raw, .timestamp_ms = -1};
    struct wd_proof proof;
    struct wd_page_facts page;

    wd_article_begin(art, &record);
    art->facts.raw = raw;
    if (wd_clean_by_rules(state, art, &proof) != WD_OK ||
        wd_page_facts_make(&proof, &art->arena, &page) != WD_OK)
        fail("out of memory");
    for (size_t i = 0; i < proof.n; i++) {
        struct wd_span span = proof.lines[i].span;
        printf("%lu\t%u\t%u\t", number, span.start, span.end);
        if (wd_learned_may_judge(&proof, i))
            print_line(&proof, &page, i);
        else
            puts(wd_proof_is_text(&proof, i) ? "+" : "-");
    }
}

int main(void)
{
    struct wd_options opts;
    struct wd_buf buf;
    size_t size = 1;

    wd_options_init(&opts);
    wd_buf_init(&buf, (size_t)1 << 31);
    for (char *room; size && (room = wd_buf_reserve(&buf, 1 << 16)); buf.size += size)
        size = fread(room, 1, 1 << 16, stdin);
    struct wd_article *art = wd_article_new();
    void *state = calloc(1, wd_stage_clean.state_size);
    if (wd_buf_status(&buf) != WD_OK || !art || !state ||
        wd_stage_clean.open(state, &opts, NULL) != WD_OK)
        fail("out of memory");
    art->opts = &opts;
    struct wd_str rest = wd_buf_str(&buf);
    for (unsigned long number = 0; rest.size > 0; number++) {
        const char *end = memchr(rest.data, '\0', rest.size);
        if (!end)
            fail("the last text lacks its NUL");
        print_article(state, art, (struct wd_str){rest.data, (size_t)(end - rest.data)},
                      number);
        rest.size -= (size_t)(end - rest.data) + 1;
        rest.data = end + 1;
    }
    wd_article_free(art);
    free(state);
    wd_buf_done(&buf);
    return 0;
}
