/* fuzz_tag.c -- any UTF-8 text through tokenizer and tagger, with the real names.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "wiredesk/pipeline.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct wd_pipeline *pl;
static struct wd_article *art;

/* Aborts in every build: assert() is left out of some. */
static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct wd_options opts;
    struct wd_error err;
    (void)argc;
    (void)argv;
    wd_options_init(&opts);
    opts.data_dir = WD_FUZZ_DATA_DIR;
    opts.format = WD_FORMAT_TEXT;
    opts.clean = false;
    art = wd_article_new();
    if (!art || wd_pipeline_open(&opts, &pl, &err) < 0) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    return 0;
}

/* Mentions are in order, do not overlap, and each entity has the mentions it claims. */
static void check(const struct wd_facts *facts)
{
    uint32_t end = 0, n_first = 0, total = 0;
    for (size_t i = 0; i < facts->n_mentions; i++) {
        const struct wd_mention *mention = &facts->mentions[i];
        require(mention->span.start >= end && mention->span.end > mention->span.start);
        require(mention->span.end <= facts->text.size);
        require(wd_utf8_is_start(facts->text.data[mention->span.start]));
        require(mention->span.end == facts->text.size ||
                wd_utf8_is_start(facts->text.data[mention->span.end]));
        require(mention->confidence <= 100 && mention->entity < facts->n_entities);
        require(mention->entity <= n_first);
        if (mention->entity == n_first) {
            require(facts->entities[n_first].first_mention == i);
            n_first++;
        }
        require(facts->entities[mention->entity].label == mention->label);
        end = mention->span.end;
    }
    require(n_first == facts->n_entities);
    for (size_t i = 0; i < facts->n_entities; i++) {
        require(facts->entities[i].name.size > 0);
        total += facts->entities[i].n_mentions;
    }
    require(total == facts->n_mentions);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wd_record record = {
        .value = {(const char *)data, size},
        .partition = WD_NO_PARTITION,
        .timestamp_ms = -1,
    };
    wd_article_begin(art, &record);
    if (wd_pipeline_run(pl, art) == WD_OK)
        check(wd_article_facts(art));
    return 0;
}
