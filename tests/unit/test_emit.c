/* test_emit.c -- the writer says exactly what the article knows.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every document that a test writes is also compared with a tree that jansson builds from
 * the same facts (support/emit_oracle.c), and goes to the file named by WD_EMIT_OUT,
 * where tests/validate.py holds it against the schemas. */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/article.h"
#include "base/utf8.h"
#include "emit/json_writer.h"
#include "emit/offsets.h"
#include "support/emit_oracle.h"

#define MIB ((size_t)1024 * 1024)

static FILE *documents; /* NULL: nobody asked for them */

/* Emits, compares with the oracle, keeps the line. */
static void emit_checked(const struct wd_article *art, const struct wd_emit_options *opts,
                         struct wd_buf *buf)
{
    wd_buf_clear(buf);
    wd_emit(art, opts, buf);
    assert_int_equal(wd_buf_status(buf), WD_OK);
    char *report = emit_oracle_differs(art, opts, wd_buf_str(buf));
    if (report)
        fail_msg("%s in %.*s", report, (int)buf->size, buf->data);
    if (documents)
        fprintf(documents, "%.*s\n", (int)buf->size, buf->data);
}

/* An article without any facts but its text. */
struct fixture {
    struct wd_article *art;
    struct wd_region regions[4];
    struct wd_buf buf;
};

static struct fixture fixture_new(struct wd_str text)
{
    struct fixture fix = {.art = wd_article_new()};
    assert_non_null(fix.art);
    wd_buf_init(&fix.buf, 64 * MIB);
    wd_article_begin(fix.art, &(struct wd_record){.value = text,
                                                  .topic = WD_STR("a.txt"),
                                                  .partition = WD_NO_PARTITION,
                                                  .timestamp_ms = -1});
    fix.art->facts.has = WD_HAS_RAW | WD_HAS_TEXT | WD_HAS_VERDICT | WD_HAS_STORY;
    fix.art->facts.sequence = 1;
    fix.art->facts.story.size = 1;
    fix.art->facts.story.score = 10000;
    fix.art->facts.meta.uri = WD_STR("urn:newsml:example.com:2025:1");
    fix.art->facts.raw = text;
    fix.art->facts.text = text;
    return fix;
}

static void fixture_body(struct fixture *fix)
{
    fix->regions[0] =
        (struct wd_region){WD_ROLE_BODY, {0, (uint32_t)fix->art->facts.text.size}};
    fix->art->facts.regions = fix->regions;
    fix->art->facts.n_regions = 1;
}

static void fixture_done(struct fixture *fix)
{
    wd_buf_done(&fix->buf);
    wd_article_free(fix->art);
}

static const struct wd_emit_options ninjs3 = {.profile = WD_PROFILE_NINJS3,
                                              .tokens = true};
static const struct wd_emit_options ninjs1 = {.profile = WD_PROFILE_NINJS1,
                                              .tokens = true};

/* Of golden_text, by coreutils' sha256sum. */
#define GOLDEN_SHA256 "c8a0de030e409ec14c07e337bf8274bfe26f29b20cd0804cb041db63881aa92a"
static const char golden_text[] =
    "Mayor r\xc3\xa9signs\n\nAnn \xf0\x9f\x98\x80 Lee left.";

