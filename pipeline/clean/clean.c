/* clean.c -- the stage that parts prose from furniture.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order of the rules is the design. First what gives itself away wherever it stands
 * (images, credits, notices). Then, with that gone, the first and the last full paragraph
 * say where the prose begins and ends, and what is furniture only outside of it is taken:
 * bylines, dates, notices that could be sentences. Then the headline, and last what is
 * left over: labels, strayed links, the dateline.
 *
 * What an agency sends in a format of its own has no page around it: there no line is
 * taken for a link because of where it stands, for it is a cross-head.
 *
 * Nothing is lost: every byte of raw is in the text, in a furniture span, or is white
 * space. And prose is dearer than cleanliness: when the rules would take most of an
 * article, the doubtful ones are taken back. */
#include "clean.h"

#include "assemble.h"
#include "learned.h"
#include "rules.h"

enum {
    KEY_WORDS_MAX = 130,  /* no rule takes a line that is longer */
    SHORT_WORDS_MAX = 14, /* dates and addresses are shorter */
    LAST_LINES = 12,      /* an author's life stands in the last lines of a page */
    TAKEN_TENTHS_MAX = 6,
};

struct state {
    struct wd_phrase_book book;
    struct wd_learned learned;
};

static bool is_canceled(const struct wd_article *art)
{
    return wd_str_equal(art->facts.meta.pubstatus, WD_STR("canceled"));
}

/* The format is one that newsrooms exchange: nobody scraped this. */
static bool is_edited(const struct wd_article *art)
{
    static const struct wd_str formats[] = {
        {"ninjs", 5}, {"nitf", 4}, {"newsml", 6}, {"newsml-g2", 9}, {"digitalwires", 12},
    };
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (wd_str_equal(art->facts.meta.format, formats[i]))
            return true;
    }
    return false;
}

/* ---- the rules, in order */

static void run_sure_rules(const struct wd_phrase_book *book, struct wd_proof *proof)
{
    struct wd_key key;
    for (size_t i = 0; i < proof->n; i++) {
        if (wd_rule_mark(proof, i) || proof->lines[i].n_words > KEY_WORDS_MAX ||
            wd_rule_wire(proof, i) || wd_rule_credit(proof, i) ||
            wd_rule_embed(proof, i) || wd_rule_caption(proof, i))
            continue;
        wd_key_make(wd_proof_line(proof, i), &key);
        proof->fates[i].has_phrase = wd_phrase_may_match(book, proof, i, &key);
        if (proof->fates[i].has_phrase)
            (void)wd_rule_phrase(book, proof, i, &key, WD_ZONE_ANY);
    }
}

/* A line that no rule of a zone takes: a paragraph within the prose, or any line there
 * that has no notice, no address and no date. */
static bool is_safe(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    if (proof->fates[i].is_marked || line->n_words > KEY_WORDS_MAX)
        return true;
    if (i <= proof->first_full || i >= proof->last_full)
        return false;
    if (line->n_words > SHORT_WORDS_MAX && proof->last_full - i > LAST_LINES)
        return true;
    return i < proof->late && !proof->fates[i].has_phrase &&
           (line->flags & (WD_LINE_AT | WD_LINE_DIGIT)) == 0;
}

static void run_zone_rules(const struct wd_phrase_book *book, struct wd_proof *proof)
{
    struct wd_key key;
    wd_proof_find_zones(proof);
    for (size_t i = 0; i < proof->n; i++) {
        if (!wd_proof_is_text(proof, i) || is_safe(proof, i))
            continue;
        wd_key_make(wd_proof_line(proof, i), &key);
        if (!wd_rule_timestamp(proof, i, &key) && !wd_rule_byline(proof, i, &key) &&
            proof->fates[i].has_phrase)
            (void)wd_rule_phrase(book, proof, i, &key, wd_proof_zone(proof, i));
    }
    wd_proof_find_zones(proof);
}

static int take_place(struct wd_article *art, struct wd_str place)
{
    if (place.size == 0 || art->facts.meta.located.size > 0)
        return WD_OK;
    art->facts.meta.located = wd_dateline_place(&art->arena, place);
    return art->facts.meta.located.data ? WD_OK : WD_ENOMEM;
}

/* Where line `i` has its dateline, an image before it aside. */
static struct wd_dateline dateline_at(const struct wd_proof *proof, size_t i,
                                      uint32_t *ret_start)
{
    struct wd_span span = proof->lines[i].span;
    if (proof->fates[i].image_end)
        span.start = proof->fates[i].image_end;
    *ret_start = span.start;
    return wd_dateline_read(wd_span_of(proof->raw, span));
}

/* A round-up has a dateline for each of its items: they are the items' own, and the
 * article is from nowhere. */
static bool is_round_up(const struct wd_proof *proof, size_t first)
{
    uint32_t start;
    for (size_t i = first + 1; i < proof->n; i++) {
        if (wd_proof_is_text(proof, i) && wd_line_is_full(&proof->lines[i]) &&
            dateline_at(proof, i, &start).place.size > 0)
            return true;
    }
    return false;
}

/* The dateline stands at the first paragraph; a line below the headline may come before
 * it. */
static int find_dateline(struct wd_article *art, struct wd_proof *proof)
{
    size_t i = wd_proof_next_text(proof, (size_t)-1);
    for (unsigned tries = 0; tries < 3 && i < proof->n; tries++) {
        uint32_t start;
        struct wd_dateline dateline = dateline_at(proof, i, &start);
        if (dateline.size > 0) {
            if (start + dateline.size == proof->lines[i].span.end)
                wd_proof_drop(proof, i, WD_FURNITURE_DATELINE, true);
            else if (!is_round_up(proof, i))
                proof->fates[i].dateline_end = start + (uint32_t)dateline.size;
            else
                return WD_OK;
            return take_place(art, dateline.place);
        }
        if (wd_line_is_full(&proof->lines[i]))
            return WD_OK;
        i = wd_proof_next_text(proof, i);
    }
    return WD_OK;
}

