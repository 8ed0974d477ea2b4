/* entities.c -- one entity for each thing, however it is written.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Names join when they are the same words; when the gazetteer says that they are the same
 * thing ("U.S.", "United States"); when one is the surname or the given name of the other
 * ("Mr. Hegseth", "Pete Hegseth"); when one is introduced as the other's acronym
 * ("Ukraine Defense Contact Group (UDCG)"); and when a company lacks only its legal form.
 * Whom a surname means that two people share, document.c has decided. */
#include "tag/entities.h"

#include "tag/acronyms.h"
#include "tag/link.h"
#include "tag/nicknames.h"

#define NO_ENTITY UINT32_MAX

struct builder {
    struct tag_context *context;
    struct tag_names *names;
    struct tag_countries countries;
    uint32_t *parent;                    /* of each name: union-find */
    const struct wd_gaz_entity **linked; /* of each name; NULL: none */
    uint32_t *entity_of;                 /* of each root name */
    bool *is_own;                        /* of each entity: named by the user's lists */
    uint32_t *own_before; /* of a name in the user's lists: the one before it */
};

static uint32_t root_of(const struct builder *build, uint32_t name)
{
    while (build->parent[name] != name)
        name = build->parent[name];
    return name;
}

/* Joins two names; the one that stands earlier in the text becomes the root. */
static void join(struct builder *build, uint32_t a, uint32_t b)
{
    a = root_of(build, a);
    b = root_of(build, b);
    if (a < b)
        build->parent[b] = a;
    else
        build->parent[a] = b;
}

static const struct tag_word *first_word(const struct builder *build, uint32_t name)
{
    return &build->context->words.word[build->names->name[name].first];
}

static uint64_t surname_hash(const struct builder *build, uint32_t name)
{
    const struct tag_words *words = &build->context->words;
    const struct tag_name *n = &build->names->name[name];
    return words->word[wd_tag_surname_of(words, n->first, n->last)].name.hash;
}

/* ---------------------------------------------------------------------------- persons */

/* Does a name hold, in quotation marks, what the other one begins with? */
static bool is_nicknamed(const struct builder *build, uint32_t name, uint32_t other)
{
    const struct tag_words *words = &build->context->words;
    const struct tag_name *n = &build->names->name[name];
    uint32_t first, last;
    return wd_tag_nickname_of(words, n->first, n->last, &first, &last) &&
           words->word[first].name.hash == first_word(build, other)->name.hash;
}

/* "Kilroy-Silk" and "Robert Kilroy-Silk": both end with the same surname. */
static bool is_double_surname(const struct builder *build, uint32_t name, uint32_t other)
{
    const struct tag_word *word = build->context->words.word;
    const struct tag_name *n = &build->names->name[name],
                          *full = &build->names->name[other];
    return n->last == n->first + 1 && word[n->last].name.gap == WD_GAP_HYPHEN &&
           full->last >= full->first + 2 &&
           word[full->last - 1].name.hash == word[n->first].name.hash;
}

/* "Donald Trump" and "Donald J. Trump"; "J. Smith" and "John Smith"; "Magic Johnson" and
 * "Earvin "Magic" Johnson". */
static bool same_person(const struct builder *build, uint32_t a, uint32_t b)
{
    const struct tag_word *x = first_word(build, a), *y = first_word(build, b);
    if (x->name.hash == y->name.hash || is_nicknamed(build, a, b) ||
        is_nicknamed(build, b, a) || is_double_surname(build, a, b) ||
        is_double_surname(build, b, a))
        return true;
    bool is_initial = (x->name.shape | y->name.shape) & WD_SHAPE_SINGLE;
    struct wd_str text = build->context->text;
    return is_initial && text.data[x->name.span.start] == text.data[y->name.span.start];
}

/* John Adams and John Quincy Adams: known, and for two. */
static bool are_two(const struct builder *build, uint32_t a, uint32_t b)
{
    return build->linked[a] && build->linked[b] && build->linked[a] != build->linked[b];
}

static void join_full_names(struct builder *build)
{
    const struct tag_names *names = build->names;
    for (uint32_t i = 0; i < names->n_names; i++) {
        const struct tag_name *name = &names->name[i];
        if (name->label != WD_LABEL_PERSON || name->first == name->last)
            continue;
        uint32_t other =
            wd_tag_names_by_last(names, &build->context->words, surname_hash(build, i));
        for (; other != TAG_NO_NAME; other = names->name[other].next_last) {
            if (other != i && same_person(build, i, other) && !are_two(build, i, other)) {
                join(build, i, other);
                break;
            }
        }
    }
}

