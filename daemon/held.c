/* held.c -- see held.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One allocation a record, which goes as soon as it is sent: a buffer for all of them
 * would keep the size of the worst moment. */
#include "held.h"

#include <stdlib.h>
#include <string.h>

struct held_record {
    struct sink_record record;
    struct held_record *next;
    char bytes[]; /* of the key, then of the value */
};

/* The first one goes. */
static void held_drop(struct held *held)
{
    struct held_record *entry = held->first;
    held->first = entry->next;
    if (!held->first)
        held->last = NULL;
    if (entry->record.headers)
        rd_kafka_headers_destroy(entry->record.headers);
    free(entry);
}

void held_clear(struct held *held)
{
    while (held->first)
        held_drop(held);
}

/* A NULL pointer stays one: it says that there is none. */
static struct wd_str bytes_copy(char *to, struct wd_str bytes)
{
    if (!bytes.data)
        return bytes;
    memcpy(to, bytes.data, bytes.size);
    return (struct wd_str){to, bytes.size};
}

bool held_add(struct held *held, const struct sink_record *record)
{
    struct held_record *entry =
        malloc(sizeof(*entry) + record->key.size + record->value.size);
    if (!entry) {
        if (record->headers)
            rd_kafka_headers_destroy(record->headers);
        return false;
    }
    entry->record = *record;
    entry->record.key = bytes_copy(entry->bytes, record->key);
    entry->record.value = bytes_copy(entry->bytes + record->key.size, record->value);
    entry->next = NULL;
    if (held->last)
        held->last->next = entry;
    else
        held->first = entry;
    held->last = entry;
    return true;
}

int held_send(struct held *held,
              int (*send)(struct sink *sink, const struct sink_record *record,
                          struct fault *fault),
              struct sink *sink, struct fault *fault)
{
    int r = 0;
    while (r == 0 && held->first) {
        r = send(sink, &held->first->record, fault);
        held->first->record.headers = NULL; /* taken */
        held_drop(held);
    }
    return r;
}
