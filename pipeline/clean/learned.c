/* learned.c -- what a trained model says of the lines that the rules have left.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rules know the furniture that a newspaper has had since there are newspapers on the
 * web; each site has more of its own, and only its sum gives it away: a line without
 * capitals' pride that says "newsletter" and "inbox", three lines below the last
 * paragraph, behind another that was taken. So a logistic model adds up what a line looks
 * like, where it stands, what stands beside it, and some two hundred words, each with a
 * weight learned from pages of many publishers (script/train-furniture; which pages,
 * data/SOURCES.md says). It only takes, behind the rules and with a margin: what it is
 * not sure of stays. Weights and sums are integers.
 *
 * It is not asked about a paragraph deep in the prose, nor about a line that begins with
 * a dateline or that a rule has marked: the first saves time, the others are the
 * article's by decision. */
#include "learned.h"

#include "base/ascii.h"
#include "learned_table.h"
#include "rules.h"
#include "wiredesk/status.h"

enum {
    NEAR = 5,        /* lines before and after that count as near */
    SHORT_WORDS = 6, /* of a neighbour */
    FROM_END_FEW = 4,
    FROM_END_SOME = 8,
    WORDS_MOST = 7 * 256 / 2, /* … that words are expected to add */
};

/* ---- words */

bool wd_learned_word(struct wd_str *rest, char word[WD_LEARNED_WORD_MAX],
                     unsigned *ret_size)
{
    const char *p = rest->data, *end = p + rest->size;
    unsigned size = 0;

    memset(word, 0, WD_LEARNED_WORD_MAX);
    while (p < end && !wd_ascii_is_letter(*p))
        p++;
    for (; p < end; p++) {
        bool is_curly = *p == '\xe2' && end - p >= 3 && memcmp(p, "\xe2\x80\x99", 3) == 0;
        if (!wd_ascii_is_letter(*p) && *p != '\'' && !is_curly)
            break;
        if (size < WD_LEARNED_WORD_MAX)
            word[size++] = wd_ascii_is_letter(*p) ? (char)(*p | 0x20) : '\'';
        p += is_curly ? 2 : 0;
    }
    *rest = (struct wd_str){p, (size_t)(end - p)};
    *ret_size = size;
    return size > 0;
}

static const char plain_words[][6] = {
    "a",    "an",  "and", "as",   "at",    "be",  "been", "but",  "by",    "for",
    "from", "had", "has", "have", "he",    "her", "his",  "in",   "is",    "it",
    "its",  "not", "of",  "on",   "said",  "she", "that", "the",  "their", "they",
    "this", "to",  "was", "were", "which", "who", "will", "with", "would",
};

enum { N_PLAIN_WORDS = sizeof(plain_words) / sizeof(plain_words[0]) };

bool wd_learned_is_plain(const char *word, unsigned size)
{
    for (size_t i = 0; size < sizeof(plain_words[0]) && i < N_PLAIN_WORDS; i++) {
        if (memcmp(plain_words[i], word, size) == 0 && plain_words[i][size] == '\0')
            return true;
    }
    return false;
}

/* The slot of `word`, which has NULs behind it, or the free one where it would be. */
static unsigned find_slot(const struct wd_learned *learned,
                          const char word[WD_LEARNED_WORD_MAX])
{
    uint64_t halves[2];
    memcpy(halves, word, sizeof(halves));
    uint64_t hash = (halves[0] ^ halves[1] << 7) * UINT64_C(0x9e3779b97f4a7c15);
    unsigned slot = (unsigned)(hash >> 40) % WD_LEARNED_SLOTS;
    for (;; slot = (slot + 1) % WD_LEARNED_SLOTS) {
        const char *known = learned->slots[slot].word;
        if (known[0] == '\0' || memcmp(known, word, WD_LEARNED_WORD_MAX) == 0)
            return slot;
    }
}

static struct wd_learned_slot *add_word(struct wd_learned *learned, const char *text,
                                        size_t room)
{
    char word[WD_LEARNED_WORD_MAX] = {0};
    memcpy(word, text, strnlen(text, room));
    struct wd_learned_slot *slot = &learned->slots[find_slot(learned, word)];
    memcpy(slot->word, word, sizeof(word));
    return slot;
}

void wd_learned_init(struct wd_learned *learned)
{
    *learned = (struct wd_learned){0};
    for (unsigned i = 0; i < N_LEARNED_WORDS; i++) {
        struct wd_learned_slot *slot =
            add_word(learned, learned_words[i].word, WD_LEARNED_WORD_MAX);
        slot->weight = learned_words[i].weight;
        slot->place = (uint16_t)i;
    }
    for (unsigned i = 0; i < N_PLAIN_WORDS; i++)
        add_word(learned, plain_words[i], sizeof(plain_words[i]))->is_plain = true;
}

/* ---- facts */

