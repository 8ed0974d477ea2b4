/* span_cues.c -- everything that speaks for or against one span.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Its own words, the words beside it, what the gazetteer says of it. What depends on the
 * first word alone is gathered once for all spans that begin there. */
#include "tag/span_cues.h"

#define SURNAME_SURE   12
#define SURNAME_STRONG 25
#define PLACE_BIG      80
#define PLACE_SMALL    45
#define KNOWN          70
#define BODY_WORDS     4 /* of "the city's water company" */

const struct tag_word wd_tag_no_word = {
    .name = {.kind = WD_NAME_SIGN, .gap = WD_GAP_LINE}};

static const struct tag_word *before(const struct tag_finder *find, unsigned steps)
{
    return tag_word_at(find, (int64_t)find->span.first - steps);
}

static const struct tag_word *after(const struct tag_finder *find, unsigned steps)
{
    return tag_word_at(find, (int64_t)find->span.last + steps);
}

static void set(struct tag_finder *find, enum tag_cue cue)
{
    tag_cue_set(find->span.cues, cue);
}

static void set_if(struct tag_finder *find, enum tag_cue cue, bool is_true)
{
    if (is_true)
        tag_cue_set(find->span.cues, cue);
}

static bool is_surname(const struct tag_word *word)
{
    return word->gaz && word->gaz->surname >= SURNAME_SURE;
}

/* ------------------------------------------------------------------------ gazetteer */

/* Does the form behind a posting allow the way the words are written? */
static bool case_fits(const struct tag_finder *find, uint32_t posting)
{
    const struct tag_word *first = &find->word[find->span.first];
    if (!WD_GAZ_IS_CAPS(posting))
        return true;
    return (first->name.shape & WD_SHAPE_CAPS) && !(first->flags & TAG_IN_CAPS);
}

static void gazetteer_cues(struct tag_finder *find)
{
    static const enum tag_cue long_cues[] = {CUE_GAZ_PERSON, CUE_GAZ_ORG, CUE_GAZ_PLACE,
                                             CUE_GAZ_EVENT, CUE_GAZ_GROUP};
    static const enum tag_cue word_cues[] = {CUE_GAZ_WORD_PERSON, CUE_GAZ_WORD_ORG,
                                             CUE_GAZ_WORD_PLACE, CUE_GAZ_WORD_EVENT,
                                             CUE_GAZ_GROUP};
    const struct wd_gazetteer *gaz = find->context->gaz;
    bool is_word = find->span.first == find->span.last;
    unsigned seen = 0;
    size_t count = 0;
    uint8_t place = 0;

    if (!find->span.node)
        return;
    const uint32_t *posting = wd_gazetteer_postings(gaz, find->span.node, &count);
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity = wd_gazetteer_entity(gaz, posting[i]);
        if (entity->type >= TAG_N_LABELS || !case_fits(find, posting[i]))
            continue;
        seen |= 1u << entity->type;
        set(find, is_word ? word_cues[entity->type] : long_cues[entity->type]);
        if (entity->type == WD_GAZ_PLACE && entity->prominence > place)
            place = entity->prominence;
        if (entity->type == WD_GAZ_PERSON && entity->prominence >= KNOWN)
            set(find, CUE_GAZ_PERSON_KNOWN);
        if (entity->type == WD_GAZ_ORGANISATION && entity->prominence >= KNOWN)
            set(find, CUE_GAZ_ORG_KNOWN);
    }
    set_if(find, CUE_GAZ_ONE, seen != 0 && (seen & (seen - 1)) == 0);
    set_if(find, CUE_GAZ_PLACE_BIG, place >= PLACE_BIG);
    set_if(find, CUE_GAZ_PLACE_SMALL, place > 0 && place < PLACE_SMALL);
}

/* Is a body or a place called by words [first, last]? As bits. */
static unsigned kinds_of(const struct tag_finder *find, uint32_t first, uint32_t last)
{
    const struct wd_gazetteer *gaz = find->context->gaz;
    uint32_t node = find->word[first].gaz ? find->word[first].gaz->node : 0;
    for (uint32_t i = first + 1; i <= last && node; i++)
        node =
            find->word[i].gaz ? wd_gazetteer_step(gaz, node, find->word[i].gaz->id) : 0;
    size_t count = 0;
    unsigned kinds = 0;
    const uint32_t *posting = node ? wd_gazetteer_postings(gaz, node, &count) : NULL;
    for (size_t i = 0; i < count; i++)
        kinds |= 1u << wd_gazetteer_entity(gaz, posting[i])->type;
    return kinds & (1u << WD_GAZ_ORGANISATION | 1u << WD_GAZ_PLACE);
}