/* One article with everything in it. */
static void fill_everything(struct wd_article *art, struct fixture *fix)
{
    static const struct wd_furniture furniture[] = {{WD_FURNITURE_IMAGE, {0, 5}, false}};
    static const struct wd_piece pieces[] = {{2, 5, 1}};
    static const struct wd_token tokens[] = {
        {{0, 5}, WD_TOKEN_WORD, true, 0},    {{6, 14}, WD_TOKEN_WORD, true, 0},
        {{16, 19}, WD_TOKEN_WORD, true, 0},  {{20, 24}, WD_TOKEN_SYMBOL, true, 0},
        {{25, 28}, WD_TOKEN_WORD, true, 0},  {{29, 33}, WD_TOKEN_WORD, false, 0},
        {{33, 34}, WD_TOKEN_PUNCT, false, 0}};
    static const struct wd_span sentences[] = {{0, 14}, {16, 34}};
    static const struct wd_entity entities[] = {
        {WD_LABEL_PERSON,
         {"Ann Lee", 7},
         {"http://www.wikidata.org/entity/Q1", 33},
         1,
         0},
        {WD_LABEL_GROUP, {"Mayor", 5}, {NULL, 0}, 1, 1}};
    static const struct wd_mention mentions[] = {{{16, 28}, 0, WD_LABEL_PERSON, 90},
                                                 {{0, 5}, 1, WD_LABEL_GROUP, 40}};

    fix->regions[0] = (struct wd_region){WD_ROLE_HEADLINE, {0, 14}};
    fix->regions[1] = (struct wd_region){WD_ROLE_BODY, {16, 34}};
    struct wd_facts *facts = &art->facts;
    facts->regions = fix->regions;
    facts->n_regions = 2;
    facts->meta.version = WD_STR("2");
    facts->meta.id = WD_STR("A-1");
    facts->meta.byline = WD_STR("Jo \"J\" Doe");
    facts->meta.source = WD_STR("Example Wire");
    facts->meta.url = WD_STR("https://example.com/1");
    facts->meta.published = WD_STR("2025-02-13T09:30:00+01:00");
    facts->meta.embargoed = WD_STR("2025-02-13T18:00:00+01:00");
    facts->meta.copyright = WD_STR("(c) Example Wire");
    facts->meta.located = WD_STR("BERLIN");
    facts->meta.format = WD_STR("text");
    facts->language = WD_STR("en");
    facts->raw = WD_STR("\xc3\xa9 ![]");
    facts->furniture = furniture;
    facts->n_furniture = 1;
    facts->pieces = pieces;
    facts->n_pieces = 1;
    facts->tokens = tokens;
    facts->n_tokens = 7;
    facts->sentences = sentences;
    facts->n_sentences = 2;
    facts->entities = entities;
    facts->n_entities = 2;
    facts->mentions = mentions;
    facts->n_mentions = 2;
    facts->dedup = (struct wd_dedup){.verdict = WD_VERDICT_SYNDICATED,
                                     .of = WD_STR("urn:newsml:example.com:2025:0"),
                                     .of_sequence = 3,
                                     .cluster = 0xabc,
                                     .resemblance = 1560,
                                     .containment = 10000,
                                     .contained = 501,
                                     .candidates = 2};
    facts->story = (struct wd_story){.id = 0x1f, .size = 2, .score = 7500};
    facts->sequence = 4;
    art->record.topic = WD_STR("news.raw");
    art->record.partition = 0;
    art->record.offset = 41;
    art->record.timestamp_ms = 1739435400123;
    art->record.key = WD_STR("k1");
    art->record.content_type = WD_STR("text/plain");
}

