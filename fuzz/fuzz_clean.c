/* fuzz_clean.c -- any text, cleaned or not, loses no byte and keeps its places.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first byte chooses what the source says beside the text: a headline, a kill,
 * cleaning off. The law is that of the unit tests. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define assert_true(condition)          assert(condition)
#define assert_non_null(pointer)        assert((pointer) != NULL)
#define assert_int_equal(a, b)          assert((a) == (b))
#define assert_memory_equal(a, b, size) assert(memcmp((a), (b), (size)) == 0)
#define fail_msg(...)                   (fprintf(stderr, __VA_ARGS__), abort())

#include "base/article.h"
#include "clean/clean.h"
#include "support/clean_law.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void clean_once(struct wd_str text, unsigned how, void *state)
{
    struct wd_options opts;
    wd_options_init(&opts);
    opts.clean = (how & 4) == 0;
    const struct wd_record record = {.value = text};
    struct wd_article *art = wd_article_new();
    if (!art)
        return;
    wd_article_begin(art, &record);
    art->opts = &opts;
    art->facts.raw = text;
    if (how & 1)
        art->facts.meta.headline = WD_STR("Council votes");
    if (how & 2)
        art->facts.meta.pubstatus = WD_STR("canceled");
    int r = wd_stage_clean.run(state, art);
    assert(r == WD_OK || r == WD_ENOTEXT);
    if (opts.clean)
        law_assert(wd_article_facts(art));
    else
        assert(memcmp(art->facts.text.data, text.data, text.size) == 0 || text.size == 0);
    wd_article_free(art);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void *state;
    if (!state) {
        state = calloc(1, wd_stage_clean.state_size);
        if (!state || wd_stage_clean.open(state, NULL, NULL) != WD_OK)
            abort();
    }
    if (size == 0)
        return 0;
    unsigned how = data[0];
    char *copy = malloc(size); /* exactly: reading past the end is then seen */
    if (!copy)
        return 0;
    memcpy(copy, data + 1, size - 1);
    struct wd_str text = {copy, size - 1};
    text.size = wd_utf8_valid_prefix(text);
    char *exact = realloc(copy, text.size ? text.size : 1);
    if (exact)
        text.data = exact;
    clean_once(text, how, state);
    free(exact ? exact : copy);
    return 0;
}
