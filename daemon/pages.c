/* pages.c -- the table of pages.
 * SPDX-License-Identifier: Apache-2.0 */
#include "pages.h"

#include <string.h>

#include "exposition.h"
#include "health.h"
#include "stats.h"

#define JSON_TYPE "application/json"

struct sight {
    const struct metrics *met;
    struct health health;
    bool has_headlines;
};

struct page {
    const char *path;
    const char *type;
    void (*write)(const struct sight *sight, struct http_reply *reply);
};

static void page_metrics(const struct sight *sight, struct http_reply *reply)
{
    exposition_write(sight->met, &reply->body);
}

static void page_stats(const struct sight *sight, struct http_reply *reply)
{
    stats_write(sight->met, &sight->health, sight->has_headlines, &reply->body);
}

static void page_alive(const struct sight *sight, struct http_reply *reply)
{
    reply->status = sight->health.is_alive ? 200 : 503;
    stats_write_health(&sight->health, sight->health.is_alive, &reply->body);
}

static void page_ready(const struct sight *sight, struct http_reply *reply)
{
    reply->status = sight->health.is_ready ? 200 : 503;
    stats_write_health(&sight->health, sight->health.is_ready, &reply->body);
}

static void page_version(const struct sight *sight, struct http_reply *reply)
{
    (void)sight;
    stats_write_version(&reply->body);
}

static const struct page list[] = {
    {"/metrics", EXPOSITION_TYPE, page_metrics}, {"/stats", JSON_TYPE, page_stats},
    {"/healthz", JSON_TYPE, page_alive},         {"/readyz", JSON_TYPE, page_ready},
    {"/version", JSON_TYPE, page_version},
};

#define N_PAGES (sizeof(list) / sizeof(list[0]))

static void answer_contents(const char *path, struct http_reply *reply)
{
    reply->status = strcmp(path, "/") == 0 ? 200 : 404;
    for (size_t i = 0; i < N_PAGES; i++) {
        wd_buf_append_z(&reply->body, list[i].path);
        wd_buf_append_char(&reply->body, '\n');
    }
}

void pages_answer(void *opaque, const char *path, struct http_reply *reply)
{
    const struct pages *pages = opaque;
    for (size_t i = 0; i < N_PAGES; i++) {
        if (strcmp(list[i].path, path) != 0)
            continue;
        struct sight sight;
        struct metrics *met = pages->look(pages->opaque, &sight.has_headlines);
        health_judge(met, &sight.health);
        met->is_ready = sight.health.is_ready;
        sight.met = met;
        reply->type = list[i].type;
        list[i].write(&sight, reply);
        return;
    }
    answer_contents(path, reply);
}
