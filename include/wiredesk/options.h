/* options.h -- what a caller can choose, and every limit, in one place.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WIREDESK_OPTIONS_H
#define WIREDESK_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wiredesk/export.h"

/* How a record is read. WD_FORMAT_AUTO asks its content type, then its bytes. */
enum wd_format {
    WD_FORMAT_AUTO,
    WD_FORMAT_TEXT,
    WD_FORMAT_JSON,
    WD_FORMAT_NINJS,
    WD_FORMAT_HTML,
    WD_FORMAT_XML, /* NITF, NewsML, RSS, Atom: which, its root says */
};

/* Numbers past which an input is refused. Each has a test one below and one above it. */
struct wd_limits {
    size_t record_bytes;    /* of one raw record, before parsing, or of the text of a web
                               page: WD_ESIZE */
    size_t json_depth;      /* nesting of arrays and objects: WD_EDEPTH */
    size_t tokens;          /* of one article: WD_ELIMIT */
    size_t mentions;        /* of one article: further ones are not tagged */
    size_t uri_bytes;       /* of an article's id: WD_ELIMIT */
    size_t candidates;      /* earlier articles that dedup looks at for one article */
    size_t window_articles; /* articles that dedup and stories remember */
    int64_t window_ms;      /* … and for how long, by record timestamp */
};

/* Most of a web page is markup: it may be so many times as large as another record. */
#define WD_PAGE_TIMES 4

/* The bytes of the largest record that may be read. */
static inline size_t wd_limits_largest(const struct wd_limits *limits)
{
    return limits->record_bytes * WD_PAGE_TIMES;
}

/* What is wrong with row `line`, from 1, of a list of names; line 0: with all of it. */
typedef void wd_list_fault(void *arg, const char *path, size_t line, const char *message);

struct wd_options {
    /* The folder with gazetteer, models and lists; NULL: where the library was installed.
     */
    const char *data_dir;
    /* The user's own lists of names, parted by commas: tables, or compiled from them by
     * `wiredesk gazetteer build`; NULL: none. */
    const char *gazetteers;
    /* Told of every fault of every list while a pipeline opens, where there are several;
     * the error then counts them. NULL: the error has the first bad list's. */
    wd_list_fault *list_fault;
    void *list_fault_arg;
    /* Publishers, parted by commas, the preferred first: of articles that repeat one
     * another, equally early, theirs stands for all. NULL: none is preferred. */
    const char *sources;
    enum wd_format format;
    bool clean; /* false: the text passes untouched, so that offsets are those of the
                   input */
    struct wd_limits limits;
};

/* The defaults; every member is set. */
WD_API void wd_options_init(struct wd_options *opts);

/* "auto", "text", "json", "ninjs". NULL for a number that is none of them. */
WD_API const char *wd_format_name(enum wd_format format);

/* False when no format has that name; *ret_format is then untouched. */
WD_API bool wd_format_parse(const char *name, enum wd_format *ret_format);

#endif