/* The full name that a bare surname stands for: one before it, else the one behind it
 * if all are the same person's. */
static uint32_t full_name_for(const struct builder *build, uint32_t name)
{
    const struct tag_names *names = build->names;
    if (names->name[name].full != TAG_NO_NAME)
        return names->name[name].full;
    uint32_t first = TAG_NO_NAME;
    uint32_t other =
        wd_tag_names_by_last(names, &build->context->words, surname_hash(build, name));
    for (; other != TAG_NO_NAME; other = names->name[other].next_last) {
        if (names->name[name].is_ruler &&
            wd_tag_is_mere_namesake(build->context, &names->name[other]))
            continue;
        if (first != TAG_NO_NAME && !same_person(build, first, other))
            return TAG_NO_NAME;
        first = first == TAG_NO_NAME ? other : first;
    }
    return first;
}

static void join_surnames(struct builder *build)
{
    const struct tag_names *names = build->names;
    for (uint32_t i = 0; i < names->n_names; i++) {
        const struct tag_name *name = &names->name[i];
        if (name->label != WD_LABEL_PERSON || name->first != name->last)
            continue;
        uint32_t full = full_name_for(build, i);
        if (full != TAG_NO_NAME && full != i)
            join(build, i, full);
    }
}

static bool is_full_name(const struct tag_name *name)
{
    return name->label == WD_LABEL_PERSON && name->first != name->last;
}

/* The slot of a given name in an open-addressed table of full names. */
static uint32_t *given_slot(const struct builder *build, uint32_t *table, uint64_t hash)
{
    uint32_t mask = build->names->n_slots - 1, i = (uint32_t)(hash >> 20) & mask;
    while (table[i] != TAG_NO_NAME && first_word(build, table[i])->name.hash != hash)
        i = (i + 1) & mask;
    return &table[i];
}

/* A bare given name joins when exactly one person of the article has it, and nobody is
 * called so by surname. */
static int join_given_names(struct builder *build)
{
    const struct tag_names *names = build->names;
    size_t size = names->n_slots * sizeof(uint32_t);
    uint32_t *table = wd_arena_alloc(&build->context->art->arena, size);
    bool *is_shared =
        wd_arena_alloc(&build->context->art->arena, names->n_names * sizeof(bool));
    if (!table || !is_shared)
        return WD_ENOMEM;
    memset(table, 0xff, size);
    memset(is_shared, 0, names->n_names * sizeof(bool));
    for (uint32_t i = 0; i < names->n_names; i++) {
        if (!is_full_name(&names->name[i]))
            continue;
        uint32_t *slot = given_slot(build, table, first_word(build, i)->name.hash);
        if (*slot == TAG_NO_NAME)
            *slot = i;
        else if (root_of(build, *slot) != root_of(build, i))
            is_shared[*slot] = true;
    }
    for (uint32_t i = 0; i < names->n_names; i++) {
        const struct tag_name *name = &names->name[i];
        const struct tag_word *word = first_word(build, i);
        if (name->label != WD_LABEL_PERSON || name->first != name->last ||
            build->parent[i] != i || !word->gaz || !word->gaz->given)
            continue;
        uint32_t only = *given_slot(build, table, word->name.hash);
        if (only != TAG_NO_NAME && !is_shared[only])
            join(build, i, only);
    }
    return WD_OK;
}

/* ---------------------------------------------------------------------- organisations */

static bool has_id(const struct builder *build, uint32_t name)
{
    const struct wd_gaz_entity *entry = build->linked[name];
    return entry && wd_gazetteer_string(build->context->gaz, entry->uri).size;
}

/* Fox and Fox News: each has an id, and not the same. */
static bool are_known_two(const struct builder *build, uint32_t a, uint32_t b)
{
    return has_id(build, a) && has_id(build, b) && are_two(build, a, b);
}

/* "Apple Inc." and "Apple": the longer one goes on with nothing but heads of its kind. */
static void join_legal_forms(struct builder *build)
{
    const struct tag_names *names = build->names;
    const struct tag_words *words = &build->context->words;
    for (uint32_t i = 0; i < names->n_names; i++) {
        const struct tag_name *name = &names->name[i];
        if (name->label != WD_LABEL_ORGANISATION || name->first == name->last)
            continue;
        uint32_t last = name->last;
        while (last > name->first && (words->word[last].hints & HINT_ORG_HEAD)) {
            uint32_t other = wd_tag_names_find(
                names,
                tag_key_label(wd_tag_key(words, name->first, --last), name->label));
            if (other != TAG_NO_NAME && names->name[other].label == name->label &&
                !are_known_two(build, i, other))
                join(build, i, other);
        }
    }
}

