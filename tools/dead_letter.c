/* dead_letter.c -- see dead_letter.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "dead_letter.h"

#include <stdlib.h>
#include <string.h>

#include "base64.h"
#include "letter.h"

/* A string, or NULL when the bytes are not UTF-8 (jansson looks). */
static json_t *json_of(struct wd_str bytes)
{
    return json_stringn(bytes.data ? bytes.data : "", bytes.size);
}

/* Header values are bytes; what is no UTF-8 is shown as '?'. */
static json_t *json_of_any(struct wd_str bytes)
{
    json_t *string = json_of(bytes);
    char *copy = string ? NULL : malloc(bytes.size + 1);

    if (!copy)
        return string;
    for (size_t i = 0; i < bytes.size; i++)
        copy[i] = (unsigned char)bytes.data[i] < 0x80 ? bytes.data[i] : '?';
    string = json_stringn(copy, bytes.size);
    free(copy);
    return string;
}

/* Puts the header into "error", "source" or "headers", by its prefix. */
static bool add_header(json_t *object, const char *name, struct wd_str value)
{
    static const struct {
        const char *prefix;
        const char *member;
    } rooms[] = {
        {DEAD_LETTER_ERROR, "error"}, {DEAD_LETTER_SOURCE, "source"}, {"", "headers"}};
    size_t i = 0;

    while (strncmp(name, rooms[i].prefix, strlen(rooms[i].prefix)) != 0)
        i++;
    json_t *room = json_object_get(object, rooms[i].member);
    if (!room) {
        room = json_object();
        if (json_object_set_new(object, rooms[i].member, room) < 0)
            return false;
    }
    /* A header's name may be no UTF-8 either: then it is left out. */
    (void)json_object_set_new(room, name + strlen(rooms[i].prefix), json_of_any(value));
    return true;
}

static bool add_headers(json_t *object, const rd_kafka_message_t *message)
{
    rd_kafka_headers_t *headers;
    const char *name;
    const void *value;
    size_t size;

    if (rd_kafka_message_headers(message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return true;
    for (size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) ==
                       RD_KAFKA_RESP_ERR_NO_ERROR;
         i++) {
        if (!add_header(object, name, (struct wd_str){value, size}))
            return false;
    }
    return true;
}

static bool add_value(json_t *object, struct wd_str value)
{
    json_t *text = json_of(value);
    if (text)
        return json_object_set_new(object, "value", text) == 0;
    char *raw = base64_encode(value);
    bool is_added = raw && json_object_set_new(object, "raw", json_string(raw)) == 0;
    free(raw);
    return is_added;
}

json_t *dead_letter_json(const rd_kafka_message_t *message)
{
    const struct wd_str key = {message->key, message->key_len};
    const struct wd_str value = {message->payload, message->len};
    json_t *object = json_pack(
        "{s:s,s:i,s:I,s:o,s:I}", "topic", rd_kafka_topic_name(message->rkt), "partition",
        (int)message->partition, "offset", (json_int_t)message->offset, "key",
        json_of_any(key), "bytes", (json_int_t)message->len);
    if (object && add_headers(object, message) && add_value(object, value))
        return object;
    json_decref(object);
    return NULL;
}

static bool header_number(const rd_kafka_message_t *message, const char *name,
                          int64_t *ret_number)
{
    char text[24], *end;
    struct wd_str value = letter_header(message, name);

    if (!value.data || value.size == 0 || value.size >= sizeof(text))
        return false;
    memcpy(text, value.data, value.size);
    text[value.size] = '\0';
    *ret_number = strtoll(text, &end, 10);
    return *end == '\0';
}

bool dead_letter_is_marker(const rd_kafka_message_t *message, int32_t *ret_partition,
                           int64_t *ret_offset)
{
    int64_t partition;

    if (!header_number(message, DEAD_LETTER_REQUEUED "partition", &partition) ||
        !header_number(message, DEAD_LETTER_REQUEUED "offset", ret_offset))
        return false;
    *ret_partition = (int32_t)partition;
    return true;
}