static uint32_t look_of(const struct wd_proof *proof, size_t i)
{
    static const struct {
        unsigned flag;
        enum wd_look look;
    } flags[] = {
        {WD_LINE_STOP, WD_LOOK_STOP},   {WD_LINE_QUERY, WD_LOOK_QUERY},
        {WD_LINE_COLON, WD_LOOK_COLON}, {WD_LINE_QUOTE, WD_LOOK_QUOTE},
        {WD_LINE_SMALL, WD_LOOK_SMALL}, {WD_LINE_DIGIT, WD_LOOK_DIGIT},
        {WD_LINE_AT, WD_LOOK_AT},       {WD_LINE_URL, WD_LOOK_URL},
        {WD_LINE_BAR, WD_LOOK_BAR},     {WD_LINE_BULLET, WD_LOOK_BULLET},
        {WD_LINE_TOLD, WD_LOOK_TOLD},
    };
    static const uint8_t most_words[] = {2, 4, 8, 12, 16, 24, 32, 48};
    const struct wd_line *line = &proof->lines[i];
    char first = wd_proof_line(proof, i).data[0];
    uint32_t looks = 0;

    for (size_t k = 0; k < sizeof(flags) / sizeof(flags[0]); k++)
        looks |= line->flags & flags[k].flag ? 1U << flags[k].look : 0;
    for (size_t k = 0; k < sizeof(most_words); k++)
        looks |= line->n_words <= most_words[k] ? 1U << (WD_LOOK_WORDS_2 + k) : 0;
    looks |= first == '(' || first == '[' ? 1U << WD_LOOK_BRACKET : 0;
    looks |= wd_line_is_title(line) ? 1U << WD_LOOK_TITLE : 0;
    looks |= line->n_capital > 0 && line->n_lower <= line->n_capital
                 ? 1U << WD_LOOK_HALF_TITLE
                 : 0;
    looks |= wd_line_is_shouted(line) ? 1U << WD_LOOK_SHOUTED : 0;
    looks |= line->n_stops > 0 ? 1U << WD_LOOK_STOPS : 0;
    return looks;
}

/* What line `k` is as a neighbour: bits of enum wd_by. */
static uint32_t neighbour_of(const struct wd_proof *proof, uint32_t looks_of_k, size_t k)
{
    static const uint8_t looks[][2] = {
        {WD_LOOK_STOP, WD_BY_STOP},     {WD_LOOK_TITLE, WD_BY_TITLE},
        {WD_LOOK_QUERY, WD_BY_QUERY},   {WD_LOOK_COLON, WD_BY_COLON},
        {WD_LOOK_BULLET, WD_BY_BULLET}, {WD_LOOK_SHOUTED, WD_BY_SHOUTED},
    };
    uint32_t by = wd_line_is_full(&proof->lines[k]) ? 1U << WD_BY_FULL : 0;
    by |= proof->lines[k].n_words <= SHORT_WORDS ? 1U << WD_BY_SHORT : 0;
    for (size_t n = 0; n < sizeof(looks) / sizeof(looks[0]); n++)
        by |= (looks_of_k >> looks[n][0] & 1) << looks[n][1];
    if (!wd_proof_is_text(proof, k))
        by |= 1U << WD_BY_TAKEN | (proof->fates[k].of == WD_FATE_FURNITURE
                                       ? 1U << (WD_BY_KIND + proof->fates[k].kind)
                                       : 0);
    return by;
}

static bool is_full(const struct wd_proof *proof, size_t i)
{
    return i < proof->n && wd_proof_is_text(proof, i) &&
           wd_line_is_full(&proof->lines[i]);
}

int wd_page_facts_make(const struct wd_proof *proof, struct wd_arena *arena,
                       struct wd_page_facts *ret_facts)
{
    uint32_t *room = wd_arena_alloc(arena, (4 * proof->n + 2) * sizeof(*room));
    if (!room)
        return WD_ENOMEM;
    struct wd_page_facts facts = {
        .looks = room,
        .by = room + proof->n,
        .n_taken = room + 2 * proof->n,
        .n_full = room + 3 * proof->n + 1,
    };
    facts.n_taken[0] = facts.n_full[0] = 0;
    for (size_t i = 0; i < proof->n; i++) {
        facts.looks[i] = look_of(proof, i);
        facts.by[i] = neighbour_of(proof, facts.looks[i], i);
        facts.n_taken[i + 1] = facts.n_taken[i] + !wd_proof_is_text(proof, i);
        facts.n_full[i + 1] = facts.n_full[i] + is_full(proof, i);
    }
    *ret_facts = facts;
    return WD_OK;
}

