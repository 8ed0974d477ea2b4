/* fuzz_decode.c -- any bytes as a record. The first byte says how the rest is announced:
 * '0' not at all, '1' text, '2' JSON, '3' ninjs, '4' HTML, '5' and '6' text in other
 * charsets, '7' XML, '8' an event in binary mode, '9' and ':' XML and text in others.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/article.h"
#include "base/utf8.h"
#include "decode/decode.h"
#include "decode/uri.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const types[] = {
    NULL,
    "text/plain",
    "application/json",
    "application/ninjs+json",
    "text/html",
    "text/plain; charset=windows-1252",
    "text/html; charset=utf-16",
    "application/xml",
    NULL,
    "application/nitf+xml; charset=iso-8859-2",
    "text/plain; charset=gbk",
};

#define EVENT 8 /* index of the event among them */

static const struct wd_header event_headers[] = {
    {WD_STR("ce_specversion"), WD_STR("1.0")},
    {WD_STR("ce_id"), WD_STR("7 a")},
    {WD_STR("ce_source"), WD_STR("https://desk.example/")},
};

static struct wd_options opts;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    wd_options_init(&opts);
    opts.limits.record_bytes = 64 * 1024;
    opts.limits.uri_bytes = 256;
    return wd_stage_decode.open(NULL, &opts, NULL);
}

/* Aborts in every build: assert() is left out of some. */
static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(struct wd_str str)
{
    require(str.size == 0 || str.data);
    require(wd_utf8_valid_prefix(str) == str.size);
    require(str.size == 0 || !memchr(str.data, '\0', str.size));
}

static struct wd_article *decode(const struct wd_record *record)
{
    struct wd_article *art = wd_article_new();
    require(art != NULL);
    wd_article_begin(art, record);
    art->opts = &opts;
    int r = wd_stage_decode.run(NULL, art);
    require(r == art->error.status);
    return art;
}

/* All members of meta but the last are strings; so it begins with an array of them. */
static const struct wd_str *meta_of(const struct wd_article *art)
{
    return (const struct wd_str *)(const void *)&art->facts.meta;
}

#define N_META (offsetof(struct wd_meta, is_uri_derived) / sizeof(struct wd_str))

static void check_success(const struct wd_article *art)
{
    require(art->facts.raw.data != NULL);
    check_text(art->facts.raw);
    for (size_t i = 0; i < N_META; i++)
        check_text(meta_of(art)[i]);
    require(wd_uri_is_valid(art->facts.meta.uri));
    require(art->facts.meta.uri.size <= opts.limits.uri_bytes);
    const struct wd_quality *quality = &art->facts.quality;
    require(quality->charset.size || (!quality->is_detected && !quality->replaced));
    check_text(quality->charset);
    require(art->facts.meta.url.size == 0 || wd_uri_is_valid(art->facts.meta.url));
}

static void check_failure(const struct wd_article *art)
{
    const struct wd_error *err = &art->error;
    require(wd_status_class(err->status) == WD_CLASS_INPUT);
    require(err->message[0] != '\0');
    require(err->offset == WD_NO_OFFSET || err->offset <= art->record.value.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    size_t n_types = sizeof(types) / sizeof(types[0]);
    size_t type = (uint8_t)(data[0] - '0') % n_types;
    struct wd_record record = {
        .value = {(const char *)data + 1, size - 1},
        .content_type = wd_str_from(types[type]),
        .headers = event_headers,
        .n_headers = type == EVENT ? 3 : 0,
        .timestamp_ms = -1,
    };
    struct wd_article *art = decode(&record), *again = decode(&record);
    if (art->error.status == WD_OK)
        check_success(art);
    else
        check_failure(art);

    require(art->error.status == again->error.status);
    require(strcmp(art->error.message, again->error.message) == 0);
    require(wd_str_equal(art->facts.raw, again->facts.raw));
    for (size_t i = 0; i < N_META; i++)
        require(wd_str_equal(meta_of(art)[i], meta_of(again)[i]));
    wd_article_free(art);
    wd_article_free(again);
    return 0;
}