/* "Manchester United and Arsenal" are two, unless they are listed as one. */
static bool is_listed_pair(const struct tag_finder *find, uint32_t join)
{
    uint32_t first = find->span.first, last = find->span.last;
    return join > first && join < last && !kinds_of(find, first, last) &&
           (kinds_of(find, first, join - 1) & kinds_of(find, join + 1, last));
}

/* --------------------------------------------------------------------- words inside */

static void one_word_cues(struct tag_finder *find)
{
    const struct tag_word *word = &find->word[find->span.first];
    bool given = tag_is_given(word), surname = is_surname(word);
    bool common = word->flags & TAG_IS_COMMON;

    set(find, CUE_ONE_WORD);
    set_if(find, CUE_ONE_GIVEN, given);
    set_if(find, CUE_ONE_SURNAME, surname && !given);
    set_if(find, CUE_ONE_COMMON, common);
    set_if(find, CUE_ONE_UNKNOWN, !given && !surname && !common && !find->span.node);
    set_if(find, CUE_STARTS_ONE_COMMON, common && (word->flags & TAG_STARTS_SENTENCE));
    set_if(find, CUE_ONE_HEAD,
           word->hints & (HINT_ORG_HEAD | HINT_PLACE_HEAD | HINT_EVENT_HEAD));
    set_if(find, CUE_CALENDAR_ONLY, word->gaz && word->gaz->is_calendar);
    if ((word->name.shape & WD_SHAPE_CAPS) && !(word->flags & TAG_IN_CAPS) &&
        word->name.length >= 2 && word->name.length <= 6) {
        set(find, CUE_ACRONYM);
        set_if(find, CUE_ACRONYM_SHORT, word->name.length == 2);
    }
}

static void size_cues(struct tag_finder *find, unsigned n_words)
{
    static const enum tag_cue sizes[] = {CUE_TWO_WORDS, CUE_THREE_WORDS, CUE_FOUR_WORDS};
    if (n_words >= 2)
        set(find, n_words <= 4 ? sizes[n_words - 2] : CUE_MANY_WORDS);
}

static void several_word_cues(struct tag_finder *find)
{
    const struct tag_word *word = find->word;
    uint32_t first = find->span.first, last = find->span.last;
    unsigned n_common = 0, n_names = 0;

    for (uint32_t i = first; i <= last; i++) {
        const struct wd_name_word *name = &word[i].name;
        if (name->kind == WD_NAME_POSSESSIVE) {
            set(find, CUE_HAS_POSSESSIVE);
        } else if (tag_is_sign(&word[i], ',')) {
            set(find, CUE_HAS_COMMA);
        } else if (tag_is_sign(&word[i], '&')) {
            set(find, CUE_HAS_AMPERSAND);
        } else if (name->kind == WD_NAME_WORD && !(word[i].flags & TAG_IS_CAP)) {
            set(find, word[i].hints & HINT_PARTICLE ? CUE_PARTICLE : CUE_HAS_JOIN);
            bool is_and = name->length == 3 && !(word[i].hints & HINT_THE) &&
                          (word[i].hints & HINT_JOIN);
            set_if(find, CUE_HAS_AND, is_and);
            set_if(find, CUE_LISTED_PAIR, is_and && is_listed_pair(find, i));
        } else if (name->kind == WD_NAME_WORD) {
            n_names++;
            n_common += (word[i].flags & TAG_IS_COMMON) != 0;
        }
        set_if(find, CUE_HAS_DIGIT, name->shape & WD_SHAPE_DIGITS);
        set_if(find, CUE_HAS_HYPHEN, i > first && name->gap == WD_GAP_HYPHEN);
        set_if(find, CUE_MIDDLE_INITIAL,
               i > first && i < last && (name->shape & WD_SHAPE_SINGLE) &&
                   (name->shape & WD_SHAPE_CAPITAL));
    }
    size_cues(find, n_names);
    set_if(find, CUE_NO_COMMON, n_common == 0);
    set_if(find, CUE_HAS_COMMON, n_common > 0 && n_common < n_names);
    set_if(find, CUE_ALL_COMMON, n_common > 0 && n_common == n_names);
    set_if(find, CUE_FIRST_COMMON, word[first].flags & TAG_IS_COMMON);
    set_if(find, CUE_LAST_COMMON, word[last].flags & TAG_IS_COMMON);
    set_if(find, CUE_FIRST_GIVEN, tag_is_given(&word[first]));
    set_if(find, CUE_FIRST_GIVEN_STRONG,
           word[first].gaz && word[first].gaz->given >= TAG_GIVEN_STRONG);
    set_if(find, CUE_LAST_SURNAME, is_surname(&word[last]));
    set_if(find, CUE_LAST_SURNAME_STRONG,
           word[last].gaz && word[last].gaz->surname >= SURNAME_STRONG);
    set_if(find, CUE_FIRST_INITIAL,
           (word[first].name.shape & WD_SHAPE_CAPITAL) &&
               (word[first].name.shape & (WD_SHAPE_SINGLE | WD_SHAPE_DOTTED)));
    set_if(find, CUE_FIRST_DIGIT, word[first].name.kind == WD_NAME_NUMBER);
    set_if(find, CUE_CALENDAR_FIRST, word[first].gaz && word[first].gaz->is_calendar);
}

