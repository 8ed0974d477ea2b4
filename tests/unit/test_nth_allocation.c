/* test_nth_allocation.c -- whichever allocation fails, the library says so, and no more.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The linker puts our wrappers between libwiredesk and the allocator (--wrap), and
 * jansson takes them as its own (libxml2's are test_xml_memory's). Every n of a whole run
 * is tried: opening, reading, cleaning, tagging, deciding, writing; and of the run of a
 * desk elsewhere, from tagged records to the desk that is restored from its log. A run
 * with a failure ends with WD_ENOMEM and leaves no ret_ set; then the same article object
 * and the same pipeline, with memory again, give the bytes that they always give. Leaks
 * are the sanitizer's business. */
#include "cmocka_prelude.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "support/nth.h"
#include "wiredesk/desk.h"
#include "wiredesk/emit.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/tagged.h"

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);
char *__real_strndup(const char *text, size_t size);
char *__wrap_strndup(const char *text, size_t size);

void *__wrap_malloc(size_t size)
{
    return nth_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return nth_fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return nth_fails() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return nth_fails() ? NULL : __real_strdup(text);
}

char *__wrap_strndup(const char *text, size_t size)
{
    return nth_fails() ? NULL : __real_strndup(text, size);
}

#define BODY                                                                                  \
    "The harbour workers of Lagos rejected a plan to widen the canal on Monday, "             \
    "Minister Leila Haddad said. “We were not asked,” Anna Berg of the dockers’ union " \
    "told reporters in Geneva. According to Mr. Okafor, Acme Corp. paid $4.5 million "        \
    "for the old terminal in 2019.\n\nA court in Berlin will hear the case on 3 March. "      \
    "The United Nations welcomed the decision of the council.\n"

static const struct {
    const char *name;
    const char *value;
    const char *type;
} records[] = {
    {"text", "Harbour plan rejected\n\n" BODY, NULL},
    {"its copy", "Harbour plan rejected\n\n" BODY, NULL},
    {"json",
     "{\"uri\":\"urn:x:1\",\"version\":\"2\",\"headline\":\"Plan\",\"body\":"
     "\"Tom\\u00e1s "
     "Rivera met Sofia Lind in S\\u00e3o Paulo. They talked for \\\"days\\\" about the "
     "sale of the bridge.\"}",
     "application/json"},
    {"numbers",
     "{\"id\":12.5,\"version\":3,\"title\":\"Toll\",\"text\":\"The toll rose to 12 on "
     "Friday, Ivan Petrov of the health ministry said in Kyiv.\"}",
     "application/json"},
    {"ninjs",
     "{\"uri\":\"urn:x:2\",\"type\":\"text\",\"headlines\":[{\"value\":\"Vote\"}],"
     "\"bodies\":[{\"role\":\"main\",\"value\":\"<p>The vote in Nairobi was "
     "delayed.</p><p>Judge Patel criticised the board.</p>\","
     "\"contentType\":\"text/html\"}]}",
     "application/json"},
    {"html",
     "<html lang=en><title>Bridge</title><p class=byline>By Anna Berg</p><p>Fish &amp; "
     "chips & tea&nbsp;cost <b>$5</b> in Leeds, Ms. Haddad said.</p></html>",
     "text/html"},
    {"nitf",
     "<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY wire \"the wire\">]><nitf><head>"
     "<docdata><doc-id id-string=\"n1\"/></docdata></head><body><body.head><hedline><hl1>"
     "Ferry</hl1></hedline></body.head><body.content><p>A ferry sank off &wire; near "
     "Oslo "
     "&mdash; all 12 were saved.</p></body.content></body></nitf>",
     "application/xml"},
    {"rss",
     "<item xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><title>Tax</title>"
     "<guid>urn:x:9</guid><pubDate>Mon, 06 Jan 2025 08:00:00 "
     "GMT</pubDate><content:encoded>"
     "&lt;p&gt;The tax rose in Madrid, the BBC "
     "reported.&lt;/p&gt;</content:encoded></item>",
     "application/rss+xml"},
    {"latin-1", "Le caf\xe9 de Gen\xe8ve a ferm\xe9 ses portes \xe0 midi, dit le maire.",
     "text/plain; charset=iso-8859-1"},
    {"refused", "{\"uri\": 1", "application/json"},
};

