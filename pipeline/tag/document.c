/* document.c -- what an article says about its names as a whole.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Sentences were judged one by one; here they vote:
 *   1. a name has one label in an article, the one with the highest sum of scores;
 *   2. a bare surname is the person whose full name the article gives;
 *   3. a name found in one place is found in all, unless its words there are as likely
 *      ordinary ones (the start of a sentence, a headline); so are the initials of an
 *      organisation.
 * Step 2 listens to the sentence: in an article on Michael Jordan's trip, "in Jordan"
 * stays a country. */
#include "tag/acronyms.h"
#include "tag/entities.h"
#include "tag/names.h"
#include "tag/own.h"

#define REPEAT_WORDS   6 /* longest name that is searched for again */
#define REPEAT_SCORE   5 /* sum of scores from which a name is looked for */
#define REPEAT_CREDIT  8 /* the score that a repeat gets */
#define SURNAME_CREDIT 25
#define RULER_KNOWN    75 /* of who is meant by title and surname alone */

static bool is_single(const struct tag_name *name)
{
    return name->first == name->last;
}

/* ------------------------------------------------------------------------------ votes */

/* "Fox" may be short for "Fox News". */
static void mark_begin(const struct tag_context *context, struct tag_names *names,
                       const struct tag_name *name)
{
    if (name->label != WD_LABEL_ORGANISATION || is_single(name))
        return;
    uint32_t begin =
        wd_tag_names_find(names, wd_tag_key(&context->words, name->first, name->first));
    if (begin != TAG_NO_NAME)
        names->name[begin].begins_body = true;
}

/* "Target Corp." is also looked for as "Target". */
static void add_short_form(const struct tag_context *context, struct tag_names *names,
                           uint32_t index)
{
    const struct tag_name *name = &names->name[index]; /* room for all: it stays put */
    const struct tag_word *word = context->words.word;
    struct tag_found found = {.first = name->first, .last = name->last};
    if (name->label != WD_LABEL_ORGANISATION || names->n_names == names->room)
        return;
    while (found.last > found.first && (word[found.last].hints & HINT_LEGAL))
        found.last--;
    if (found.last == name->last)
        return;
    uint64_t key = wd_tag_key(&context->words, found.first, found.last);
    struct tag_name *shorter = &names->name[wd_tag_names_add(names, key, &found)];
    int32_t votes = name->votes[WD_LABEL_ORGANISATION];
    shorter->votes[WD_LABEL_ORGANISATION] += votes + shorter->votes[shorter->label];
    shorter->label = WD_LABEL_ORGANISATION; /* whatever its sentences said */
}

static int count_votes(struct tag_context *context, struct tag_names *names)
{
    int r = wd_tag_names_init(names, &context->art->arena, 3 * context->n_found + 1);
    if (r < 0)
        return r;
    for (size_t i = 0; i < context->n_found; i++) {
        struct tag_found *found = &context->found[i];
        uint64_t key = wd_tag_key(&context->words, found->first, found->last);
        found->entity = wd_tag_names_add(names, key, found);
        names->name[found->entity].votes[found->label] += found->score;
    }
    for (uint32_t i = 0; i < names->n_names; i++) {
        struct tag_name *name = &names->name[i];
        for (uint8_t label = 1; label < TAG_N_LABELS; label++) {
            if (name->votes[label] > name->votes[name->label])
                name->label = label;
        }
        if (name->label == WD_LABEL_PERSON && !is_single(name))
            wd_tag_names_add_person(names, &context->words, i);
    }
    for (uint32_t i = 0, n = names->n_names; i < n; i++) {
        mark_begin(context, names, &names->name[i]);
        add_short_form(context, names, i);
    }
    wd_tag_add_acronyms(context, names);
    return WD_OK;
}

/* "Dr Fox", "Senator Paul" */
static bool is_titled(const struct tag_context *context, uint32_t at)
{
    const struct tag_word *word = &context->words.word[at];
    return at > 0 && word->name.gap == WD_GAP_SPACE && (word[-1].flags & TAG_ENDS_TITLE);
}

