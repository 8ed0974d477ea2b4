/* explain_json.c -- the explanation as JSON; offsets are code points, as everywhere.
 * SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>

#include "explain.h"
#include "wiredesk/emit.h"

static json_t *string_of(struct wd_str str)
{
    return json_stringn(str.data ? str.data : "", str.size);
}

static json_t *list_of(const struct strings *strings)
{
    json_t *list = json_array();
    for (size_t i = 0; i < strings->n; i++)
        (void)json_array_append_new(list,
                                    string_of(strings->at[i])); /* told at the end */
    return list;
}

static json_t *side_of(const struct explanation_side *side, uint32_t n_words)
{
    const struct wd_facts *facts = side->facts;
    json_t *file = json_string(side->path);

    return json_pack("{s:o,s:o,s:I,s:I,s:{s:o,s:o}}", "file",
                     file ? file : json_string("?"), "uri", string_of(facts->meta.uri),
                     "words", (json_int_t)n_words, "sequence",
                     (json_int_t)facts->sequence, "only", "names",
                     list_of(&side->own_names), "figures", list_of(&side->own_figures));
}

static json_t *place_of(const struct wd_facts *facts, struct wd_span span)
{
    struct wd_str before = {facts->text.data, span.start};
    struct wd_str text = wd_span_of(facts->text, span);
    json_int_t start = explanation_points(before);

    return json_pack("{s:I,s:I,s:o}", "start", start, "end",
                     start + explanation_points(text), "text", string_of(text));
}

static json_t *passages_of(const struct explanation *ex)
{
    json_t *list = json_array();
    for (size_t i = 0; i < ex->passages.n; i++) {
        const struct wd_passage *passage = &ex->passages.at[i];
        (void)json_array_append_new(
            list, json_pack("{s:I,s:o,s:o}", "words", (json_int_t)passage->n_words, "a",
                            place_of(ex->a.facts, passage->a), "b",
                            place_of(ex->b.facts, passage->b)));
    }
    return list;
}

static double share(uint64_t part, uint64_t whole)
{
    /* NOLINTNEXTLINE(bugprone-integer-division): four places, as the article has them */
    return whole != 0 ? (double)(part * 10000 / whole) / 10000 : 0;
}

/* As in the output: of a near miss the kind, of everything the hours between. */
static void add_reasons(json_t *root, const struct wd_dedup *dedup)
{
    int32_t hours = explanation_evidence(dedup)->hours;

    if (dedup->near_miss != WD_NEAR_MISS_NONE)
        (void)json_object_set_new(root, "nearMiss",
                                  json_pack("{s:s,s:i}", "kind",
                                            wd_near_miss_name(dedup->near_miss),
                                            "confidence", (int)dedup->miss.confidence));
    if (hours >= 0)
        (void)json_object_set_new(root, "hours", json_integer(hours));
    if (dedup->is_conflict)
        (void)json_object_set_new(root, "conflict", json_true());
    if (dedup->is_replay)
        (void)json_object_set_new(root, "replay", json_true());
}

static json_t *verdict_of(const struct explanation *ex)
{
    const struct wd_dedup *dedup = &ex->b.facts->dedup;
    const struct explanation_shares shares = explanation_shares(dedup);
    const struct wd_passages *found = &ex->passages;
    char cluster[WD_ID_SIZE];

    wd_cluster_name(dedup->cluster, cluster);
    json_t *root = json_pack(
        "{s:s,s:i,s:s,s:b,s:f,s:f,s:f,s:I,s:f,s:f}", "verdict",
        wd_verdict_name(dedup->verdict), "confidence", (int)dedup->confidence, "cluster",
        cluster, "sameStory", ex->a.facts->story.id == ex->b.facts->story.id,
        "resemblance", shares.resemblance / 10000.0, "containment",
        shares.containment / 10000.0, "contained", shares.contained / 10000.0,
        "wordsShared", (json_int_t)found->words_shared, "shareOfA",
        share(found->words_shared, found->words_a), "shareOfB",
        share(found->words_shared, found->words_b));
    if (root)
        add_reasons(root, dedup);
    return root;
}

int explain_print_json(const struct explanation *ex, FILE *out)
{
    json_t *root = verdict_of(ex);
    json_t *parts =
        json_pack("{s:o,s:o,s:o}", "a", side_of(&ex->a, ex->passages.words_a), "b",
                  side_of(&ex->b, ex->passages.words_b), "passages", passages_of(ex));
    int r = WD_ENOMEM;

    if (root && parts && json_object_update(root, parts) == 0)
        r = json_dumpf(root, out, JSON_COMPACT | JSON_REAL_PRECISION(4)) == 0 &&
                    fputc('\n', out) != EOF
                ? WD_OK
                : WD_EIO;
    json_decref(root);
    json_decref(parts);
    return r;
}
