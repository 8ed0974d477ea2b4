/* verdict_set.c -- replays a stream and looks on when judged pairs meet.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is measured is what the desk will see: the cleaned text through the product's own
 * sketch, with the rarities of the stream so far. */
#include "model/verdict_set.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wiredesk/article.h"
#include "wiredesk/buf.h"
#include "wiredesk/sketch.h"

static const char *const label_names[N_LABELS] = {
    [LABEL_SAME] = "same",     [LABEL_CONTAINED] = "contained",
    [LABEL_UPDATE] = "update", [LABEL_TEMPLATE] = "template",
    [LABEL_SHARED] = "shared", [LABEL_DIFFERENT] = "different",
};

const char *verdict_label_name(enum verdict_label label)
{
    return label < N_LABELS ? label_names[label] : "unknown";
}

/* --- lines of JSON --- */

typedef int use_object(void *arg, json_t *object);

/* Calls `use` for each line's object until it does not return WD_OK. */
static int each_line(const char *path, use_object *use, void *arg, struct wd_error *err)
{
    FILE *file = fopen(path, "rbe");
    char *line = NULL;
    size_t room = 0, number = 0;
    ssize_t size;
    int r = WD_OK;

    if (!file)
        return wd_error_set(err, WD_EIO, WD_NO_OFFSET, "%s: %s", path, strerror(errno));
    while (r == WD_OK && (size = getline(&line, &room, file)) > 0) {
        json_error_t fault;
        json_t *object = json_loadb(line, (size_t)size, 0, &fault);
        number++;
        if (!json_is_object(object))
            r = wd_error_set(err, WD_EJSON, WD_NO_OFFSET, "%s: line %zu is no object",
                             path, number);
        else
            r = use(arg, object);
        json_decref(object);
    }
    free(line);
    (void)fclose(file); /* only read */
    return r;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* --- pairs --- */

static bool find_label(const char *name, enum verdict_label *ret_label)
{
    for (unsigned i = 0; i < N_LABELS; i++) {
        if (strcmp(name, label_names[i]) == 0) {
            *ret_label = (enum verdict_label)i;
            return true;
        }
    }
    return false;
}

static int add_pair(void *arg, json_t *object)
{
    struct verdict_set *set = arg;
    const json_t *second = json_object_get(object, "label2");
    const json_t *weight = json_object_get(object, "weight");
    struct verdict_pair pair = {.weight = weight ? json_number_value(weight) : 1,
                                .is_lesson =
                                    json_is_true(json_object_get(object, "lesson")),
                                .time_ms = -1};

    if (!find_label(text_of(object, "label"), &pair.label) ||
        (json_is_string(second) &&
         strcmp(json_string_value(second), text_of(object, "label")) != 0))
        return WD_OK;
    struct verdict_pair *pairs =
        reallocarray(set->pairs, set->n + 1, sizeof(*set->pairs));
    if (!pairs)
        return WD_ENOMEM;
    set->pairs = pairs;
    pair.a = strdup(text_of(object, "a"));
    pair.b = strdup(text_of(object, "b"));
    pairs[set->n++] = pair;
    return pair.a && pair.b ? WD_OK : WD_ENOMEM;
}

/* --- articles --- */

/* One article of one pair. */
struct side {
    const char *id;
    struct verdict_pair *pair;
    uint64_t sequence; /* 0: not seen */
};

struct replay {
    const struct wd_pipeline *pl;
    struct wd_desk *desk;
    struct wd_article *art;
    struct verdict_set *set;
    struct side *sides; /* by id; two for each pair */
    size_t n_sides;
};

static int by_id(const void *a, const void *b)
{
    const struct side *x = a, *y = b;
    return strcmp(x->id, y->id);
}

/* The date with two digits for month and day; what has more than a day is kept. */
static json_t *date_of(const json_t *object)
{
    const json_t *ts = json_object_get(object, "ts");
    char text[32];
    struct tm tm;
    if (json_is_integer(ts)) {
        time_t seconds = (time_t)json_integer_value(ts);
        bool is_told = gmtime_r(&seconds, &tm) &&
                       strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) != 0;
        return json_string(is_told ? text : "");
    }
    int y, m, d, size = 0;
    const char *date = text_of(object, "date");
    if (sscanf(date, "%d-%d-%d%n", &y, &m, &d, &size) != 3 || date[size] != '\0')
        return json_string(date);
    return json_sprintf("%04d-%02d-%02d", y, m, d);
}