static const char golden[] =
    "{\"uri\":\"urn:newsml:example.com:2025:1\",\"type\":\"text\",\"version\":\"2\","
    "\"contentCreated\":\"2025-02-13T09:30:00+01:00\","
    "\"versionCreated\":\"2025-02-13T09:30:00+01:00\","
    "\"embargoedUntil\":\"2025-02-13T18:00:00+01:00\",\"pubStatus\":\"usable\","
    "\"language\":\"en\",\"headlines\":[{\"contentType\":\"text/plain\","
    "\"value\":\"Mayor r\xc3\xa9signs\"}],\"by\":\"Jo \\\"J\\\" "
    "Doe\",\"located\":\"BERLIN\","
    "\"copyrightNotice\":\"(c) Example Wire\",\"infoSources\":[{\"name\":\"Example "
    "Wire\"}],"
    "\"bodies\":[{\"contentType\":\"text/plain\",\"charCount\":15,\"wordCount\":3,"
    "\"value\":\"Ann \xf0\x9f\x98\x80 Lee left.\"}],\"people\":[{\"name\":\"Ann Lee\","
    "\"rel\":\"mentions\",\"uri\":\"http://www.wikidata.org/entity/Q1\"}],"
    "\"associations\":[{\"name\":\"earlier copy\",\"rel\":\"duplicateOf\","
    "\"uri\":\"urn:newsml:example.com:2025:0\"}],\"altIds\":[{\"role\":\"id\","
    "\"value\":\"A-1\"},{\"role\":\"url\",\"value\":\"https://example.com/1\"}],"
    "\"standard\":{\"name\":\"ninjs\",\"version\":\"3.1\",\"schema\":\"" WD_SCHEMA_URI
    "\"},\"wiredesk\":{\"schemaVersion\":\"1.0\",\"sequence\":4,\"pipeline\":{"
    "\"name\":\"wiredesk\",\"version\":\"0.1.0\",\"models\":{}},\"source\":{"
    "\"topic\":\"news.raw\",\"partition\":0,\"offset\":41,"
    "\"timestamp\":\"2025-02-13T08:30:00.123Z\",\"key\":\"k1\","
    "\"contentType\":\"text/plain\",\"format\":\"text\",\"bytes\":34},"
    "\"dedup\":{\"verdict\":\"syndicated\",\"cluster\":\"c0000000000000abc\","
    "\"of\":\"urn:newsml:example.com:2025:0\",\"ofSequence\":3,\"resemblance\":0.156,"
    "\"containment\":1,\"contained\":0.0501,\"confidence\":0,\"candidates\":2,"
    "\"evidence\":{\"passages\":[],\"against\":{\"hours\":0}}},"
    "\"story\":{\"id\":\"s000000000000001f\",\"size\":2,\"score\":0.75},"
    "\"entities\":[{\"id\":\"e0\",\"label\":\"person\",\"name\":\"Ann Lee\","
    "\"uri\":\"http://www.wikidata.org/entity/Q1\",\"count\":1,\"first\":0},"
    "{\"id\":\"e1\",\"label\":\"group\",\"name\":\"Mayor\",\"count\":1,\"first\":1}],"
    "\"text\":{\"unit\":\"codepoint\",\"length\":30,\"bytes\":34,\"sha256\":"
    "\"" GOLDEN_SHA256
    "\",\"joiner\":\"\\n\\n\",\"regions\":[{\"role\":\"headline\",\"start\":0,\"end\":13,"
    "\"path\":\"/headlines/0/value\"},{\"role\":\"body\",\"start\":15,\"end\":30,"
    "\"path\":\"/bodies/0/value\"}]},\"sentences\":[[0,13],[15,30]],"
    "\"tokens\":{\"layout\":\"start,length\",\"count\":7,"
    "\"data\":[0,5,6,7,15,3,19,1,21,3,25,4,29,1]},"
    "\"mentions\":[{\"e\":\"e0\",\"label\":\"person\",\"start\":15,\"end\":24,"
    "\"exact\":\"Ann \xf0\x9f\x98\x80 Lee\",\"confidence\":90},{\"e\":\"e1\","
    "\"label\":\"group\",\"start\":0,\"end\":5,\"exact\":\"Mayor\",\"confidence\":40}],"
    "\"raw\":{\"length\":5,\"bytes\":6,\"layout\":\"text,raw,length\",\"pieces\":[2,4,1]}"
    ",\"furniture\":[{\"kind\":\"image\",\"start\":0,"
    "\"end\":4,\"text\":\"\xc3\xa9 ![\"}],\"quality\":{\"words\":3,\"furniture\":0.8333,"
    "\"flags\":[\"short\",\"mostly-furniture\"]}}}";

static void whole_document_is_as_written_down(void **state)
{
    (void)state;
    struct fixture fix = fixture_new(wd_str_from(golden_text));
    fill_everything(fix.art, &fix);
    emit_checked(fix.art, &ninjs3, &fix.buf);
    assert_int_equal(fix.buf.size, sizeof(golden) - 1);
    assert_memory_equal(fix.buf.data, golden, fix.buf.size);
    fixture_done(&fix);
}

static void every_profile_and_choice_agrees_with_jansson(void **state)
{
    (void)state;
    static const struct wd_model models[] = {{"gazetteer", "2025-01"}, {"tagger", "3"}};
    static const struct wd_emit_options choices[] = {
        {.profile = WD_PROFILE_NINJS3, .tokens = true},
        {.profile = WD_PROFILE_NINJS3, .tokens = false},
        {.profile = WD_PROFILE_NINJS1, .tokens = true},
        {.profile = WD_PROFILE_NINJS1, .tokens = false},
    };
    struct fixture fix = fixture_new(wd_str_from(golden_text));
    fill_everything(fix.art, &fix);
    fix.art->facts.models = models;
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        fix.art->facts.n_models = i % 3;
        emit_checked(fix.art, &choices[i], &fix.buf);
    }
    fixture_done(&fix);
}

