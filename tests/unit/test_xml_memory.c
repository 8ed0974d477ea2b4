/* test_xml_memory.c -- libxml2 short of memory never gives half a text.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each of its allocations fails in turn, in a process of its own, for libxml2 2.9 does
 * not survive them all: of some sixty a handful ends it, or has it run in a circle. That
 * is its own; a process that is gone has written nothing. Whoever comes back says
 * WD_ENOMEM, or gives what it always gives. */
#include "cmocka_prelude.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/decode_one.h"
#include "../support/nth.h"

enum { CIRCLE_S = 2 };

/* How a child ends that comes back. */
enum { SAID_SO = 10, SAME_TEXT, OTHER_TEXT, NO_FAILURE };

static const struct row {
    const char *type;
    const char *value;
    const char *text;
} rows[] = {
    {"text/html",
     "<html lang=en><title>Bridge</title><p>Fish &amp; chips & tea&nbsp;cost <b>$5</b> "
     "in "
     "Leeds.</p><p>Nobody knows why.</p></html>",
     "Fish & chips & tea\xc2\xa0"
     "cost $5 in Leeds.\n\nNobody knows why."},
    {"application/xml",
     "<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY wire \"the wire\">]><nitf><head>"
     "<docdata><doc-id id-string=\"n1\"/></docdata></head><body><body.content><p>A ferry "
     "sank off &wire; near Oslo &mdash; all 12 were saved.</p></body.content></body>"
     "</nitf>",
     "A ferry sank off the wire near Oslo \xe2\x80\x94 all 12 were saved."},
};

static void *failing_malloc(size_t size)
{
    return nth_fails() ? NULL : malloc(size);
}

static void *failing_realloc(void *old, size_t size)
{
    return nth_fails() ? NULL : realloc(old, size);
}

static char *failing_strdup(const char *text)
{
    return nth_fails() ? NULL : strdup(text);
}

/* No claim fails in here: a child has no test to go back to. */
static int read_short_of_memory(struct wd_article *art, const struct row *row, size_t n)
{
    const struct wd_record record = {.value = wd_str_from(row->value),
                                     .content_type = wd_str_from(row->type),
                                     .timestamp_ms = -1};
    struct wd_options opts;
    wd_options_init(&opts);
    wd_article_begin(art, &record);
    art->opts = &opts;
    nth_arm(n);
    int r = wd_stage_decode.run(NULL, art);
    nth_disarm();
    struct wd_str text = art->facts.raw;
    bool is_same =
        text.size == strlen(row->text) && memcmp(text.data, row->text, text.size) == 0;
    if (!nth_happened)
        return NO_FAILURE;
    if (r == WD_ENOMEM)
        return SAID_SO;
    return r == WD_OK && is_same ? SAME_TEXT : OTHER_TEXT;
}

/* The same in a child; its wait status. */
static int in_a_child(struct wd_article *art, const struct row *row, size_t n)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)signal(SIGSEGV, SIG_DFL);
        (void)alarm(CIRCLE_S);
        _exit(read_short_of_memory(art, row, n));
    }
    int how;
    assert_int_equal(waitpid(pid, &how, 0), pid);
    return how;
}

static void no_text_is_cut_short(void **state)
{
    (void)state;
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(read_short_of_memory(art, &rows[i], 0), NO_FAILURE);
        assert_str(art->facts.raw, rows[i].text);
        size_t counts[NO_FAILURE + 1] = {0}, n = 0;
        bool happened = true;
        while (happened) {
            int how = in_a_child(art, &rows[i], ++n);
            int end = WIFEXITED(how) ? WEXITSTATUS(how) : 0;
            counts[end >= SAID_SO && end <= NO_FAILURE ? end : 0]++;
            happened = end != NO_FAILURE;
        }
        print_message("%s: %zu said so, %zu were not needed, %zu ended the process\n",
                      rows[i].type, counts[SAID_SO], counts[SAME_TEXT], counts[0]);
        assert_int_equal(counts[OTHER_TEXT], 0);
        assert_true(counts[SAID_SO] > counts[0]);
    }
    wd_article_free(art);
}

static int set_up(void **state)
{
    (void)state;
    xmlInitParser(); /* its only part that runs once */
    return xmlMemSetup(free, failing_malloc, failing_realloc, failing_strdup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_is_cut_short),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
