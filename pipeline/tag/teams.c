/* teams.c -- "Southampton beat Swindon": in an article on sport, towns that play.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Papers call a club by its town, and the words of one sentence rarely tell the two
 * apart. So this looks at an article as a whole: when it speaks of sport, a town that
 * stands where only a team can ("beat Swindon", "the Southampton manager", "Leeds 2") is
 * a team all through the article, unless it stands as often where only a town can ("in
 * Leeds"). Countries and states stay places, as annotators of news have them. A town or
 * state that stands nowhere as a place, "Louisville's Earl Clark", may be its team: it
 * keeps its label and gets no id. */
#include "tag/teams.h"

#include "tag/names.h"

#define SPORT_WORDS 4  /* an article that has so many is about sport … */
#define SPORT_SHARE 75 /* … if they are one in so many of its words */
#define SCORE_MAX   3  /* digits of a score */

static const struct tag_word no_word = {
    .name = {.kind = WD_NAME_SIGN, .gap = WD_GAP_LINE}};

static const struct tag_word *word_at(const struct tag_words *words, int64_t i)
{
    return i >= 0 && i < (int64_t)words->n_words ? &words->word[i] : &no_word;
}

static bool is_about_sport(const struct tag_words *words)
{
    size_t n = 0;
    for (size_t i = 0; i < words->n_words; i++)
        n += (words->word[i].hints & HINT_SPORT) != 0;
    return n >= SPORT_WORDS && n * SPORT_SHARE >= words->n_words;
}

/* A number right behind the name that no counted thing follows: "Leeds 2 Everton 1". */
static bool has_score(const struct tag_words *words, uint32_t last)
{
    const struct tag_word *next = word_at(words, (int64_t)last + 1);
    const struct tag_word *next2 = word_at(words, (int64_t)last + 2);
    return next->name.kind == WD_NAME_NUMBER && next->name.gap == WD_GAP_SPACE &&
           next->name.length <= SCORE_MAX &&
           (next2->name.kind != WD_NAME_WORD || next2->name.gap == WD_GAP_LINE ||
            (next2->flags & TAG_IS_CAP));
}

static bool plays(const struct tag_words *words, const struct tag_found *found)
{
    const struct tag_word *prev = word_at(words, (int64_t)found->first - 1);
    const struct tag_word *next = word_at(words, (int64_t)found->last + 1);
    bool is_first = words->word[found->first].name.gap == WD_GAP_LINE;
    if (!is_first && (prev->hints & HINT_TEAM_BEFORE))
        return true;
    if (!is_first && (prev->hints & HINT_TEAM_OVER) &&
        (word_at(words, (int64_t)found->first - 2)->hints & HINT_RESULT))
        return true;
    if (has_score(words, found->last))
        return true;
    if (next->name.gap != WD_GAP_SPACE || (next->flags & TAG_IS_CAP))
        return false;
    bool is_one = is_first || !(prev->hints & HINT_JOIN);
    return (next->hints & HINT_TEAM_AFTER) || (is_one && (next->hints & HINT_MANY));
}

static bool is_where(const struct tag_words *words, const struct tag_found *found)
{
    const struct tag_word *prev = word_at(words, (int64_t)found->first - 1);
    const struct tag_word *next = word_at(words, (int64_t)found->last + 1);
    bool is_first = words->word[found->first].name.gap == WD_GAP_LINE;
    bool is_dateline = is_first && next->name.kind == WD_NAME_SIGN &&
                       (next->name.sign == '-' || next->name.sign == '(');
    return (!is_first && (prev->hints & HINT_PLACE_PREP)) || is_dateline ||
           (words->word[found->last].name.shape & WD_SHAPE_PERIOD); /* "Ill." */
}

/* Is the best known place of this name none of these? */
static bool is_none_of(const struct tag_context *context, const struct tag_found *found,
                       uint8_t flags)
{
    size_t count = 0;
    const uint32_t *posting =
        found->node ? wd_gazetteer_postings(context->gaz, found->node, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        if (entity->type == WD_GAZ_PLACE)
            return !(entity->flags & flags);
    }
    return false;
}

int wd_tag_find_teams(struct tag_context *context)
{
    const struct tag_words *words = &context->words;
    struct tag_names names;
    if (context->n_found == 0 || !is_about_sport(words))
        return WD_OK;
    int r = wd_tag_names_init(&names, &context->art->arena, context->n_found);
    if (r < 0)
        return r;
    for (size_t i = 0; i < context->n_found; i++) {
        struct tag_found *found = &context->found[i];
        uint64_t key = wd_tag_key(words, found->first, found->last);
        found->entity = wd_tag_names_add(&names, key, found);
        struct tag_name *name = &names.name[found->entity];
        name->votes[WD_LABEL_ORGANISATION] += plays(words, found);
        name->votes[WD_LABEL_PLACE] += is_where(words, found);
    }
    for (size_t i = 0; i < context->n_found; i++) {
        struct tag_found *found = &context->found[i];
        const struct tag_name *name = &names.name[found->entity];
        if (found->label != WD_LABEL_PLACE)
            continue;
        found->is_side = name->votes[WD_LABEL_PLACE] == 0 &&
                         is_none_of(context, found, WD_GAZ_COUNTRY | WD_GAZ_REGION);
        if (name->votes[WD_LABEL_ORGANISATION] > name->votes[WD_LABEL_PLACE] &&
            is_none_of(context, found, WD_GAZ_COUNTRY | WD_GAZ_STATE | WD_GAZ_REGION))
            found->label = WD_LABEL_ORGANISATION;
    }
    return WD_OK;
}
