/* explain_text.c -- the explanation for a person, two texts side by side.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Passages stand in two columns where the screen is wide enough, one above the other
 * where it is not: they are the same words, but not the same bytes, and what an editor
 * did to quotation marks or case is best seen beside each other. */
#include <stdarg.h>
#include <string.h>

#include "explain.h"
#include "wiredesk/emit.h"

enum { INDENT = 18, GUTTER = 3, COLUMN_LEAST = 36, PASSAGES_SHOWN = 40 };

static struct wd_str headline_of(const struct wd_facts *facts)
{
    for (size_t i = 0; i < facts->n_regions; i++) {
        if (facts->regions[i].role == WD_ROLE_HEADLINE)
            return wd_span_of(facts->text, facts->regions[i].span);
    }
    struct wd_str text = facts->text;
    const char *end = text.size ? memchr(text.data, '\n', text.size) : NULL;
    return end ? (struct wd_str){text.data, (size_t)(end - text.data)} : text;
}

static void print_side(const struct term *term, const char *name,
                       const struct explanation_side *side, uint32_t n_words)
{
    fprintf(term->out, "  %s  ", name);
    term_ink(term, TERM_BOLD);
    term_put_cut(term, headline_of(side->facts), term->width - 5);
    term_ink(term, TERM_PLAIN);
    fputs("\n     ", term->out);
    term_ink(term, TERM_DIM);
    term_put_cut(term, wd_str_from(side->path), term->width - 25);
    fprintf(term->out, ", %u words", n_words);
    term_ink(term, TERM_PLAIN);
    (void)fputc('\n', term->out);
}

/* A share in ten-thousandths as a percentage; what is not all is not 100 %. */
static unsigned percent(uint64_t share)
{
    return share >= 9950 && share < 10000 ? 99 : (unsigned)((share + 50) / 100);
}

static uint64_t share_of(uint64_t part, uint64_t whole)
{
    return whole != 0 ? part * 10000 / whole : 0;
}

static void add_confidence(struct term_row *row, unsigned percent)
{
    char text[32];
    (void)snprintf(text, sizeof(text), "(%u %% sure)", percent);
    term_row_add_words(row, TERM_DIM, wd_str_from(text));
}

static void print_verdict(const struct explanation *ex, const struct term *term)
{
    static const struct {
        enum term_ink ink;
        const char *meaning;
    } rows[] = {
        [WD_VERDICT_UNIQUE] = {TERM_GREEN, "B is an article of its own"},
        [WD_VERDICT_EXACT] = {TERM_RED, "B has the same text as A"},
        [WD_VERDICT_NEAR] = {TERM_RED, "B is A, lightly edited"},
        [WD_VERDICT_SYNDICATED] = {TERM_YELLOW, "B is a cut or extended version of A"},
        [WD_VERDICT_UPDATE] = {TERM_MAGENTA, "B is a newer version of A"},
    };
    enum wd_verdict verdict = ex->b.facts->dedup.verdict;

    struct term_row row;
    term_row_begin(&row, term, "verdict", INDENT);
    term_row_add(&row, rows[verdict].ink, wd_str_from(wd_verdict_name(verdict)), ":");
    term_row_add_words(&row, TERM_PLAIN, wd_str_from(rows[verdict].meaning));
    add_confidence(&row, ex->b.facts->dedup.confidence);
    term_row_end(&row);
}

/* Why it is no duplicate although it looks like one. */
static void print_near_miss(const struct explanation *ex, const struct term *term)
{
    static const char *const meanings[] = {
        [WD_NEAR_MISS_TEMPLATE] = "the same form, filled in with other facts",
        [WD_NEAR_MISS_SHARED] = "a quotation, a statement or background in common",
    };
    const struct wd_dedup *dedup = &ex->b.facts->dedup;
    struct term_row row;

    if (dedup->near_miss == WD_NEAR_MISS_NONE)
        return;
    term_row_begin(&row, term, "near miss", INDENT);
    term_row_add(&row, TERM_CYAN, wd_str_from(wd_near_miss_name(dedup->near_miss)), ":");
    term_row_add_words(&row, TERM_PLAIN, wd_str_from(meanings[dedup->near_miss]));
    add_confidence(&row, dedup->miss.confidence);
    term_row_end(&row);
}

/* A row of words after its label, broken where the screen ends. */
static void print_row(const struct term *term, const char *label, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void print_row(const struct term *term, const char *label, const char *fmt, ...)
{
    char text[256];
    struct term_row row;
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof(text), fmt, args); /* numbers only: it fits */
    va_end(args);
    term_row_begin(&row, term, label, INDENT);
    term_row_add_words(&row, TERM_PLAIN, wd_str_from(text));
    term_row_end(&row);
}

static void print_figures(const struct explanation *ex, const struct term *term)
{
    const struct explanation_shares shares = explanation_shares(&ex->b.facts->dedup);
    const struct wd_passages *found = &ex->passages;
    bool is_same_story = ex->a.facts->story.id == ex->b.facts->story.id;

    print_row(term, "compared",
              "%u %% of B's word sequences are in A, %u %% of A's in B, %u %% of both",
              percent(shares.containment), percent(shares.contained),
              percent(shares.resemblance));
    print_row(term, "shared", "%u words in %zu passages: %u %% of B, %u %% of A",
              found->words_shared, found->n,
              percent(share_of(found->words_shared, found->words_b)),
              percent(share_of(found->words_shared, found->words_a)));
    print_row(term, "story", "%s", is_same_story ? "the same" : "two");
}

