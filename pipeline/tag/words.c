/* words.c -- the article as words, each with what is known about it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Case is the first evidence of a name, so this file also decides where case says
 * nothing: at the start of a sentence, and in lines in capitals or in title case. There a
 * word counts as common when the statistics of words.tsv say that it mostly is. */
#include "tag/parts.h"

#define COMMON_PERCENT 40
#define GIVEN_KNOWN    25
#define SMALL_PERCENT                                                                    \
    98                  /* of small letters from which a word is never large by itself   \
                         */
#define NAME_PERCENT 40 /* strength as a given name: "Will" */

static bool is_opening(const struct tag_word *word)
{
    char sign = word->name.sign;
    return word->name.kind == WD_NAME_SIGN &&
           (sign == '"' || sign == '\'' || sign == ':' || sign == '(' || sign == '[' ||
            sign == '*' || sign == '.' || sign == '?' || sign == '!');
}

static bool is_ordinary(const struct tag_word *word)
{
    return (word->gaz && word->gaz->lower >= COMMON_PERCENT) ||
           (word->hints & HINT_FUNCTION);
}

static void look_up(const struct tag_context *context, struct tag_word *word)
{
    word->gaz = wd_gazetteer_word(context->gaz, word->name.hash);
    word->hints = wd_tag_lexicon_hints(context->lexicon, word->name.hash);
    if (word->name.kind != WD_NAME_WORD)
        return;
    /* "US" and "WHO" are no pronouns; "I" and "A" are. */
    bool is_caps = (word->name.shape & WD_SHAPE_CAPS) && word->name.length > 1;
    if (is_caps)
        word->hints &= ~(uint32_t)HINT_FUNCTION;
    else if (is_ordinary(word))
        word->flags |= TAG_IS_COMMON;
    if (word->name.shape & (WD_SHAPE_CAPITAL | WD_SHAPE_MIXED))
        word->flags |= TAG_IS_CAP;
}

/* Words are looked up a sentence at a time, so that memory brings in what the next words
 * need while this one is thought about. */
static void look_up_all(const struct tag_context *context, struct tag_word *word,
                        size_t n_words)
{
    const struct wd_gaz_word *before = NULL;
    for (size_t i = 0; i < n_words; i++) {
        look_up(context, &word[i]);
        if (word[i].gaz)
            wd_gazetteer_expect_step(context->gaz, before, word[i].gaz);
        before = word[i].gaz;
    }
}

static int add_word(struct tag_context *context, struct wd_name_word name, size_t *room)
{
    struct tag_words *words = &context->words;
    struct tag_word *word = wd_arena_make_room(&context->art->arena, words->word,
                                               words->n_words, room, sizeof(*word));
    if (!word)
        return WD_ENOMEM;
    word[words->n_words++] = (struct tag_word){.name = name};
    words->word = word;
    return WD_OK;
}

/* "SAYS" and "With" in a headline are large for the sake of the line: what stands small
 * everywhere else, and is no head of a name, is taken as small there, too. */
static bool is_enlarged(const struct tag_word *word)
{
    return word->name.kind == WD_NAME_WORD && word->gaz &&
           word->gaz->lower >= SMALL_PERCENT && word->gaz->given < NAME_PERCENT &&
           !(word->hints & (HINT_ORG_HEAD | HINT_PLACE_HEAD | HINT_EVENT_HEAD));
}

/* Takes a line in capitals or title case for what it would be in running text. */
static void make_plain(struct tag_word *word)
{
    if (is_enlarged(word)) {
        word->name.shape &= (uint8_t) ~(WD_SHAPE_CAPITAL | WD_SHAPE_CAPS);
        word->flags &= (uint16_t)~TAG_IS_CAP;
    }
}

/* Capitals or title case, by the words of four letters or more: short words are written
 * small in titles, and "US" is no sign of a line in capitals. */
static void mark_case(struct tag_word *word, size_t n_words)
{
    unsigned n_long = 0, n_caps = 0, n_capital = 0, n_common = 0;
    for (size_t i = 0; i < n_words; i++) {
        if (word[i].name.kind != WD_NAME_WORD || word[i].name.length < 4)
            continue;
        n_long++;
        n_caps += (word[i].name.shape & WD_SHAPE_CAPS) != 0;
        n_capital += (word[i].name.shape & WD_SHAPE_CAPITAL) != 0;
        n_common +=
            is_ordinary(&word[i]) && (word[i].name.shape & WD_SHAPE_CAPITAL) && i > 0;
    }
    uint8_t flag = 0;
    if (n_long >= 1 && n_caps * 10 >= n_long * 7 && (n_long > 2 || n_common))
        flag = TAG_IN_CAPS;
    else if (n_long >= 3 && n_common >= 1 && n_capital * 10 >= n_long * 8)
        flag = TAG_IN_TITLE;
    for (size_t i = 0; i < n_words; i++) {
        word[i].flags |= flag;
        if ((flag & TAG_IN_CAPS) && word[i].name.kind == WD_NAME_WORD &&
            is_ordinary(&word[i]))
            word[i].flags |= TAG_IS_COMMON;
        if (flag)
            make_plain(&word[i]);
    }
}

