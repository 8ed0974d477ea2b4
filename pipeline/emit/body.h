/* body.h -- the document of an article before the desk was asked.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_BODY_H
#define WD_BODY_H

#include "base/article.h"
#include "wiredesk/buf.h"
#include "wiredesk/emit.h"

/* Appends it, and notes where in it the desk's words go: 0 for a place that the profile
 * does not have. The article was not decided on yet. */
void wd_emit_body(const struct wd_article *art, const struct wd_emit_options *opts,
                  struct wd_buf *buf, uint32_t seams[WD_SEAMS]);

#endif