/* "Long Name … LN", unless both are known and for two. */
static void join_initials(struct builder *build)
{
    const struct tag_names *names = build->names;
    for (uint32_t i = 0; i < names->n_names; i++) {
        uint32_t other = wd_tag_acronym_of(build->context, names, &names->name[i]);
        if (other != TAG_NO_NAME && !are_known_two(build, i, other))
            join(build, i, other);
    }
}

/* "Long Name (LN)": both were found, a parenthesis apart; not all letters need fit. */
static void join_acronyms(struct builder *build)
{
    const struct tag_context *context = build->context;
    const struct tag_word *word = context->words.word;
    for (size_t i = 1; i < context->n_found; i++) {
        const struct tag_found *name = &context->found[i - 1],
                               *acronym = &context->found[i];
        if (acronym->first != acronym->last || acronym->first != name->last + 2 ||
            word[name->last + 1].name.sign != '(' ||
            !(word[acronym->first].name.shape & WD_SHAPE_CAPS) ||
            name->label != acronym->label || name->first == name->last)
            continue;
        char initial = context->text.data[word[name->first].name.span.start];
        if (initial == context->text.data[word[acronym->first].name.span.start])
            join(build, name->entity, acronym->entity);
    }
}

/* --------------------------------------------------------------------------- gazetteer
 */

/* Which name links to an entry first: an open-addressed table of names. */
struct linked_table {
    uint32_t *slot;
    uint32_t n_slots;
};

/* Names that link to one entry are one entity. */
static void join_name(struct builder *build, const struct linked_table *table,
                      uint32_t name, bool shared_turn)
{
    bool is_shared;
    const struct wd_gaz_entity *entry = wd_tag_link_name(
        build->context, &build->countries, &build->names->name[name], &is_shared);
    if (!entry || is_shared != shared_turn)
        return;
    size_t index = (size_t)(entry - build->context->gaz->entities);
    uint32_t k = (uint32_t)index & (table->n_slots - 1);
    while (table->slot[k] != TAG_NO_NAME && build->linked[table->slot[k]] != entry)
        k = (k + 1) & (table->n_slots - 1);
    if (table->slot[k] == TAG_NO_NAME && is_shared)
        return;
    build->linked[name] = entry;
    if (table->slot[k] == TAG_NO_NAME)
        table->slot[k] = name;
    else
        join(build, table->slot[k], name);
}

/* Shared names are initials of organisations; they come last, when what is sure is known.
 */
static int join_linked(struct builder *build)
{
    const struct tag_names *names = build->names;
    struct linked_table table = {.n_slots = names->n_slots};
    table.slot = wd_arena_alloc(&build->context->art->arena,
                                table.n_slots * sizeof(table.slot[0]));
    if (!table.slot)
        return WD_ENOMEM;
    memset(table.slot, 0xff, table.n_slots * sizeof(table.slot[0]));
    memset((void *)build->linked, 0, names->n_names * sizeof(build->linked[0]));
    for (uint32_t i = 0; i < names->n_names; i++)
        join_name(build, &table, i, false);
    for (uint32_t i = 0; i < names->n_names; i++) {
        if (!build->linked[i] && names->name[i].label == WD_LABEL_ORGANISATION)
            join_name(build, &table, i, true);
    }
    return WD_OK;
}

/* Names that mean one entry of the user's lists are one entity. */
static void join_own(struct builder *build)
{
    const struct tag_names *names = build->names;
    uint32_t last = TAG_NO_NAME; /* with an entry; lists name few things in an article */
    for (uint32_t i = 0; i < names->n_names; i++) {
        if (!names->name[i].own)
            continue;
        for (uint32_t k = last; k != TAG_NO_NAME; k = build->own_before[k]) {
            if (names->name[k].own == names->name[i].own) {
                join(build, i, k);
                break;
            }
        }
        build->own_before[i] = last;
        last = i;
    }
}

/* ------------------------------------------------------------------------------ output
 */

/* The share of right ones among names of each score, in steps of one nat, counted on the
 * texts that score the tagger (dev_wikigold, dev_pud and 28 articles of wires, 4,072
 * names) and made to rise. By table, so that every machine rounds alike. */
static uint8_t confidence_of(int score)
{
    static const uint8_t percent[] = {53, 59, 68, 72, 81, 83, 87, 88, 91, 93, 94};
    int i = score < 0 ? 0 : score / 10;
    int n = (int)(sizeof(percent) / sizeof(percent[0]));
    return percent[i < n ? i : n - 1];
}

