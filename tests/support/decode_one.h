/* decode_one.h -- one record through decode alone, for tests.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_DECODE_ONE_H
#define WD_DECODE_ONE_H

#include "base/article.h"
#include "decode/decode.h"

/* A record with headers of its own. */
static inline struct wd_article *decode_record(const struct wd_record *record,
                                               const struct wd_options *opts)
{
    struct wd_article *art = wd_article_new();
    assert_non_null(art);
    wd_article_begin(art, record);
    art->opts = opts;
    int r = wd_stage_decode.run(NULL, art);
    assert_int_equal(r, art->error.status);
    return art;
}

/* The article is the caller's to free; its record and `opts` must live as long.
 * `content_type` may be NULL. */
static inline struct wd_article *decode_one(struct wd_str value, const char *content_type,
                                            const struct wd_options *opts)
{
    struct wd_record record = {
        .value = value, .content_type = wd_str_from(content_type), .timestamp_ms = -1};
    return decode_record(&record, opts);
}

#define assert_str(str, z)                                                               \
    do {                                                                                 \
        struct wd_str str_ = (str);                                                      \
        char got_[512];                                                                  \
        assert_true(str_.size < sizeof(got_));                                           \
        memcpy(got_, str_.size ? str_.data : "", str_.size);                             \
        got_[str_.size] = '\0';                                                          \
        assert_string_equal(got_, (z));                                                  \
    } while (0)

#endif
