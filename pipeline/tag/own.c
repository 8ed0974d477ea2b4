/* own.c -- the user's lists: opened whole or not at all, matched longest first.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each list is a gazetteer of its own with its own numbers for words, so that it can be
 * replaced without touching the others. Lists are small beside the built-in one, and a
 * word that begins none of their names costs one look-up a list. */
#include "tag/own.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "wiredesk/gazetteer.h"

#define LIST_MAX  ((size_t)256 << 20)
#define OWN_SCORE 100 /* ten nats: no sentence argues with the list */

struct tag_own_list {
    struct wd_gazetteer gaz;
    char *bytes;
};

/* ---------------------------------------------------------------------------- opening */

/* Who is told of faults, and of which list. */
struct faults {
    const struct wd_options *opts;
    const char *path;
    struct wd_error *err;
    const char *first_bad; /* list; the error is about it */
    size_t first_line;
    char first_message[160];
    unsigned count;
};

/* The first fault of the first bad list with its sentence; what else is wrong there by
 * its lines, as many as the error holds. */
static void note_in_error(struct faults *faults, int status, size_t line,
                          const char *message)
{
    char *text = faults->err->message;
    /* Before the first fault it holds whatever the caller's memory held. */
    if (faults->count == 1 && line) {
        (void)wd_error_set(faults->err, status, line, "%s:%zu: %s", faults->path, line,
                           message);
        return;
    }
    if (faults->count == 1) {
        (void)wd_error_set(faults->err, status, WD_NO_OFFSET, "%s: %s", faults->path,
                           message);
        return;
    }
    size_t size = strlen(text), room = sizeof(faults->err->message) - size;
    if (room > sizeof("; also lines 18446744073709551615 …"))
        (void)snprintf(text + size, room,
                       faults->count == 2 ? "; also lines %zu" : ", %zu", line);
    else if (text[size - 1] != '.')
        (void)snprintf(text + size, room, " ...");
}

/* One fault alone is the error's sentence; of several each is told by itself. */
static void note(struct faults *faults, int status, size_t line, const char *message)
{
    const struct wd_options *opts = faults->opts;
    faults->count++;
    if (faults->count == 1) {
        faults->first_bad = faults->path;
        faults->first_line = line;
        (void)snprintf(faults->first_message, sizeof(faults->first_message), "%s",
                       message);
    }
    if (opts->list_fault && faults->count == 2)
        opts->list_fault(opts->list_fault_arg, faults->first_bad, faults->first_line,
                         faults->first_message);
    if (opts->list_fault && faults->count > 1)
        opts->list_fault(opts->list_fault_arg, faults->path, line, message);
    else if (faults->path == faults->first_bad)
        note_in_error(faults, status, line, message);
}

static void note_row(void *arg, size_t line, const char *message)
{
    note(arg, WD_EDATA, line, message);
}

/* Nothing can be taken of the list. */
static int refuse_list(struct faults *faults, int status, const char *what)
{
    note(faults, status, 0, what);
    return status;
}

/* The whole file. */
static int read_list(struct faults *faults, struct wd_buf *buf)
{
    FILE *file = fopen(faults->path, "rbe");
    if (!file)
        return refuse_list(faults, WD_EDATA, strerror(errno));
    for (size_t n = 1; n > 0;) {
        char *room = wd_buf_reserve(buf, 1 << 16);
        n = room ? fread(room, 1, 1 << 16, file) : 0;
        buf->size += n;
    }
    bool is_read = !ferror(file);
    (void)fclose(file); /* it was only read */
    if (!is_read || wd_buf_status(buf) < 0)
        return refuse_list(faults, WD_EDATA, "cannot be read");
    return WD_OK;
}

static int compile(struct faults *faults, struct wd_str table, struct wd_buf *compiled)
{
    struct wd_gazetteer_builder *gb = wd_gazetteer_builder_new();
    int r = gb ? wd_gazetteer_builder_add(gb, table, note_row, faults) : WD_ENOMEM;
    if (r == WD_OK)
        r = wd_gazetteer_builder_write(gb, compiled);
    else if (r > 0)
        r = WD_EDATA; /* said in note_row() */
    if (r < 0 && r != WD_EDATA)
        r = refuse_list(faults, r, wd_status_text(r));
    wd_gazetteer_builder_free(gb);
    return r;
}

