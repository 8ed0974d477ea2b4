/* fuzz_tagged.c -- bytes as a tagged record: refused, or fit for desk and writer.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The checksum of the sketch in it would keep the fuzzer out of the rest, so that the
 * bytes are tried as they are, and once more behind the head of a record that is whole.
 * What passes is decided on, twice, so that the second repeats the first and evidence is
 * looked for at every place that the record names. */
#include <stdint.h>
#include <stdlib.h>

#include "base/article.h"
#include "base/wire.h"
#include "wiredesk/desk.h"
#include "wiredesk/pipeline.h"
#include "wiredesk/tagged.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MIB = 1024 * 1024 };

static const struct wd_emit_options plain = {.profile = WD_PROFILE_NINJS3,
                                             .tokens = true};
static struct wd_desk *desk;
static struct wd_article *art;
static struct wd_buf head; /* version and sketch of a whole record */

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void make_head(const struct wd_options *opts)
{
    static const char text[] =
        "{\"id\":\"urn:x:1\",\"body\":\"The harbour of Lowestoft reopened on Monday "
        "after "
        "14 days of repairs, said Anna Brandt, and 31 ships that had waited came in.\"}";
    struct wd_record record = {.value = {text, sizeof(text) - 1},
                               .content_type = WD_STR("application/json"),
                               .topic = WD_STR("t"),
                               .timestamp_ms = -1};
    struct wd_pipeline *pl;
    require(wd_pipeline_open(opts, &pl, NULL) == WD_OK);
    wd_article_begin(art, &record);
    require(wd_pipeline_run(pl, art) == WD_OK);
    wd_tagged_encode(art, &plain, MIB, &head);
    require(wd_buf_status(&head) == WD_OK);
    struct wd_reader in = wd_reader_of(wd_buf_str(&head));
    (void)wd_get_fixed(&in, 1);
    (void)wd_get_str(&in);
    head.size = (size_t)(in.at - in.start);
    wd_pipeline_close(pl);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct wd_options opts;
    (void)argc;
    (void)argv;
    wd_options_init(&opts);
    opts.data_dir = WD_FUZZ_DATA_DIR;
    art = wd_article_new();
    wd_buf_init(&head, MIB);
    require(art != NULL);
    make_head(&opts);
    opts.limits.window_articles = 64;
    require(wd_desk_open(&opts, &desk, NULL) == WD_OK);
    return 0;
}

static void decide(struct wd_str bytes)
{
    struct wd_buf out;
    struct wd_error err = {0};
    int r = wd_tagged_decode(bytes, art, &err);
    if (r < 0) {
        require(err.status == r && err.message[0] != '\0');
        return;
    }
    const struct wd_error *refusal = wd_article_error(art);
    require(wd_desk_decide(desk, art) == WD_OK);
    if (refusal->status != WD_OK) {
        require(refusal->message[0] != '\0');
        return;
    }
    wd_buf_init(&out, 64 * MIB);
    wd_emit(art, &plain, &out);
    require(wd_buf_status(&out) == WD_OK);
    require(out.size + wd_tagged_missing(art) > art->body.size);
    wd_buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wd_buf whole;
    decide((struct wd_str){(const char *)data, size});
    wd_buf_init(&whole, MIB + size);
    wd_buf_append_str(&whole, wd_buf_str(&head));
    wd_buf_append(&whole, data, size);
    require(wd_buf_status(&whole) == WD_OK);
    decide(wd_buf_str(&whole));
    decide(wd_buf_str(&whole));
    wd_buf_done(&whole);
    return 0;
}
