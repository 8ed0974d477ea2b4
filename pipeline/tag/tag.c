/* tag.c -- people, organisations, places and events of an article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The stage works on words of its own (name_words.h) inside the sentences that the
 * tokenizer found, so that names are the same whatever a token is. parts.h draws how the
 * work is divided. The state is the mapped gazetteer and the word lists: read only. */
#include "tag/tag.h"

#include "tag/parts.h"

struct tag_state {
    struct wd_gazetteer gaz;
    char version[17]; /* of the gazetteer: its checksum */
    struct tag_lexicon *lexicon;
};

/* The file's format has a version; its content has none but itself. */
static void tag_model(const void *state, struct wd_model *ret_model)
{
    const struct tag_state *tag = state;
    *ret_model = (struct wd_model){"gazetteer", tag->version};
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
    for (unsigned i = 0; i < 16; i++)
        tag->version[i] =
            "0123456789abcdef"[tag->gaz.header->file.checksum >> (60 - 4 * i) & 0xf];
    return WD_OK;
}

static int tag_run(void *state, struct wd_article *art)
{
    const struct tag_state *tag = state;
    struct tag_context context = {
        .gaz = &tag->gaz,
        .lexicon = tag->lexicon,
        .art = art,
        .text = art->facts.text,
    };
    int r = wd_tag_read_words(&context);
    if (r < 0)
        return r;
    r = wd_tag_choose(&context);
    if (r < 0)
        return r;
    return wd_tag_document(&context);
}

static void tag_close(void *state)
{
    struct tag_state *tag = state;
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
    .model = tag_model,
    .close = tag_close,
};
