/* compare.c -- sorted lists of strings.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A template and a reprint share the same words; what tells them apart is the names and
 * the figures that go with them. */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

#include "wiredesk/status.h"

static int by_bytes(const void *a, const void *b)
{
    const struct wd_str *x = a, *y = b;
    size_t size = x->size < y->size ? x->size : y->size;
    int order = size != 0 ? memcmp(x->data, y->data, size) : 0;
    return order != 0 ? order : (x->size > y->size) - (x->size < y->size);
}

static int strings_alloc(struct strings *strings, size_t room)
{
    strings->n = 0;
    strings->at = calloc(room != 0 ? room : 1, sizeof(*strings->at));
    return strings->at ? WD_OK : WD_ENOMEM;
}

static void sort_distinct(struct strings *strings)
{
    size_t n = 0;

    qsort(strings->at, strings->n, sizeof(*strings->at), by_bytes);
    for (size_t i = 0; i < strings->n; i++) {
        if (n == 0 || by_bytes(&strings->at[n - 1], &strings->at[i]) != 0)
            strings->at[n++] = strings->at[i];
    }
    strings->n = n;
}

int strings_of_names(const struct wd_facts *facts, struct strings *ret)
{
    int r = strings_alloc(ret, facts->n_entities);
    if (r < 0)
        return r;
    for (size_t i = 0; i < facts->n_entities; i++)
        ret->at[ret->n++] = facts->entities[i].name;
    sort_distinct(ret);
    return WD_OK;
}

static bool is_in_body(const struct wd_facts *facts, struct wd_span span)
{
    for (size_t i = 0; i < facts->n_regions; i++) {
        const struct wd_region *region = &facts->regions[i];
        if (region->role == WD_ROLE_BODY && span.start >= region->span.start &&
            span.end <= region->span.end)
            return true;
    }
    return false;
}

int strings_of_figures(const struct wd_facts *facts, struct strings *ret)
{
    size_t n = 0;

    for (size_t i = 0; i < facts->n_tokens; i++)
        n += facts->tokens[i].kind == WD_TOKEN_NUMBER;
    int r = strings_alloc(ret, n);
    if (r < 0)
        return r;
    for (size_t i = 0; i < facts->n_tokens; i++) {
        const struct wd_token *tok = &facts->tokens[i];
        if (tok->kind == WD_TOKEN_NUMBER && is_in_body(facts, tok->span))
            ret->at[ret->n++] = wd_span_of(facts->text, tok->span);
    }
    sort_distinct(ret);
    return WD_OK;
}

int strings_minus(const struct strings *a, const struct strings *b, struct strings *ret)
{
    int r = strings_alloc(ret, a->n);
    if (r < 0)
        return r;
    for (size_t i = 0, k = 0; i < a->n; i++) {
        while (k < b->n && by_bytes(&b->at[k], &a->at[i]) < 0)
            k++;
        if (k == b->n || by_bytes(&b->at[k], &a->at[i]) != 0)
            ret->at[ret->n++] = a->at[i];
    }
    return WD_OK;
}

/* `part` stands in `whole` with no letter of a word beside it. */
static bool holds_words(struct wd_str whole, struct wd_str part)
{
    for (size_t at = 0; part.size != 0 && at + part.size <= whole.size; at++) {
        size_t end = at + part.size;
        if ((at == 0 || whole.data[at - 1] == ' ') &&
            (end == whole.size || whole.data[end] == ' ') &&
            memcmp(whole.data + at, part.data, part.size) == 0)
            return true;
    }
    return false;
}

void strings_drop_forms(struct strings *own, const struct strings *other)
{
    size_t n = 0;

    for (size_t i = 0; i < own->n; i++) {
        bool is_form = false;
        for (size_t k = 0; k < other->n && !is_form; k++)
            is_form = holds_words(other->at[k], own->at[i]) ||
                      holds_words(own->at[i], other->at[k]);
        if (!is_form)
            own->at[n++] = own->at[i];
    }
    own->n = n;
}

void strings_done(struct strings *strings)
{
    free(strings->at);
    *strings = (struct strings){0};
}
