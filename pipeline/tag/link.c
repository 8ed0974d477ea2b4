/* link.c -- ids, only where they are sure.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A wrong id does more harm than none: it merges two people in somebody's archive. So a
 * name is linked when, among the entries of its own type,
 *   - one is far more prominent than the next (Paris in France against Paris in Texas),
 * or
 *   - the article's other places speak for one country and only one entry lies there.
 * "Kingston, Ontario" is neither: the words behind the comma say where it lies.
 * A person's name made of a common given name and a common surname is shared by
 * thousands: there the entry must be widely known. Single words never link to a person.
 * Initials are shared as well: GSA is an art school in Glasgow and a hundred other
 * things, so that they, too, link to what is widely known, or where the article spells
 * them out. A parliament or a party whose name many countries have is the one of the
 * country that the article is about. "Georgia" and "Cambridge" alone stay unlinked, as a
 * careful reader would leave them. */
#include "tag/link.h"

#include "tag/nicknames.h"

#define CLEAR_MARGIN   12 /* of prominence; for cities 16 times the people */
#define STATE_MARGIN   20 /* for a town beside its state: "Portland, Maine" */
#define PLACE_MINIMUM  38 /* a town so small needs its country in the article */
#define PERSON_KNOWN   75
#define PERSON_SCARCE  55 /* enough when few people … */
#define SCARCE_SUM     120
#define PERSON_RARE    40 /* … or hardly any others have the name */
#define RARE_SUM       90
#define INITIALS_KNOWN 75
#define RARE_NAME      9 /* strength of a surname below which it is rare */
#define COUNTRY_VOTES  2
#define TOWN_VOTES     2  /* that a town gives to its country */
#define STRANGER_KNOWN 55 /* of a town whose country the article does not speak of … */
#define STRANGER_ONLY  50 /* … where it is the only one of its name */
#define NEAR_MARGIN    20 /* by which a town at home may be less known than another */
#define RIVAL_KNOWN    50 /* of a town at home that such a stranger gives way to */
#define BRAND_KNOWN    30 /* of an organisation that is called by one word */
#define GIVEN_COMMON   30 /* strength of a word as a given name … */
#define SURNAME_COMMON 60 /* … and as a surname, from which it is rather a person's */
#define WORD_KNOWN     48 /* of a place called by an ordinary word: "Valley", "Reading" */
#define WORD_LOWER     3  /* per cent of small letters from which a word is ordinary */
#define WORD_SHARED    20 /* … and from which it may be several bodies' name: "Sun" */
#define STATE_SHORT    5  /* letters of a form that needs its full stop: "Miss." */
#define FORM_SHORT     4
#define FORM_KNOWN     75 /* of what is meant by ordinary words that are not its name */
#define INITIALS_MAX   3  /* letters that stand for nothing but themselves: "WA" */

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
    const struct wd_gaz_entity *namesake; /* first with an id whose main name it is */
    bool by_form;                         /* the best one, not by its main name */
    bool by_initials;                     /* nor in small letters */
};

/* The node of two words of the article; 0: no name holds both. */
static uint32_t node_of_pair(const struct tag_context *context, uint32_t first,
                             uint32_t last)
{
    const struct tag_word *word = context->words.word;
    if (!word[first].gaz || !word[last].gaz || !word[first].gaz->node)
        return 0;
    return wd_gazetteer_step(context->gaz, word[first].gaz->node, word[last].gaz->id);
}

static bool is_listed(const struct tag_context *context, uint32_t node)
{
    size_t count = 0;
    if (node)
        (void)wd_gazetteer_postings(context->gaz, node, &count);
    return count > 0;
}

/* "Mikhail S. Gorbachev" is listed without his father's name, "Earvin "Magic" Johnson"
 * by one of his two. */
static uint32_t node_of(const struct tag_context *context, const struct tag_name *name)
{
    uint32_t nick, nick_last;
    if (name->node || name->label != WD_LABEL_PERSON || name->last < name->first + 2)
        return name->node;
    if (tag_are_initials(&context->words, name->first + 1, name->last))
        return node_of_pair(context, name->first, name->last);
    if (!wd_tag_nickname_of(&context->words, name->first, name->last, &nick, &nick_last))
        return name->node;
    uint32_t node = node_of_pair(context, name->first, name->last);
    return is_listed(context, node) || nick != nick_last
               ? node
               : node_of_pair(context, nick, name->last);
}

/* Which spelling of a form a name may stand for. "LA" and "L.A." are Los Angeles, written
 * so, before they are "La."; "M.D." is not "Md." at all. */
