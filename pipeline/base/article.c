/* article.c -- life of an article, and the arrays that stages grow.
 * SPDX-License-Identifier: Apache-2.0 */
#include "article.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct wd_article *wd_article_new(void)
{
    return calloc(1, sizeof(struct wd_article));
}

void wd_article_free(struct wd_article *art)
{
    if (!art)
        return;
    wd_arena_done(&art->arena);
    wd_sketch_scratch_free(art->scratch);
    free(art);
}

void wd_article_begin(struct wd_article *art, const struct wd_record *record)
{
    struct wd_arena arena = art->arena;
    wd_arena_reset(&arena);
    *art =
        (struct wd_article){.arena = arena, .scratch = art->scratch, .record = *record};
}

void wd_article_watch(struct wd_article *art, const struct wd_watch *watch)
{
    art->watch = *watch;
}

const struct wd_facts *wd_article_facts(const struct wd_article *art)
{
    return &art->facts;
}

const struct wd_record *wd_article_record(const struct wd_article *art)
{
    return &art->record;
}

const struct wd_error *wd_article_error(const struct wd_article *art)
{
    return &art->error;
}

const char *wd_article_failed_stage(const struct wd_article *art)
{
    return art->failed_stage;
}

const struct wd_sketch *wd_article_sketch(const struct wd_article *art)
{
    return &art->sketch;
}

int wd_article_refuse(struct wd_article *art, int status, size_t offset, const char *fmt,
                      ...)
{
    char message[sizeof(art->error.message)];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(message, sizeof(message), fmt, args); /* a cut sentence will do */
    va_end(args);
    return wd_error_set(&art->error, status, offset, "%s", message);
}

#define ADD(art, array, count, room, value)                                              \
    do {                                                                                 \
        void *grown = (art)->array;                                                      \
        if ((art)->facts.count >= (art)->room)                                           \
            grown = wd_arena_make_room(&(art)->arena, grown, (art)->facts.count,         \
                                       &(art)->room, sizeof(value));                     \
        if (!grown)                                                                      \
            return WD_ENOMEM;                                                            \
        (art)->array = grown;                                                            \
        (art)->array[(art)->facts.count++] = (value);                                    \
        (art)->facts.array = (art)->array;                                               \
    } while (0)

int wd_article_add_token(struct wd_article *art, struct wd_token token)
{
    if (art->opts && art->facts.n_tokens >= art->opts->limits.tokens)
        return WD_ELIMIT;
    ADD(art, tokens, n_tokens, token_room, token);
    return WD_OK;
}

int wd_article_add_sentence(struct wd_article *art, struct wd_span span)
{
    ADD(art, sentences, n_sentences, sentence_room, span);
    return WD_OK;
}

int wd_article_add_furniture(struct wd_article *art, struct wd_furniture item)
{
    ADD(art, furniture, n_furniture, furniture_room, item);
    return WD_OK;
}

int wd_article_add_aside(struct wd_article *art, struct wd_str text,
                         enum wd_furniture_kind kind)
{
    struct wd_aside *aside = wd_arena_alloc(&art->arena, sizeof(*aside));
    if (!aside)
        return WD_ENOMEM;
    *aside = (struct wd_aside){text, kind, art->asides};
    art->asides = aside;
    return WD_OK;
}

int wd_article_add_piece(struct wd_article *art, struct wd_piece piece)
{
    ADD(art, pieces, n_pieces, piece_room, piece);
    return WD_OK;
}

int wd_article_add_mention(struct wd_article *art, struct wd_mention mention)
{
    if (art->opts && art->facts.n_mentions >= art->opts->limits.mentions)
        return WD_ELIMIT;
    ADD(art, mentions, n_mentions, mention_room, mention);
    return WD_OK;
}

int wd_article_add_entity(struct wd_article *art, struct wd_entity entity)
{
    ADD(art, entities, n_entities, entity_room, entity);
    return WD_OK;
}

const char *wd_role_name(enum wd_role role)
{
    switch (role) {
    case WD_ROLE_HEADLINE:
        return "headline";
    case WD_ROLE_BODY:
        return "body";
    }
    return "unknown";
}

const char *wd_furniture_name(enum wd_furniture_kind kind)
{
    static const char *const names[] = {
        [WD_FURNITURE_CAPTION] = "caption",
        [WD_FURNITURE_CREDIT] = "credit",
        [WD_FURNITURE_ADVERTISING] = "advertising",
        [WD_FURNITURE_PROMO] = "promo",
        [WD_FURNITURE_RELATED] = "related",
        [WD_FURNITURE_SYNDICATION_NOTE] = "syndication-note",
        [WD_FURNITURE_COPYRIGHT] = "copyright",
        [WD_FURNITURE_BYLINE] = "byline",
        [WD_FURNITURE_DATELINE] = "dateline",
        [WD_FURNITURE_SOURCE_LINE] = "source-line",
        [WD_FURNITURE_IMAGE] = "image",
        [WD_FURNITURE_NAVIGATION] = "navigation",
        [WD_FURNITURE_SUBSCRIPTION] = "subscription",
        [WD_FURNITURE_SOCIAL] = "social",
        [WD_FURNITURE_TIMESTAMP] = "timestamp",
        [WD_FURNITURE_CORRECTION] = "correction",
    };
    return (size_t)kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "unknown";
}

const char *wd_label_name(enum wd_label label)
{
    static const char *const names[] = {
        [WD_LABEL_PERSON] = "person", [WD_LABEL_ORGANISATION] = "organisation",
        [WD_LABEL_PLACE] = "place",   [WD_LABEL_EVENT] = "event",
        [WD_LABEL_GROUP] = "group",
    };
    return (size_t)label < sizeof(names) / sizeof(names[0]) ? names[label] : "unknown";
}

const char *wd_cap_name(size_t cap)
{
    static const char *const names[WD_N_CAPS] = {
        [WD_CAP_ARTICLES] = "articles",
        [WD_CAP_CANDIDATES] = "candidates",
    };
    return cap < WD_N_CAPS ? names[cap] : NULL;
}

const char *wd_verdict_name(enum wd_verdict verdict)
{
    static const char *const names[] = {
        [WD_VERDICT_UNIQUE] = "unique", [WD_VERDICT_EXACT] = "exact",
        [WD_VERDICT_NEAR] = "near",     [WD_VERDICT_SYNDICATED] = "syndicated",
        [WD_VERDICT_UPDATE] = "update",
    };
    return (size_t)verdict < sizeof(names) / sizeof(names[0]) ? names[verdict]
                                                              : "unknown";
}

const char *wd_near_miss_name(enum wd_near_miss miss)
{
    static const char *const names[] = {
        [WD_NEAR_MISS_TEMPLATE] = "template",
        [WD_NEAR_MISS_SHARED] = "shared",
    };
    return (size_t)miss < sizeof(names) / sizeof(names[0]) ? names[miss] : NULL;
}
