/* emit_oracle.h -- says what an enriched document must hold, the slow and plain way.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_EMIT_ORACLE_H
#define WD_EMIT_ORACLE_H

#include <jansson.h>

#include "wiredesk/article.h"
#include "wiredesk/emit.h"

/* The document as a jansson tree, made from the facts without any code of the writer. */
json_t *emit_oracle(const struct wd_article *art, const struct wd_emit_options *opts);

/* Parses `bytes` strictly and compares every value with the oracle's. NULL when they
 * agree; else what differs, for the caller to free. */
char *emit_oracle_differs(const struct wd_article *art,
                          const struct wd_emit_options *opts, struct wd_str bytes);

/* A path like "/wiredesk/mentions/3/end" to the first difference, in `path`. False when
 * the trees are equal. */
bool json_first_difference(const json_t *a, const json_t *b, char *path, size_t size);

#endif