static bool ends_with_suffix(const struct tag_finder *find)
{
    const struct tag_word *last = &find->word[find->span.last];
    size_t count = 0;
    if (!last->gaz || !last->gaz->node)
        return false;
    const uint32_t *posting =
        wd_gazetteer_postings(find->context->gaz, last->gaz->node, &count);
    for (size_t i = 0; i < count; i++) {
        if (wd_gazetteer_entity(find->context->gaz, posting[i])->type == WD_GAZ_SUFFIX)
            return true;
    }
    return false;
}

/* "Chilean [Interior Minister]" is not cut behind "Interior". */
static bool cuts_title(const struct tag_finder *find)
{
    const struct tag_word *last = &find->word[find->span.last], *next = after(find, 1);
    return (last->flags & TAG_IN_TITLE_OF) && !(last->flags & TAG_ENDS_TITLE) &&
           (next->flags & TAG_IN_TITLE_OF) && (next->flags & TAG_IS_CAP);
}

static void head_cues(struct tag_finder *find)
{
    const struct tag_word *word = find->word;
    uint32_t first = find->span.first, last = find->span.last;
    uint32_t head = word[last].hints, begin = word[first].hints;
    bool is_joined =
        last > first + 1 && (word[first + 1].hints & (HINT_JOIN | HINT_JOIN_BODY));
    bool all_title = true;

    if (last > first) {
        set_if(find, CUE_LAST_ORG_HEAD, head & HINT_ORG_HEAD);
        set_if(find, CUE_LAST_PLACE_HEAD, head & HINT_PLACE_HEAD);
        set_if(find, CUE_LAST_EVENT_HEAD, head & HINT_EVENT_HEAD);
        set_if(find, CUE_FIRST_ORG_HEAD, (begin & HINT_ORG_FIRST) && is_joined);
        set_if(find, CUE_FIRST_PLACE, begin & HINT_PLACE_FIRST);
        set_if(find, CUE_FIRST_EVENT, begin & HINT_EVENT_FIRST);
        set_if(find, CUE_COMPASS, begin & HINT_COMPASS);
        set_if(find, CUE_SUFFIX, ends_with_suffix(find));
    }
    for (uint32_t i = first; i <= last; i++)
        all_title &= (word[i].flags & TAG_IN_TITLE_OF) != 0;
    set_if(find, CUE_CUTS_TITLE, cuts_title(find));
    set_if(find, CUE_ALL_TITLE, all_title);
    set_if(find, CUE_STARTS_TITLE, !all_title && (word[first].flags & TAG_IN_TITLE_OF));
    set_if(find, CUE_FIRST_GENERIC, begin & HINT_GENERIC);
    set_if(find, CUE_FIRST_FUNCTION, begin & HINT_FUNCTION);
    set_if(find, CUE_LAST_FUNCTION,
           last > first && (head & HINT_FUNCTION) &&
               !tag_cue_is_set(find->span.cues, CUE_GAZ_EVENT)); /* "World War I" */
}

