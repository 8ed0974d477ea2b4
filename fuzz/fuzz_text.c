/* fuzz_text.c -- what an article says is in its text or its furniture, whatever it came
 * in.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input is well-formed text. The first byte chooses what it is wrapped in (nothing,
 * JSON, HTML, NITF); the record then goes through decode, clean, language and tokenize.
 * Every character that is not white space must come out of the wrapping, in order; from
 * there the laws of the unit tests hold: text and furniture account for every byte, and
 * tokens and sentences for the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define assert_true(condition)          token_law_require(condition)
#define assert_non_null(pointer)        token_law_require((pointer) != NULL)
#define assert_int_equal(a, b)          token_law_require((a) == (b))
#define assert_memory_equal(a, b, size) token_law_require(memcmp((a), (b), (size)) == 0)
#define fail_msg(...)                   (fprintf(stderr, __VA_ARGS__), abort())

#include "support/token_law.h"

#include "base/article.h"
#include "clean/clean.h"
#include "decode/decode.h"
#include "language/language.h"
#include "support/clean_law.h"
#include "tokenize/tokenize.h"
#include "wiredesk/buf.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum wrapping { PLAIN, JSON, HTML, NITF, N_WRAPPINGS };

static const struct {
    const char *type, *before, *between, *after;
} wrappings[N_WRAPPINGS] = {
    [PLAIN] = {"text/plain", "", "\n", ""},
    [JSON] = {"application/json", "{\"id\":\"a\",\"text\":\"", "\\n", "\"}"},
    [HTML] = {"text/html", "<html><body><article><p>", "</p><p>", "</p></article>"},
    [NITF] = {"application/nitf+xml", "<nitf><body><body.content><p>", "</p><p>",
              "</p></body.content></body></nitf>"},
};

static const struct wd_stage *const stages[] = {
    &wd_stage_decode,
    &wd_stage_clean,
    &wd_stage_language,
    &wd_stage_tokenize,
};

enum { N_STAGES = sizeof(stages) / sizeof(stages[0]), RECORD_BYTES = 64 * 1024 };

static struct wd_options opts;
static void *states[N_STAGES];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    wd_options_init(&opts);
    opts.limits.record_bytes = RECORD_BYTES;
    for (size_t i = 0; i < N_STAGES; i++) {
        states[i] = calloc(1, stages[i]->state_size + 1);
        token_law_require(states[i]);
        if (stages[i]->open)
            token_law_require(stages[i]->open(states[i], &opts, NULL) == WD_OK);
    }
    return 0;
}

/* No article has controls and noncharacters, and XML refuses them; what could be markup
 * is left to fuzz_decode. */
static bool is_fit(uint32_t cp)
{
    if (cp < 0x80)
        return cp == '\n' || (cp >= 0x20 && cp < 0x7f && !strchr("<>&\"\\{}[]", (int)cp));
    return cp >= 0xa0 && (cp & 0xfffe) != 0xfffe && (cp < 0xfdd0 || cp > 0xfdef);
}

static void put_fit(struct wd_buf *buf, struct wd_str text, const char *new_line)
{
    unsigned size;
    for (size_t at = 0; at < text.size; at += size) {
        uint32_t cp = wd_utf8_decode(text.data + at, &size);
        if (cp == '\n')
            wd_buf_append_z(buf, new_line);
        else if (is_fit(cp))
            wd_buf_append(buf, text.data + at, size);
    }
}

/* The next character that is not white; false at the end. */
static bool next_black(struct wd_str *rest, uint32_t *ret_cp)
{
    unsigned size;
    while (rest->size > 0) {
        const char *p = rest->data, *end = rest->data + rest->size;
        bool is_white = wd_space_at(p, end, &size) != WD_SPACE_NONE;
        *ret_cp = wd_utf8_decode(p, &size);
        *rest = (struct wd_str){p + size, rest->size - size};
        if (!is_white)
            return true;
    }
    return false;
}

static void require_same_letters(struct wd_str a, struct wd_str b)
{
    uint32_t x = 0, y = 0;
    bool has_a = true, has_b = true;
    while (has_a) {
        has_a = next_black(&a, &x);
        has_b = next_black(&b, &y);
        token_law_require(has_a == has_b && (!has_a || x == y));
    }
}

static int run_stages(struct wd_article *art)
{
    int r = WD_OK;
    for (size_t i = 0; i < N_STAGES && r == WD_OK; i++) {
        r = stages[i]->run(states[i], art);
        if (r == WD_OK)
            art->facts.has |= stages[i]->gives;
    }
    return r;
}

static void check_article(struct wd_str record, struct wd_str plain, enum wrapping how)
{
    const struct wd_record rec = {
        .value = record,
        .content_type = wd_str_from(wrappings[how].type),
        .timestamp_ms = -1,
    };
    struct wd_article *art = wd_article_new();
    token_law_require(art != NULL);
    wd_article_begin(art, &rec);
    art->opts = &opts;
    int r = run_stages(art);
    const struct wd_facts *facts = wd_article_facts(art);
    if (r == WD_OK) {
        require_same_letters(plain, facts->raw);
        law_assert(facts);
        token_law_check(facts);
    } else {
        token_law_require(wd_status_class(r) == WD_CLASS_INPUT);
    }
    wd_article_free(art);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    enum wrapping how = data[0] % N_WRAPPINGS;
    struct wd_str text = {(const char *)data + 1, size - 1};
    text.size = wd_utf8_valid_prefix(text);

    struct wd_buf plain, record;
    wd_buf_init(&plain, RECORD_BYTES);
    wd_buf_init(&record, RECORD_BYTES);
    put_fit(&plain, text, "\n");
    wd_buf_append_z(&record, wrappings[how].before);
    put_fit(&record, text, wrappings[how].between);
    wd_buf_append_z(&record, wrappings[how].after);
    if (wd_buf_status(&plain) == WD_OK && wd_buf_status(&record) == WD_OK)
        check_article(wd_buf_str(&record), wd_buf_str(&plain), how);
    wd_buf_done(&plain);
    wd_buf_done(&record);
    return 0;
}
