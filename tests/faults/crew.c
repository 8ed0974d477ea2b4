/* crew.c -- see crew.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "crew.h"

#include "check.h"

/* Of a broker that was not known before a handle of librdkafka holds a connection and
 * both ends of a pipe: two such brokers for each of five handles, when a standby has
 * become active. Five freezes in a row left 62 to 71 of 64 and 69. */
#define MORE_DESCRIPTORS 30
#ifdef __SANITIZE_ADDRESS__
#define MORE_KB                                                                          \
    (512 * 1024) /* it keeps freed memory back, to catch who still uses it               \
                  */
#else
/* The window, the articles under way, and what malloc keeps after a backlog: 95 MB were
 * seen after one of ten thousand, and of 73 MB in another instance 33 were in use. */
#define MORE_KB (128 * 1024)
#endif

static void crew_measure(struct crew *crew, int i)
{
    crew->descriptors[i] = child_descriptors(&crew->children[i]);
    crew->memory_kb[i] = child_memory_kb(&crew->children[i], "RssAnon");
}

void crew_start(struct crew *crew, struct round *round)
{
    for (int i = 0; i < 2; i++) {
        start_traced(round, &crew->children[i], NULL);
        if (i == 0)
            await_active(&crew->children[0]);
    }
    CHECK(child_await(&crew->children[1], "READY=1", PATIENCE_MS), "no standby");
    await_progress(round);
    for (int i = 0; i < 2; i++)
        crew_measure(crew, i);
}

void crew_keep(struct crew *crew, struct round *round)
{
    for (int i = 0; i < 2; i++) {
        if (!child_has_ended(&crew->children[i]))
            continue;
        int code = child_wait(&crew->children[i], 1000);
        bool was_fenced = code == 3 && child_logged(&crew->children[i], "fenced");
        if (!was_fenced)
            child_show(&crew->children[i]);
        CHECK(was_fenced, "an instance ended with %d", code);
        start_traced(round, &crew->children[i], NULL);
        CHECK(child_await(&crew->children[i], "READY=1", PATIENCE_MS), "it is not ready");
        crew->descriptors[i] = 0; /* this one has no past */
    }
}

void crew_end(struct crew *crew)
{
    for (int i = 0; i < 2; i++) {
        int descriptors = child_descriptors(&crew->children[i]);
        long memory_kb = child_memory_kb(&crew->children[i], "RssAnon");
        CHECK(!crew->descriptors[i] ||
                  descriptors <= crew->descriptors[i] + MORE_DESCRIPTORS,
              "%d descriptors, %d before", descriptors, crew->descriptors[i]);
        CHECK(!crew->descriptors[i] || memory_kb <= crew->memory_kb[i] * 3 / 2 + MORE_KB,
              "%ld KB, %ld before", memory_kb, crew->memory_kb[i]);
        child_end(&crew->children[i]);
    }
}
