/* tagger.c -- a share of the input, and the names that go with it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A tagger has no state but its offsets, which are committed with what it writes, under
 * the generation of the group in which it was given its partitions. That alone is safe:
 * of two that believe in the same partition, one has an old generation, and the broker
 * refuses its transaction.
 *
 * It is not quick. The transaction that a killed tagger left open would hold up all who
 * read committed records behind it, the desk first of all, until the broker gives it up:
 * transaction.timeout.ms, and up to ten seconds of the broker's own rhythm. So each
 * tagger writes under the name of the first of its partitions, and whoever is given a
 * partition fences its name, which aborts what was open. Whatever name the dead one had:
 * it was that of a partition, and every partition has a new owner. */
#include "tagger.h"

#include <stdlib.h>

#include "probe.h"
#include "topics.h"

/* NULL when memory is short. */
static char *name_of(const struct config *cfg, const rd_kafka_topic_partition_t *part)
{
    char *name;
    int size = asprintf(&name, "%s.tag.%s.%d", cfg->transactional_id, part->topic,
                        (int)part->partition);
    return size < 0 ? NULL : name;
}

/* All names but the first, which the sink fences by taking it. */
static int fence_names(const struct config *cfg, const struct share *share,
                       struct patience *pat, struct fault *fault)
{
    int r = 0;
    for (int i = 1; i < share->parts->cnt && r == 0; i++) {
        char *name = name_of(cfg, &share->parts->elems[i]);
        if (!name)
            return fault_set(fault, FAULT_WORLD, "out of memory");
        r = sink_fence(cfg, name, pat, fault);
        free(name);
    }
    return r;
}

static int open_sink(const struct config *cfg, const struct share *share,
                     const size_t limits[SINK_TOPICS], struct patience *pat,
                     struct estate *est, struct fault *fault)
{
    char *name = name_of(cfg, &share->parts->elems[0]);
    if (!name)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    const struct sink_identity identity = {name, share->group};
    est->sink = sink_open(cfg, &identity, limits, pat, fault);
    free(name);
    return est->sink ? 0 : -1;
}

int tagger_take_up(const struct config *cfg, const struct share *share,
                   struct patience *pat, struct estate *est, struct fault *fault)
{
    size_t limits[SINK_TOPICS];
    int64_t begun_ms = monotonic_ms();
    probe(PROBE_LEASED);
    if (topics_judge(cfg, pat, limits, fault) < 0 ||
        fence_names(cfg, share, pat, fault) < 0 ||
        open_sink(cfg, share, limits, pat, est, fault) < 0)
        return -1;
    int64_t fenced_ms = monotonic_ms();
    probe(PROBE_FENCED);
    est->ledger = ledger_new();
    if (!est->ledger)
        return fault_set(fault, FAULT_WORLD, "out of memory");
    est->source = source_open(cfg, share->parts, est->ledger, pat, fault);
    if (!est->source)
        return -1;
    probe(PROBE_ASSIGNED);
    log_info("active", LOG_NUMBER("partitions", share->parts->cnt),
             LOG_TEXT("first", share->parts->elems[0].topic),
             LOG_NUMBER("partition", share->parts->elems[0].partition),
             LOG_NUMBER("fence_ms", fenced_ms - begun_ms),
             LOG_NUMBER("assign_ms", monotonic_ms() - fenced_ms));
    return 0;
}
