/* where.c -- terms over the paths of a JSON record.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   condition = term { " and " term }
 *   term      = path operator value
 *
 * That is all: what needs "or" and brackets is jq's. A path that leads nowhere has no
 * value, and a term about it does not hold, whatever the operator; only != asks for that,
 * and holds when no value is equal. */
#include "where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum comparison {
    IS,
    IS_NOT,
    HOLDS,
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST,
};

/* The longer ones first: "<=" begins with "<". */
static const struct {
    const char *sign;
    enum comparison op;
} operators[] = {
    {"!=", IS_NOT}, {"<=", AT_MOST}, {">=", AT_LEAST}, {"=", IS},
    {"~", HOLDS},   {"<", LESS},     {">", MORE},
};

static const struct {
    const char *name;
    const char *path;
} short_names[] = {
    {"verdict", "wiredesk.dedup.verdict"},
    {"of", "wiredesk.dedup.of"},
    {"cluster", "wiredesk.dedup.cluster"},
    {"story", "wiredesk.story.id"},
    {"headline", "headlines.value"},
    {"person", "people.name"},
    {"organisation", "organisations.name"},
    {"place", "places.name"},
    {"event", "events.name"},
    {"entity", "wiredesk.entities.name"},
    {"source", "infoSources.name"},
    {"code", "error.code"},
    {"stage", "error.stage"},
    {"topic", "source.topic"},
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

struct term {
    char *path;
    char *value;
    double number; /* of the value, for < and its kin */
    enum comparison op;
};

struct where {
    struct term *terms;
    size_t n_terms;
};

void where_free(struct where *where)
{
    if (!where)
        return;
    for (size_t i = 0; i < where->n_terms; i++) {
        free(where->terms[i].path);
        free(where->terms[i].value);
    }
    free(where->terms);
    free(where);
}

/* ---- reading ---- */

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* The end of a value: a quote's own, the next " and ", or that of the text. */
static const char *value_end(const char *at, const char **ret_next)
{
    if (*at == '"') {
        const char *quote = strchr(at + 1, '"');
        *ret_next = quote ? skip_blanks(quote + 1) : NULL;
        return quote;
    }
    const char *end = strstr(at, " and ");
    end = end ? end : at + strlen(at);
    *ret_next = end;
    while (end > at && end[-1] == ' ')
        end--;
    return end;
}

static char *path_of(const char *name, size_t size)
{
    for (size_t i = 0; i < COUNT(short_names); i++) {
        if (strlen(short_names[i].name) == size &&
            strncmp(short_names[i].name, name, size) == 0)
            return strdup(short_names[i].path);
    }
    return strndup(name, size);
}

static bool is_path(const char *name, size_t size)
{
    return size != 0 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789_-.@") >= size;
}

/* Reads the term at *at into *term; NULL, or what is wrong with it. */
static const char *term_parse(const char **at, struct term *term)
{
    const char *name = skip_blanks(*at), *next;
    size_t size = strcspn(name, " \t=!~<>");
    const char *sign = skip_blanks(name + size);
    size_t i = 0;

    if (!is_path(name, size))
        return "a field's name is missing";
    while (i < COUNT(operators) &&
           strncmp(sign, operators[i].sign, strlen(operators[i].sign)) != 0)
        i++;
    if (i == COUNT(operators))
        return "after the field comes one of = != ~ < <= > >=";
    term->op = operators[i].op;
    const char *value = skip_blanks(sign + strlen(operators[i].sign));
    const char *end = value_end(value, &next);
    if (!end)
        return "a quote is not closed";
    if (*value == '"')
        value++;
    term->path = path_of(name, size);
    term->value = strndup(value, (size_t)(end - value));
    if (!term->path || !term->value)
        return "out of memory";
    char *rest;
    term->number = strtod(term->value, &rest);
    if (term->op >= LESS && (rest == term->value || *rest))
        return "< <= > >= compare with a number";
    *at = next;
    return NULL;
}

static const char *terms_parse(const char *text, struct where *where)
{
    for (;;) {
        struct term *terms =
            realloc(where->terms, (where->n_terms + 1) * sizeof(*where->terms));
        if (!terms)
            return "out of memory";
        where->terms = terms;
        struct term *term = &terms[where->n_terms++];
        *term = (struct term){0};
        const char *problem = term_parse(&text, term);
        if (problem)
            return problem;
        text = skip_blanks(text);
        if (*text == '\0')
            return NULL;
        if (strncmp(text, "and ", 4) != 0)
            return "conditions are joined by \" and \"";
        text += 4;
    }
}

struct where *where_parse(const char *text, char *why, size_t why_size)
{
    struct where *where = calloc(1, sizeof(*where));
    const char *problem = where ? terms_parse(text, where) : "out of memory";

    if (!problem)
        return where;
    (void)snprintf(why, why_size, "%s", problem);
    where_free(where);
    return NULL;
}

/* ---- asking ---- */

static bool number_fits(const struct term *term, double number)
{
    switch (term->op) {
    case LESS:
        return number < term->number;
    case AT_MOST:
        return number <= term->number;
    case MORE:
        return number > term->number;
    case AT_LEAST:
        return number >= term->number;
    case IS:
    case IS_NOT: /* asked as IS, and turned round */
        return number == term->number;
    case HOLDS:
        break;
    }
    return false;
}

static bool text_fits(const struct term *term, const char *text)
{
    char *rest;

    if (term->op == HOLDS)
        return strcasestr(text, term->value) != NULL;
    if (term->op == IS || term->op == IS_NOT)
        return strcmp(text, term->value) == 0;
    double number = strtod(text, &rest); /* "17": what a header holds */
    return rest != text && *rest == '\0' && number_fits(term, number);
}

static bool value_fits(const struct term *term, const json_t *value)
{
    if (json_is_string(value))
        return text_fits(term, json_string_value(value));
    if (json_is_number(value))
        return number_fits(term, json_number_value(value));
    if (json_is_boolean(value))
        return text_fits(term, json_is_true(value) ? "true" : "false");
    return false;
}

/* Whether a value at the end of the path fits. */
static bool path_fits(const struct term *term, const char *path, const json_t *value)
{
    char key[64];
    size_t size = strcspn(path, ".");

    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (path_fits(term, path, json_array_get(value, i)))
                return true;
        }
        return false;
    }
    if (*path == '\0')
        return value_fits(term, value);
    if (size >= sizeof(key))
        return false;
    memcpy(key, path, size);
    key[size] = '\0';
    const json_t *member = json_object_get(value, key);
    return member && path_fits(term, path + size + (path[size] == '.'), member);
}

bool where_holds(const struct where *where, const json_t *record)
{
    for (size_t i = 0; where && i < where->n_terms; i++) {
        const struct term *term = &where->terms[i];
        if (path_fits(term, term->path, record) == (term->op == IS_NOT))
            return false;
    }
    return true;
}

int where_take(struct where **where, const struct command *cmd, const char *value)
{
    char why[128];

    where_free(*where);
    *where = where_parse(value, why, sizeof(why));
    return *where ? EXIT_FINE : command_fail(cmd, "--where %s: %s", value, why);
}