/* The label of one mention: its name's, unless the article has a full name that ends with
 * this one word. Then the sentence decides, with a credit for the person: "in Jordan" is
 * the country, "Jordan said" the player. A place before the full name was given gets no
 * credit, for newspapers give the full name first. */
static uint8_t mention_label(const struct tag_context *context,
                             const struct tag_names *names, const struct tag_found *found)
{
    uint8_t label = names->name[found->entity].label;
    if (found->own)
        return found->label;
    if (found->first != found->last || label == WD_LABEL_GROUP)
        return label;
    uint64_t hash = context->words.word[found->first].name.hash;
    uint32_t person = wd_tag_names_by_last(names, &context->words, hash);
    if (person == TAG_NO_NAME)
        return label;
    if (is_titled(context, found->first) || (found->label == WD_LABEL_ORGANISATION &&
                                             !names->name[found->entity].begins_body))
        return WD_LABEL_PERSON;
    bool is_given =
        found->label != WD_LABEL_PLACE || names->name[person].first < found->first;
    int credit = is_given ? SURNAME_CREDIT : 0;
    return found->person + credit >= found->score ? WD_LABEL_PERSON : found->label;
}

/* ---------------------------------------------------------------------------- repeats */

static bool speaks(const struct tag_words *words, uint32_t last)
{
    const struct tag_word *next =
        last + 1 < words->n_words ? &words->word[last + 1] : NULL;
    return next && next->name.gap == WD_GAP_SPACE && !(next->flags & TAG_IS_CAP) &&
           (next->hints & (HINT_SPEECH | HINT_ORG_AFTER));
}

/* May the words [first, last] stand for a name that was found elsewhere? */
static bool may_repeat(const struct tag_words *words, uint32_t first, uint32_t last)
{
    const struct tag_word *word = &words->word[first];
    bool is_blind = word->flags & (TAG_STARTS_SENTENCE | TAG_IN_TITLE | TAG_IN_CAPS);
    if (!(word->flags & TAG_IS_CAP))
        return false;
    if (first != last)
        return true;
    if (speaks(words, last))
        return true; /* "May said", "Target reported" */
    return !(word->gaz && word->gaz->is_calendar) &&
           !(is_blind && (word->flags & TAG_IS_COMMON));
}

static int32_t name_score(const struct tag_name *name)
{
    return name->votes[name->label];
}

/* The longest known name that begins at word `first` and ends before `end`. */
static bool find_repeat(const struct tag_context *context, const struct tag_names *names,
                        uint32_t first, uint32_t end, struct tag_found *ret_found)
{
    const struct tag_words *words = &context->words;
    uint64_t key = 0;
    bool is_found = false;
    if (!(words->word[first].flags & TAG_IS_CAP))
        return false;
    for (uint32_t i = first; i < end && i < first + REPEAT_WORDS; i++) {
        if (i > first && words->word[i].name.gap == WD_GAP_LINE)
            break;
        key = tag_key_add(key, words->word[i].name.hash);
        uint32_t index = wd_tag_names_find(names, key);
        if (index == TAG_NO_NAME || !may_repeat(words, first, i) ||
            name_score(&names->name[index]) < REPEAT_SCORE ||
            (names->name[index].is_acronym && !wd_tag_is_acronym(&words->word[first])))
            continue;
        *ret_found = (struct tag_found){
            .first = first,
            .last = i,
            .label = names->name[index].label,
            .score = REPEAT_CREDIT,
            .node = names->name[index].node,
            .entity = index,
        };
        is_found = true;
    }
    return is_found;
}

/* A surname of the article that was not found by itself. Only inside a sentence, or when
 * the word is no ordinary one. */
