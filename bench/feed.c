/* feed.c -- see feed.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "feed.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "synth.h"
#include "topic.h"

#define ARTICLE_MOST (1024 * 1024)
#define EPOCH_MS     INT64_C(1700000000000) /* one article a second from here */

void feed_one(struct feed *feed, int32_t partition, uint64_t number)
{
    struct wd_buf text;
    char key[32];
    wd_buf_init(&text, ARTICLE_MOST);
    synth_article(number, &text);
    CHECK(wd_buf_status(&text) == 0, "memory is short");
    (void)snprintf(key, sizeof(key), "bench:%llu", (unsigned long long)number);
    feed_record_to(feed, partition, key, strlen(key), text.data, text.size, NULL,
                   EPOCH_MS + (int64_t)number * 1000);
    wd_buf_done(&text);
}

void feed_synthetic(const char *topic, int32_t partitions, size_t n)
{
    struct feed *feed = feed_open(topic, partitions);
    for (size_t i = 0; i < n; i++)
        feed_one(feed, (int32_t)(i % (size_t)partitions), i);
    feed_flush(feed);
    feed_close(feed);
}
