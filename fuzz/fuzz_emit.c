/* fuzz_emit.c -- whatever is known about an article, the document says it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first byte chooses; bit 1 the profile. An even one sends the rest through the whole
 * pipeline and the desk as a record; an odd one makes facts up out of it, which no stage
 * would: spans in any order, overlapping, in headlines. Either way the document must be
 * what jansson makes of the same facts (tests/support/emit_oracle.c), say so twice in the
 * same bytes, and hold nothing but UTF-8 without control characters. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/article.h"
#include "base/utf8.h"
#include "support/emit_oracle.h"
#include "wiredesk/desk.h"
#include "wiredesk/pipeline.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIST_MAX = 24, MIB = 1024 * 1024 };

static struct wd_pipeline *pl;
static struct wd_desk *desk;

/* Aborts in every build: assert() is left out of some. */
static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct wd_options opts;
    struct wd_error err = {0};

    (void)argc;
    (void)argv;
    wd_options_init(&opts);
    opts.data_dir = WD_FUZZ_DATA_DIR;
    opts.limits.record_bytes = 64 * 1024;
    opts.limits.window_articles = 256;
    int r = wd_pipeline_open(&opts, &pl, &err);
    if (r == WD_OK)
        r = wd_desk_open(&opts, &desk, &err);
    require(r == WD_OK, err.message);
    return 0;
}

/* ---- facts out of bytes ---- */

struct dice {
    const uint8_t *at;
    size_t left;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < 2 && dice->left != 0; i++, dice->left--)
        value = value << 8 | *dice->at++;
    return value % sides;
}

static uint32_t boundary_at(struct wd_str text, uint32_t at)
{
    while (at < text.size && !wd_utf8_is_start(text.data[at]))
        at--;
    return at;
}

static struct wd_span span_in(struct dice *dice, struct wd_str text)
{
    uint32_t start = boundary_at(text, roll(dice, (uint32_t)text.size + 1));
    uint32_t rest = (uint32_t)text.size - start;
    return (struct wd_span){start, boundary_at(text, start + roll(dice, rest + 1))};
}

struct lists {
    struct wd_region regions[4];
    struct wd_furniture furniture[LIST_MAX];
    struct wd_piece pieces[LIST_MAX];
    struct wd_token tokens[LIST_MAX];
    struct wd_span sentences[LIST_MAX];
    struct wd_entity entities[LIST_MAX];
    struct wd_mention mentions[LIST_MAX];
    struct wd_shared_passage passages[LIST_MAX];
    struct wd_span facts[LIST_MAX];
};

static void roll_lists(struct dice *dice, struct wd_facts *facts, struct lists *lists)
{
    struct wd_str text = facts->text;

    facts->n_regions = roll(dice, 5);
    for (size_t i = 0; i < facts->n_regions; i++)
        lists->regions[i] =
            (struct wd_region){(enum wd_role)roll(dice, 2), span_in(dice, text)};
    facts->n_furniture = roll(dice, LIST_MAX);
    for (size_t i = 0; i < facts->n_furniture; i++)
        lists->furniture[i] =
            (struct wd_furniture){(enum wd_furniture_kind)roll(dice, 16),
                                  span_in(dice, facts->raw), roll(dice, 2)};
    facts->n_pieces = roll(dice, LIST_MAX);
    for (size_t i = 0; i < facts->n_pieces; i++) {
        struct wd_span span = span_in(dice, text); /* the raw text is the same */
        lists->pieces[i] =
            (struct wd_piece){span.start, span.start, span.end - span.start};
    }
    facts->n_tokens = roll(dice, LIST_MAX);
    for (size_t i = 0; i < facts->n_tokens; i++)
        lists->tokens[i] = (struct wd_token){span_in(dice, text), (uint8_t)roll(dice, 4),
                                             (uint8_t)roll(dice, 2), 0};
    facts->n_sentences = roll(dice, LIST_MAX);
    for (size_t i = 0; i < facts->n_sentences; i++)
        lists->sentences[i] = span_in(dice, text);
    facts->n_entities = 1 + roll(dice, LIST_MAX - 1);
    for (size_t i = 0; i < facts->n_entities; i++)
        lists->entities[i] = (struct wd_entity){
            (uint8_t)roll(dice, 5), wd_span_of(text, span_in(dice, text)),
            wd_span_of(text, span_in(dice, text)), roll(dice, 1000), roll(dice, 1000)};
    facts->n_mentions = roll(dice, LIST_MAX);
    for (size_t i = 0; i < facts->n_mentions; i++)
        lists->mentions[i] = (struct wd_mention){
            span_in(dice, text), roll(dice, (uint32_t)facts->n_entities),
            (uint8_t)roll(dice, 5), (uint8_t)roll(dice, 101)};
    facts->regions = lists->regions;
    facts->furniture = lists->furniture;
    facts->pieces = lists->pieces;
    facts->tokens = lists->tokens;
    facts->sentences = lists->sentences;
    facts->entities = lists->entities;
    facts->mentions = lists->mentions;
}

/* Any text of the article in place of any string. */
static struct wd_str string_in(struct dice *dice, struct wd_str text)
{
    return roll(dice, 2) ? wd_span_of(text, span_in(dice, text)) : (struct wd_str){0};
}

static struct wd_evidence roll_evidence(struct dice *dice, struct wd_str text,
                                        struct lists *lists)
{
    struct wd_evidence evidence = {
        .passages = lists->passages,
        .n_passages = roll(dice, LIST_MAX),
        .names = lists->facts,
        .n_names = roll(dice, LIST_MAX),
        .figures = lists->facts,
        .n_figures = roll(dice, 2),
        .other_names = roll(dice, 3),
        .other_figures = roll(dice, 3),
        .hours = (int32_t)roll(dice, 1000) - 1,
    };
    for (size_t i = 0; i < LIST_MAX; i++) {
        lists->passages[i] = (struct wd_shared_passage){
            span_in(dice, text), roll(dice, 65536), roll(dice, 65536)};
        lists->facts[i] = span_in(dice, text);
    }
    return evidence;
}