static enum wd_place place_of(const struct wd_proof *proof, size_t i)
{
    if (proof->first_full == proof->n)
        return WD_PLACE_NO_PROSE;
    enum wd_zone zone = wd_proof_zone(proof, i);
    if (zone == WD_ZONE_MID)
        return i > proof->late && proof->late > 0 ? WD_PLACE_LATE : WD_PLACE_MID;
    return zone == WD_ZONE_TOP ? WD_PLACE_TOP : WD_PLACE_END;
}

struct list {
    uint16_t *at;
    unsigned n;
};

static void add(struct list *list, unsigned fact)
{
    if (list->n < WD_LINE_FACTS_MAX)
        list->at[list->n++] = (uint16_t)fact;
}

static void add_bits(struct list *list, unsigned group, uint32_t bits)
{
    for (; bits; bits &= bits - 1)
        add(list, group + (unsigned)__builtin_ctz(bits));
}

/* … which may be none: also before the first, where `k` is larger than n. */
static uint32_t neighbour(const struct wd_proof *proof, const struct wd_page_facts *page,
                          size_t k)
{
    return k < proof->n ? page->by[k] : 1U << WD_BY_NONE;
}

static void add_neighbours(struct list *list, const struct wd_proof *proof,
                           const struct wd_page_facts *page, size_t i, unsigned place)
{
    const uint32_t simple = (1U << WD_BY_KIND) - 1;
    uint32_t prev = neighbour(proof, page, i - 1), next = neighbour(proof, page, i + 1);
    add_bits(list, WD_FACT_PREV, prev);
    add_bits(list, WD_FACT_NEXT, next);
    add_bits(list, WD_FACT_PREV_IN_PLACE + place * WD_BY_KIND, prev & simple);
    add_bits(list, WD_FACT_NEXT_IN_PLACE + place * WD_BY_KIND, next & simple);
    add_bits(list, WD_FACT_PREV_2, neighbour(proof, page, i - 2) & simple);
    add_bits(list, WD_FACT_NEXT_2, neighbour(proof, page, i + 2) & simple);
}

static unsigned least(size_t a, size_t b)
{
    return (unsigned)(a < b ? a : b);
}

/* The bits of WD_LOOK_PLAIN_… */
static uint32_t plain_looks(unsigned percent)
{
    uint32_t looks = percent >= 1 ? 1U << WD_LOOK_PLAIN_1 : 0;
    looks |= percent > 10 ? 1U << WD_LOOK_PLAIN_10 : 0;
    looks |= percent > 20 ? 1U << WD_LOOK_PLAIN_20 : 0;
    return looks | (percent > 30 ? 1U << WD_LOOK_PLAIN_30 : 0);
}

unsigned wd_line_facts(const struct wd_proof *proof, const struct wd_page_facts *page,
                       size_t i, unsigned plain, uint16_t facts[WD_LINE_FACTS_MAX])
{
    struct list list = {facts, 0};
    unsigned place = place_of(proof, i);
    uint32_t looks = page->looks[i];
    looks |= plain_looks(plain);

    add(&list, WD_FACT_BIAS);
    add_bits(&list, WD_FACT_LOOK, looks);
    add(&list, WD_FACT_PLACE + place);
    add_bits(&list, WD_FACT_LOOK_IN_PLACE + place * WD_LOOKS, looks);
    add_neighbours(&list, proof, page, i, place);
    if (i == proof->first_full)
        add(&list, WD_FACT_FIRST_FULL);
    if (i == proof->last_full && proof->first_full < proof->n)
        add(&list, WD_FACT_LAST_FULL);

    size_t from_end = proof->n - 1 - i, from = i > NEAR ? i - NEAR : 0;
    size_t to = i + NEAR + 1 < proof->n ? i + NEAR + 1 : proof->n;
    add(&list, WD_FACT_FROM_END + (from_end < FROM_END_FEW    ? (unsigned)from_end
                                   : from_end < FROM_END_SOME ? FROM_END_FEW
                                                              : FROM_END_FEW + 1));
    add(&list, WD_FACT_TAKEN_NEAR + least(page->n_taken[to] - page->n_taken[from], 6));
    add(&list, WD_FACT_FULL_BEFORE + least(page->n_full[i] - page->n_full[from], 3));
    add(&list, WD_FACT_FULL_AFTER + least(page->n_full[to] - page->n_full[i + 1], 3));
    return list.n;
}

/* ---- judging */

enum { JUDGED_WORDS_MAX = 1000 }; /* no notice is longer: the terms of a raffle */

/* A paragraph among paragraphs, well before the last: the prose itself. */
static bool is_deep(const struct wd_proof *proof, size_t i)
{
    return i >= proof->first_full && i < proof->late && is_full(proof, i) &&
           is_full(proof, i + 1) && (i == proof->first_full || is_full(proof, i - 1));
}

