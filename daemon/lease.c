/* lease.c -- a consumer that never consumes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The group is cooperative-sticky, so that a standby that joins or leaves does not move
 * the partition. The partition is assigned at its end and paused at once: this handle
 * only exists for its heartbeats. The standby's own copy of the state is read by another
 * one.
 *
 * Losing the lease while active is no reason to panic. The broker may have been away for
 * longer than the session; then nobody else has it either. The desk commits what it has
 * (the transactional.id decides whether that is allowed) and stands by.
 *
 * Taggers share their group eagerly: at each change all give back what they have, and get
 * a new share under a new generation. The group waits for the slowest of them, so that a
 * tagger gives back only when what it has begun is committed, which the old generation
 * still allows. */
#include "lease.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "wake.h"

/* A standby hears with its next heartbeat that the active one has left: on average half
 * of this is a part of every take-over. */
#define BEAT_MS 200

#define API_JOIN_GROUP 11

struct lease {
    rd_kafka_t *consumer;
    struct wake *wake;
    void (*on_event)(void *opaque, enum lease_event event);
    void *opaque;
    bool is_eager; /* a tagger's */
    bool is_held;
    bool is_owed; /* lost, and not given back */
    struct share share;
    bool was_answered;        /* the group has told us our share, even if it is none */
    atomic_bool has_asked;    /* to be taken into the group */
    struct kafka_watch watch; /* of the handle's requests */
};

static void lease_tell(struct lease *lease, enum lease_event event)
{
    if (lease->on_event)
        lease->on_event(lease->opaque, event);
}

static void rebalance_report(rd_kafka_error_t *error)
{
    if (!error)
        return;
    log_debug("lease", LOG_TEXT("error", rd_kafka_error_string(error)));
    rd_kafka_error_destroy(error);
}

static void share_done(struct share *share)
{
    if (share->parts)
        rd_kafka_topic_partition_list_destroy(share->parts);
    if (share->group)
        rd_kafka_consumer_group_metadata_destroy(share->group);
    *share = (struct share){NULL, NULL};
}

/* The names alone: a copy of librdkafka's own list would keep what belongs to this
 * handle, and another handle that is given it aborts. */
static struct share share_of(rd_kafka_t *consumer,
                             const rd_kafka_topic_partition_list_t *parts)
{
    struct share share = {rd_kafka_topic_partition_list_new(parts->cnt),
                          rd_kafka_consumer_group_metadata(consumer)};
    for (int i = 0; i < parts->cnt; i++)
        (void)rd_kafka_topic_partition_list_add(share.parts, parts->elems[i].topic,
                                                parts->elems[i].partition);
    rd_kafka_topic_partition_list_sort(share.parts, NULL, NULL);
    return share;
}

static void lease_assign(struct lease *lease, rd_kafka_topic_partition_list_t *parts)
{
    for (int i = 0; i < parts->cnt; i++)
        parts->elems[i].offset = RD_KAFKA_OFFSET_END;
    if (lease->is_eager)
        (void)rd_kafka_assign(lease->consumer, parts);
    else
        rebalance_report(rd_kafka_incremental_assign(lease->consumer, parts));
    (void)rd_kafka_pause_partitions(lease->consumer, parts); /* what comes is dropped */
    if (parts->cnt > 0) {
        share_done(&lease->share);
        lease->share = share_of(lease->consumer, parts);
        lease->is_held = true;
    }
    lease_tell(lease, lease->is_held ? LEASE_HELD : LEASE_FREE);
}

static void lease_revoke(struct lease *lease, rd_kafka_topic_partition_list_t *parts)
{
    bool was_held = lease->is_held && parts->cnt > 0;
    lease->is_owed = lease->is_eager;
    if (!lease->is_eager)
        rebalance_report(rd_kafka_incremental_unassign(lease->consumer, parts));
    if (!was_held || !lease->on_event)
        lease_give_back(lease);
    if (was_held) {
        lease->is_held = false;
        lease_tell(lease, LEASE_LOST);
    }
}

const struct share *lease_share(const struct lease *lease)
{
    return &lease->share;
}

void lease_give_back(struct lease *lease)
{
    if (!lease->is_owed)
        return;
    lease->is_owed = false;
    (void)rd_kafka_assign(lease->consumer, NULL); /* it fails only after a close */
}

static void on_rebalance(rd_kafka_t *rk, rd_kafka_resp_err_t code,
                         rd_kafka_topic_partition_list_t *parts, void *opaque)
{
    struct lease *lease = opaque;
    (void)rk;
    lease->was_answered = true;
    kafka_note_alive();
    if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
        lease_assign(lease, parts);
    else
        lease_revoke(lease, parts);
}

static void lease_drain(void *opaque)
{
    struct lease *lease = opaque;
    rd_kafka_message_t *msg;
    while ((msg = rd_kafka_consumer_poll(lease->consumer, 0)) != NULL) {
        if (msg->err)
            log_debug("lease", LOG_TEXT("error", rd_kafka_message_errstr(msg)));
        rd_kafka_message_destroy(msg);
    }
}

