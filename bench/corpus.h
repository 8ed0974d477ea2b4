/* corpus.h -- records in memory, to be run through the pipeline again and again.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include "wiredesk/article.h"

struct corpus {
    struct wd_record *records;
    size_t n_records;
    size_t room;
};

/* Articles of synth.h; with a `size`, as many in one as come to about so many bytes. Ends
 * the program when memory is short, as all here do. */
void corpus_add_synthetic(struct corpus *corpus, size_t n_articles, size_t size);

/* A file: one record, or one a line when it ends in .jsonl or .ndjson; a folder: its
 * files in order of name. False when `path` cannot be read. */
bool corpus_add_path(struct corpus *corpus, const char *path);

void corpus_done(struct corpus *corpus);

#endif