/* The article as the JSON envelope that a feed would send. */
static char *envelope_of(const json_t *object)
{
    json_t *envelope = json_pack("{s:s,s:s,s:s,s:o}", "id", text_of(object, "id"),
                                 "title", text_of(object, "title"), "source",
                                 text_of(object, "src"), "published", date_of(object));
    const json_t *paras = json_object_get(object, "paras"), *para;
    struct wd_buf body;
    size_t i;

    wd_buf_init(&body, 1 << 24);
    wd_buf_append_z(&body, text_of(object, "text"));
    json_array_foreach(paras, i, para)
    {
        wd_buf_append_z(&body, i ? "\n\n" : "");
        wd_buf_append_z(&body, json_string_value(para));
    }
    char *bytes = NULL;
    if (envelope && wd_buf_status(&body) == WD_OK &&
        json_object_set_new(envelope, "text",
                            json_stringn(body.data ? body.data : "", body.size)) == 0)
        bytes = json_dumps(envelope, JSON_COMPACT);
    wd_buf_done(&body);
    json_decref(envelope);
    return bytes;
}

/* Notes where the article stands, and measures it against those it is paired with. */
static int meet(struct replay *replay, const char *id, uint64_t sequence)
{
    struct side key = {.id = id};
    struct side *side = bsearch(&key, replay->sides, replay->n_sides, sizeof(key), by_id);
    if (!side)
        return WD_OK;
    while (side > replay->sides && strcmp(side[-1].id, id) == 0)
        side--;
    const struct side *end = replay->sides + replay->n_sides;
    for (; side < end && strcmp(side->id, id) == 0; side++) {
        struct verdict_pair *pair = side->pair;
        int64_t time_ms = wd_article_sketch(replay->art)->published_ms;
        side->sequence = sequence;
        pair->time_ms = time_ms > pair->time_ms ? time_ms : pair->time_ms;
        struct side other_key = {
            .id = id == pair->a || strcmp(id, pair->a) == 0 ? pair->b : pair->a};
        struct side *other =
            bsearch(&other_key, replay->sides, replay->n_sides, sizeof(key), by_id);
        assert(other); /* a pair has two sides */
        while (other > replay->sides && strcmp(other[-1].id, other_key.id) == 0)
            other--;
        if (!other->sequence)
            continue;
        int r = wd_desk_measure(replay->desk, replay->art, other->sequence, pair->values);
        if (r < 0)
            return r;
        pair->met = sequence;
        pair->is_compared = r > 0;
    }
    return WD_OK;
}

static int add_article(void *arg, json_t *object)
{
    struct replay *replay = arg;
    char *bytes = envelope_of(object);
    if (!bytes)
        return WD_ENOMEM;
    struct wd_record record = {
        .value = wd_str_from(bytes),
        .content_type = WD_STR("application/json"),
        .topic = WD_STR("articles"),
        .partition = WD_NO_PARTITION,
        .offset = (int64_t)replay->set->n_articles++,
        .timestamp_ms = -1,
    };
    wd_article_begin(replay->art, &record);
    int r = wd_pipeline_run(replay->pl, replay->art);
    if (r == WD_OK)
        r = meet(replay, text_of(object, "id"), wd_desk_next_sequence(replay->desk));
    else if (wd_status_class(r) == WD_CLASS_INPUT)
        r = WD_OK; /* refused, and so decided */
    if (r == WD_OK)
        r = wd_desk_decide(replay->desk, replay->art);
    free(bytes);
    return r;
}

static int replay_articles(struct replay *replay, const struct wd_options *opts,
                           const char *path, struct wd_error *err)
{
    struct wd_options own = *opts;
    own.limits.window_ms = INT64_MAX; /* judged pairs may lie years apart */
    int r = wd_desk_open(&own, &replay->desk, err);
    if (r < 0)
        return r;
    for (size_t i = 0; i < replay->set->n; i++) {
        struct verdict_pair *pair = &replay->set->pairs[i];
        replay->sides[replay->n_sides++] = (struct side){pair->a, pair, 0};
        replay->sides[replay->n_sides++] = (struct side){pair->b, pair, 0};
    }
    qsort(replay->sides, replay->n_sides, sizeof(*replay->sides), by_id);
    return each_line(path, add_article, replay, err);
}

int verdict_set_read(struct verdict_set *set, const struct wd_options *opts,
                     const struct wd_pipeline *pl, const char *articles,
                     const char *pairs, struct wd_error *err)
{
    struct replay replay = {.pl = pl, .set = set};
    set->name = pairs;
    int r = each_line(pairs, add_pair, set, err);
    if (r < 0)
        return r;
    replay.art = wd_article_new();
    replay.sides = calloc(2 * set->n + 1, sizeof(*replay.sides));
    r = replay.art && replay.sides ? replay_articles(&replay, opts, articles, err)
                                   : WD_ENOMEM;
    if (r == WD_ENOMEM)
        (void)wd_error_set(err, r, WD_NO_OFFSET, NULL);
    wd_desk_close(replay.desk);
    wd_article_free(replay.art);
    free(replay.sides);
    return r;
}

void verdict_set_done(struct verdict_set *set)
{
    for (size_t i = 0; i < set->n; i++) {
        free(set->pairs[i].a);
        free(set->pairs[i].b);
    }
    free(set->pairs);
    *set = (struct verdict_set){0};
}