enum { N_RECORDS = sizeof(records) / sizeof(records[0]) };

static struct wd_options opts;

static const struct wd_emit_options layout = {.tokens = true};

/* What a run needs and keeps: the next run takes the same objects. */
struct scene {
    int (*run)(struct scene *scene, struct wd_buf *out);
    struct wd_pipeline *pl;
    struct wd_article *art;
    struct wd_buf tagged[N_RECORDS];
};

static void begin(struct wd_article *art, size_t i)
{
    struct wd_record record = {.value = wd_str_from(records[i].value),
                               .topic = WD_STR("t"),
                               .offset = (int64_t)i,
                               .timestamp_ms = 1700000000000 + (int64_t)i};
    if (records[i].type)
        record.content_type = wd_str_from(records[i].type);
    wd_article_begin(art, &record);
}

/* An article that is through the pipeline, or refused there, all the way into `out`. */
static int decide(struct wd_desk *desk, struct wd_article *art, struct wd_buf *out)
{
    int r = wd_desk_decide(desk, art);
    if (r < 0)
        return r;
    if (wd_article_error(art)->status == WD_OK) {
        wd_emit(art, &layout, out);
        if (wd_article_facts(art)->revision.n_members)
            wd_emit_revision(art, SIZE_MAX, out);
    }
    wd_sketch_encode(wd_article_sketch(art), out);
    return wd_buf_status(out);
}

/* All records through one desk; the status of the first that failed. */
static int run_at_once(struct scene *scene, struct wd_buf *out)
{
    struct wd_desk *desk = NULL;
    int r = wd_desk_open(&opts, &desk, NULL);
    if (r < 0)
        assert_null(desk);
    for (size_t i = 0; i < N_RECORDS && r == WD_OK; i++) {
        begin(scene->art, i);
        r = wd_pipeline_run(scene->pl, scene->art);
        if (r == WD_OK || wd_status_class(r) == WD_CLASS_INPUT)
            r = decide(desk, scene->art, out);
    }
    wd_desk_close(desk);
    return r;
}

/* Takes the sketch through its bytes into the desk. */
static int restore(struct wd_desk *desk, const struct wd_sketch *sketch,
                   struct wd_sketch_scratch **scratch)
{
    struct wd_sketch read;
    struct wd_buf bytes;
    wd_buf_init(&bytes, 1 << 20);
    wd_sketch_encode(sketch, &bytes);
    int r = wd_buf_status(&bytes);
    if (r == WD_OK)
        r = wd_sketch_decode(wd_buf_str(&bytes), &read, scratch, NULL);
    if (r == WD_OK)
        r = wd_desk_restore(desk, &read, 1, NULL, NULL);
    wd_buf_done(&bytes);
    return r;
}

/* The tagged records through one desk, its log into another. */
static int run_elsewhere(struct scene *scene, struct wd_buf *out)
{
    struct wd_desk *desk = NULL, *standby = NULL;
    struct wd_sketch_scratch *scratch = NULL;
    int r = wd_desk_open(&opts, &desk, NULL);
    if (r == WD_OK)
        r = wd_desk_open(&opts, &standby, NULL);
    for (size_t i = 0; i < N_RECORDS && r == WD_OK; i++) {
        r = wd_tagged_decode(wd_buf_str(&scene->tagged[i]), scene->art, NULL);
        if (r == WD_OK)
            r = decide(desk, scene->art, out);
        if (r == WD_OK)
            r = restore(standby, wd_article_sketch(scene->art), &scratch);
    }
    wd_sketch_scratch_free(scratch);
    wd_desk_close(standby);
    wd_desk_close(desk);
    return r;
}