static void make_up(struct wd_article *art, struct wd_str text, struct lists *lists)
{
    struct dice dice = {(const uint8_t *)text.data, text.size};
    struct wd_facts *facts = &art->facts;
    struct wd_meta *meta = &facts->meta;

    facts->has = roll(&dice, 256);
    facts->text = text;
    facts->raw = text;
    meta->uri = text;
    struct wd_str *const strings[] = {&meta->version,   &meta->id,       &meta->headline,
                                      &meta->byline,    &meta->source,   &meta->url,
                                      &meta->copyright, &meta->located,  &meta->format,
                                      &facts->language, &facts->dedup.of};
    for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
        *strings[i] = string_in(&dice, text);
    facts->dedup.verdict = (enum wd_verdict)roll(&dice, 5);
    facts->dedup.of_sequence = roll(&dice, 65536);
    facts->dedup.cluster = UINT64_C(0x9e3779b97f4a7c15) * roll(&dice, 65536);
    facts->dedup.resemblance = (uint16_t)roll(&dice, 10001);
    facts->dedup.containment = (uint16_t)roll(&dice, 10001);
    facts->dedup.contained = (uint16_t)roll(&dice, 10001);
    facts->dedup.confidence = (uint8_t)roll(&dice, 101);
    facts->dedup.is_conflict = roll(&dice, 2) != 0;
    facts->dedup.killed = string_in(&dice, text);
    facts->dedup.near_miss = (enum wd_near_miss)roll(&dice, 3);
    facts->dedup.evidence = roll_evidence(&dice, text, lists);
    facts->dedup.miss.evidence = facts->dedup.evidence;
    facts->story.score = (uint16_t)roll(&dice, 10001);
    facts->quality.charset = string_in(&dice, text);
    facts->quality.declared = string_in(&dice, text);
    facts->quality.is_detected = roll(&dice, 2) != 0;
    facts->quality.replaced = roll(&dice, 65536);
    facts->sequence = roll(&dice, 65536);
    roll_lists(&dice, facts, lists);
}

/* ---- the checks ---- */

static void check_document(struct wd_str bytes)
{
    require(wd_utf8_valid_prefix(bytes) == bytes.size, "the document is UTF-8");
    for (size_t i = 0; i < bytes.size; i++)
        require((unsigned char)bytes.data[i] >= 0x20 && bytes.data[i] != 0x7f,
                "the document holds no control character");
}

static void check_emit(const struct wd_article *art, bool is_ninjs1)
{
    const struct wd_emit_options opts = {
        .profile = is_ninjs1 ? WD_PROFILE_NINJS1 : WD_PROFILE_NINJS3,
        .tokens = !is_ninjs1,
    };
    struct wd_buf buf, again;

    wd_buf_init(&buf, (size_t)256 * MIB);
    wd_buf_init(&again, (size_t)256 * MIB);
    wd_emit(art, &opts, &buf);
    wd_emit(art, &opts, &again);
    require(wd_buf_status(&buf) == WD_OK, "there is room");
    require(wd_str_equal(wd_buf_str(&buf), wd_buf_str(&again)), "same bytes");
    check_document(wd_buf_str(&buf));
    char *report = emit_oracle_differs(art, &opts, wd_buf_str(&buf));
    require(report == NULL, report ? report : "");
    wd_buf_done(&buf);
    wd_buf_done(&again);
}

/* What the stages owe the writer; made-up facts keep it, too. */
static void check_span(struct wd_str text, struct wd_span span)
{
    require(span.start <= span.end && span.end <= text.size, "a span is in the text");
    require(boundary_at(text, span.start) == span.start &&
                boundary_at(text, span.end) == span.end,
            "a span is on boundaries");
}

static void check_facts(const struct wd_facts *facts)
{
    for (size_t i = 0; i < facts->n_regions; i++)
        check_span(facts->text, facts->regions[i].span);
    for (size_t i = 0; i < facts->n_tokens; i++)
        check_span(facts->text, facts->tokens[i].span);
    for (size_t i = 0; i < facts->n_sentences; i++)
        check_span(facts->text, facts->sentences[i]);
    for (size_t i = 0; i < facts->n_furniture; i++)
        check_span(facts->raw, facts->furniture[i].span);
    for (size_t i = 0; i < facts->n_mentions; i++) {
        check_span(facts->text, facts->mentions[i].span);
        require(facts->mentions[i].entity < facts->n_entities, "a mention has an entity");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lists lists;
    if (size == 0)
        return 0;

    struct wd_str value = {(const char *)data + 1, size - 1};
    struct wd_record record = {
        .value = value, .topic = WD_STR("fuzz"), .partition = 0, .timestamp_ms = -1};
    struct wd_article *art = wd_article_new();
    require(art != NULL, "there is memory");
    wd_article_begin(art, &record);
    bool is_fine = true;
    if (data[0] & 1) {
        value.size = wd_utf8_valid_prefix(value);
        make_up(art, value, &lists);
    } else {
        is_fine = wd_pipeline_run(pl, art) == WD_OK;
        require(wd_desk_decide(desk, art) == WD_OK, "the desk decides");
    }
    if (is_fine) {
        check_facts(wd_article_facts(art));
        check_emit(art, data[0] & 2);
    }
    wd_article_free(art);
    return 0;
}