static void case_cues(struct tag_finder *find)
{
    const struct tag_word *first = &find->word[find->span.first];
    bool starts = first->flags & TAG_STARTS_SENTENCE;

    set_if(find, CUE_IN_CAPS, first->flags & TAG_IN_CAPS);
    set_if(find, CUE_IN_TITLE, first->flags & TAG_IN_TITLE);
    set_if(find, CUE_STARTS, starts);
    set_if(find, CUE_STARTS_COMMON, starts && (first->flags & TAG_IS_COMMON));
    set_if(find, CUE_MIXED_CASE, first->name.shape & WD_SHAPE_MIXED);
    set_if(find, CUE_DOTTED, first->name.shape & WD_SHAPE_DOTTED);
}

/* --------------------------------------------------------------------------- around */

static bool is_name_like(const struct tag_word *word)
{
    return (word->flags & TAG_IS_CAP) && word->name.kind == WD_NAME_WORD;
}

/* A capital that is there for the sake of the line, not of the word. */
static bool is_decorated(const struct tag_word *word)
{
    return (word->flags & TAG_IS_COMMON) &&
           (word->flags & (TAG_IN_CAPS | TAG_IN_TITLE | TAG_STARTS_SENTENCE));
}

/* Does the span cut a row of capitals in two? A title before a name is no cut. */
static void cut_left_cues(struct tag_finder *find)
{
    const struct tag_word *prev = before(find, 1);
    const struct tag_word *first = &find->word[find->span.first];

    if (first->name.gap == WD_GAP_HYPHEN)
        set(find, CUE_CUT_HYPHEN_LEFT);
    else if (is_name_like(prev) && first->name.gap == WD_GAP_SPACE &&
             !is_decorated(prev) && !(prev->flags & TAG_IN_TITLE_OF))
        set(find, CUE_CUT_LEFT);
    if ((prev->hints & HINT_JOIN) && is_name_like(before(find, 2)))
        set(find, CUE_CUT_JOIN_LEFT);
}

static void cut_right_cues(struct tag_finder *find)
{
    const struct tag_word *next = after(find, 1);
    bool is_poss = next->name.kind == WD_NAME_POSSESSIVE;

    if (next->name.gap == WD_GAP_HYPHEN)
        set(find, CUE_CUT_HYPHEN_RIGHT);
    else if (is_name_like(next) && next->name.gap == WD_GAP_SPACE && !is_decorated(next))
        set(find, CUE_CUT_RIGHT);
    if ((next->hints & HINT_JOIN) && !is_poss && is_name_like(after(find, 2)))
        set(find, CUE_CUT_JOIN_RIGHT);
}

bool wd_tag_is_big_place(const struct tag_finder *find, const struct tag_word *word)
{
    const struct wd_gazetteer *gaz = find->context->gaz;
    uint32_t node = word->gaz && (word->flags & TAG_IS_CAP) ? word->gaz->node : 0;
    while (node) {
        size_t count;
        const uint32_t *posting = wd_gazetteer_postings(gaz, node, &count);
        if (count) {
            const struct wd_gaz_entity *entity = wd_gazetteer_entity(gaz, posting[0]);
            if (entity->type == WD_GAZ_PLACE &&
                (entity->flags & (WD_GAZ_COUNTRY | WD_GAZ_STATE)))
                return true;
        }
        word++;
        if (word >= find->word + find->to || !word->gaz)
            return false;
        node = wd_gazetteer_step(gaz, node, word->gaz->id);
    }
    return false;
}

/* "Ukraine Defense Contact Group (UDCG)": do the letters of an acronym begin the words of
 * the name from `first` to `last`? Joining words may lend a letter or not. */
static bool spells(const struct tag_finder *find, uint32_t first, uint32_t last,
                   const struct tag_word *acronym)
{
    struct wd_str letters = wd_span_of(find->context->text, acronym->name.span);
    size_t k = 0;
    if (!(acronym->name.shape & WD_SHAPE_CAPS) || acronym->name.length < 2)
        return false;
    for (uint32_t i = first; i <= last; i++) {
        char initial = find->context->text.data[find->word[i].name.span.start];
        while (k < letters.size && letters.data[k] == '.')
            k++;
        bool fits = k < letters.size && (initial | 0x20) == (letters.data[k] | 0x20);
        if (fits)
            k++;
        else if (is_name_like(&find->word[i]))
            return false;
    }
    return k == letters.size && last > first;
}

static bool is_of(const struct tag_word *word)
{
    return (word->hints & HINT_JOIN) && word->name.length == 2 &&
           !(word->hints & (HINT_PREP | HINT_PLACE_PREP));
}