static void tag_all(struct scene *scene)
{
    for (size_t i = 0; i < N_RECORDS; i++) {
        begin(scene->art, i);
        int r = wd_pipeline_run(scene->pl, scene->art);
        assert_true(r == WD_OK || wd_status_class(r) == WD_CLASS_INPUT);
        wd_buf_init(&scene->tagged[i], 1 << 20);
        wd_tagged_encode(scene->art, &layout, 1 << 20, &scene->tagged[i]);
        assert_int_equal(wd_buf_status(&scene->tagged[i]), WD_OK);
    }
}

static void expect_same(const struct wd_buf *want, const struct wd_buf *got)
{
    assert_int_equal(want->size, got->size);
    assert_memory_equal(want->data, got->data, want->size);
}

static void fail_each_in_turn(struct scene *scene, const struct wd_buf *want)
{
    struct wd_buf got;
    size_t n = 0;
    bool happened;
    wd_buf_init(&got, 1 << 20);
    do {
        wd_buf_done(&got);
        wd_buf_init(&got, 1 << 20);
        nth_arm(++n);
        int r = scene->run(scene, &got);
        happened = nth_happened;
        nth_disarm();
        if (r < 0) {
            assert_int_equal(r, WD_ENOMEM);
            assert_true(happened);
        } else {
            expect_same(want, &got); /* what failed was not needed */
        }
        wd_buf_clear(&got);
        assert_int_equal(scene->run(scene, &got), WD_OK);
        expect_same(want, &got);
    } while (happened);
    assert_true(n > 20);
    print_message("%zu allocations\n", n - 1);
    wd_buf_done(&got);
}

static void every_allocation_of_a_run_may_fail(void **state)
{
    (void)state;
    static int (*const runs[])(struct scene *, struct wd_buf *) = {run_at_once,
                                                                   run_elsewhere};
    struct scene scene = {.art = wd_article_new()};
    struct wd_buf want;
    assert_non_null(scene.art);
    assert_int_equal(wd_pipeline_open(&opts, &scene.pl, NULL), WD_OK);
    wd_buf_init(&want, 1 << 20);
    assert_int_equal(run_at_once(&scene, &want), WD_OK);
    tag_all(&scene);
    for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
        scene.run = runs[i]; /* each gives the same bytes */
        fail_each_in_turn(&scene, &want);
    }
    for (size_t i = 0; i < N_RECORDS; i++)
        wd_buf_done(&scene.tagged[i]);
    wd_buf_done(&want);
    wd_article_free(scene.art);
    wd_pipeline_close(scene.pl);
}

static void every_allocation_of_opening_may_fail(void **state)
{
    (void)state;
    bool happened;
    size_t n = 0;
    do {
        struct wd_pipeline *pl = NULL;
        struct wd_error err = {0};
        nth_arm(++n);
        int r = wd_pipeline_open(&opts, &pl, &err);
        happened = nth_happened;
        nth_disarm();
        if (r < 0) {
            assert_int_equal(r, WD_ENOMEM);
            assert_int_equal(err.status, WD_ENOMEM);
            assert_null(pl);
            assert_true(happened);
        }
        wd_pipeline_close(pl);
    } while (happened);
    print_message("%zu allocations\n", n - 1);
}

static void a_fresh_article_may_fail(void **state)
{
    (void)state;
    for (size_t n = 1; n < 20; n++) {
        nth_arm(n);
        struct wd_article *art = wd_article_new();
        bool happened = nth_happened;
        nth_disarm();
        if (n == 1)
            assert_null(art);
        assert_true(art || happened);
        wd_article_free(art);
    }
}

static int set_up(void **state)
{
    (void)state;
    json_set_alloc_funcs(__wrap_malloc, free);
    wd_options_init(&opts);
    opts.data_dir = WD_DATA_DIR;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_article_may_fail),
        cmocka_unit_test(every_allocation_of_opening_may_fail),
        cmocka_unit_test(every_allocation_of_a_run_may_fail),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
