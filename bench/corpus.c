/* corpus.c -- reads whole files; nothing here is on the clock.
 * SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "synth.h"

static void *or_die(void *memory)
{
    if (!memory) {
        (void)fputs("bench: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static void add_record(struct corpus *corpus, struct wd_str bytes)
{
    if (corpus->n_records == corpus->room) {
        corpus->room = corpus->room ? 2 * corpus->room : 256;
        corpus->records =
            or_die(realloc(corpus->records, corpus->room * sizeof(corpus->records[0])));
    }
    char *copy = or_die(malloc(bytes.size + 1));
    memcpy(copy, bytes.data, bytes.size);
    corpus->records[corpus->n_records] = (struct wd_record){
        .value = {copy, bytes.size},
        .topic = WD_STR("bench"),
        .partition = WD_NO_PARTITION,
        .offset = (int64_t)corpus->n_records,
        .timestamp_ms = -1,
    };
    corpus->n_records++;
}

/* Sets `whole` to articles in a row, cut at a line's end near `size` bytes. */
static void join_articles(size_t *number, size_t size, struct wd_buf *one,
                          struct wd_buf *whole)
{
    wd_buf_clear(whole);
    do {
        synth_article((*number)++, one);
        wd_buf_append(whole, one->data, one->size);
        if (wd_buf_status(one) < 0 || wd_buf_status(whole) < 0)
            (void)or_die(NULL);
    } while (whole->size < size);
    if (size == 0)
        return;
    const char *end = memrchr(whole->data, '\n', size);
    if (end)
        whole->size = (size_t)(end - whole->data);
}

void corpus_add_synthetic(struct corpus *corpus, size_t n_articles, size_t size)
{
    struct wd_buf one, whole;
    size_t number = 0;
    wd_buf_init(&one, 1024 * 1024);
    wd_buf_init(&whole, 64 * 1024 * 1024);
    for (size_t i = 0; i < n_articles; i++) {
        join_articles(&number, size, &one, &whole);
        add_record(corpus, wd_buf_str(&whole));
    }
    wd_buf_done(&whole);
    wd_buf_done(&one);
}

static bool has_suffix(const char *path, const char *suffix)
{
    size_t size = strlen(path), suffix_size = strlen(suffix);
    return size >= suffix_size && strcmp(path + size - suffix_size, suffix) == 0;
}

static void add_lines(struct corpus *corpus, struct wd_str bytes)
{
    while (bytes.size) {
        const char *end = memchr(bytes.data, '\n', bytes.size);
        size_t size = end ? (size_t)(end - bytes.data) : bytes.size;
        if (size)
            add_record(corpus, (struct wd_str){bytes.data, size});
        size += end != NULL;
        bytes = (struct wd_str){bytes.data + size, bytes.size - size};
    }
}

static bool add_file(struct corpus *corpus, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    char *bytes = NULL;
    size_t size = 0, room = 0, got;
    do {
        if (size == room) {
            room = room ? 2 * room : 64 * 1024;
            bytes = or_die(realloc(bytes, room));
        }
        got = fread(bytes + size, 1, room - size, file);
        size += got;
    } while (got);
    bool is_read = !ferror(file);
    (void)fclose(file); /* it was only read */

    if (has_suffix(path, ".jsonl") || has_suffix(path, ".ndjson"))
        add_lines(corpus, (struct wd_str){bytes, size});
    else if (size)
        add_record(corpus, (struct wd_str){bytes, size});
    free(bytes);
    return is_read;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

bool corpus_add_path(struct corpus *corpus, const char *path)
{
    struct dirent **entries;
    int n_entries = scandir(path, &entries, is_visible, alphasort);
    if (n_entries < 0)
        return add_file(corpus, path);

    bool is_read = true;
    for (int i = 0; i < n_entries; i++) {
        char file[4096];
        int size = snprintf(file, sizeof(file), "%s/%s", path, entries[i]->d_name);
        if (size < 0 || (size_t)size >= sizeof(file) || !add_file(corpus, file))
            is_read = false;
        free(entries[i]);
    }
    free(entries);
    return is_read;
}

void corpus_done(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->n_records; i++)
        free((void *)(uintptr_t)corpus->records[i].value.data);
    free(corpus->records);
    *corpus = (struct corpus){0};
}