static bool find_surname(const struct tag_context *context, const struct tag_names *names,
                         uint32_t at, struct tag_found *ret_found)
{
    const struct tag_words *words = &context->words;
    if (words->word[at].name.length < 2 || !may_repeat(words, at, at))
        return false;
    uint32_t person = wd_tag_names_by_last(names, words, words->word[at].name.hash);
    if (person == TAG_NO_NAME || name_score(&names->name[person]) < REPEAT_SCORE)
        return false;
    *ret_found = (struct tag_found){
        .first = at,
        .last = at,
        .label = WD_LABEL_PERSON,
        .score = REPEAT_CREDIT,
        .entity = TAG_NO_NAME,
    };
    return true;
}

/* Words of one sentence, between two spans that were found. A part of a longer row of
 * capitals is left alone: there the sentence's own judgement counts. */
static bool stands_alone(const struct tag_words *words, uint32_t from, uint32_t end,
                         const struct tag_found *found)
{
    const struct tag_word *prev =
        found->first > from ? &words->word[found->first - 1] : NULL;
    const struct tag_word *next =
        found->last + 1 < end ? &words->word[found->last + 1] : NULL;
    bool is_left = prev && (prev->flags & TAG_IS_CAP) &&
                   !(prev->flags & (TAG_IN_TITLE_OF | TAG_IS_COMMON)) &&
                   words->word[found->first].name.gap == WD_GAP_SPACE;
    bool is_right = next && (next->flags & TAG_IS_CAP) &&
                    !(next->flags & TAG_IS_COMMON) && next->name.gap == WD_GAP_SPACE;
    return found->first != found->last || (!is_left && !is_right);
}

/* "Mr Kilroy-Silk", found in halves, where the article has a Robert Kilroy-Silk. */
static bool completes_surname(const struct tag_context *context,
                              const struct tag_names *names, const struct tag_found *left,
                              const struct tag_found *right)
{
    const struct tag_word *word = context->words.word;
    if (left->label != WD_LABEL_PERSON || right->label != WD_LABEL_PERSON ||
        left->first != left->last || right->first != right->last ||
        right->first != left->last + 1 || word[right->first].name.gap != WD_GAP_HYPHEN)
        return false;
    uint64_t half = word[left->first].name.hash;
    uint32_t other =
        wd_tag_names_by_last(names, &context->words, word[right->first].name.hash);
    for (; other != TAG_NO_NAME; other = names->name[other].next_last) {
        const struct tag_name *name = &names->name[other];
        if (name->last >= name->first + 2 && word[name->last - 1].name.hash == half)
            return true;
    }
    return false;
}

/* Copies what was found and puts the repeats between; the order of the text is kept. */
static int add_repeats(struct tag_context *context, struct tag_names *names)
{
    const struct tag_words *words = &context->words;
    struct tag_found *all = NULL;
    size_t n_all = 0, room = 0, at = 0;

    for (size_t s = 0; s < words->n_sentences; s++) {
        uint32_t from = words->sentence[s], end = words->sentence[s + 1];
        for (uint32_t i = from; i < end;) {
            struct tag_found found;
            bool is_old = at < context->n_found && context->found[at].first == i;
            uint32_t limit = at < context->n_found && context->found[at].first < end
                                 ? context->found[at].first
                                 : end;
            if (is_old) {
                found = context->found[at++];
                found.label = mention_label(context, names, &found);
            } else if (!(find_repeat(context, names, i, limit, &found) ||
                         find_surname(context, names, i, &found)) ||
                       !stands_alone(words, from, end, &found)) {
                i++;
                continue;
            }
            if (n_all == room) {
                size_t more = room ? room * 2 : context->n_found + 64;
                void *grown = wd_arena_grow(&context->art->arena, all,
                                            room * sizeof(*all), more * sizeof(*all));
                if (!grown)
                    return WD_ENOMEM;
                all = grown;
                room = more;
            }
            if (!is_old)
                wd_tag_match_own(context, &found);
            i = found.last + 1;
            if (n_all && completes_surname(context, names, &all[n_all - 1], &found)) {
                all[n_all - 1].last = found.last;
                all[n_all - 1].node = 0;
            } else {
                all[n_all++] = found;
            }
        }
    }
    context->found = all;
    context->n_found = n_all;
    context->found_room = room;
    return WD_OK;
}

