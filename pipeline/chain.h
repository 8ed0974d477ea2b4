/* chain.h -- the opened half of the stage table: pure or ordered.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_CHAIN_H
#define WD_CHAIN_H

#include "wiredesk/options.h"
#include "wiredesk/stage.h"

#define WD_CHAIN_MAX 16

struct wd_link {
    const struct wd_stage *stage;
    size_t place; /* of the stage in wd_stages() */
    void *state;
};

struct wd_chain {
    struct wd_link links[WD_CHAIN_MAX];
    size_t n_links;
    struct wd_model models[WD_CHAIN_MAX * WD_STAGE_MODELS]; /* versions are the stages' */
    size_t n_models;
    struct wd_options opts; /* data_dir is the chain's own copy */
    char *data_dir;
};

/* Opens every stage of one kind, in table order. On failure nothing stays open. */
int wd_chain_open(struct wd_chain *chain, const struct wd_options *opts, bool is_ordered,
                  struct wd_error *err);

/* Closes what is open, last first. Safe on a zeroed chain. */
void wd_chain_close(struct wd_chain *chain);

/* Runs the stages until one does not return WD_OK, and notes its name in the article. */
int wd_chain_run(const struct wd_chain *chain, struct wd_article *art);

/* Lets every stage ask for the memory that the sketch will need. */
void wd_chain_expect(const struct wd_chain *chain, const struct wd_sketch *sketch);

/* Lets every stage make ready for so many sketches of a log. */
void wd_chain_reserve(const struct wd_chain *chain, size_t n);

/* Lets every stage take the sketches, WD_APPLY_MAX at most, into its state. */
int wd_chain_apply(const struct wd_chain *chain, const struct wd_sketch *const *sketches,
                   size_t n);

/* Lets every stage do what it put off then, before the next run. */
int wd_chain_settle(const struct wd_chain *chain);

#endif
