/* stories.c -- `wiredesk stories`: which stories there are, from the articles themselves.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every enriched article names its story, so the list needs nothing but articles: those
 * of a file, of a pipe from `wiredesk enrich`, or of a topic through `wiredesk tail
 * --json`. The first article that is seen of a story gives it its headline, as it gave
 * it its name. An entity counts once an article; a newer version of an article takes the
 * place of the older one.
 *
 * Lines of the topic of clusters may stand among them: a merger makes one of two stories,
 * a revision says whose headline is the one to show. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "commands.h"
#include "inputs.h"
#include "terminal.h"
#include "view.h"
#include "wiredesk/status.h"

enum {
    LINE_CEILING = 64 * 1024 * 1024,
    MIN_DEFAULT = 2,
    TOP_DEFAULT = 20,
    ENTITIES_SHOWN = 6,
    OPTION_MIN = 256,
    OPTION_JSON,
    OPTION_SINCE,
};

struct stories {
    const struct command *cmd;
    bool is_json;
    size_t min_size;
    size_t top_n;      /* 0: all */
    const char *since; /* a day; NULL: ever */
    json_t *by_id;
    json_t *seen;      /* uri → headline */
    json_t *merged;    /* id of a story → that of which it is part */
    json_t *canonical; /* cluster → uri */
    size_t n_foreign;
};

/* --- gathering --- */

static const char *string_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *date_of(const json_t *article)
{
    const char *date = string_of(article, "versionCreated");
    return date ? date : string_of(article, "contentCreated");
}

static void add_to(json_t *object, const char *key, json_int_t n)
{
    json_int_t had = json_integer_value(json_object_get(object, key));
    (void)json_object_set_new(object, key, json_integer(had + n));
}

static json_t *story_new(const char *id, const json_t *article)
{
    bool is_headline;
    struct wd_str headline = view_headline(article, &is_headline);
    const json_t *dedup = json_object_get(json_object_get(article, "wiredesk"), "dedup");
    const char *cluster = string_of(dedup, "cluster");
    return json_pack("{s:s, s:i, s:s%, s:s, s:s*, s:{}}", "story", id, "size", 0,
                     "headline", headline.data ? headline.data : "", headline.size, "uri",
                     string_of(article, "uri"), "cluster", cluster, "entities");
}

/* RFC 3339 in UTC, which is how dates are written, orders as text. */
static void note_date(json_t *story, const char *date)
{
    const char *first = string_of(story, "firstSeen"),
               *last = string_of(story, "lastSeen");
    if (!date)
        return;
    if (!first || strcmp(date, first) < 0)
        (void)json_object_set_new(story, "firstSeen", json_string(date));
    if (!last || strcmp(date, last) > 0)
        (void)json_object_set_new(story, "lastSeen", json_string(date));
}

static void note_entities(json_t *story, const json_t *article)
{
    json_t *names = json_object_get(story, "entities"), *entity;
    size_t i;
    json_array_foreach(json_object_get(json_object_get(article, "wiredesk"), "entities"),
                       i, entity)
    {
        const char *name = string_of(entity, "name");
        if (name)
            add_to(names, name, 1);
    }
}

/* What the topic of clusters says; false for another line. */
static bool take_change(struct stories *stories, const json_t *line)
{
    const char *story = string_of(line, "story"), *cluster = string_of(line, "cluster");
    const char *into = string_of(line, "mergedInto"),
               *canonical = string_of(line, "canonical");
    if (story && into)
        (void)json_object_set_new(stories->merged, story, json_string(into));
    else if (cluster && canonical)
        (void)json_object_set_new(stories->canonical, cluster, json_string(canonical));
    return (story && into) || (cluster && json_object_get(line, "revision"));
}

