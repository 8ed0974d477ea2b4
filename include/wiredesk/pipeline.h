/* pipeline.h -- the pure stages: decode, clean, tokenize, tag, sketch.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A pipeline is read only once it is open: any number of threads may run articles through
 * it, in any order, and the same record always gives the same facts. */
#ifndef WIREDESK_PIPELINE_H
#define WIREDESK_PIPELINE_H

#include "wiredesk/article.h"
#include "wiredesk/export.h"
#include "wiredesk/options.h"

struct wd_pipeline;

/* WD_EDATA, WD_ECONFIG, WD_EORDER or WD_ENOMEM, told in *err; *ret_pl is set on success.
 */
WD_API WD_MUST_CHECK int wd_pipeline_open(const struct wd_options *opts,
                                          struct wd_pipeline **ret_pl,
                                          struct wd_error *err);

/* NULL-safe. No article may be under way. */
WD_API void wd_pipeline_close(struct wd_pipeline *pl);

/* Runs the pure stages over an article that wd_article_begin() prepared. WD_OK; a status
 * of class INPUT when the record is refused (wd_article_error() says why); WD_ENOMEM. */
WD_API WD_MUST_CHECK int wd_pipeline_run(const struct wd_pipeline *pl,
                                         struct wd_article *art);

#endif