/* Maps what was compiled, in memory aligned as the format wants it. */
static int view_list(struct faults *faults, struct wd_str compiled,
                     struct tag_own_list *list)
{
    struct wd_error err;
    list->bytes = aligned_alloc(64, (compiled.size + 63) / 64 * 64);
    if (!list->bytes)
        return refuse_list(faults, WD_ENOMEM, wd_status_text(WD_ENOMEM));
    memcpy(list->bytes, compiled.data, compiled.size);
    int r = wd_gazetteer_view((struct wd_str){list->bytes, compiled.size}, faults->path,
                              &list->gaz, &err);
    if (r < 0) { /* its sentence begins with the path */
        size_t skipped = strlen(faults->path) + strlen(": ");
        bool has_more = strlen(err.message) > skipped;
        return refuse_list(faults, r, has_more ? err.message + skipped : err.message);
    }
    return WD_OK;
}

static int open_list(struct faults *faults, struct tag_own_list *ret_list)
{
    const char *magic = wd_gazetteer_format.magic;
    struct tag_own_list list = {0};
    struct wd_buf file, compiled;
    wd_buf_init(&file, LIST_MAX);
    wd_buf_init(&compiled, LIST_MAX);
    int r = read_list(faults, &file);
    if (r < 0)
        goto out;
    struct wd_str bytes = wd_buf_str(&file);
    if (bytes.size < strlen(magic) || memcmp(bytes.data, magic, strlen(magic)) != 0) {
        r = compile(faults, bytes, &compiled);
        if (r < 0)
            goto out;
        bytes = wd_buf_str(&compiled);
    }
    r = view_list(faults, bytes, &list);
    if (r < 0)
        goto out;
    *ret_list = list;
    list.bytes = NULL;
out:
    free(list.bytes);
    wd_buf_done(&compiled);
    wd_buf_done(&file);
    return r;
}

static int add_list(struct tag_own *own, struct faults *faults)
{
    struct tag_own_list *grown =
        realloc(own->list, (own->n_lists + 1) * sizeof(own->list[0]));
    if (!grown)
        return refuse_list(faults, WD_ENOMEM, wd_status_text(WD_ENOMEM));
    own->list = grown;
    int r = open_list(faults, &own->list[own->n_lists]);
    own->n_lists += r == WD_OK;
    return r;
}

/* All lists are read, so that the faults of all are told in one run. */
static int open_lists(char *paths, struct faults *faults, struct tag_own *own)
{
    char *rest = NULL;
    int status = WD_OK;
    for (char *path = strtok_r(paths, ",", &rest); path;
         path = strtok_r(NULL, ",", &rest)) {
        path += strspn(path, " \t");
        for (size_t n = strlen(path); n > 0 && strchr(" \t", path[n - 1]); n--)
            path[n - 1] = '\0';
        faults->path = path;
        int r = *path ? add_list(own, faults) : WD_OK;
        if (status == WD_OK)
            status = r;
    }
    if (faults->count > 1 && faults->opts->list_fault)
        (void)wd_error_set(faults->err, status, WD_NO_OFFSET,
                           "%u faults in the lists of names", faults->count);
    return status;
}

int wd_tag_own_open(const struct wd_options *opts, struct tag_own *ret_own,
                    struct wd_error *err)
{
    struct tag_own own = {0};
    struct faults faults = {.opts = opts, .err = err};
    char *paths = strdup(opts->gazetteers ? opts->gazetteers : "");
    int r = paths ? open_lists(paths, &faults, &own)
                  : wd_error_set(err, WD_ENOMEM, WD_NO_OFFSET, NULL);
    free(paths);
    if (r == WD_OK) {
        *ret_own = own;
        own = (struct tag_own){0};
    }
    wd_tag_own_close(&own);
    return r;
}

void wd_tag_own_close(struct tag_own *own)
{
    for (size_t i = 0; i < own->n_lists; i++)
        free(own->list[i].bytes);
    free(own->list);
    *own = (struct tag_own){0};
}

/* --------------------------------------------------------------------------- matching */

/* What a list says about the words [first, last]. */
struct match {
    uint32_t last;
    const struct wd_gazetteer *gaz;
    const struct wd_gaz_entity *entity; /* NULL: nothing */
};

/* A better match is longer, then of higher priority; the earlier list keeps a tie. */
static bool is_better(const struct match *match, uint32_t last,
                      const struct wd_gaz_entity *entity)
{
    return !match->entity || last > match->last ||
           (last == match->last && entity->prominence > match->entity->prominence);
}