static void left_cues(struct tag_finder *find)
{
    const struct tag_word *prev = before(find, 1), *prev2 = before(find, 2);
    const struct tag_word *first = &find->word[find->span.first];
    if (first->name.gap == WD_GAP_LINE)
        return;
    set_if(find, CUE_AFTER_TITLE, prev->flags & TAG_ENDS_TITLE);
    bool is_side_of = (prev2->hints & HINT_COMPASS) && !(prev2->flags & TAG_IS_CAP) &&
                      is_of(prev); /* "north of Stad" */
    set_if(find, CUE_AFTER_PLACE_PREP, (prev->hints & HINT_PLACE_PREP) || is_side_of);
    set_if(find, CUE_AFTER_PREP, prev->hints & HINT_PREP);
    set_if(find, CUE_AFTER_THE, prev->hints & HINT_THE);
    set_if(find, CUE_AFTER_KIN, prev->hints & HINT_KIN);
    set_if(find, CUE_AFTER_SPEECH, prev->hints & HINT_SPEECH);
    set_if(find, CUE_AFTER_OF, is_of(prev) && !is_side_of);
    set_if(find, CUE_AFTER_GROUP,
           is_name_like(prev) && prev->gaz && prev->gaz->node && !is_decorated(prev) &&
               !(prev->flags & TAG_IN_TITLE_OF));
    set_if(find, CUE_AFTER_COMMA_PLACE, tag_is_sign(prev, ',') && is_name_like(prev2));
    set_if(find, CUE_IN_PAREN, tag_is_sign(prev, '('));
    set_if(find, CUE_AFTER_YEAR,
           prev->name.kind == WD_NAME_NUMBER && prev->name.length == 4);
}

/* "SEAL INC <SINC.O> 2ND QTR": all of the name that a share's code belongs to. */
static bool has_ticker(const struct tag_finder *find)
{
    const struct tag_word *prev = before(find, 1), *code = after(find, 2);
    bool is_small = prev->name.kind == WD_NAME_WORD && !(prev->flags & TAG_IS_CAP);
    return tag_is_sign(after(find, 1), '<') && (code->name.shape & WD_SHAPE_CAPS) &&
           (find->word[find->span.first].name.gap == WD_GAP_LINE || is_small ||
            (prev->hints & HINT_FUNCTION));
}

/* Several words between commas, or to the end: one word there may be "the president,
 * Congress and …". */
static bool is_apposed(const struct tag_finder *find)
{
    const struct tag_word *next = after(find, 1);
    bool ends =
        next->name.gap == WD_GAP_LINE || tag_is_sign(next, ',') || tag_is_sign(next, '.');
    return find->span.last > find->span.first && ends &&
           tag_is_sign(before(find, 1), ',');
}

/* "Estonia's defense minister, Kaarel Rand, named …": a role, then who has it. */
static bool is_who_has_role(const struct tag_finder *find)
{
    return is_apposed(find) && (before(find, 2)->flags & TAG_ENDS_TITLE);
}

/* "The city's water company, Douro Water, said …"; not "the head of the company, Li
 * Wei, …". */
static bool is_which_body(const struct tag_finder *find)
{
    const struct tag_word *kind = before(find, 2);
    if (!is_apposed(find) || !(kind->hints & HINT_ORG_HEAD) ||
        (kind->flags & TAG_IS_CAP) || tag_is_given(&find->word[find->span.first]))
        return false;
    for (unsigned i = 3; i < 3 + BODY_WORDS; i++) {
        if (is_of(before(find, i)))
            return false;
    }
    return true;
}