/* False for a line that is no enriched article. */
static bool take_article(struct stories *stories, const json_t *article)
{
    const json_t *ours = json_object_get(article, "wiredesk");
    const char *uri = string_of(article, "uri");
    const char *id = string_of(json_object_get(ours, "story"), "id");
    if (!uri || !id)
        return false;
    json_t *story = json_object_get(stories->by_id, id);
    if (!story) {
        story = story_new(id, article);
        (void)json_object_set_new(stories->by_id, id, story);
    }
    if (json_object_get(stories->seen, uri))
        return true; /* a newer version: it is counted already */
    bool is_headline;
    struct wd_str headline = view_headline(article, &is_headline);
    (void)json_object_set_new(
        stories->seen, uri,
        json_stringn(headline.data ? headline.data : "", headline.size));
    add_to(story, "size", 1);
    note_date(story, date_of(article));
    note_entities(story, article);
    return true;
}

static int gather(struct stories *stories, struct inputs *in)
{
    struct input_record record;
    struct wd_error err;
    int r;
    while ((r = inputs_next(in, &record, &err)) > 0) {
        json_t *article = json_loadb(record.value.data, record.value.size, 0, NULL);
        if (!take_article(stories, article) && !take_change(stories, article))
            stories->n_foreign++;
        json_decref(article);
    }
    return r < 0 ? command_fail(stories->cmd, "%s", err.message) : EXIT_FINE;
}

/* --- what changed since --- */

/* The story that `id` is part of by now. */
static const char *story_now(const struct stories *stories, const char *id)
{
    const char *into;
    size_t steps = json_object_size(stories->merged); /* no ring holds us */
    while (steps-- > 0 && (into = string_of(stories->merged, id)) != NULL)
        id = into;
    return id;
}

static void merge_into(json_t *story, const json_t *other)
{
    const char *name;
    json_t *count;
    add_to(story, "size", json_integer_value(json_object_get(other, "size")));
    note_date(story, string_of(other, "firstSeen"));
    note_date(story, string_of(other, "lastSeen"));
    json_object_foreach(json_object_get(other, "entities"), name, count)
    {
        add_to(json_object_get(story, "entities"), name, json_integer_value(count));
    }
}

static void apply_mergers(struct stories *stories)
{
    const char *id;
    void *next;
    json_t *story;
    json_object_foreach_safe(stories->by_id, next, id, story)
    {
        json_t *into = json_object_get(stories->by_id, story_now(stories, id));
        if (!into || into == story)
            continue;
        merge_into(into, story);
        (void)json_object_del(stories->by_id, id);
    }
}

/* The headline of the first article, or of the one that stands for it. */
static void apply_revisions(struct stories *stories)
{
    const char *id;
    json_t *story;
    json_object_foreach(stories->by_id, id, story)
    {
        const char *cluster = string_of(story, "cluster");
        const char *uri = cluster ? string_of(stories->canonical, cluster) : NULL;
        json_t *headline = uri ? json_object_get(stories->seen, uri) : NULL;
        if (headline) {
            (void)json_object_set_new(story, "uri", json_string(uri));
            (void)json_object_set(story, "headline", headline);
        }
        (void)json_object_del(story, "cluster");
    }
}

/* --- showing --- */

static json_int_t size_of(const json_t *story)
{
    return json_integer_value(json_object_get(story, "size"));
}

/* The largest first, then the one that was heard of last. */
static int compare_stories(const void *a, const void *b)
{
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    if (size_of(x) != size_of(y))
        return size_of(x) > size_of(y) ? -1 : 1;
    const char *last_x = string_of(x, "lastSeen"), *last_y = string_of(y, "lastSeen");
    int order = strcmp(last_y ? last_y : "", last_x ? last_x : "");
    return order ? order : strcmp(string_of(x, "story"), string_of(y, "story"));
}

struct named {
    const char *name;
    json_int_t n;
};