static int add_entity(struct builder *build, uint32_t root)
{
    struct wd_article *art = build->context->art;
    const struct tag_name *name = &build->names->name[root];
    build->entity_of[root] = (uint32_t)art->facts.n_entities;
    return wd_article_add_entity(art,
                                 (struct wd_entity){
                                     .label = name->label,
                                     .first_mention = (uint32_t)art->facts.n_mentions,
                                 });
}

static int add_mentions(struct builder *build)
{
    struct tag_context *context = build->context;
    struct wd_article *art = context->art;
    for (size_t i = 0; i < context->n_found; i++) {
        const struct tag_found *found = &context->found[i];
        if (art->opts && art->facts.n_mentions >= art->opts->limits.mentions)
            break; /* further ones are not tagged */
        uint32_t root = root_of(build, found->entity);
        if (build->entity_of[root] == NO_ENTITY) {
            int r = add_entity(build, root);
            if (r < 0)
                return r;
        }
        struct wd_mention mention = {
            .span = {context->words.word[found->first].name.span.start,
                     context->words.word[found->last].name.span.end},
            .entity = build->entity_of[root],
            .label = art->entities[build->entity_of[root]].label,
            .confidence = confidence_of(found->score),
        };
        int r = wd_article_add_mention(art, mention);
        if (r < 0)
            return r;
        art->entities[mention.entity].n_mentions++;
    }
    return WD_OK;
}

/* What the user's lists call a thing is its name, whatever else it is called. */
static void name_own_entities(struct builder *build)
{
    for (uint32_t i = 0; i < build->names->n_names; i++) {
        const struct tag_name *name = &build->names->name[i];
        uint32_t index = build->entity_of[root_of(build, i)];
        if (!name->own || index == NO_ENTITY || build->is_own[index])
            continue;
        struct wd_entity *entity = &build->context->art->entities[index];
        entity->uri = wd_gazetteer_string(name->own_gaz, name->own->uri);
        entity->name = wd_gazetteer_string(name->own_gaz, name->own->name);
        build->is_own[index] = true;
    }
}

/* The fullest name: the gazetteer's when linked, else the longest form of the text. */
static void name_entities(struct builder *build)
{
    struct tag_context *context = build->context;
    for (uint32_t i = 0; i < build->names->n_names; i++) {
        const struct tag_name *name = &build->names->name[i];
        uint32_t index = build->entity_of[root_of(build, i)];
        if (index == NO_ENTITY)
            continue;
        struct wd_entity *entity = &context->art->entities[index];
        const struct wd_gaz_entity *linked = build->linked[i];
        if (build->is_own[index])
            continue;
        if (linked && !entity->uri.size && linked->type == entity->label) {
            entity->uri = wd_gazetteer_string(context->gaz, linked->uri);
            if (entity->uri.size)
                entity->name = wd_gazetteer_string(context->gaz, linked->name);
        }
        if (entity->uri.size)
            continue;
        struct wd_str text = tag_span_text(context, name->first, name->last);
        if (text.size > entity->name.size)
            entity->name = text;
    }
}

int wd_tag_entities(struct tag_context *context, struct tag_names *names)
{
    struct wd_arena *arena = &context->art->arena;
    size_t n_names = names->n_names;
    struct builder build = {
        .context = context,
        .names = names,
        .parent = wd_arena_alloc(arena, n_names * sizeof(uint32_t)),
        .linked = wd_arena_alloc(arena, n_names * sizeof(build.linked[0])),
        .entity_of = wd_arena_alloc(arena, n_names * sizeof(uint32_t)),
        .is_own = wd_arena_alloc(arena, n_names * sizeof(bool)),
        .own_before = wd_arena_alloc(arena, n_names * sizeof(uint32_t)),
    };
    if (!build.parent || !build.linked || !build.entity_of || !build.is_own ||
        !build.own_before)
        return WD_ENOMEM;
    for (uint32_t i = 0; i < n_names; i++) {
        build.parent[i] = i;
        build.entity_of[i] = NO_ENTITY;
        build.is_own[i] = false;
    }
    wd_tag_count_countries(context, names, &build.countries);
    int r = join_linked(&build);
    if (r < 0)
        return r;
    join_own(&build);
    join_full_names(&build);
    join_surnames(&build);
    r = join_given_names(&build);
    if (r < 0)
        return r;
    join_legal_forms(&build);
    join_initials(&build);
    join_acronyms(&build);
    r = add_mentions(&build);
    if (r < 0)
        return r;
    name_own_entities(&build);
    name_entities(&build);
    return WD_OK;
}