static void right_cues(struct tag_finder *find)
{
    const struct tag_word *next = after(find, 1), *next2 = after(find, 2);
    bool is_comma = tag_is_sign(next, ',');
    uint32_t first = find->span.first, last = find->span.last;

    set_if(find, CUE_AFTER_ROLE, is_who_has_role(find));
    set_if(find, CUE_AFTER_BODY, is_which_body(find));
    set_if(find, CUE_BEFORE_POSSESSIVE, next->name.kind == WD_NAME_POSSESSIVE);
    if (next->name.gap == WD_GAP_LINE)
        return;
    set_if(find, CUE_BEFORE_SPEECH,
           (next->hints & HINT_SPEECH) && !(next->flags & TAG_IS_CAP));
    set_if(find, CUE_BEFORE_PLACE_NOUN,
           (next->hints & HINT_PLACE_AFTER) && !(next->flags & TAG_IS_CAP));
    set_if(find, CUE_BEFORE_ORG_NOUN,
           (next->hints & HINT_ORG_AFTER) && !(next->flags & TAG_IS_CAP));
    set_if(find, CUE_BEFORE_WHO,
           (next->hints & HINT_PERSON_AFTER) ||
               (is_comma && (next2->hints & HINT_PERSON_AFTER)));
    set_if(find, CUE_BEFORE_AGE,
           is_comma && next2->name.kind == WD_NAME_NUMBER && next2->name.length <= 3);
    set_if(find, CUE_BEFORE_PLACE, is_comma && wd_tag_is_big_place(find, next2));
    set_if(find, CUE_BEFORE_PAREN, tag_is_sign(next, '('));
    set_if(find, CUE_BEFORE_TICKER, has_ticker(find));
    set_if(find, CUE_BEFORE_NOUN,
           next->name.kind == WD_NAME_WORD && !(next->flags & TAG_IS_CAP) &&
               !(next->hints & HINT_FUNCTION));
    set_if(find, CUE_BEFORE_CAP, is_name_like(next) && !is_decorated(next));
    set_if(find, CUE_BEFORE_ACRONYM,
           tag_is_sign(next, '(') && tag_is_sign(after(find, 3), ')') &&
               spells(find, first, last, next2));
}

/* The acronym in "… Contact Group (UDCG)": some row of words before the parenthesis
 * spells it. */
static bool is_acronym_of(const struct tag_finder *find)
{
    uint32_t first = find->span.first;
    if (first != find->span.last || !tag_is_sign(before(find, 1), '(') ||
        !tag_is_sign(after(find, 1), ')'))
        return false;
    for (uint32_t n = 2; n < TAG_SPAN_MAX && first >= find->from + n + 1; n++) {
        if (spells(find, first - 1 - n, first - 2, &find->word[first]))
            return true;
    }
    return false;
}

/* "BERLIN — ", "WASHINGTON (AP) — ", "Paris (Reuters) - ": the place before the dash, at
 * the start of a line. */
static bool is_dateline(const struct tag_finder *find)
{
    const struct tag_word *first = &find->word[find->span.first];
    bool is_place = tag_cue_is_set(find->span.cues, CUE_GAZ_PLACE) ||
                    tag_cue_is_set(find->span.cues, CUE_GAZ_WORD_PLACE);
    if (first->name.gap != WD_GAP_LINE ||
        !(is_place || (first->name.shape & WD_SHAPE_CAPS)))
        return false;
    for (unsigned i = 1; i < 10; i++) {
        const struct tag_word *next = after(find, i);
        if (next == &wd_tag_no_word || next->name.gap == WD_GAP_LINE)
            return false;
        if (tag_is_sign(next, '-'))
            return next->name.gap == WD_GAP_SPACE || next->name.gap == WD_GAP_NONE;
        bool is_part = is_name_like(next) || next->name.kind == WD_NAME_NUMBER ||
                       tag_is_sign(next, ',') || tag_is_sign(next, '(') ||
                       tag_is_sign(next, ')') || tag_is_sign(next, '.');
        if (!is_part)
            return false;
    }
    return false;
}

void wd_tag_begin_span(struct tag_finder *find, uint32_t first)
{
    find->span = (struct tag_span){.first = first, .last = first};
    set(find, CUE_BIAS);
    case_cues(find);
    cut_left_cues(find);
    left_cues(find);
    find->begun[0] = find->span.cues[0];
    find->begun[1] = find->span.cues[1];
}

void wd_tag_gather_cues(struct tag_finder *find)
{
    find->span.cues[0] = find->begun[0];
    find->span.cues[1] = find->begun[1];
    gazetteer_cues(find);
    if (find->span.first == find->span.last)
        one_word_cues(find);
    else
        several_word_cues(find);
    head_cues(find);
    cut_right_cues(find);
    right_cues(find);
    set_if(find, CUE_IS_ACRONYM_OF, is_acronym_of(find));
    set_if(find, CUE_DATELINE, is_dateline(find));
    set_if(find, CUE_LINE_ALONE,
           before(find, 1) == &wd_tag_no_word && after(find, 1) == &wd_tag_no_word);
}