static void on_request(void *opaque, int16_t key)
{
    struct lease *lease = opaque;
    if (key == API_JOIN_GROUP)
        atomic_store(&lease->has_asked, true);
}

static rd_kafka_conf_t *lease_conf(const struct config *cfg, struct lease *lease,
                                   struct fault *fault)
{
    char session[24], heartbeat[24], longest[24];
    int64_t poll_ms = cfg->lease_ms > 60000 ? cfg->lease_ms : 60000;
    (void)snprintf(session, sizeof(session), "%lld", (long long)cfg->lease_ms);
    int64_t beat_ms = cfg->lease_ms / 10 < BEAT_MS ? cfg->lease_ms / 10 : BEAT_MS;
    (void)snprintf(heartbeat, sizeof(heartbeat), "%lld", (long long)beat_ms);
    (void)snprintf(longest, sizeof(longest), "%lld", (long long)poll_ms);
    const struct kafka_property ours[] = {
        {"group.id", cfg->lease_group},
        {"partition.assignment.strategy",
         lease->is_eager ? "roundrobin" : "cooperative-sticky"},
        {"session.timeout.ms", session},
        {"heartbeat.interval.ms", heartbeat},
        {"max.poll.interval.ms", longest},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"auto.offset.reset", "latest"}, /* it reads nothing */
        {NULL, NULL},
    };
    rd_kafka_conf_t *conf = kafka_conf_new(cfg->kafka, ours, lease, fault);
    if (!conf)
        return NULL;
    rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
    lease->watch = (struct kafka_watch){on_request, lease};
    if (kafka_watch_requests(conf, &lease->watch, fault) < 0) {
        rd_kafka_conf_destroy(conf);
        return NULL;
    }
    return conf;
}

static int lease_join(struct lease *lease, const struct config *cfg, struct fault *fault)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    if (!lease->is_eager)
        rd_kafka_topic_partition_list_add(list, cfg->sketch_topic, RD_KAFKA_PARTITION_UA);
    for (size_t i = 0; lease->is_eager && i < cfg->n_topics; i++)
        rd_kafka_topic_partition_list_add(list, cfg->topics[i], RD_KAFKA_PARTITION_UA);
    rd_kafka_resp_err_t code = rd_kafka_subscribe(lease->consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    return code ? kafka_fault_code(fault, "joining the lease group", code) : 0;
}

struct lease *lease_open(const struct config *cfg, uv_loop_t *loop,
                         void (*on_event)(void *opaque, enum lease_event event),
                         void *opaque, struct fault *fault)
{
    struct lease *lease = calloc(1, sizeof(*lease));
    if (!lease) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory");
        return NULL;
    }
    lease->on_event = on_event;
    lease->opaque = opaque;
    lease->is_eager = cfg->tier == TIER_TAG;
    rd_kafka_conf_t *conf = lease_conf(cfg, lease, fault);
    if (conf)
        lease->consumer = kafka_open(RD_KAFKA_CONSUMER, &conf, fault);
    if (!lease->consumer)
        goto fail;
    lease->wake =
        wake_open(loop, rd_kafka_queue_get_consumer(lease->consumer), lease_drain, lease);
    if (!lease->wake) {
        (void)fault_set(fault, FAULT_WORLD, "out of memory or descriptors");
        goto fail;
    }
    if (lease_join(lease, cfg, fault) == 0)
        return lease;
fail:
    lease_mute(lease);
    lease_leave(lease);
    return NULL;
}

void lease_tick(struct lease *lease)
{
    lease_drain(lease);
}

void lease_release(struct lease *lease)
{
    rd_kafka_resp_err_t code = rd_kafka_unsubscribe(lease->consumer);
    if (code) /* then the group hears it from lease_leave() */
        log_debug("lease", LOG_TEXT("error", rd_kafka_err2str(code)));
}

void lease_mute(struct lease *lease)
{
    if (!lease)
        return;
    lease->on_event = NULL;
    wake_close(lease->wake);
    lease->wake = NULL;
}

/* librdkafka 2.0.2 aborts (rd_kafka_sticky_assignor_state_destroy) when a handle is
 * destroyed after the group took it in and before it heard its share. Whether it was ever
 * taken in cannot be asked: a member that slept and was forgotten has no name again. So
 * one that has asked and was told nothing is closed, so that the group knows, and left
 * behind with what its threads may still touch: that happens at most once a start that
 * fails in its first moments. */
void lease_leave(struct lease *lease)
{
    if (!lease)
        return;
    if (lease->consumer) {
        lease_give_back(lease);
        (void)rd_kafka_consumer_close(lease->consumer); /* it leaves, or times out */
        if (!lease->was_answered && atomic_load(&lease->has_asked))
            return;
        rd_kafka_destroy(lease->consumer);
    }
    share_done(&lease->share);
    free(lease);
}