enum spelling { IN_CAPITALS, IN_ANY_CASE };

static bool same_thing(const struct tag_context *context, const struct wd_gaz_entity *a,
                       const struct wd_gaz_entity *b)
{
    struct wd_str left = wd_gazetteer_string(context->gaz, a->uri);
    return left.size && wd_str_equal(left, wd_gazetteer_string(context->gaz, b->uri));
}

static bool has_id(const struct tag_context *context, const struct wd_gaz_entity *entity)
{
    return wd_gazetteer_string(context->gaz, entity->uri).size > 0;
}

/* The tables have many things twice, from a source with ids and from one without. Such a
 * twin is no rival. */
static bool is_twin(const struct tag_context *context, const struct wd_gaz_entity *with,
                    const struct wd_gaz_entity *without)
{
    return with->type != WD_GAZ_PLACE && with->prominence >= without->prominence &&
           has_id(context, with) && !has_id(context, without) &&
           wd_str_equal(wd_gazetteer_string(context->gaz, with->name),
                        wd_gazetteer_string(context->gaz, without->name));
}

/* "Miss." is Mississippi, "La." Louisiana; "La" and "Miss" are not, nor is a "Deli" the
 * city of Delhi. Only "Kiev" and its like are known by so few letters. */
static bool is_bare_short_form(const struct tag_context *context,
                               const struct tag_name *name,
                               const struct wd_gaz_entity *entity, uint32_t posting)
{
    const struct wd_name_word *word = &context->words.word[name->first].name;
    unsigned longest = entity->flags & WD_GAZ_STATE ? STATE_SHORT : FORM_SHORT;
    return name->first == name->last && entity->type == WD_GAZ_PLACE &&
           WD_GAZ_IS_FORM(posting) && word->length <= longest &&
           !(entity->flags & (WD_GAZ_COUNTRY | WD_GAZ_CAPITAL)) &&
           !(word->shape & (WD_SHAPE_PERIOD | WD_SHAPE_DOTTED | WD_SHAPE_CAPS));
}

/* Is a posting written so, and of the kind that the name is? */
static bool is_spelt(const struct tag_context *context, const struct tag_name *name,
                     uint32_t posting, enum spelling spelling)
{
    return wd_gazetteer_entity(context->gaz, posting)->type == name->label &&
           WD_GAZ_IS_CAPS(posting) == (spelling == IN_CAPITALS);
}

/* The best known entry with an id whose main name it is: Facebook, Time Warner Cable.
 * NULL: none; a place has namesakes without end. */
static const struct wd_gaz_entity *namesake_of(const struct tag_context *context,
                                               const struct tag_name *name, uint32_t node,
                                               enum spelling spelling)
{
    size_t count = 0;
    const uint32_t *posting = wd_gazetteer_postings(context->gaz, node, &count);
    for (size_t i = 0; i < count && name->label != WD_LABEL_PLACE; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        if (is_spelt(context, name, posting[i], spelling) &&
            !WD_GAZ_IS_FORM(posting[i]) && has_id(context, entity))
            return entity;
    }
    return NULL;
}

/* An entry without id that has the name only among other forms ("Meta" for Facebook, "the
 * Pentagon" for the Department of Defense) gives way to one that is called so. */
static bool gives_way(const struct tag_context *context,
                      const struct wd_gaz_entity *namesake,
                      const struct wd_gaz_entity *entity, uint32_t posting)
{
    return namesake && namesake->prominence >= BRAND_KNOWN && WD_GAZ_IS_FORM(posting) &&
           !has_id(context, entity);
}

static struct choice choose_spelt(const struct tag_context *context,
                                  const struct tag_name *name, uint32_t node,
                                  const struct tag_countries *only,
                                  enum spelling spelling)
{
    struct choice choice = {.namesake = namesake_of(context, name, node, spelling)};
    size_t count = 0;
    const uint32_t *posting = wd_gazetteer_postings(context->gaz, node, &count);
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        if (!is_spelt(context, name, posting[i], spelling) ||
            (only && votes_for(only, entity->country) < COUNTRY_VOTES) ||
            is_bare_short_form(context, name, entity, posting[i]) ||
            gives_way(context, choice.namesake, entity, posting[i]))
            continue;
        if (!choice.best || is_twin(context, entity, choice.best)) {
            choice.best = entity;
            choice.by_form = WD_GAZ_IS_FORM(posting[i]);
            choice.by_initials = WD_GAZ_IS_CAPS(posting[i]) && choice.by_form;
        } else if (!choice.second && !same_thing(context, choice.best, entity) &&
                   !is_twin(context, choice.best, entity)) {
            choice.second = entity;
        }
    }
    return choice;
}

