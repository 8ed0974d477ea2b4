/* tag.c -- people, organisations, places and events of an article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The stage works on words of its own (name_words.h) inside the sentences that the
 * tokenizer found, so that names are the same whatever a token is. parts.h draws how the
 * work is divided. The state is the mapped gazetteer, the mapped model and the word
 * lists: read only. Without a model the rules tag alone. */
#include "tag/tag.h"

#include "tag/marks.h"
#include "tag/model.h"
#include "tag/nicknames.h"
#include "tag/occasions.h"
#include "tag/own.h"
#include "tag/parts.h"
#include "tag/teams.h"

#define ABROAD_KNOWN 45 /* prominence of a single word in another language's text */
#define ABROAD_PLACE 40 /* of a place of several words */
#define ABROAD_SHORT 4  /* letters of a form that is rather another word there */

struct tag_state {
    struct wd_gazetteer gaz;
    char gaz_version[17]; /* its checksum */
    char model_version[17];
    struct tag_lexicon *lexicon;
    struct tag_model model;
    struct tag_own own;
};

/* A file's format has a version; its content has none but itself. */
static void name_version(uint64_t checksum, char version[17])
{
    for (unsigned i = 0; i < 16; i++)
        version[i] = "0123456789abcdef"[checksum >> (60 - 4 * i) & 0xf];
    version[16] = '\0';
}

static size_t tag_models(const void *state, struct wd_model ret_models[WD_STAGE_MODELS])
{
    const struct tag_state *tag = state;
    ret_models[0] = (struct wd_model){"gazetteer", tag->gaz_version};
    ret_models[1] = (struct wd_model){"tagger", tag->model_version};
    return 2;
}

static int tag_open(void *state, const struct wd_options *opts, struct wd_error *err)
{
    struct tag_state *tag = state;
    int r = wd_tag_lexicon_new(&tag->lexicon);
    if (r < 0)
        return wd_error_set(err, r, WD_NO_OFFSET, NULL);
    r = wd_gazetteer_open(opts->data_dir, &tag->gaz, err);
    if (r < 0)
        return r;
    r = wd_tag_model_open(opts->data_dir, &tag->model, err);
    if (r < 0)
        return r;
    r = wd_tag_own_open(opts, &tag->own, err);
    if (r < 0)
        return r;
    name_version(tag->gaz.header->file.checksum, tag->gaz_version);
    if (tag->model.header)
        name_version(tag->model.header->file.checksum, tag->model_version);
    else
        memcpy(tag->model_version, "rules", sizeof("rules"));
    return WD_OK;
}

/* May this entry be meant by a name of another language? "La" is no Louisiana, any noun
 * of a German text may be some village, and "La Croix-Rouge" is one in France. */
static bool is_known_abroad(const struct tag_word *word, bool is_single,
                            const struct wd_gaz_entity *entity, uint32_t posting)
{
    bool is_spelt_short =
        word->name.shape & (WD_SHAPE_CAPS | WD_SHAPE_DOTTED | WD_SHAPE_PERIOD);
    if (!is_single)
        return entity->type != WD_GAZ_PLACE || entity->prominence >= ABROAD_PLACE;
    return entity->prominence >= ABROAD_KNOWN &&
           (is_spelt_short || !WD_GAZ_IS_FORM(posting) ||
            word->name.length > ABROAD_SHORT);
}

/* "L'équipe", "d'Italia": an article that is drawn to its word, which is no name. */
static bool is_elided(struct wd_str text, struct wd_span word)
{
    const char *at = text.data + word.start + 1, *end = text.data + word.end;
    if (at < end && *at == '\'')
        at += 1;
    else if (end - at > 3 && memcmp(at, "\xe2\x80\x99", 3) == 0)
        at += 3;
    else
        return false;
    unsigned char first = at < end ? (unsigned char)*at : 0;
    unsigned char second = end - at > 1 ? (unsigned char)at[1] : 0;
    return (first >= 'a' && first <= 'z') || (first == 0xc3 && second >= 0xa0);
}

/* "La Croix-Rouge" is no newspaper. */
static bool is_cut_by_hyphen(const struct tag_words *words, const struct tag_found *found)
{
    return words->word[found->first].name.gap == WD_GAP_HYPHEN ||
           (found->last + 1 < words->n_words &&
            words->word[found->last + 1].name.gap == WD_GAP_HYPHEN);
}