bool wd_learned_may_judge(const struct wd_proof *proof, size_t i)
{
    const struct wd_fate *fate = &proof->fates[i];
    return fate->of == WD_FATE_TEXT && !fate->is_marked && !fate->dateline_end &&
           proof->lines[i].n_words <= JUDGED_WORDS_MAX && !is_deep(proof, i) &&
           !wd_line_is_appointment(&proof->lines[i], wd_proof_line(proof, i));
}

/* What the words of line `i` weigh together; *ret_plain gets the share of the commonest.
 * A word counts once. */
static int weigh_words(const struct wd_learned *learned, struct wd_str line,
                       unsigned *ret_plain)
{
    uint64_t seen[N_LEARNED_WORDS / 64 + 1] = {0};
    char word[WD_LEARNED_WORD_MAX];
    unsigned size, n_words = 0, n_plain = 0;
    int sum = 0;

    while (wd_learned_word(&line, word, &size)) {
        const struct wd_learned_slot *slot = &learned->slots[find_slot(learned, word)];
        uint64_t *seen_here = &seen[slot->place / 64], bit = UINT64_C(1)
                                                             << slot->place % 64;
        n_words++;
        n_plain += slot->is_plain;
        /* The weight of words that are not known is 0. */
        sum += *seen_here & bit ? 0 : slot->weight;
        *seen_here |= slot->weight ? bit : 0;
    }
    *ret_plain = n_words ? 100 * n_plain / n_words : 0;
    return sum;
}

static int weigh_facts(const struct wd_proof *proof, const struct wd_page_facts *page,
                       size_t i)
{
    uint16_t facts[WD_LINE_FACTS_MAX];
    unsigned n = wd_line_facts(proof, page, i, 0, facts);
    int sum = 0;
    for (unsigned k = 0; k < n; k++)
        sum += learned_facts[facts[k]];
    return sum;
}

static int weigh_plain(unsigned place, unsigned percent)
{
    int sum = 0;
    for (uint32_t looks = plain_looks(percent); looks; looks &= looks - 1) {
        unsigned look = (unsigned)__builtin_ctz(looks);
        sum += learned_facts[WD_FACT_LOOK + look] +
               learned_facts[WD_FACT_LOOK_IN_PLACE + place * WD_LOOKS + look];
    }
    return sum;
}

/* Words are read only where they can still turn the scale. */
static bool is_furniture(const struct wd_learned *learned, const struct wd_proof *proof,
                         const struct wd_page_facts *page, size_t i)
{
    unsigned plain;
    int sum = weigh_facts(proof, page, i);
    if (sum + WORDS_MOST <= LEARNED_MARGIN)
        return false;
    sum += weigh_words(learned, wd_proof_line(proof, i), &plain);
    return sum + weigh_plain(place_of(proof, i), plain) > LEARNED_MARGIN;
}

/* Furniture comes in blocks: a taken line is of the kind of what stands beside it, but
 * for kinds that are one line by nature. */
static bool is_block_kind(const struct wd_proof *proof, size_t i)
{
    const unsigned kinds = 1U << WD_FURNITURE_CAPTION | 1U << WD_FURNITURE_ADVERTISING |
                           1U << WD_FURNITURE_PROMO | 1U << WD_FURNITURE_RELATED |
                           1U << WD_FURNITURE_NAVIGATION |
                           1U << WD_FURNITURE_SUBSCRIPTION | 1U << WD_FURNITURE_SOCIAL;
    return i < proof->n && proof->fates[i].of == WD_FATE_FURNITURE &&
           (kinds >> proof->fates[i].kind & 1) != 0;
}

static enum wd_furniture_kind kind_of(const struct wd_proof *proof, size_t i)
{
    if (is_block_kind(proof, i - 1)) /* before the first there is none: i - 1 > n */
        return (enum wd_furniture_kind)proof->fates[i - 1].kind;
    if (is_block_kind(proof, i + 1))
        return (enum wd_furniture_kind)proof->fates[i + 1].kind;
    return proof->lines[i].flags & WD_LINE_STOP ? WD_FURNITURE_PROMO
                                                : WD_FURNITURE_RELATED;
}

int wd_rule_learned(const struct wd_learned *learned, struct wd_proof *proof,
                    struct wd_arena *arena)
{
    struct wd_page_facts page;
    if (proof->n == 0)
        return WD_OK;
    int r = wd_page_facts_make(proof, arena, &page);
    if (r < 0)
        return r;
    bool *is_taken = wd_arena_alloc(arena, proof->n * sizeof(*is_taken));
    if (!is_taken)
        return WD_ENOMEM;
    for (size_t i = 0; i < proof->n; i++)
        is_taken[i] =
            wd_learned_may_judge(proof, i) && is_furniture(learned, proof, &page, i);
    for (size_t i = 0; i < proof->n; i++) {
        if (is_taken[i]) /* all were judged by what the rules have left */
            wd_proof_drop(proof, i, kind_of(proof, i), false);
    }
    return WD_OK;
}