/* Takes back what was only likely when too little would be left. */
static void spare_prose(struct wd_proof *proof)
{
    uint64_t all = 0, taken = 0;
    for (size_t i = 0; i < proof->n; i++) {
        if (proof->fates[i].is_aside)
            continue; /* the page's, never the article's */
        all += proof->lines[i].n_chars;
        if (proof->fates[i].of == WD_FATE_FURNITURE)
            taken += proof->lines[i].n_chars;
    }
    if (taken * 10 <= all * TAKEN_TENTHS_MAX)
        return;
    for (size_t i = 0; i < proof->n; i++) {
        if (proof->fates[i].of == WD_FATE_FURNITURE && !proof->fates[i].is_sure)
            proof->fates[i] = (struct wd_fate){.of = WD_FATE_TEXT};
    }
}

/* ---- what the furniture says about the article */

static struct wd_str byline_of(const struct wd_proof *proof, size_t i)
{
    struct wd_str line = wd_proof_line(proof, i);
    struct wd_str names = wd_byline_names(line);
    /* Names that stand alone above the prose are there whole. */
    bool is_bare =
        i < proof->first_full &&
        (proof->lines[i].flags & (WD_LINE_DIGIT | WD_LINE_AT | WD_LINE_BAR)) == 0;
    return names.size > 0 || !is_bare ? names : line;
}

static void read_meta(struct wd_article *art, const struct wd_proof *proof)
{
    struct wd_meta *meta = &art->facts.meta;
    for (size_t i = 0; i < proof->n; i++) {
        const struct wd_fate *fate = &proof->fates[i];
        if (fate->of != WD_FATE_FURNITURE)
            continue;
        if (fate->kind == WD_FURNITURE_BYLINE && meta->byline.size == 0)
            meta->byline = byline_of(proof, i);
        if (fate->kind == WD_FURNITURE_COPYRIGHT && meta->copyright.size == 0)
            meta->copyright = wd_proof_line(proof, i);
    }
}

/* A headline that the source gave is believed; the body may say it once more. */
static void find_headline(struct wd_article *art, struct wd_proof *proof)
{
    struct wd_str given = art->facts.meta.headline;
    bool is_same = true;
    size_t i = given.size > 0 ? wd_headline_repeat(proof, given, &is_same)
                              : wd_headline_find(proof);
    if (i == proof->n)
        return;
    if (is_same)
        proof->fates[i].of = WD_FATE_HEADLINE;
    else
        wd_proof_drop(proof, i, WD_FURNITURE_NAVIGATION, true);
}

int wd_clean_by_rules(const void *state, struct wd_article *art,
                      struct wd_proof *ret_proof)
{
    const struct wd_phrase_book *book = &((const struct state *)state)->book;
    int r = wd_proof_open(art->facts.raw, &art->arena, ret_proof);
    if (r < 0)
        return r;
    run_sure_rules(book, ret_proof);
    wd_rule_aside(ret_proof, art->asides);
    run_zone_rules(book, ret_proof);
    find_headline(art, ret_proof);
    wd_rule_names(ret_proof);
    if (!is_edited(art))
        wd_rule_strays(ret_proof);
    r = find_dateline(art, ret_proof);
    if (r == WD_OK)
        wd_proof_find_zones(ret_proof);
    return r;
}

static int clean_article(const struct state *state, struct wd_article *art)
{
    struct wd_proof proof;
    int r = wd_clean_by_rules(state, art, &proof);
    if (r == WD_OK && !is_edited(art))
        r = wd_rule_learned(&state->learned, &proof, &art->arena);
    if (r < 0)
        return r;
    spare_prose(&proof);
    read_meta(art, &proof);
    r = wd_rule_inline(&proof, &art->arena);
    if (r < 0)
        return r;
    return wd_assemble(art, &proof, art->facts.meta.headline);
}

/* The headline as it stands in the text. */
static void adopt_headline(struct wd_article *art)
{
    const struct wd_facts *facts = &art->facts;
    for (size_t i = 0; i < facts->n_regions; i++) {
        if (facts->regions[i].role == WD_ROLE_HEADLINE)
            art->facts.meta.headline = wd_span_of(facts->text, facts->regions[i].span);
    }
}

static int clean_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    (void)opts;
    (void)err;
    struct state *clean = state;
    wd_phrase_book_init(&clean->book);
    wd_learned_init(&clean->learned);
    return WD_OK;
}

static int clean_run(void *state, struct wd_article *art)
{
    int r = art->opts && !art->opts->clean
                ? wd_assemble_untouched(art, art->facts.meta.headline)
                : clean_article(state, art);
    if (r < 0)
        return r;
    adopt_headline(art);
    if (art->facts.text.size == 0 && !is_canceled(art))
        return wd_article_refuse(art, WD_ENOTEXT, WD_NO_OFFSET,
                                 "nothing is left of the article after cleaning");
    return WD_OK;
}

const struct wd_stage wd_stage_clean = {
    .name = "clean",
    .summary = "parts the prose from captions, notices and white space",
    .needs = WD_HAS_RAW,
    .gives = WD_HAS_TEXT,
    .state_size = sizeof(struct state),
    .open = clean_open,
    .run = clean_run,
};
