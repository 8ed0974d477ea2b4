/* copy.h -- articles for tests: made up, and ready for the desk.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_COPY_H
#define TEST_COPY_H

#include <stdio.h>
#include <stdlib.h>

#include "base/article.h"
#include "sketch/sketch.h"
#include "wiredesk/buf.h"
#include "wiredesk/status.h"

/* xorshift64*: the same numbers everywhere. */
static inline uint64_t copy_random(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * UINT64_C(2685821657736338717);
}

/* A word of the language of the tests: "ba", "dofe", … */
static inline void copy_word(struct wd_buf *buf, uint64_t n)
{
    static const char consonants[] = "bdfgklmnprst", vowels[] = "aeiou";
    do {
        wd_buf_append_char(buf, consonants[n % 12]);
        n /= 12;
        wd_buf_append_char(buf, vowels[n % 5]);
        n /= 5;
    } while (n);
}

/* `n` random words, every tenth a name or a number. */
static inline void copy_text(struct wd_buf *buf, uint64_t *seed, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        uint64_t dice = copy_random(seed) >> 8;
        size_t start = buf->size;
        if (dice % 20 == 0) {
            char number[24];
            (void)snprintf(number, sizeof(number), "%u", (unsigned)(dice >> 8) % 5000);
            wd_buf_append_z(buf, number);
        } else {
            copy_word(buf, (dice >> 8) % 20000);
        }
        if (dice % 20 == 1)
            buf->data[start] = (char)(buf->data[start] - 32);
        wd_buf_append_char(buf, ' ');
    }
}

static inline int copy_run_sketch(struct wd_article *art)
{
    static void *stage; /* of the stage; for good */
    if (!stage) {
        stage = calloc(1, wd_stage_sketch.state_size);
        if (!stage || wd_stage_sketch.open(stage, NULL, NULL) < 0)
            return WD_ENOMEM;
    }
    return wd_stage_sketch.run(stage, art);
}

/* Takes the fingerprints of a body under a headline (which may be empty), as the stages
 * before would have left it: text in one sentence. All is copied into the article. */
static inline int copy_sketch(struct wd_article *art, const char *uri,
                              int64_t timestamp_ms, struct wd_str headline,
                              struct wd_str body)
{
    static struct wd_options opts;
    struct wd_record record = {.topic = WD_STR("test"),
                               .partition = WD_NO_PARTITION,
                               .timestamp_ms = timestamp_ms};
    wd_options_init(&opts);
    wd_article_begin(art, &record);
    art->opts = &opts;
    struct wd_facts *facts = &art->facts;
    size_t gap = headline.size ? 2 : 0;
    char *text = wd_arena_alloc(&art->arena, headline.size + gap + body.size + 1);
    struct wd_region *regions = wd_arena_alloc(&art->arena, 2 * sizeof(*regions));
    facts->meta.uri = wd_arena_copy(&art->arena, wd_str_from(uri));
    if (!text || !regions || !facts->meta.uri.data)
        return WD_ENOMEM;
    if (headline.size)
        memcpy(text, headline.data, headline.size);
    memcpy(text + headline.size, "\n\n", gap);
    if (body.size)
        memcpy(text + headline.size + gap, body.data, body.size);
    uint32_t start = (uint32_t)(headline.size + gap);
    struct wd_span span = {start, start + (uint32_t)body.size};
    facts->text = (struct wd_str){text, span.end};
    if (headline.size)
        regions[facts->n_regions++] =
            (struct wd_region){WD_ROLE_HEADLINE, {0, (uint32_t)headline.size}};
    regions[facts->n_regions++] = (struct wd_region){WD_ROLE_BODY, span};
    facts->regions = regions;
    int r = wd_article_add_sentence(art, span);
    return r < 0 ? r : copy_run_sketch(art);
}

/* The same form filled in twice, for `i` of 0 and 1: names and numbers are other ones. */
static inline void copy_form(char *text, size_t size, size_t i)
{
    static const char *const facts[2][7] = {
        {"Aldermoor", "Kettering", "410000", "12", "April", "9", "Westgate"},
        {"Brackwater", "Lindholm", "1250000", "31", "June", "22", "Saltmarsh"},
    };
    const char *const *f = facts[i];
    (void)snprintf(
        text, size,
        "The council of %s said on Monday that %s would receive %s euros for the repair "
        "of its main bridge, which had been closed to lorries since an inspection found "
        "cracks in %s of its beams. Work is to begin in %s and to last %s weeks, the "
        "council said, and traffic will be led over the old bridge near %s meanwhile.",
        f[0], f[1], f[2], f[3], f[4], f[5], f[6]);
}

#endif
