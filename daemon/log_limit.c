/* log_limit.c -- see log_limit.h.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An outage makes one message many times, not many messages: so lines are counted by
 * message, whatever their fields, and a full table lets new ones through. An entry is
 * forgotten once its time is over and what was held back has been told. */
#include "log_limit.h"

#include <string.h>

static bool is_over(const struct log_limit_entry *entry, int64_t now_ms)
{
    return now_ms - entry->begun_ms >= LOG_LIMIT_SPAN_MS;
}

static struct log_limit_entry *entry_of(struct log_limit *lim, const char *msg, int level,
                                        int64_t now_ms)
{
    struct log_limit_entry *free = NULL;
    for (size_t i = 0; i < LOG_LIMIT_MESSAGES; i++) {
        struct log_limit_entry *entry = &lim->entries[i];
        if (entry->msg && strcmp(entry->msg, msg) == 0)
            return entry;
        if (!entry->msg || (entry->n_held == 0 && is_over(entry, now_ms)))
            free = entry;
    }
    if (free)
        *free = (struct log_limit_entry){.msg = msg, .level = level, .begun_ms = now_ms};
    return free;
}

bool log_limit_admits(struct log_limit *lim, const char *msg, int level, int64_t now_ms)
{
    struct log_limit_entry *entry = entry_of(lim, msg, level, now_ms);
    if (!entry)
        return true;
    if (entry->n_held == 0 && is_over(entry, now_ms)) {
        entry->begun_ms = now_ms;
        entry->n_told = 0;
    }
    if (entry->n_told < LOG_LIMIT_BURST) {
        entry->n_told++;
        return true;
    }
    entry->n_held++;
    return false;
}

bool log_limit_due(struct log_limit *lim, int64_t now_ms,
                   struct log_limit_entry *ret_entry)
{
    for (size_t i = 0; i < LOG_LIMIT_MESSAGES; i++) {
        struct log_limit_entry *entry = &lim->entries[i];
        if (!entry->msg || entry->n_held == 0 || !is_over(entry, now_ms))
            continue;
        *ret_entry = *entry;
        *entry = (struct log_limit_entry){0};
        return true;
    }
    return false;
}
