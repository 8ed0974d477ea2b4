/* letter.c -- Kafka messages as blocks.
 * SPDX-License-Identifier: Apache-2.0 */
#include "letter.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_SIZE = 512 };

struct wd_str letter_header(const rd_kafka_message_t *message, const char *name)
{
    rd_kafka_headers_t *headers;
    const void *value;
    size_t size;

    if (rd_kafka_message_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR ||
        rd_kafka_header_get_last(headers, name, &value, &size) !=
            RD_KAFKA_RESP_ERR_NO_ERROR)
        return (struct wd_str){0};
    return (struct wd_str){value, size};
}

bool letter_is_dead(const rd_kafka_message_t *message)
{
    return letter_header(message, "wiredesk.error.code").data != NULL;
}

static const char *copy_header(const rd_kafka_message_t *message, const char *name,
                               const char *fallback, char buf[TEXT_SIZE])
{
    struct wd_str value = letter_header(message, name);

    (void)snprintf(buf, TEXT_SIZE, "%.*s",
                   (int)(value.data ? value.size : strlen(fallback)),
                   value.data ? value.data : fallback);
    return buf;
}

/* "article.txt (news.raw/0:17)" */
static void put_where(const rd_kafka_message_t *message, char buf[TEXT_SIZE])
{
    char topic[TEXT_SIZE], partition[TEXT_SIZE], offset[TEXT_SIZE];
    size_t key_size = message->key_len < 200 ? message->key_len : 200;

    (void)snprintf(buf, TEXT_SIZE, "%.*s%s%.200s/%.20s:%.20s%s", (int)key_size,
                   key_size ? (const char *)message->key : "", key_size ? " (" : "",
                   copy_header(message, "wiredesk.source.topic", "?", topic),
                   copy_header(message, "wiredesk.source.partition", "?", partition),
                   copy_header(message, "wiredesk.source.offset", "?", offset),
                   key_size ? ")" : "");
}

static void show_dead(struct view *view, const rd_kafka_message_t *message)
{
    char where[TEXT_SIZE], code[TEXT_SIZE], reason[TEXT_SIZE];

    put_where(message, where);
    view_reject(view, where, copy_header(message, "wiredesk.error.code", "", code),
                copy_header(message, "wiredesk.error.message", "", reason));
}

json_t *letter_parse(const rd_kafka_message_t *message)
{
    if (letter_is_dead(message))
        return NULL;

    json_t *enriched = json_loadb(message->payload, message->len, 0, NULL);
    if (json_object_get(enriched, "uri"))
        return enriched;
    json_decref(enriched);
    return NULL;
}

void letter_show(struct view *view, const rd_kafka_message_t *message,
                 const json_t *enriched)
{
    char where[TEXT_SIZE];

    if (enriched) {
        view_article(view, enriched);
    } else if (letter_is_dead(message)) {
        show_dead(view, message);
    } else {
        (void)snprintf(where, sizeof(where), "%s/%d:%lld",
                       rd_kafka_topic_name(message->rkt), (int)message->partition,
                       (long long)message->offset);
        view_other(view, where, (struct wd_str){message->payload, message->len});
    }
}

void letter_tell_dead(const struct term *term, const rd_kafka_message_t *message)
{
    char where[TEXT_SIZE], code[TEXT_SIZE], reason[TEXT_SIZE];

    put_where(message, where);
    term_put(term, wd_str_from(where));
    fputs(": ", term->out);
    term_put(term, wd_str_from(copy_header(message, "wiredesk.error.code", "", code)));
    fputs(": ", term->out);
    term_put(term,
             wd_str_from(copy_header(message, "wiredesk.error.message", "", reason)));
    (void)fputc('\n', term->out);
}