static int compare_named(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* The names that most of its articles have, as an array; the story keeps that. */
static json_t *top_entities(json_t *story)
{
    json_t *names = json_object_get(story, "entities"), *top = json_array(), *count;
    size_t n = 0;
    const char *name;
    struct named *list = calloc(json_object_size(names) + 1, sizeof(*list));
    if (!list)
        return top;
    json_object_foreach(names, name, count) list[n++] =
        (struct named){name, json_integer_value(count)};
    qsort(list, n, sizeof(*list), compare_named);
    for (size_t i = 0; i < n && i < ENTITIES_SHOWN; i++)
        (void)json_array_append_new(
            top, json_pack("{s:s, s:I}", "name", list[i].name, "articles", list[i].n));
    free(list);
    (void)json_object_set_new(story, "entities", top);
    return top;
}

static void put_entities(const struct term *term, const json_t *top)
{
    enum { INDENT = 8 };
    struct term_row row;
    json_t *entity;
    size_t i;
    term_row_begin(&row, term, "", INDENT);
    json_array_foreach(top, i, entity)
        term_row_add(&row, TERM_CYAN, wd_str_from(string_of(entity, "name")),
                     i + 1 < json_array_size(top) ? "," : "");
    term_row_end(&row);
}

static void print_story(const struct term *term, json_t *story)
{
    enum { SIZE_COLUMNS = 8 };
    const char *first = string_of(story, "firstSeen"),
               *last = string_of(story, "lastSeen");
    json_t *top = top_entities(story);
    term_ink(term, TERM_BOLD);
    (void)fprintf(term->out, "%*lld  ", SIZE_COLUMNS - 2, (long long)size_of(story));
    term_put_cut(term, wd_str_from(string_of(story, "headline")),
                 term->width - SIZE_COLUMNS);
    term_ink(term, TERM_PLAIN);
    (void)fprintf(term->out, "\n%*s", SIZE_COLUMNS, "");
    term_ink(term, TERM_DIM);
    term_put(term, wd_str_from(string_of(story, "story")));
    if (first)
        (void)fprintf(term->out, "  %.10s to %.10s", first, last);
    term_ink(term, TERM_PLAIN);
    (void)fputc('\n', term->out);
    if (json_array_size(top))
        put_entities(term, top);
}

/* Whether it is large enough, and still goes on. */
static bool is_wanted(const struct stories *stories, const json_t *story)
{
    const char *last = string_of(story, "lastSeen");
    if (size_of(story) < (json_int_t)stories->min_size)
        return false;
    return !stories->since || (last && strcmp(last, stories->since) >= 0);
}

static void show(const struct stories *stories)
{
    size_t n = 0, n_shown = 0;
    json_t **list = calloc(json_object_size(stories->by_id) + 1, sizeof(json_t *)),
           *story;
    const char *id;
    if (!list)
        return;
    json_object_foreach(stories->by_id, id, story)
    {
        if (is_wanted(stories, story))
            list[n++] = story;
    }
    qsort(list, n, sizeof(json_t *), compare_stories);
    struct term term;
    term_init(&term, stdout);
    for (size_t i = 0; i < n && (!stories->top_n || i < stories->top_n); i++, n_shown++) {
        if (!stories->is_json) {
            print_story(&term, list[i]);
            continue;
        }
        (void)top_entities(list[i]);
        (void)json_dumpf(list[i], stdout, JSON_COMPACT);
        (void)putchar('\n');
    }
    (void)fprintf(stderr, "%zu of %zu stories with %zu articles or more%s%s\n", n_shown,
                  n, stories->min_size, stories->since ? " since " : "",
                  stories->since ? stories->since : "");
    free(list);
}

/* --- the command --- */

static int take_number(const struct command *cmd, const char *name, const char *value,
                       size_t *ret_n)
{
    char *end;
    unsigned long n = strtoul(value, &end, 10);
    if (*end || end == value || *value == '-' || n > 1000 * 1000 * 1000)
        return command_fail(cmd, "--%s takes a number, not %s", name, value);
    *ret_n = n;
    return EXIT_FINE;
}

/* A day, and perhaps what is written behind it. */
static int take_day(struct stories *stories, const char *value)
{
    static const char shape[] = "0000-00-00";
    for (size_t i = 0; shape[i]; i++) {
        bool is_digit = value[i] >= '0' && value[i] <= '9';
        if (shape[i] == '0' ? !is_digit : value[i] != shape[i])
            return command_fail(stories->cmd,
                                "--since takes a day such as 2026-01-31, not %s", value);
    }
    stories->since = value;
    return EXIT_FINE;
}

static int take_option(struct stories *stories, int id, const char *value)
{
    switch (id) {
    case OPTION_JSON:
        stories->is_json = true;
        return EXIT_FINE;
    case OPTION_MIN:
        return take_number(stories->cmd, "min", value, &stories->min_size);
    case OPTION_SINCE:
        return take_day(stories, value);
    default:
        return take_number(stories->cmd, "top", value, &stories->top_n);
    }
}

static int list_stories(struct stories *stories, char *const *operands, size_t n)
{
    static char stdin_name[] = "-";
    char *const standard[] = {stdin_name};
    struct wd_error err;
    struct inputs *in;
    if (n == 0) {
        operands = standard;
        n = 1;
    }
    if (inputs_open(operands, n, LINE_CEILING, &in, &err) < 0)
        return command_fail(stories->cmd, "%s", err.message);
    int code = gather(stories, in);
    inputs_close(in);
    if (code != EXIT_FINE)
        return code;
    apply_mergers(stories);
    apply_revisions(stories);
    show(stories);
    if (stories->n_foreign == 0)
        return EXIT_FINE;
    (void)fprintf(stderr, "wiredesk: stories: %zu lines are no enriched articles\n",
                  stories->n_foreign);
    return EXIT_REJECTED;
}

static int run(const struct command *cmd, int argc, char **argv)
{
    struct stories stories = {
        .cmd = cmd,
        .min_size = MIN_DEFAULT,
        .top_n = TOP_DEFAULT,
        .by_id = json_object(),
        .seen = json_object(),
        .merged = json_object(),
        .canonical = json_object(),
    };
    struct args args;
    int id, code = EXIT_FINE;
    args_init(&args, cmd, argc, argv);
    while (code == EXIT_FINE && (id = args_next(&args)) != ARGS_END)
        code = id == ARGS_STOP ? -1 : take_option(&stories, id, args.value);
    if (code == EXIT_FINE)
        code = list_stories(&stories, argv + args.first_operand,
                            (size_t)(argc - args.first_operand));
    else if (code < 0)
        code = args.exit_code;
    json_decref(stories.by_id);
    json_decref(stories.seen);
    json_decref(stories.merged);
    json_decref(stories.canonical);
    return code;
}

static const struct command_option options[] = {
    {"json", OPTION_JSON, NULL, "one JSON object a story and line"},
    {"min", OPTION_MIN, "N", "only stories of N articles or more (2)"},
    {"since", OPTION_SINCE, "DAY",
     "only stories that an article of DAY or later belongs to"},
    {"top", 'n', "N", "the N largest (20); 0: all"},
    {0},
};

const struct command command_stories = {
    .name = "stories",
    .operands = "[FILE|-]…",
    .summary = "lists the stories of enriched articles",
    .details =
        "Reads what `wiredesk enrich` and `wiredesk tail --json` write, from JSON Lines\n"
        "files (.jsonl) or the standard input, and shows the largest stories: how many\n"
        "articles, from when to when, the headline of the first, and whom most of them\n"
        "name. With the lines of the clusters topic (enrich --clusters FILE) among "
        "them,\n"
        "stories that turned out to be one are one, and the headline is that of the\n"
        "canonical article. Of a running deployment:\n"
        "\n"
        "  wiredesk tail --json --from beginning | wiredesk stories",
    .options = options,
    .run = run,
};