static bool is_bare_initial(const struct tag_word *word)
{
    const uint8_t wanted = WD_SHAPE_SINGLE | WD_SHAPE_CAPITAL;
    return (word->name.shape & (wanted | WD_SHAPE_PERIOD)) == wanted &&
           word->name.kind == WD_NAME_WORD;
}

static bool is_name_behind(const struct tag_word *word)
{
    return word->name.gap == WD_GAP_SPACE && word->name.kind == WD_NAME_WORD &&
           (word->flags & TAG_IS_CAP) && !(word->flags & TAG_IS_COMMON);
}

/* "D Y Chandrachud", "Harry S Truman": papers of South Asia and others leave the period
 * out. Such a letter is read as if it had one; not that of "Group B" or "Vitamin D", nor
 * a lone "A" or "I". */
static void mark_initials(const struct tag_context *context, struct tag_word *word,
                          size_t n_words)
{
    bool is_in_row = false; /* the word before is such a letter */
    for (size_t i = 0; i + 1 < n_words; i++) {
        if (!is_bare_initial(&word[i])) {
            is_in_row = false;
            continue;
        }
        const struct tag_word *prev = i ? &word[i - 1] : NULL, *next = &word[i + 1];
        char letter = context->text.data[word[i].name.span.start];
        bool goes_on = is_bare_initial(next) && next->name.gap == WD_GAP_SPACE;
        bool is_free = !prev || !(prev->flags & TAG_IS_CAP) ||
                       (prev->flags & TAG_IS_COMMON) ||
                       (prev->gaz && prev->gaz->given >= GIVEN_KNOWN);
        bool is_lone = letter != 'A' && letter != 'I' && is_free;
        is_in_row = goes_on || ((is_in_row || is_lone) && is_name_behind(next));
        if (is_in_row)
            word[i].name.shape |= WD_SHAPE_PERIOD;
    }
}

static void mark_starts(struct tag_word *word, size_t n_words)
{
    bool is_start = true;
    for (size_t i = 0; i < n_words; i++) {
        if (word[i].name.gap == WD_GAP_LINE)
            is_start = true;
        if (is_opening(&word[i])) {
            is_start = true;
        } else if (word[i].name.kind != WD_NAME_SIGN) {
            if (is_start)
                word[i].flags |= TAG_STARTS_SENTENCE;
            is_start = false;
        }
    }
}

/* Marks the words of each longest title ("President", "Defense Secretary"), in any case:
 * "president Vladimir Putin" is as good a hint. */
static void mark_titles(const struct tag_context *context, struct tag_word *word,
                        size_t n_words)
{
    for (size_t i = 0; i < n_words;) {
        uint32_t node = word[i].gaz ? word[i].gaz->node : 0;
        size_t end = i;
        for (size_t k = i; node;
             node = wd_gazetteer_step(context->gaz, node, word[k].gaz->id)) {
            size_t count;
            const uint32_t *posting = wd_gazetteer_postings(context->gaz, node, &count);
            for (size_t p = 0; p < count; p++) {
                if (wd_gazetteer_entity(context->gaz, posting[p])->type == WD_GAZ_TITLE)
                    end = k + 1;
            }
            if (++k >= n_words || !word[k].gaz || word[k].name.gap == WD_GAP_LINE)
                break;
        }
        for (size_t k = i; k < end; k++)
            word[k].flags |= TAG_IN_TITLE_OF;
        if (end > i)
            word[end - 1].flags |= TAG_ENDS_TITLE;
        i = end > i ? end : i + 1;
    }
}

int wd_tag_read_words(struct tag_context *context)
{
    const struct wd_facts *facts = &context->art->facts;
    struct tag_words *words = &context->words;
    /* As many as there are tokens mostly is enough. What an array grows out of stays in
     * the arena, and most of what a hostile article costs is to touch new memory. */
    size_t room = facts->n_tokens + 1;

    words->sentence =
        wd_arena_alloc(&context->art->arena, (facts->n_sentences + 1) * sizeof(uint32_t));
    words->word = wd_arena_alloc(&context->art->arena, room * sizeof(words->word[0]));
    if (!words->sentence || !words->word)
        return WD_ENOMEM;
    for (size_t i = 0; i < facts->n_sentences; i++) {
        struct wd_span span = facts->sentences[i];
        struct wd_str rest = {context->text.data, span.end};
        struct wd_name_word name;
        size_t first = words->n_words;

        words->sentence[i] = (uint32_t)first;
        for (uint32_t at = span.start; wd_name_word_next(rest, &at, &name);) {
            wd_gazetteer_expect_word(context->gaz, name.hash);
            int r = add_word(context, name, &room);
            if (r < 0)
                return r;
        }
        size_t n_words = words->n_words - first;
        if (n_words == 0)
            continue;
        struct tag_word *word = words->word + first;
        word[0].name.gap = WD_GAP_LINE;
        look_up_all(context, word, n_words);
        mark_case(word, n_words);
        mark_initials(context, word, n_words);
        mark_starts(word, n_words);
        mark_titles(context, word, n_words);
    }
    words->sentence[facts->n_sentences] = (uint32_t)words->n_words;
    words->n_sentences = facts->n_sentences;
    return WD_OK;
}