static struct choice choose(const struct tag_context *context,
                            const struct tag_name *name, const struct tag_countries *only)
{
    struct choice choice = {0};
    const struct tag_word *word = &context->words.word[name->first];
    unsigned shape = word->name.shape;
    bool is_initials = name->first == name->last &&
                       ((shape & WD_SHAPE_DOTTED) || (word->name.length <= INITIALS_MAX &&
                                                      !(word->flags & TAG_IN_CAPS)));
    uint32_t node = node_of(context, name);
    if (!node)
        return choice;
    if (shape & WD_SHAPE_CAPS)
        choice = choose_spelt(context, name, node, only, IN_CAPITALS);
    if (choice.best || (is_initials && (shape & WD_SHAPE_CAPS)))
        return choice;
    return choose_spelt(context, name, node, only, IN_ANY_CASE);
}

/* "Time Warner Cable", listed as a form of the owner, has an entry of its own: what one
 * source takes for another name of a body, a second one for a body, is not sure. */
static bool is_of_another(const struct tag_context *context, const struct choice *choice)
{
    return choice->by_form && choice->namesake && has_id(context, choice->best) &&
           !same_thing(context, choice->best, choice->namesake);
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

/* How prominent the bearer of a name has to be. Strengths are logarithms of how many
 * people have a name, so that their sum is one of how many have both: 184 for James
 * Baker, 106 for Dick Cheney, 60 for Rahul Gandhi. */
static uint8_t person_minimum(const struct tag_context *context,
                              const struct tag_name *name)
{
    const struct tag_words *words = &context->words;
    uint32_t last = wd_tag_surname_of(words, name->first, name->last);
    const struct wd_gaz_word *given = words->word[name->first].gaz;
    const struct wd_gaz_word *surname = words->word[last].gaz;
    unsigned sum = given && surname ? given->given + surname->surname : 0;
    if (!given || !surname || given->given == 0 || surname->surname < RARE_NAME ||
        sum <= RARE_SUM || (name->node && name->last >= name->first + 2))
        return PERSON_RARE;
    return sum <= SCARCE_SUM ? PERSON_SCARCE : PERSON_KNOWN;
}

/* Is every word of the name mostly written small? */
static bool is_ordinary(const struct tag_context *context, const struct tag_name *name)
{
    for (uint32_t i = name->first; i <= name->last; i++) {
        const struct wd_gaz_word *gaz = context->words.word[i].gaz;
        if (!gaz || gaz->lower < WORD_LOWER)
            return false;
    }
    return true;
}

/* Only the article's own country has this body; entries without one are unique. */
static bool is_at_home(const struct tag_countries *countries,
                       const struct wd_gaz_entity *entity)
{
    uint32_t votes = votes_for(countries, entity->country);
    if (!entity->country[0])
        return true;
    for (uint32_t i = 0; i < countries->n_countries; i++) {
        if (countries->country[i].votes > votes)
            return false;
    }
    return votes > 0;
}

/* "Kingston, Ontario", "Athens, Ga.": the countries that the words behind the comma may
 * lie in; none when no place of a `wanted` kind stands there. */
static struct tag_countries countries_behind(const struct tag_context *context,
                                             const struct tag_name *name, uint8_t wanted)
{
    const struct tag_words *words = &context->words;
    struct tag_countries behind = {0};
    uint32_t i = name->last + 2;
    if (i >= words->n_words || words->word[i - 1].name.kind != WD_NAME_SIGN ||
        words->word[i - 1].name.sign != ',' || !(words->word[i].flags & TAG_IS_CAP))
        return behind;
    uint32_t node = words->word[i].gaz ? words->word[i].gaz->node : 0;
    while (node) {
        size_t count = 0;
        const uint32_t *posting = wd_gazetteer_postings(context->gaz, node, &count);
        for (size_t k = 0; k < count; k++) {
            const struct wd_gaz_entity *entity =
                wd_gazetteer_entity(context->gaz, posting[k]);
            if (entity->type == WD_GAZ_PLACE && (entity->flags & wanted))
                add_vote(&behind, entity->country, COUNTRY_VOTES);
        }
        if (++i >= words->n_words || !words->word[i].gaz)
            break;
        node = wd_gazetteer_step(context->gaz, node, words->word[i].gaz->id);
    }
    return behind;
}

/* Of the towns of one name in a country the list does not know the states: the one meant
 * is sure when there is no other, or none that comes near. */
static const struct wd_gaz_entity *link_inside(const struct tag_context *context,
                                               const struct tag_name *name,
                                               const struct tag_countries *inside)
{
    struct choice choice = choose(context, name, inside);
    bool is_sure = choice.best &&
                   (!choice.second ||
                    choice.best->prominence >= choice.second->prominence + STATE_MARGIN);
    return is_sure ? choice.best : NULL;
}

static bool is_found_at(const struct tag_context *context, uint32_t word)
{
    size_t from = 0, to = context->n_found;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (context->found[middle].first < word)
            from = middle + 1;
        else
            to = middle;
    }
    return from < context->n_found && context->found[from].first == word;
}