static void unknown_facts_are_left_out(void **state)
{
    (void)state;
    struct fixture fix = fixture_new(WD_STR("x"));
    fixture_body(&fix);
    emit_checked(fix.art, &ninjs3, &fix.buf);
    json_t *root = json_loadb(fix.buf.data, fix.buf.size, 0, NULL);
    static const char *const absent[] = {
        "version",         "headlines",     "by",     "located",
        "copyrightNotice", "people",        "places", "organisations",
        "events",          "infoSources",   "altIds", "associations",
        "contentCreated",  "versionCreated"};
    for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
        assert_null(json_object_get(root, absent[i]));
    assert_string_equal(json_string_value(json_object_get(root, "language")), "und");
    json_decref(root);
    fixture_done(&fix);
}

static void verdicts_become_associations(void **state)
{
    (void)state;
    static const struct {
        enum wd_verdict verdict;
        const char *rel; /* NULL: no association */
    } rows[] = {
        {WD_VERDICT_UNIQUE, NULL},        {WD_VERDICT_EXACT, "duplicateOf"},
        {WD_VERDICT_NEAR, "duplicateOf"}, {WD_VERDICT_SYNDICATED, "duplicateOf"},
        {WD_VERDICT_UPDATE, "updateOf"},
    };
    struct fixture fix = fixture_new(WD_STR("x"));
    fixture_body(&fix);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fix.art->facts.dedup.verdict = rows[i].verdict;
        fix.art->facts.dedup.of = rows[i].rel ? WD_STR("urn:x:1") : (struct wd_str){0};
        emit_checked(fix.art, &ninjs3, &fix.buf);
        json_t *root = json_loadb(fix.buf.data, fix.buf.size, 0, NULL);
        json_t *first = json_array_get(json_object_get(root, "associations"), 0);
        const char *rel = json_string_value(json_object_get(first, "rel"));
        if (rows[i].rel)
            assert_string_equal(rel, rows[i].rel);
        else
            assert_null(rel);
        json_decref(root);
    }
    fixture_done(&fix);
}

/* Text that writers stumble over, each as body, headline and entity name. */
static const struct wd_str hard_texts[] = {
    WD_STR(""),
    WD_STR("\""),
    WD_STR("\\"),
    WD_STR("\\u0041"),
    WD_STR("</script>&<p>&amp;"),
    WD_STR("a\nb\n\nc\n"),
    WD_STR("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
           "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f"),
    WD_STR("\xc2\x80\xc2\x85\xc2\x9b\xc2\xa0"),                 /* C1 and nbsp */
    WD_STR("\xe2\x80\xa8\xe2\x80\xa9"),                         /* U+2028, U+2029 */
    WD_STR("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80"),     /* ZWJ sequence */
    WD_STR("e\xcc\x81\xcc\xa7"),                                /* combining marks */
    WD_STR("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xaexyz"), /* RTL, override */
    WD_STR("\xef\xbf\xbe\xef\xbf\xbf\xef\xbb\xbf"),             /* non-characters, BOM */
    WD_STR("\xf4\x8f\xbf\xbf\xf0\x90\x80\x80\xee\x80\x80"),
    WD_STR("plain text that is longer than a word of eight \"quoted\" bytes"),
};

static void hard_text_agrees_with_jansson(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(hard_texts) / sizeof(hard_texts[0]); i++) {
        struct wd_str text = hard_texts[i];
        struct fixture fix = fixture_new(text);
        struct wd_entity ent = {WD_LABEL_PLACE, text, {NULL, 0}, text.size != 0, 0};
        struct wd_mention mention = {{0, (uint32_t)text.size}, 0, WD_LABEL_PLACE, 100};
        struct wd_furniture item = {WD_FURNITURE_CREDIT, {0, (uint32_t)text.size}, true};
        fixture_body(&fix);
        fix.art->facts.meta.headline = text;
        fix.art->facts.meta.byline = text;
        fix.art->facts.entities = &ent;
        fix.art->facts.n_entities = 1;
        fix.art->facts.mentions = &mention;
        fix.art->facts.n_mentions = text.size != 0;
        fix.art->facts.furniture = &item;
        fix.art->facts.n_furniture = text.size != 0;
        emit_checked(fix.art, &ninjs3, &fix.buf);
        emit_checked(fix.art, &ninjs1, &fix.buf);
        fixture_done(&fix);
    }
}

/* A string of `pad` letters, one code point and more letters: it meets the scanner at
 * every place of a block, and of the eight bytes that a short string is read by. */