static bool is_listed(const struct tag_context *context, const struct tag_found *found)
{
    const struct tag_word *first = &context->words.word[found->first];
    const struct tag_word *last = &context->words.word[found->last];
    bool is_single = first == last;
    size_t count = 0;
    /* Groups are listed by their English names. What stands in small letters elsewhere in
     * the article is an ordinary word. */
    if (found->label == WD_LABEL_GROUP || !found->node || !(last->flags & TAG_IS_CAP) ||
        is_cut_by_hyphen(&context->words, found) ||
        (is_single &&
         ((first->marks & MARK_SMALL) || is_elided(context->text, first->name.span))))
        return false;
    const uint32_t *posting = wd_gazetteer_postings(context->gaz, found->node, &count);
    for (size_t i = 0; i < count; i++) {
        const struct wd_gaz_entity *entity =
            wd_gazetteer_entity(context->gaz, posting[i]);
        if (entity->type == found->label &&
            is_known_abroad(first, is_single, entity, posting[i]))
            return true;
    }
    return false;
}

static uint32_t node_of(const struct tag_context *context, uint32_t first, uint32_t last)
{
    const struct tag_word *word = context->words.word;
    uint32_t node = word[first].gaz ? word[first].gaz->node : 0;
    for (uint32_t i = first + 1; i <= last && node; i++)
        node = word[i].gaz ? wd_gazetteer_step(context->gaz, node, word[i].gaz->id) : 0;
    return node;
}

/* "Bundeskanzlerin Angela Merkel": titles of other languages pass for given names. */
static bool is_listed_behind_title(const struct tag_context *context,
                                   struct tag_found *found)
{
    while (!is_listed(context, found)) {
        if (found->label != WD_LABEL_PERSON || found->first == found->last)
            return false;
        found->first++;
        found->node = node_of(context, found->first, found->last);
    }
    return true;
}

/* Rules and model speak English. In other languages they see names where there are none,
 * so that only those stay which the gazetteer knows as they stand. */
static void keep_listed(struct tag_context *context)
{
    size_t n_kept = 0;
    for (size_t i = 0; i < context->n_found; i++) {
        if (is_listed_behind_title(context, &context->found[i]))
            context->found[n_kept++] = context->found[i];
    }
    context->n_found = n_kept;
}

static int tag_run(void *state, struct wd_article *art)
{
    const struct tag_state *tag = state;
    struct tag_context context = {
        .gaz = &tag->gaz,
        .lexicon = tag->lexicon,
        .model = &tag->model,
        .has_clusters = tag_model_has_clusters(&tag->model),
        .own = &tag->own,
        .art = art,
        .text = art->facts.text,
    };
    int r = wd_tag_read_words(&context);
    if (r < 0)
        return r;
    if (tag->model.header) {
        r = wd_tag_mark_words(&context);
        if (r < 0)
            return r;
    }
    r = wd_tag_choose(&context);
    if (r < 0)
        return r;
    if (wd_facts_is_foreign(&art->facts))
        keep_listed(&context);
    wd_tag_join_nicknames(&context);
    r = wd_tag_find_occasions(&context);
    if (r < 0)
        return r;
    r = wd_tag_find_teams(&context);
    if (r < 0)
        return r;
    r = wd_tag_apply_own(&context);
    if (r < 0)
        return r;
    return wd_tag_document(&context);
}

static void tag_close(void *state)
{
    struct tag_state *tag = state;
    wd_tag_own_close(&tag->own);
    wd_tag_model_close(&tag->model);
    wd_gazetteer_close(&tag->gaz);
    wd_tag_lexicon_free(tag->lexicon);
    tag->lexicon = NULL;
}

const struct wd_stage wd_stage_tag = {
    .name = "tag",
    .summary = "finds people, organisations, places and events",
    .needs = WD_HAS_TEXT | WD_HAS_TOKENS,
    .gives = WD_HAS_ENTITIES,
    .state_size = sizeof(struct tag_state),
    .open = tag_open,
    .run = tag_run,
    .models = tag_models,
    .close = tag_close,
};