/* "Waldorf-Astoria" is no town, nor "Cheyenne" in "Cheyenne Tribe"; of "U.S.-China" both
 * are what they are, and "Texas Republicans" are of Texas. */
static bool is_cut_off(const struct tag_context *context, const struct tag_name *name,
                       const struct wd_gaz_entity *entity)
{
    const struct tag_words *words = &context->words;
    const uint8_t large = WD_GAZ_COUNTRY | WD_GAZ_STATE | WD_GAZ_REGION | WD_GAZ_CAPITAL;
    uint32_t behind = name->last + 1;
    if (entity->flags & large)
        return false;
    if (words->word[name->first].name.gap == WD_GAP_HYPHEN)
        return true;
    if (behind >= words->n_words || !(words->word[behind].flags & TAG_IS_CAP))
        return false;
    const struct tag_word *next = &words->word[behind];
    bool is_other = (next->flags & (TAG_IN_CAPS | TAG_IN_TITLE | TAG_IS_COMMON |
                                    TAG_IN_TITLE_OF | TAG_STARTS_SENTENCE)) ||
                    (next->gaz && next->gaz->is_calendar);
    return next->name.gap == WD_GAP_HYPHEN ||
           (next->name.gap == WD_GAP_SPACE && next->name.kind == WD_NAME_WORD &&
            !is_other && !is_found_at(context, behind));
}

/* A town in a country that nothing else in the article speaks of, or much less than of
 * another: "Ashfield" in an article on Britain is not the one near Sydney, nor "Olympia"
 * in one on Greece the capital of Washington State. */
static bool is_stranger(const struct tag_countries *countries,
                        const struct wd_gaz_entity *entity)
{
    uint32_t votes = votes_for(countries, entity->country), most = 0;
    votes -= votes < TOWN_VOTES ? votes : TOWN_VOTES; /* its own do not count */
    for (uint32_t i = 0; i < countries->n_countries; i++) {
        if (memcmp(countries->country[i].code, entity->country, 2) != 0 &&
            countries->country[i].votes > most)
            most = countries->country[i].votes;
    }
    return entity->country[0] && (votes == 0 || votes * 2 < most);
}

/* Tripoli in an article on Lebanon, Athens in one on Georgia's football: the country that
 * the article is about has a large town of that name, too. */
static bool has_rival_at_home(const struct tag_context *context,
                              const struct tag_countries *countries,
                              const struct tag_name *name,
                              const struct wd_gaz_entity *best)
{
    size_t count = 0;
    const uint32_t *posting = wd_gazetteer_postings(context->gaz, name->node, &count);
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        if (entity != best && entity->type == WD_GAZ_PLACE &&
            entity->prominence >= RIVAL_KNOWN &&
            votes_for(countries, entity->country) > TOWN_VOTES)
            return true;
    }
    return false;
}

/* "Jordan said he would play": of a place that is called as people are, something else in
 * the article has to speak. */
static bool may_be_person(const struct tag_context *context,
                          const struct tag_countries *countries,
                          const struct tag_name *name, const struct wd_gaz_entity *best)
{
    const struct wd_gaz_word *word = context->words.word[name->first].gaz;
    uint32_t own_votes = best->flags & WD_GAZ_COUNTRY ? 1 : TOWN_VOTES;
    return name->first == name->last && word && word->given >= GIVEN_COMMON &&
           word->surname >= SURNAME_COMMON &&
           votes_for(countries, best->country) <= own_votes;
}

/* The place that a name means. A town so small that only the article's country speaks for
 * it must not be called by ordinary words, nor share its name with another one. */