static void print_strings(const struct term *term, const char *label,
                          const struct strings *strings)
{
    struct term_row row;

    if (strings->n == 0)
        return;
    term_row_begin(&row, term, label, INDENT);
    for (size_t i = 0; i < strings->n; i++)
        term_row_add(&row, TERM_PLAIN, strings->at[i], i + 1 < strings->n ? "," : "");
    term_row_end(&row);
}

static void print_differences(const struct explanation *ex, const struct term *term)
{
    int32_t hours = explanation_evidence(&ex->b.facts->dedup)->hours;

    if (hours >= 0)
        print_row(term, "apart", "%d hours, by their dates", (int)hours);
    print_strings(term, "names only A", &ex->a.own_names);
    print_strings(term, "names only B", &ex->b.own_names);
    print_strings(term, "figures only A", &ex->a.own_figures);
    print_strings(term, "figures only B", &ex->b.own_figures);
}

/* Takes the next line of at most `columns` off the front of *rest, broken at a blank
 * where there is one. */
static struct wd_str take_line(struct wd_str *rest, unsigned columns)
{
    struct wd_str line = term_fit(*rest, columns);
    const char *feed = line.size ? memchr(line.data, '\n', line.size) : NULL;

    if (line.size == 0 && rest->size != 0)
        line = term_fit(*rest, columns + 2); /* one wide character must fit somehow */
    if (feed) {
        line.size = (size_t)(feed - line.data);
    } else if (line.size < rest->size && rest->data[line.size] != ' ' &&
               rest->data[line.size] != '\n') {
        size_t size = line.size;
        while (size != 0 && line.data[size - 1] != ' ')
            size--;
        line.size = size != 0 ? size : line.size;
    }
    size_t used = line.size;
    while (used < rest->size && (rest->data[used] == ' ' || rest->data[used] == '\n'))
        used++;
    *rest = (struct wd_str){rest->data + used, rest->size - used};
    while (line.size != 0 && line.data[line.size - 1] == ' ')
        line.size--;
    return line;
}

static void print_columns(const struct term *term, struct wd_str a, struct wd_str b)
{
    unsigned columns = (term->width - 2 - GUTTER) / 2;

    while (a.size != 0 || b.size != 0) {
        struct wd_str left = take_line(&a, columns), right = take_line(&b, columns);
        fputs("  ", term->out);
        term_put(term, left);
        fprintf(term->out, "%*s", (int)(columns - term_columns(left)) + 1, "");
        term_ink(term, TERM_DIM);
        fputs("│ ", term->out);
        term_ink(term, TERM_PLAIN);
        term_put(term, right);
        (void)fputc('\n', term->out);
    }
}

static void print_stacked(const struct term *term, const char *name, struct wd_str text)
{
    while (text.size != 0) {
        struct wd_str line = take_line(&text, term->width - 5);
        term_ink(term, TERM_DIM);
        fprintf(term->out, "  %s  ", name);
        term_ink(term, TERM_PLAIN);
        term_put(term, line);
        (void)fputc('\n', term->out);
    }
}

static uint32_t point_at(const struct wd_facts *facts, uint32_t byte)
{
    return explanation_points((struct wd_str){facts->text.data, byte});
}

static void print_passage(const struct explanation *ex, const struct term *term,
                          const struct wd_passage *passage)
{
    const struct wd_facts *a = ex->a.facts, *b = ex->b.facts;
    struct wd_str in_a = wd_span_of(a->text, passage->a);
    struct wd_str in_b = wd_span_of(b->text, passage->b);

    (void)fputc('\n', term->out);
    term_ink(term, TERM_CYAN);
    fprintf(term->out, "  %u words", passage->n_words);
    term_ink(term, TERM_PLAIN);
    term_ink(term, TERM_DIM);
    fprintf(term->out, "  A %u–%u  B %u–%u\n", point_at(a, passage->a.start),
            point_at(a, passage->a.end), point_at(b, passage->b.start),
            point_at(b, passage->b.end));
    term_ink(term, TERM_PLAIN);
    if (term->width >= 2 * COLUMN_LEAST + GUTTER + 2) {
        print_columns(term, in_a, in_b);
    } else {
        print_stacked(term, "A", in_a);
        print_stacked(term, "B", in_b);
    }
}

void explain_print(const struct explanation *ex, const struct term *term)
{
    const struct wd_passages *found = &ex->passages;

    print_side(term, "A", &ex->a, found->words_a);
    print_side(term, "B", &ex->b, found->words_b);
    (void)fputc('\n', term->out);
    print_verdict(ex, term);
    print_near_miss(ex, term);
    print_figures(ex, term);
    print_differences(ex, term);
    for (size_t i = 0; i < found->n && i < PASSAGES_SHOWN; i++)
        print_passage(ex, term, &found->at[i]);
    if (found->n > PASSAGES_SHOWN)
        fprintf(term->out, "\n  and %zu more; --json lists all\n",
                found->n - PASSAGES_SHOWN);
}
