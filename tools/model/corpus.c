/* corpus.c -- reads labelled texts from JSON Lines.
 * SPDX-License-Identifier: Apache-2.0 */
#include "model/corpus.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct corpus_file {
    FILE *file;
    char *line;
    size_t room;
    size_t number;
};

struct corpus_file *corpus_open(const char *path)
{
    struct corpus_file *corpus = calloc(1, sizeof(*corpus));
    if (!corpus)
        return NULL;
    corpus->file = fopen(path, "rbe");
    if (!corpus->file) {
        int error = errno;
        free(corpus);
        errno = error;
        return NULL;
    }
    return corpus;
}

void corpus_close(struct corpus_file *corpus)
{
    if (!corpus)
        return;
    fclose(corpus->file);
    free(corpus->line);
    free(corpus);
}

void labelled_done(struct labelled *text)
{
    free(text->text);
    free(text->gold);
    *text = (struct labelled){0};
}

static bool starts_with_the(const char *at, size_t size)
{
    return size > 4 && strncasecmp(at, "the ", 4) == 0;
}

struct wd_span gold_trim(struct wd_str text, struct wd_span span)
{
    static const char *const tails[] = {"'s", "\u2019s", "'"};
    while (starts_with_the(text.data + span.start, span.end - span.start))
        span.start += 4;
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        size_t size = strlen(tails[i]);
        if (span.end - span.start > size + 1 &&
            memcmp(text.data + span.end - size, tails[i], size) == 0) {
            span.end -= (uint32_t)size;
            break;
        }
    }
    return span;
}

static int label_of(const char *name)
{
    static const char *const names[] = {"PER", "ORG", "LOC"};
    for (int i = 0; name && i < WD_MODEL_LABELS; i++) {
        if (strcmp(name, names[i]) == 0)
            return i;
    }
    return -1;
}

static json_t *member(json_t *entity, const char *key, size_t index)
{
    return json_is_array(entity) ? json_array_get(entity, index)
                                 : json_object_get(entity, key);
}

static int compare_gold(const void *a, const void *b)
{
    const struct gold *x = a, *y = b;
    return (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

/* Moves *at (bytes) and *count (code points) forward to code point `place`. */
static uint32_t byte_of(const struct labelled *text, size_t *at, size_t *count,
                        size_t place)
{
    if (place < *count)
        *at = *count = 0;
    for (; *at < text->size && *count < place; (*count)++) {
        do
            (*at)++;
        while (*at < text->size && ((unsigned char)text->text[*at] & 0xc0) == 0x80);
    }
    return (uint32_t)*at;
}

/* WD_OK, WD_ENOMEM, or WD_EJSON when the line is no labelled text. */
static int read_line(json_t *line, struct labelled *text)
{
    const char *value = json_string_value(json_object_get(line, "text"));
    json_t *entities = json_object_get(line, "entities"), *entity;
    size_t i, at = 0, count = 0;

    if (!value || !json_is_array(entities))
        return WD_EJSON;
    text->text = strdup(value);
    text->gold = calloc(json_array_size(entities) + 1, sizeof(text->gold[0]));
    if (!text->text || !text->gold)
        return WD_ENOMEM;
    text->size = strlen(value);
    json_array_foreach(entities, i, entity)
    {
        json_int_t start = json_integer_value(member(entity, "start", 0));
        json_int_t end = json_integer_value(member(entity, "end", 1));
        int label = label_of(json_string_value(member(entity, "label", 2)));
        if (start < 0 || end <= start)
            return WD_EJSON;
        if (label < 0)
            continue;
        struct wd_span span;
        span.start = byte_of(text, &at, &count, (size_t)start);
        span.end = byte_of(text, &at, &count, (size_t)end);
        text->gold[text->n_gold++] = (struct gold){
            gold_trim((struct wd_str){text->text, text->size}, span), (uint8_t)label};
    }
    qsort(text->gold, text->n_gold, sizeof(text->gold[0]), compare_gold);
    return WD_OK;
}

int corpus_next(struct corpus_file *corpus, struct labelled *ret_text,
                struct wd_error *err)
{
    struct labelled text = {0};
    ssize_t size = getline(&corpus->line, &corpus->room, corpus->file);
    if (size < 0)
        return 0;
    corpus->number++;
    json_t *line = json_loadb(corpus->line, (size_t)size, 0, NULL);
    int r = line ? read_line(line, &text) : WD_EJSON;
    json_decref(line);
    if (r < 0) {
        labelled_done(&text);
        return wd_error_set(err, r, WD_NO_OFFSET, "line %zu: not a labelled text",
                            corpus->number);
    }
    *ret_text = text;
    return 1;
}
