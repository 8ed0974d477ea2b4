/* view.c -- the block of lines that stands for one article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What an editor asks comes first: what is it about, have we had it, what story does it
 * belong to. A line that has nothing to say is not printed. The order of the lines and
 * their labels are the same for every article, so that the eye finds them. */
#include "view.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wiredesk/buf.h"

enum {
    INDENT = 17,         /* where the lines' contents start */
    ENTITIES_SHOWN = 12, /* of one label */
    LEAD_BYTES = 200,    /* of a text that stands in for its headline */
};

static struct wd_str string_of(const json_t *json)
{
    return (struct wd_str){json_string_value(json), json_string_length(json)};
}

static struct wd_str member(const json_t *object, const char *key)
{
    return string_of(json_object_get(object, key));
}

/* "value" of the first element of `key`: ninjs 3 has several headlines and bodies. */
static struct wd_str first_value(const json_t *enriched, const char *key)
{
    return member(json_array_get(json_object_get(enriched, key), 0), "value");
}

/* Our own part, wherever the output profile puts it. */
static const json_t *ours(const json_t *enriched)
{
    const json_t *wiredesk = json_object_get(enriched, "wiredesk");
    return wiredesk ? wiredesk
                    : json_object_get(json_object_get(enriched, "extra"), "wiredesk");
}

void view_init(struct view *view, FILE *out)
{
    *view = (struct view){.headlines = json_object()};
    term_init(&view->term, out);
}

void view_done(struct view *view)
{
    json_decref(view->headlines);
    view->headlines = NULL;
}

struct wd_str view_headline(const json_t *enriched, bool *ret_is_headline)
{
    struct wd_str headline = first_value(enriched, "headlines");
    if (headline.size == 0)
        headline = member(enriched, "headline");
    *ret_is_headline = headline.size != 0;
    if (headline.size != 0)
        return headline;

    struct wd_str lead = first_value(enriched, "bodies");
    if (lead.size == 0)
        lead = member(enriched, "body_text");
    const char *line_end = lead.size ? memchr(lead.data, '\n', lead.size) : NULL;
    if (line_end)
        lead.size = (size_t)(line_end - lead.data);
    return lead.size > LEAD_BYTES ? term_fit(lead, LEAD_BYTES / 2) : lead;
}

/* ---- the lines ---- */

static void put_number(struct wd_buf *buf, json_int_t number)
{
    char digits[24];
    (void)snprintf(digits, sizeof(digits), "%" JSON_INTEGER_FORMAT, number);
    wd_buf_append_z(buf, digits);
}

/* 0.9421 → "94 %"; what is not quite all does not become "100 %". */
static void put_share(struct wd_buf *buf, const json_t *share)
{
    double percent = 100 * json_number_value(share);
    put_number(buf, percent >= 99.5 && percent < 100 ? 99 : (json_int_t)(percent + 0.5));
    wd_buf_append_z(buf, " %");
}

static void show_headline(struct view *view, const json_t *enriched)
{
    const struct term *term = &view->term;
    struct wd_str language = member(enriched, "language");
    bool is_headline;
    struct wd_str headline = view_headline(enriched, &is_headline);
    char number[24];
    int size =
        snprintf(number, sizeof(number), "%3llu  ", (unsigned long long)++view->n_shown);
    unsigned room = term->width - (unsigned)size - term_columns(language) - 2;

    term_ink(term, TERM_DIM);
    fputs(number, term->out);
    term_ink(term, TERM_PLAIN);
    term_ink(term, is_headline ? TERM_BOLD : TERM_PLAIN);
    term_put_cut(term, headline, room);
    term_ink(term, TERM_PLAIN);
    unsigned used = term_columns(headline) < room ? term_columns(headline) : room;
    fprintf(term->out, "%*s", (int)(room - used + 2), "");
    term_ink(term, TERM_DIM);
    term_put(term, language);
    term_ink(term, TERM_PLAIN);
    (void)fputc('\n', term->out);
}

static void put_source(struct wd_buf *buf, const json_t *source)
{
    struct wd_str topic = member(source, "topic"), file = member(source, "file");

    wd_buf_append_str(buf, topic.size ? topic : file);
    if (topic.size) {
        wd_buf_append_z(buf, "/");
        put_number(buf, json_integer_value(json_object_get(source, "partition")));
    }
    wd_buf_append_z(buf, ":");
    put_number(buf, json_integer_value(
                        json_object_get(source, topic.size ? "offset" : "record")));
}

