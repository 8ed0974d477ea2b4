/* chain.c -- opens, runs and closes the stages of one kind.
 * SPDX-License-Identifier: Apache-2.0 */
#include "chain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/article.h"

static int chain_add(struct wd_chain *chain, size_t place, struct wd_error *err)
{
    const struct wd_stage *stage = wd_stages()[place];
    assert(chain->n_links < WD_CHAIN_MAX);
    struct wd_link *link = &chain->links[chain->n_links];
    link->stage = stage;
    link->place = place;
    link->state = NULL;
    if (stage->state_size) {
        link->state = calloc(1, stage->state_size);
        if (!link->state)
            return wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    }
    chain->n_links++; /* from here on wd_chain_close() sees to it */
    int r = stage->open ? stage->open(link->state, &chain->opts, err) : WD_OK;
    if (r == WD_OK && stage->models)
        chain->n_models += stage->models(link->state, &chain->models[chain->n_models]);
    return r;
}

int wd_chain_open(struct wd_chain *chain, const struct wd_options *opts, bool is_ordered,
                  struct wd_error *err)
{
    *chain = (struct wd_chain){.opts = *opts};
    chain->data_dir = strdup(opts->data_dir ? opts->data_dir : WD_DATA_DIR);
    int r = WD_ENOMEM;
    if (!chain->data_dir) {
        (void)wd_error_set(err, r, WD_NO_OFFSET, NULL);
        goto out;
    }
    chain->opts.data_dir = chain->data_dir;

    r = wd_stages_check(wd_stages(), err);
    for (size_t i = 0; r == WD_OK && wd_stages()[i]; i++) {
        if (wd_stages()[i]->is_ordered == is_ordered)
            r = chain_add(chain, i, err);
    }
    chain->opts.gazetteers = NULL; /* opened; what is the caller's may go */
    chain->opts.list_fault = NULL;
    chain->opts.list_fault_arg = NULL;
out:
    if (r < 0)
        wd_chain_close(chain);
    return r;
}

void wd_chain_close(struct wd_chain *chain)
{
    while (chain->n_links) {
        struct wd_link *link = &chain->links[--chain->n_links];
        if (link->stage->close)
            link->stage->close(link->state);
        free(link->state);
    }
    free(chain->data_dir);
    chain->data_dir = NULL;
}

/* Copied: the article may be written out after a reload closed this chain. */
static int note_models(const struct wd_chain *chain, struct wd_article *art)
{
    struct wd_model *models =
        wd_arena_alloc(&art->arena, chain->n_models * sizeof(*models));
    if (!models)
        return WD_ENOMEM;
    for (size_t i = 0; i < chain->n_models; i++) {
        struct wd_str version =
            wd_arena_copy(&art->arena, wd_str_from(chain->models[i].version));
        if (!version.data)
            return WD_ENOMEM;
        models[i] = (struct wd_model){chain->models[i].name, version.data};
    }
    art->facts.models = models;
    art->facts.n_models = chain->n_models;
    return WD_OK;
}

int wd_chain_run(const struct wd_chain *chain, struct wd_article *art)
{
    art->opts = &chain->opts;
    if (chain->n_models != 0 && note_models(chain, art) < 0)
        return wd_error_set(&art->error, WD_ENOMEM, WD_NO_OFFSET, NULL);
    for (size_t i = 0; i < chain->n_links; i++) {
        const struct wd_link *link = &chain->links[i];
        int r = link->stage->run(link->state, art);
        if (art->watch.stage_done)
            art->watch.stage_done(art->watch.opaque, link->place);
        if (r < 0) {
            art->failed_stage = link->stage->name;
            if (art->error.status != r)
                (void)wd_error_set(&art->error, r, WD_NO_OFFSET, NULL);
            return r;
        }
        art->facts.has |= link->stage->gives;
    }
    return WD_OK;
}

void wd_chain_expect(const struct wd_chain *chain, const struct wd_sketch *sketch)
{
    for (size_t i = 0; i < chain->n_links; i++) {
        const struct wd_link *link = &chain->links[i];
        if (link->stage->expect)
            link->stage->expect(link->state, sketch);
    }
}

void wd_chain_reserve(const struct wd_chain *chain, size_t n)
{
    for (size_t i = 0; i < chain->n_links; i++) {
        const struct wd_link *link = &chain->links[i];
        if (link->stage->reserve)
            link->stage->reserve(link->state, n);
    }
}

int wd_chain_apply(const struct wd_chain *chain, const struct wd_sketch *const *sketches,
                   size_t n)
{
    for (size_t i = 0; i < chain->n_links; i++) {
        const struct wd_link *link = &chain->links[i];
        int r = link->stage->apply(link->state, sketches, n);
        if (r < 0)
            return r;
    }
    return WD_OK;
}

int wd_chain_settle(const struct wd_chain *chain)
{
    for (size_t i = 0; i < chain->n_links; i++) {
        const struct wd_link *link = &chain->links[i];
        int r = link->stage->settle ? link->stage->settle(link->state) : WD_OK;
        if (r < 0)
            return r;
    }
    return WD_OK;
}
