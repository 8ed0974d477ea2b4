/* options.c -- the defaults, each with its reason.
 * SPDX-License-Identifier: Apache-2.0 */
#include "wiredesk/options.h"

#include <string.h>

void wd_options_init(struct wd_options *opts)
{
    *opts = (struct wd_options){
        .format = WD_FORMAT_AUTO,
        .clean = true,
        .limits =
            {
                .record_bytes =
                    1024 * 1024,  /* the longest wire features are near 200 KB */
                .json_depth = 64, /* ninjs with associations needs about 10 */
                .tokens = 400 * 1000,
                .mentions = 50 * 1000,
                .uri_bytes = 2048,
                .candidates = 24,
                .window_articles = 200 * 1000,
                .window_ms = INT64_C(14) * 24 * 3600 * 1000,
            },
    };
}

static const char *const format_names[] = {
    [WD_FORMAT_AUTO] = "auto",
    [WD_FORMAT_TEXT] = "text",
    [WD_FORMAT_JSON] = "json",
    [WD_FORMAT_NINJS] = "ninjs",
    [WD_FORMAT_HTML] = "html",
    [WD_FORMAT_XML] = "xml",
};

#define N_FORMATS (sizeof(format_names) / sizeof(format_names[0]))

const char *wd_format_name(enum wd_format format)
{
    return (size_t)format < N_FORMATS ? format_names[format] : NULL;
}

bool wd_format_parse(const char *name, enum wd_format *ret_format)
{
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (strcmp(name, format_names[i]) == 0) {
            *ret_format = (enum wd_format)i;
            return true;
        }
    }
    return false;
}