static void show_text(struct view *view, const json_t *wiredesk, struct wd_buf *buf)
{
    struct term_row row;

    wd_buf_clear(buf);
    put_number(buf, (json_int_t)json_array_size(json_object_get(wiredesk, "sentences")));
    wd_buf_append_z(buf, " sentences, ");
    put_number(buf, json_integer_value(
                        json_object_get(json_object_get(wiredesk, "tokens"), "count")));
    wd_buf_append_z(buf, " tokens");
    term_row_begin(&row, &view->term, "text", INDENT);
    term_row_add(&row, TERM_PLAIN, wd_buf_str(buf), ",");

    wd_buf_clear(buf);
    wd_buf_append_z(buf, "from ");
    put_source(buf, json_object_get(wiredesk, "source"));
    term_row_add(&row, TERM_PLAIN, wd_buf_str(buf), "");
    term_row_end(&row);
}

static json_int_t count_of(const json_t *entity)
{
    return json_integer_value(json_object_get(entity, "count"));
}

/* Most mentioned first; as often: the one named first. */
static size_t next_entity(const json_t *entities, const char *label, const json_t *after,
                          size_t after_index)
{
    size_t best = json_array_size(entities), i;
    json_t *entity;

    json_array_foreach(entities, i, entity)
    {
        const char *its_label = json_string_value(json_object_get(entity, "label"));
        if (!its_label || strcmp(its_label, label) != 0)
            continue;
        if (after && (count_of(entity) > count_of(after) ||
                      (count_of(entity) == count_of(after) && i <= after_index)))
            continue;
        if (best == json_array_size(entities) ||
            count_of(entity) > count_of(json_array_get(entities, best)))
            best = i;
    }
    return best;
}

static void show_entities(struct view *view, const json_t *entities, const char *label,
                          const char *title, enum term_ink ink)
{
    size_t n = json_array_size(entities), total = 0, shown = 0, i, at = 0;
    const json_t *entity = NULL;
    struct term_row row;

    for (i = 0; i < n; i++) {
        const char *its_label =
            json_string_value(json_object_get(json_array_get(entities, i), "label"));
        total += its_label && strcmp(its_label, label) == 0;
    }
    if (total == 0)
        return;
    term_row_begin(&row, &view->term, title, INDENT);
    for (; shown < total && shown < ENTITIES_SHOWN; shown++) {
        char tail[32] = "";
        at = next_entity(entities, label, entity, at);
        entity = json_array_get(entities, at);
        if (count_of(entity) > 1)
            (void)snprintf(tail, sizeof(tail), " ×%" JSON_INTEGER_FORMAT,
                           count_of(entity));
        if (shown + 1 < total)
            memcpy(tail + strlen(tail), ",", sizeof(","));
        term_row_add(&row, ink, member(entity, "name"), tail);
    }
    if (shown < total) {
        char more[32];
        (void)snprintf(more, sizeof(more), "and %zu more", total - shown);
        term_row_add(&row, TERM_DIM, wd_str_from(more), "");
    }
    term_row_end(&row);
}

struct verdict_words {
    const char *verdict;
    const char *before; /* the share, or NULL: none is told */
    const char *after;
    const char *share;
    enum term_ink ink;
};

/* An article that is longer than what it repeats is told by what it holds of it. */
static const struct verdict_words *words_for(const char *verdict, bool is_longer)
{
    static const struct verdict_words rows[] = {
        {"exact", "the same text as", NULL, NULL, TERM_RED},
        {"near", NULL, "of it repeats", "containment", TERM_RED},
        {"syndicated", NULL, "of it repeats", "containment", TERM_YELLOW},
        {"update", "a newer version, repeating", "of", "contained", TERM_MAGENTA},
    };
    static const struct verdict_words longer = {"syndicated", "longer; holds", "of",
                                                "contained", TERM_YELLOW};

    if (is_longer && strcmp(verdict, "syndicated") == 0)
        return &longer;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].verdict, verdict) == 0)
            return &rows[i];
    }
    return NULL;
}

static void put_of(struct view *view, struct wd_buf *buf, const json_t *dedup)
{
    const json_t *of = json_object_get(dedup, "of");
    const json_t *headline =
        of ? json_object_get(view->headlines, json_string_value(of)) : NULL;

    /* What stands in for a headline may be a quotation, with marks of its own. */
    bool is_marked = headline && strncmp(json_string_value(headline), "“", 3) == 0;

    if (headline && !is_marked)
        wd_buf_append_z(buf, "“");
    wd_buf_append_str(buf, string_of(headline ? headline : of));
    if (headline && !is_marked)
        wd_buf_append_z(buf, "”");
}

