/* shingles.h -- the samples of a text by which copies of it are found and measured.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_SHINGLES_H
#define WD_SHINGLES_H

#include "keys.h"

struct wd_article;

/* Fills the prints, places, keys and probes of the article's sketch. `words` are the
 * hashes of its body's words, in order, and `starts` the bytes at which they begin; the
 * sketch knows the code points of the text. WD_OK or WD_ENOMEM. */
int wd_shingles_sketch(struct wd_article *art, const struct wd_keys *words,
                       const struct wd_keys *starts);

#endif
