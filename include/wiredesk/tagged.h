/* tagged.h -- an article between the pure stages and the desk, as bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that the desk and the writer look at, so that tagging and deciding may be
 * done in different places: decoding what was encoded, deciding and emitting gives the
 * bytes that deciding and emitting at once would have given. Format: docs/tagged.md. */
#ifndef WIREDESK_TAGGED_H
#define WIREDESK_TAGGED_H

#include "wiredesk/article.h"
#include "wiredesk/buf.h"
#include "wiredesk/emit.h"

/* Appends the article, which has been through the pipeline, may have been refused by it,
 * and was not decided on (ask wd_buf_status). The record's raw bytes go along where they
 * may still be asked for: when it was refused, or when its document comes near the
 * `output_bytes` that the output takes; a document above that is left out. */
WD_API void wd_tagged_encode(const struct wd_article *art,
                             const struct wd_emit_options *opts, size_t output_bytes,
                             struct wd_buf *buf);

/* Begins the article anew, as it was; `bytes` are borrowed until the next begin. Its
 * record is that of the input; a value that was not brought along has a size, but no
 * data. Of the facts it has meta, language, text and regions. WD_ESKETCH when the bytes
 * are damaged or of another version, WD_ENOMEM. */
WD_API WD_MUST_CHECK int wd_tagged_decode(struct wd_str bytes, struct wd_article *art,
                                          struct wd_error *err);

/* Bytes that wd_emit() leaves out of this article's document, because the output does not
 * take them; 0 nearly always. */
WD_API size_t wd_tagged_missing(const struct wd_article *art);

#endif
