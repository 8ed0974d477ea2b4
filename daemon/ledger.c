/* ledger.c -- see ledger.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A handful of partitions is usual, a few hundred the most: a list that is searched from
 * the last hit on is faster than anything clever. Offsets need not be adjacent: control
 * records and compaction leave gaps. */
#include "ledger.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct ledger {
    struct ledger_line *lines;
    size_t n;
    size_t room;
    size_t last; /* the line that was asked for last */
};

struct ledger *ledger_new(void)
{
    return calloc(1, sizeof(struct ledger));
}

void ledger_free(struct ledger *led)
{
    if (!led)
        return;
    for (size_t i = 0; i < led->n; i++)
        free(led->lines[i].topic);
    free(led->lines);
    free(led);
}

static bool line_is(const struct ledger_line *line, struct wd_str topic,
                    int32_t partition)
{
    return line->partition == partition && wd_str_equal(wd_str_from(line->topic), topic);
}

static struct ledger_line *line_find(const struct ledger *led, struct wd_str topic,
                                     int32_t partition)
{
    if (led->last < led->n && line_is(&led->lines[led->last], topic, partition))
        return &led->lines[led->last];
    for (size_t i = 0; i < led->n; i++) {
        if (line_is(&led->lines[i], topic, partition))
            return &led->lines[i];
    }
    return NULL;
}

static struct ledger_line *line_add(struct ledger *led, struct wd_str topic,
                                    int32_t partition)
{
    if (led->n == led->room) {
        size_t room = led->room ? led->room * 2 : 8;
        struct ledger_line *lines = realloc(led->lines, room * sizeof(*lines));
        if (!lines)
            return NULL;
        led->lines = lines;
        led->room = room;
    }
    char *name = strndup(topic.data, topic.size);
    if (!name)
        return NULL;
    led->lines[led->n] = (struct ledger_line){.topic = name,
                                              .partition = partition,
                                              .arrived = LEDGER_NONE,
                                              .decided = LEDGER_NONE,
                                              .sealed = LEDGER_NONE,
                                              .committed = LEDGER_NONE};
    return &led->lines[led->n++];
}

static struct ledger_line *line_get(struct ledger *led, struct wd_str topic,
                                    int32_t partition)
{
    struct ledger_line *line = line_find(led, topic, partition);
    if (!line)
        line = line_add(led, topic, partition);
    if (line)
        led->last = (size_t)(line - led->lines);
    return line;
}

bool ledger_restore(struct ledger *led, struct wd_str topic, int32_t partition,
                    int64_t offset, int64_t timestamp_ms)
{
    struct ledger_line *line = line_get(led, topic, partition);
    if (!line || offset < 0 || offset < line->arrived)
        return false;
    line->timestamp_ms = timestamp_ms;
    line->arrived = line->decided = line->sealed = line->committed = offset + 1;
    return true;
}

bool ledger_arrive(struct ledger *led, struct wd_str topic, int32_t partition,
                   int64_t offset)
{
    struct ledger_line *line = line_get(led, topic, partition);
    if (!line || offset < 0 || offset < line->arrived)
        return false;
    line->arrived = offset + 1;
    line->n_arrived++;
    return true;
}

void ledger_decide(struct ledger *led, struct wd_str topic, int32_t partition,
                   int64_t offset)
{
    struct ledger_line *line = line_get(led, topic, partition);
    assert(line && offset >= line->decided && offset < line->arrived);
    line->decided = offset + 1;
    line->n_decided++;
}

void ledger_seal(struct ledger *led)
{
    for (size_t i = 0; i < led->n; i++) {
        led->lines[i].sealed = led->lines[i].decided;
        led->lines[i].n_sealed = led->lines[i].n_decided;
    }
}

void ledger_settle(struct ledger *led)
{
    for (size_t i = 0; i < led->n; i++) {
        led->lines[i].committed = led->lines[i].sealed;
        led->lines[i].n_committed = led->lines[i].n_sealed;
    }
}

bool ledger_line_is_due(const struct ledger_line *line)
{
    return line->sealed > line->committed;
}

int64_t ledger_timestamp(const struct ledger *led, struct wd_str topic, int32_t partition)
{
    const struct ledger_line *line = line_find(led, topic, partition);
    return line ? line->timestamp_ms : 0;
}

int64_t ledger_position(const struct ledger *led, struct wd_str topic, int32_t partition)
{
    const struct ledger_line *line = line_find(led, topic, partition);
    return line ? line->arrived : LEDGER_NONE;
}

uint64_t ledger_under_way(const struct ledger *led, struct wd_str topic,
                          int32_t partition)
{
    const struct ledger_line *line = line_find(led, topic, partition);
    return line ? line->n_arrived - line->n_committed : 0;
}

const struct ledger_line *ledger_lines(const struct ledger *led, size_t *ret_n)
{
    *ret_n = led->n;
    return led->lines;
}

enum ledger_accord ledger_compare(int64_t position, int64_t committed,
                                  bool is_transactional)
{
    if (position == committed)
        return LEDGER_AGREES;
    /* Brokers drop the offsets of a group that was silent for a week. */
    if (committed == LEDGER_NONE)
        return LEDGER_FORGOTTEN;
    if (!is_transactional && position != LEDGER_NONE && committed < position)
        return LEDGER_AGREES;
    return LEDGER_DISAGREES;
}
