/* rejects.c -- what becomes of records that are refused, without Kafka.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A reject is kept with all that is needed to look at it again or to send it once more:
 * `jq -r .raw | base64 -d` gives back the record's bytes. */
#include "rejects.h"

#include <jansson.h>
#include <stdlib.h>

#include "base64.h"
#include "terminal.h"

void reject_tell(const struct command *cmd, const struct belt_item *item)
{
    const struct wd_error *err = item->error;
    struct term term;

    term_init(&term, stderr);
    fprintf(stderr, "wiredesk: %s: ", cmd->name);
    if (item->art) {
        term_put(&term, wd_str_from(item->path));
        if (item->is_line)
            fprintf(stderr, ":%lld", (long long)item->line);
        fprintf(stderr, ": %s: ", wd_status_name(err->status));
    }
    term_put(&term, wd_str_from(err->message));
    if (err->offset != WD_NO_OFFSET)
        fprintf(stderr, " (byte %zu)", err->offset);
    if (item->is_cut)
        fprintf(stderr, " (it has %llu)", (unsigned long long)item->size_bytes);
    (void)fputc('\n', stderr);
}

/* A file name may hold any bytes; what is no UTF-8 is shown as '?'. */
static json_t *json_of_path(const char *path)
{
    json_t *string = json_string(path);
    char *copy = string ? NULL : strdup(path);

    for (char *c = copy; c && *c; c++)
        *c = (unsigned char)*c < 0x80 ? *c : '?';
    if (copy)
        string = json_string(copy);
    free(copy);
    return string;
}

static json_t *reject_object(const struct belt_item *item)
{
    const struct wd_record *record = wd_article_record(item->art);
    const struct wd_error *err = item->error;
    char *raw = base64_encode(record->value);
    json_t *object = json_pack(
        "{s:{s:o,s:I},s:s,s:s,s:s,s:I,s:s}", "source", "file", json_of_path(item->path),
        "record", (json_int_t)record->offset, "code", wd_status_name(err->status),
        "stage", item->stage ? item->stage : "unknown", "message", err->message, "bytes",
        (json_int_t)(item->is_cut ? item->size_bytes : record->value.size), "raw",
        raw ? raw : "");
    bool is_whole = raw != NULL;

    free(raw);
    if (object && err->offset != WD_NO_OFFSET)
        is_whole &= json_object_set_new(object, "offset",
                                        json_integer((json_int_t)err->offset)) == 0;
    if (object && item->is_cut)
        is_whole &= json_object_set_new(object, "isCut", json_true()) == 0;
    if (object && is_whole)
        return object;
    json_decref(object);
    return NULL;
}

int reject_write(FILE *out, const struct belt_item *item)
{
    if (!item->art) /* a file that could not be read: there is no record */
        return WD_OK;
    json_t *object = reject_object(item);
    if (!object)
        return WD_ENOMEM;
    int r = json_dumpf(object, out, JSON_COMPACT) == 0 && fputc('\n', out) != EOF;
    json_decref(object);
    return r ? WD_OK : WD_EIO;
}