static void show_verdict(struct view *view, const json_t *dedup, struct wd_buf *buf)
{
    struct wd_str verdict = member(dedup, "verdict");
    if (verdict.size == 0)
        return;
    bool is_longer = json_number_value(json_object_get(dedup, "contained")) >
                     json_number_value(json_object_get(dedup, "containment"));
    const struct verdict_words *words = words_for(verdict.data, is_longer);
    struct term_row row;

    term_row_begin(&row, &view->term, "verdict", INDENT);
    term_row_add(&row, words ? words->ink : TERM_GREEN, verdict, words ? ":" : "");
    if (words) {
        wd_buf_clear(buf);
        if (words->before) {
            wd_buf_append_z(buf, words->before);
            wd_buf_append_z(buf, " ");
        }
        if (words->share) {
            put_share(buf, json_object_get(dedup, words->share));
            wd_buf_append_z(buf, " ");
            wd_buf_append_z(buf, words->after);
            wd_buf_append_z(buf, " ");
        }
        put_of(view, buf, dedup);
        term_row_add_words(&row, TERM_PLAIN, wd_buf_str(buf));
    }
    term_row_end(&row);
}

static void show_story(struct view *view, const json_t *story, struct wd_buf *buf)
{
    struct wd_str id = member(story, "id");
    json_int_t size = json_integer_value(json_object_get(story, "size"));
    struct term_row row;

    if (id.size == 0)
        return;
    wd_buf_clear(buf);
    if (size > 1) {
        wd_buf_append_z(buf, "article ");
        put_number(buf, size);
        wd_buf_append_z(buf, " of");
    } else {
        wd_buf_append_z(buf, "opens");
    }
    term_row_begin(&row, &view->term, "story", INDENT);
    term_row_add(&row, TERM_PLAIN, wd_buf_str(buf), "");
    term_row_add(&row, TERM_CYAN, id, "");
    term_row_end(&row);
}

/* "2 captions" would need a plural for each; the kinds alone say enough. */
static void show_furniture(struct view *view, const json_t *furniture)
{
    size_t n = json_array_size(furniture), i;
    struct term_row row;
    json_t *item;

    if (n == 0)
        return;
    term_row_begin(&row, &view->term, "taken out", INDENT);
    json_array_foreach(furniture, i, item)
        term_row_add(&row, TERM_DIM, member(item, "kind"), i + 1 < n ? "," : "");
    term_row_end(&row);
}

void view_article(struct view *view, const json_t *enriched)
{
    const json_t *wiredesk = ours(enriched);
    const json_t *entities = json_object_get(wiredesk, "entities");
    struct wd_str uri = member(enriched, "uri");
    bool is_headline;
    struct wd_str headline = view_headline(enriched, &is_headline);
    struct wd_buf buf;

    wd_buf_init(&buf, 65536);
    show_headline(view, enriched);
    show_text(view, wiredesk, &buf);
    show_entities(view, entities, "person", "people", TERM_BLUE);
    show_entities(view, entities, "organisation", "organisations", TERM_BLUE);
    show_entities(view, entities, "place", "places", TERM_BLUE);
    show_entities(view, entities, "event", "events", TERM_BLUE);
    show_entities(view, entities, "group", "groups", TERM_BLUE);
    show_verdict(view, json_object_get(wiredesk, "dedup"), &buf);
    show_story(view, json_object_get(wiredesk, "story"), &buf);
    show_furniture(view, json_object_get(wiredesk, "furniture"));
    (void)fputc('\n', view->term.out);
    wd_buf_done(&buf);

    /* Out of memory: the next block names the uri instead of the headline. */
    if (view->headlines && uri.size)
        (void)json_object_set_new(view->headlines, uri.data,
                                  json_stringn(headline.data, headline.size));
}

static void show_where(struct view *view, const char *where)
{
    const struct term *term = &view->term;

    term_ink(term, TERM_DIM);
    fprintf(term->out, "%3llu  ", (unsigned long long)++view->n_shown);
    term_ink(term, TERM_PLAIN);
    term_put_cut(term, wd_str_from(where), term->width - 6);
    (void)fputc('\n', term->out);
}

void view_reject(struct view *view, const char *where, const char *code,
                 const char *message)
{
    struct term_row row;

    show_where(view, where);
    term_row_begin(&row, &view->term, "rejected", INDENT);
    term_row_add(&row, TERM_RED, wd_str_from(code), *message ? ":" : "");
    term_row_add_words(&row, TERM_PLAIN, wd_str_from(message));
    term_row_end(&row);
    (void)fputc('\n', view->term.out);
}

void view_other(struct view *view, const char *where, struct wd_str bytes)
{
    struct term_row row;

    show_where(view, where);
    term_row_begin(&row, &view->term, "begins", INDENT);
    term_put_cut(
        &view->term,
        (struct wd_str){bytes.data, bytes.size < LEAD_BYTES ? bytes.size : LEAD_BYTES},
        view->term.width - INDENT);
    term_row_end(&row);
    (void)fputc('\n', view->term.out);
}