static bool is_bare_surname(const struct tag_found *found)
{
    return found->label == WD_LABEL_PERSON && found->first == found->last;
}

/* "President Reagan", where surname alone is listed as a well-known person's. */
static bool is_ruler(const struct tag_context *context, const struct tag_found *found)
{
    const struct tag_word *word = &context->words.word[found->first];
    if (!is_bare_surname(found) || !is_titled(context, found->first) || !word->gaz)
        return false;
    struct wd_str title = wd_span_of(context->text, word[-1].name.span);
    return (wd_str_equal(title, WD_STR("President")) ||
            wd_str_equal(title, WD_STR("Premier")) ||
            wd_str_equal(title, WD_STR("Chancellor"))) &&
           wd_tag_is_known_person(context, word->gaz->node, RULER_KNOWN);
}

/* Whom a bare surname means where two people share it: the one whom the article has
 * mentioned most so far, of equals the later. Papers repeat the given name of the other.
 * A president whom it calls by nothing else is such a person, too, at `nameless`. */
static uint32_t bearer_of(const struct tag_context *context,
                          const struct tag_names *names, const struct tag_found *found,
                          bool is_president, uint32_t nameless)
{
    uint64_t hash = context->words.word[found->first].name.hash;
    uint32_t best = TAG_NO_NAME;
    if (!is_bare_surname(found))
        return best;
    uint32_t other = wd_tag_names_by_last(names, &context->words, hash);
    for (; other != TAG_NO_NAME; other = names->name[other].next_last) {
        const struct tag_name *name = &names->name[other];
        if (is_president && wd_tag_is_mere_namesake(context, name))
            continue;
        if (best == TAG_NO_NAME || name->n_found >= names->name[best].n_found)
            best = other;
    }
    bool is_nameless = best != TAG_NO_NAME && nameless != TAG_NO_NAME &&
                       names->name[nameless].is_ruler &&
                       wd_tag_is_mere_namesake(context, &names->name[best]) &&
                       names->name[nameless].n_found > names->name[best].n_found;
    return is_nameless ? TAG_NO_NAME : best;
}

/* Surnames that only the repeats brought in are names of their own from now on, and so is
 * each person's own use of a surname. */
static int rebuild_names(struct tag_context *context, struct tag_names *names)
{
    int r = wd_tag_names_init(names, &context->art->arena, context->n_found + 1);
    if (r < 0)
        return r;
    for (size_t i = 0; i < context->n_found; i++) {
        struct tag_found *found = &context->found[i];
        uint32_t before = names->n_names;
        uint64_t key = wd_tag_key(&context->words, found->first, found->last);
        key = tag_key_label(key, found->label);
        bool is_president = is_ruler(context, found);
        uint32_t bearer =
            bearer_of(context, names, found, is_president, wd_tag_names_find(names, key));
        if (bearer != TAG_NO_NAME)
            key = tag_key_add(key, bearer);
        found->entity = wd_tag_names_add(names, key, found);
        struct tag_name *name = &names->name[found->entity];
        name->full = bearer;
        name->is_ruler |= is_president;
        name->is_side |= found->is_side;
        name->own = found->own;
        name->own_gaz = found->own_gaz;
        names->name[bearer != TAG_NO_NAME ? bearer : found->entity].n_found++;
        name->votes[found->label] += found->score;
        name->label = found->label;
        if (names->n_names > before && found->label == WD_LABEL_PERSON &&
            found->first != found->last)
            wd_tag_names_add_person(names, &context->words, found->entity);
    }
    return WD_OK;
}

int wd_tag_document(struct tag_context *context)
{
    struct tag_names names;
    int r = count_votes(context, &names);
    if (r < 0)
        return r;
    r = add_repeats(context, &names);
    if (r < 0)
        return r;
    r = rebuild_names(context, &names);
    if (r < 0)
        return r;
    return wd_tag_entities(context, &names);
}