static const struct wd_gaz_entity *link_place(const struct tag_context *context,
                                              const struct tag_countries *countries,
                                              const struct tag_name *name,
                                              const struct choice *choice)
{
    bool is_word = is_ordinary(context, name);
    bool is_country = choice->best && (choice->best->flags & WD_GAZ_COUNTRY);
    if (is_country && countries_behind(context, name, WD_GAZ_COUNTRY).n_countries)
        return choice->best; /* "Croatia, Georgia, Macedonia" is a list of countries */
    struct tag_countries behind =
        countries_behind(context, name, WD_GAZ_COUNTRY | WD_GAZ_STATE);
    if (behind.n_countries)
        return link_inside(context, name, &behind);
    if (name->is_side || (choice->best && is_cut_off(context, name, choice->best)))
        return NULL;
    if (is_clear(choice) && choice->best->prominence >= PLACE_MINIMUM) {
        bool strange = is_stranger(countries, choice->best);
        bool is_only = !choice->second && !choice->by_form;
        uint8_t least = strange   ? is_only ? STRANGER_ONLY : STRANGER_KNOWN
                        : is_word ? WORD_KNOWN
                                  : 0;
        if (may_be_person(context, countries, name, choice->best) ||
            (strange && has_rival_at_home(context, countries, name, choice->best)))
            return NULL;
        return choice->best->prominence >= least ? choice->best : NULL;
    }
    struct choice near = choose(context, name, countries);
    if (is_word || !is_clear(&near) ||
        near.best->prominence + NEAR_MARGIN < choice->best->prominence)
        return NULL;
    return near.best->prominence >= PLACE_MINIMUM || !choice->second ? near.best : NULL;
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
        add_vote(ret_countries, choice.best->country, is_inside ? TOWN_VOTES : 1);
    }
}

/* "September 11, 1862" is a day, not the attacks. */
static bool is_dated(const struct tag_context *context, const struct tag_name *name)
{
    const struct tag_words *words = &context->words;
    return name->last + 2 < words->n_words &&
           words->word[name->last + 1].name.sign == ',' &&
           words->word[name->last + 2].name.kind == WD_NAME_NUMBER;
}

/* "Sun" is a paper and was a maker of computers: the article has to call one of them by
 * more of its name. */
static bool is_any_word(const struct tag_context *context, const struct tag_name *name,
                        const struct wd_gaz_entity *best)
{
    const struct tag_word *word = &context->words.word[name->first];
    return name->label == WD_LABEL_ORGANISATION && name->first == name->last &&
           !best->country[0] && word->gaz && word->gaz->lower >= WORD_SHARED &&
           !(word->name.shape & (WD_SHAPE_CAPS | WD_SHAPE_DOTTED));
}

/* "Solaris", "Saturn": of thousands of small brands one is called by any word. "Chicago"
 * may be any of the city's clubs, and is not the band. */
static bool is_unsure_body(const struct tag_context *context, const struct tag_name *name,
                           const struct choice *choice)
{
    bool is_word = name->first == name->last;
    size_t count = 0;
    const uint32_t *posting = wd_gazetteer_postings(context->gaz, name->node, &count);
    if (is_word && choice->best->prominence < BRAND_KNOWN)
        return true;
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *other = wd_gazetteer_entity(context->gaz, posting[i]);
        if (other->type == WD_GAZ_PLACE &&
            choice->best->prominence < other->prominence + CLEAR_MARGIN)
            return true;
    }
    return false;
}

const struct wd_gaz_entity *wd_tag_link_name(const struct tag_context *context,
                                             const struct tag_countries *countries,
                                             const struct tag_name *name,
                                             bool *ret_shared)
{
    *ret_shared = false;
    if (name->own) /* the user's lists have said it */
        return NULL;
    if (name->label == WD_LABEL_PERSON && name->first == name->last)
        return NULL;
    struct choice choice = choose(context, name, NULL);
    if (!choice.best)
        return NULL;
    if (name->label == WD_LABEL_PLACE)
        return link_place(context, countries, name, &choice);
    if (!is_clear(&choice) || !is_at_home(countries, choice.best) ||
        is_of_another(context, &choice))
        return NULL;
    if (name->label == WD_LABEL_PERSON) {
        uint8_t least = person_minimum(context, name);
        if (choice.by_form && least < PERSON_SCARCE)
            least = PERSON_SCARCE; /* "El Niño" is not the Christ Child */
        return choice.best->prominence >= least ? choice.best : NULL;
    }
    if (name->label == WD_LABEL_EVENT && is_dated(context, name))
        return NULL;
    if (name->label == WD_LABEL_ORGANISATION && is_unsure_body(context, name, &choice))
        return NULL;
    if (choice.by_form && choice.best->prominence < FORM_KNOWN &&
        is_ordinary(context, name)) /* "Air Force" is not only that of the academy */
        return NULL;
    *ret_shared = is_any_word(context, name, choice.best) ||
                  (choice.by_initials && choice.best->prominence < INITIALS_KNOWN);
    return choice.best;
}
