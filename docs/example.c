/* example.c -- libwiredesk on its own: one text in, enriched JSON out.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   cc example.c $(pkg-config --cflags --libs libwiredesk) -o example
 *   ./example [DATA-DIR] <article.txt */
#include <stdio.h>

#include <wiredesk/desk.h>
#include <wiredesk/emit.h>
#include <wiredesk/pipeline.h>

int main(int argc, char **argv)
{
    static char bytes[1 << 20];
    const struct wd_record record = {
        .value = {bytes, fread(bytes, 1, sizeof(bytes), stdin)},
        .topic = WD_STR("stdin"),
        .partition = WD_NO_PARTITION,
        .timestamp_ms = -1};
    const struct wd_emit_options layout = {.tokens = true};
    struct wd_article *art = wd_article_new();
    struct wd_pipeline *pl = NULL; /* pure: many threads may share it */
    struct wd_desk *desk = NULL;   /* remembers: finds duplicates and stories */
    struct wd_options opts;
    struct wd_error err;
    struct wd_buf json;

    wd_options_init(&opts);
    opts.data_dir = argc > 1 ? argv[1] : NULL; /* NULL: where wiredesk was installed */
    wd_buf_init(&json, 64 << 20);
    int r =
        art ? wd_pipeline_open(&opts, &pl, &err) : wd_error_set(&err, WD_ENOMEM, 0, NULL);
    if (r == WD_OK)
        r = wd_desk_open(&opts, &desk, &err);
    if (r == WD_OK) {
        wd_article_begin(art, &record);
        r = wd_pipeline_run(pl, art);
        if (r == WD_OK)
            r = wd_desk_decide(desk, art);
        err = *wd_article_error(art);
    }
    if (r == WD_OK) {
        wd_emit(art, &layout, &json);
        printf("%.*s\n", (int)json.size, json.data);
    } else {
        fprintf(stderr, "example: %s\n", err.status ? err.message : wd_status_text(r));
    }
    wd_buf_done(&json);
    wd_desk_close(desk);
    wd_pipeline_close(pl);
    wd_article_free(art);
    return r != WD_OK;
}
