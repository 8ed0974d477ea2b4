/* link.c -- ids, only where they are sure.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A wrong id does more harm than none: it merges two people in somebody's archive. So a
 * name is linked when, among the entries of its own type,
 *   - one is far more prominent than the next (Paris in France against Paris in Texas),
 * or
 *   - the article's other places speak for one country and only one entry lies there.
 * A person's name made of a common given name and a common surname is shared by
 * thousands: there the entry must be widely known. Single words never link to a person.
 * Initials are shared as well: GSA is an art school in Glasgow and a hundred other
 * things, so that they, too, link to what is widely known, or where the article spells
 * them out. "Georgia" and "Cambridge" alone stay unlinked, as a careful reader would
 * leave them. */
#include "tag/link.h"

#define CLEAR_MARGIN   12 /* of prominence; for cities 16 times the people */
#define PLACE_MINIMUM  38 /* a town so small needs its country in the article */
#define PERSON_KNOWN   75
#define PERSON_RARE    40 /* enough when the name is rare */
#define INITIALS_KNOWN 75
#define RARE_NAME      9 /* strength of a surname below which it is rare */
#define COUNTRY_VOTES  2

static void add_vote(struct tag_countries *countries, const char code[2], uint32_t votes)
{
    if (!code[0])
        return;
    for (uint32_t i = 0; i < countries->n_countries; i++) {
        if (memcmp(countries->country[i].code, code, 2) == 0) {
            countries->country[i].votes += votes;
            return;
        }
    }
    size_t room = sizeof(countries->country) / sizeof(countries->country[0]);
    if (countries->n_countries < room) {
        memcpy(countries->country[countries->n_countries].code, code, 2);
        countries->country[countries->n_countries++].votes = votes;
    }
}

static uint32_t votes_for(const struct tag_countries *countries, const char code[2])
{
    for (uint32_t i = 0; i < countries->n_countries; i++) {
        if (memcmp(countries->country[i].code, code, 2) == 0)
            return countries->country[i].votes;
    }
    return 0;
}

/* The two best entries of one type. */
struct choice {
    const struct wd_gaz_entity *best;
    const struct wd_gaz_entity *second;
    bool by_initials; /* the best one, not by its main name */
};

/* Which spelling of a form a name may stand for. "LA" and "L.A." are Los Angeles, written
 * so, before they are "La."; "M.D." is not "Md." at all. */
enum spelling { IN_CAPITALS, IN_ANY_CASE };

static bool same_thing(const struct tag_context *context, const struct wd_gaz_entity *a,
                       const struct wd_gaz_entity *b)
{
    struct wd_str left = wd_gazetteer_string(context->gaz, a->uri);
    return left.size && wd_str_equal(left, wd_gazetteer_string(context->gaz, b->uri));
}

static struct choice choose_spelt(const struct tag_context *context,
                                  const struct tag_name *name,
                                  const struct tag_countries *only,
                                  enum spelling spelling)
{
    struct choice choice = {0};
    size_t count = 0;
    const uint32_t *posting = wd_gazetteer_postings(context->gaz, name->node, &count);
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        bool is_capitals = WD_GAZ_IS_CAPS(posting[i]);
        if (entity->type != name->label || is_capitals != (spelling == IN_CAPITALS))
            continue;
        if (only && votes_for(only, entity->country) < COUNTRY_VOTES)
            continue;
        if (!choice.best) {
            choice.best = entity;
            choice.by_initials = is_capitals && WD_GAZ_IS_FORM(posting[i]);
        } else if (!choice.second && !same_thing(context, choice.best, entity)) {
            choice.second = entity;
        }
    }
    return choice;
}

static struct choice choose(const struct tag_context *context,
                            const struct tag_name *name, const struct tag_countries *only)
{
    struct choice choice = {0};
    unsigned shape = context->words.word[name->first].name.shape;
    bool is_dotted = name->first == name->last && (shape & WD_SHAPE_DOTTED);
    if (!name->node)
        return choice;
    if (shape & WD_SHAPE_CAPS)
        choice = choose_spelt(context, name, only, IN_CAPITALS);
    if (choice.best || (is_dotted && (shape & WD_SHAPE_CAPS)))
        return choice;
    return choose_spelt(context, name, only, IN_ANY_CASE);
}

/* A country and a state of one name (Georgia) are both too large to be passed over. */
static bool is_clear(const struct choice *choice)
{
    const struct wd_gaz_entity *best = choice->best, *second = choice->second;
    const uint8_t large = WD_GAZ_COUNTRY | WD_GAZ_STATE;
    if (!best || !second)
        return best != NULL;
    return best->prominence >= second->prominence + CLEAR_MARGIN &&
           !((best->flags & large) && (second->flags & large));
}

static bool is_rare_name(const struct tag_context *context, const struct tag_name *name)
{
    const struct tag_words *words = &context->words;
    const struct wd_gaz_word *given = words->word[name->first].gaz;
    const struct wd_gaz_word *surname =
        words->word[wd_tag_surname_of(words, name->first, name->last)].gaz;
    return !given || !surname || given->given == 0 || surname->surname < RARE_NAME ||
           name->last - name->first >= 2;
}

void wd_tag_count_countries(const struct tag_context *context,
                            const struct tag_names *names,
                            struct tag_countries *ret_countries)
{
    *ret_countries = (struct tag_countries){0};
    for (uint32_t i = 0; i < names->n_names; i++) {
        const struct tag_name *name = &names->name[i];
        if (name->label != WD_LABEL_PLACE && name->label != WD_LABEL_GROUP)
            continue;
        struct choice choice = choose(context, name, NULL);
        if (!is_clear(&choice))
            continue;
        /* A town speaks for its country more than the country's name in passing. */
        bool is_inside = choice.best->type == WD_GAZ_PLACE &&
                         !(choice.best->flags & WD_GAZ_COUNTRY) &&
                         choice.best->prominence >= PLACE_MINIMUM;
        add_vote(ret_countries, choice.best->country, is_inside ? 2 : 1);
    }
}

const struct wd_gaz_entity *wd_tag_link_name(const struct tag_context *context,
                                             const struct tag_countries *countries,
                                             const struct tag_name *name,
                                             bool *ret_shared)
{
    *ret_shared = false;
    if (name->label == WD_LABEL_PERSON && name->first == name->last)
        return NULL;
    struct choice choice = choose(context, name, NULL);
    if (!choice.best)
        return NULL;
    if (name->label == WD_LABEL_PLACE) {
        if (is_clear(&choice) && choice.best->prominence >= PLACE_MINIMUM)
            return choice.best;
        struct choice near = choose(context, name, countries);
        return is_clear(&near) ? near.best : NULL;
    }
    if (!is_clear(&choice))
        return NULL;
    if (name->label == WD_LABEL_PERSON) {
        uint8_t least = is_rare_name(context, name) ? PERSON_RARE : PERSON_KNOWN;
        return choice.best->prominence >= least ? choice.best : NULL;
    }
    *ret_shared = choice.by_initials && choice.best->prominence < INITIALS_KNOWN;
    return choice.best;
}