static void every_code_point_survives_at_every_place(void **state)
{
    enum { N_PADS = 66 };
    (void)state;
    struct wd_buf buf;
    wd_buf_init(&buf, MIB);
    for (uint32_t cp = 0; cp <= 0x10ffff; cp += cp < 0x900 ? 1 : 0x3fd) {
        if (cp >= 0xd800 && cp < 0xe000)
            continue;
        for (size_t pad = 0; pad < (cp < 0x100 ? 2 * N_PADS : 2); pad++) {
            char text[2 * N_PADS + 4];
            memset(text, 'a', sizeof(text));
            size_t before = pad % N_PADS, behind = pad < N_PADS ? 2 : N_PADS - before;
            size_t size = before + wd_utf8_encode(cp, text + before) + behind;
            wd_buf_clear(&buf);
            wd_json_string(&buf, (struct wd_str){text, size});
            json_t *value =
                json_loadb(buf.data, buf.size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
            assert_non_null(value);
            assert_int_equal(json_string_length(value), size);
            assert_memory_equal(json_string_value(value), text, size);
            for (size_t i = 0; i < buf.size; i++)
                assert_false((unsigned char)buf.data[i] < 0x20 || buf.data[i] == 0x7f);
            json_decref(value);
        }
    }
    wd_buf_done(&buf);
}

static void bytes_that_are_no_text_become_replacement_characters(void **state)
{
    (void)state;
    static const struct {
        struct wd_str bytes;
        const char *want;
    } rows[] = {
        {WD_STR(""), "\"\""},
        {WD_STR("news.txt"), "\"news.txt\""},
        {WD_STR("a\xff"), "\"a\xef\xbf\xbd\""},
        {WD_STR("\xff\xfe"
                "b"),
         "\"\xef\xbf\xbd\xef\xbf\xbd"
         "b\""},
        {WD_STR("\xe2\x80\"\n"), "\"\xef\xbf\xbd\xef\xbf\xbd\\\"\\n\""},
        {WD_STR("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    struct wd_buf buf;
    wd_buf_init(&buf, MIB);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        wd_buf_clear(&buf);
        wd_json_string_lossy(&buf, rows[i].bytes);
        assert_int_equal(buf.size, strlen(rows[i].want));
        assert_memory_equal(buf.data, rows[i].want, buf.size);
    }
    wd_buf_done(&buf);
}

static void numbers_are_written_in_full(void **state)
{
    (void)state;
    struct wd_buf buf;
    wd_buf_init(&buf, MIB);
    wd_json_open_array(&buf);
    wd_json_uint(&buf, 0);
    wd_json_uint(&buf, 9);
    wd_json_uint(&buf, 10);
    wd_json_uint(&buf, UINT64_MAX);
    wd_json_int(&buf, -1);
    wd_json_int(&buf, INT64_MIN);
    wd_json_int(&buf, INT64_MAX);
    wd_json_close_array(&buf);
    wd_buf_append_char(&buf, '\0');
    assert_string_equal(buf.data, "[0,9,10,18446744073709551615,-1,-9223372036854775808,"
                                  "9223372036854775807]");
    wd_buf_done(&buf);
}

static void ratios_have_no_more_digits_than_they_need(void **state)
{
    (void)state;
    struct wd_buf buf;
    wd_buf_init(&buf, MIB);
    for (unsigned value = 0; value <= 10000; value++) {
        char want[16];
        int size = snprintf(want, sizeof(want), "%u.%04u", value / 10000, value % 10000);
        while (want[size - 1] == '0')
            size--;
        size -= want[size - 1] == '.';
        wd_buf_clear(&buf);
        wd_json_ratio(&buf, value);
        assert_int_equal(buf.size, size);
        assert_memory_equal(buf.data, want, buf.size);
    }
    wd_buf_done(&buf);
}

static void finger_agrees_with_counting_in_any_order(void **state)
{
    (void)state;
    struct wd_str text =
        WD_STR("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z e\xcc\x81 "
               "long enough to be counted in words of eight bytes \xc3\xa9");
    struct wd_finger finger = wd_finger_at_start(text, wd_utf8_count(text));
    uint32_t seed = 1;
    for (size_t i = 0; i < 2000; i++) {
        seed = seed * 1664525 + 1013904223;
        uint32_t byte = (seed >> 8) % ((uint32_t)text.size + 1);
        while (byte < text.size && !wd_utf8_is_start(text.data[byte]))
            byte--;
        size_t want = 0;
        for (size_t k = 0; k < byte; k++)
            want += wd_utf8_is_start(text.data[k]);
        assert_int_equal(wd_finger_move(&finger, byte), want);
    }
}

/* Tokens are written a chunk at a time. */
static void token_lists_of_any_length_agree_with_jansson(void **state)
{
    (void)state;
    static const size_t counts[] = {0, 1, 255, 256, 257, 511, 512, 513, 3000};
    char *text = malloc(6000);
    struct wd_token *tokens = calloc(3000, sizeof(*tokens));
    assert_true(text && tokens);
    for (uint32_t i = 0; i < 3000; i++) {
        memcpy(text + 2 * (size_t)i, i % 3 ? "a " : "\xc3\xa9", 2);
        tokens[i] = (struct wd_token){
            {2 * i, 2 * i + (i % 3 ? 1 : 2)}, WD_TOKEN_WORD, i % 3 != 0, 0};
    }
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        struct fixture fix = fixture_new((struct wd_str){text, 2 * counts[i]});
        fixture_body(&fix);
        fix.art->facts.tokens = tokens;
        fix.art->facts.n_tokens = counts[i];
        emit_checked(fix.art, &ninjs3, &fix.buf);
        fixture_done(&fix);
    }
    free(text);
    free(tokens);
}

static void any_ceiling_latches_and_never_half_reports_success(void **state)
{
    (void)state;
    struct fixture fix = fixture_new(wd_str_from(golden_text));
    fill_everything(fix.art, &fix);
    emit_checked(fix.art, &ninjs3, &fix.buf);
    /* The token chunk asks for its worst case at once: some room more than the result. */
    size_t enough = fix.buf.size + 7 * 42;
    for (size_t ceiling = 0; ceiling < enough; ceiling++) {
        struct wd_buf buf;
        wd_buf_init(&buf, ceiling);
        wd_emit(fix.art, &ninjs3, &buf);
        assert_true(buf.size <= ceiling);
        if (ceiling < fix.buf.size)
            assert_int_equal(wd_buf_status(&buf), WD_ELIMIT);
        if (wd_buf_status(&buf) == WD_OK)
            assert_memory_equal(buf.data, fix.buf.data, fix.buf.size);
        wd_buf_done(&buf);
    }
    fixture_done(&fix);
}

static void same_article_gives_the_same_bytes(void **state)
{
    (void)state;
    struct fixture fix = fixture_new(wd_str_from(golden_text));
    struct wd_buf again;
    wd_buf_init(&again, MIB);
    fill_everything(fix.art, &fix);
    wd_emit(fix.art, &ninjs3, &fix.buf);
    wd_emit(fix.art, &ninjs3, &again);
    assert_int_equal(again.size, fix.buf.size);
    assert_memory_equal(again.data, fix.buf.data, again.size);
    wd_buf_done(&again);
    fixture_done(&fix);
}

static void ids_are_a_letter_and_sixteen_digits(void **state)
{
    (void)state;
    char name[WD_ID_SIZE];
    wd_cluster_name(0x0123456789abcdef, name);
    assert_string_equal(name, "c0123456789abcdef");
    wd_story_name(0, name);
    assert_string_equal(name, "s0000000000000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_document_is_as_written_down),
        cmocka_unit_test(every_profile_and_choice_agrees_with_jansson),
        cmocka_unit_test(unknown_facts_are_left_out),
        cmocka_unit_test(verdicts_become_associations),
        cmocka_unit_test(hard_text_agrees_with_jansson),
        cmocka_unit_test(every_code_point_survives_at_every_place),
        cmocka_unit_test(bytes_that_are_no_text_become_replacement_characters),
        cmocka_unit_test(numbers_are_written_in_full),
        cmocka_unit_test(ratios_have_no_more_digits_than_they_need),
        cmocka_unit_test(finger_agrees_with_counting_in_any_order),
        cmocka_unit_test(token_lists_of_any_length_agree_with_jansson),
        cmocka_unit_test(any_ceiling_latches_and_never_half_reports_success),
        cmocka_unit_test(same_article_gives_the_same_bytes),
        cmocka_unit_test(ids_are_a_letter_and_sixteen_digits),
    };
    const char *path = getenv("WD_EMIT_OUT");
    if (path && !(documents = fopen(path, "w")))
        return 2;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (documents && fclose(documents) != 0)
        return 2;
    return failed;
}