static bool is_written_so(const struct tag_word *first, uint32_t posting)
{
    if (WD_GAZ_IS_CAPS(posting))
        return (first->name.shape & WD_SHAPE_CAPS) != 0;
    return first->flags & TAG_IS_CAP || first->name.kind == WD_NAME_NUMBER;
}

static void match_list(const struct tag_context *context, const struct wd_gazetteer *gaz,
                       uint32_t first, uint32_t end, struct match *match)
{
    const struct tag_word *word = context->words.word;
    const struct wd_gaz_word *found = wd_gazetteer_word(gaz, word[first].name.hash);
    uint32_t node = found ? found->node : 0;
    for (uint32_t i = first; node; node = wd_gazetteer_step(gaz, node, found->id)) {
        size_t count;
        const uint32_t *posting = wd_gazetteer_postings(gaz, node, &count);
        for (size_t k = 0; k < count; k++) {
            const struct wd_gaz_entity *entity = wd_gazetteer_entity(gaz, posting[k]);
            if (entity->type < TAG_N_LABELS && is_written_so(&word[first], posting[k]) &&
                is_better(match, i, entity))
                *match = (struct match){i, gaz, entity};
        }
        if (++i >= end || word[i].name.gap == WD_GAP_LINE)
            return;
        found = wd_gazetteer_word(gaz, word[i].name.hash);
        if (!found)
            return;
    }
}

/* The longest name of any list from `first` on that ends before `end`. */
static struct match match_at(const struct tag_context *context, uint32_t first,
                             uint32_t end)
{
    struct match match = {.last = first};
    for (size_t i = 0; i < context->own->n_lists; i++)
        match_list(context, &context->own->list[i].gaz, first, end, &match);
    return match;
}

static void take_over(struct tag_found *found, const struct match *match)
{
    found->label = match->entity->type;
    found->score = OWN_SCORE;
    found->person = match->entity->type == WD_LABEL_PERSON ? OWN_SCORE : -OWN_SCORE;
    found->own = match->entity;
    found->own_gaz = match->gaz;
}

void wd_tag_match_own(const struct tag_context *context, struct tag_found *found)
{
    if (!context->own || context->own->n_lists == 0)
        return;
    struct match match = match_at(context, found->first, found->last + 1);
    if (match.entity && match.last == found->last)
        take_over(found, &match);
}

static int put(struct tag_context *context, size_t *n, const struct tag_found *found)
{
    if (*n == context->found_room) {
        size_t more = *n ? *n * 2 : 64;
        void *grown = wd_arena_grow(&context->art->arena, context->found,
                                    *n * sizeof(*found), more * sizeof(*found));
        if (!grown)
            return WD_ENOMEM;
        context->found = grown;
        context->found_room = more;
    }
    context->found[(*n)++] = *found;
    return WD_OK;
}

/* One sentence: the lists' names first, then what was found between them. */
static int apply_sentence(struct tag_context *context, uint32_t from, uint32_t end,
                          const struct tag_found *old, size_t n_old, size_t *n)
{
    int r = WD_OK;
    for (uint32_t i = from; i < end && r == WD_OK;) {
        struct match match = match_at(context, i, end);
        struct tag_found found = {.first = i, .last = match.last};
        while (n_old && old->first < i)
            old++, n_old--;
        bool is_found = n_old && old->first == i;
        if (match.entity && match.entity->prominence >= OWN_ALWAYS) {
            take_over(&found, &match);
        } else if (is_found) {
            found = *old;
            wd_tag_match_own(context, &found);
        } else {
            i++;
            continue;
        }
        r = put(context, n, &found);
        i = found.last + 1;
    }
    return r;
}

int wd_tag_apply_own(struct tag_context *context)
{
    const struct tag_words *words = &context->words;
    const struct tag_found *old = context->found;
    size_t n_old = context->n_found, n = 0;
    if (!context->own || context->own->n_lists == 0)
        return WD_OK;
    context->found = NULL;
    context->found_room = 0;
    for (size_t s = 0; s < words->n_sentences; s++) {
        uint32_t end = words->sentence[s + 1];
        size_t n_here = 0;
        while (n_here < n_old && old[n_here].first < end)
            n_here++;
        int r = apply_sentence(context, words->sentence[s], end, old, n_here, &n);
        if (r < 0)
            return r;
        old += n_here;
        n_old -= n_here;
    }
    context->n_found = n;
    return WD_OK;
}
