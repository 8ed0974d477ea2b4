/* postings.c -- linear hashing of words that are half key, half article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A posting is one word of 32 bits: the low bits of the article's slot, and above them
 * those bits of the key that its bucket does not tell anyway. A bucket is one line of the
 * cache with fifteen of them; what does not fit goes to spill lines that hang on it. With
 * a key of 28 bits and a window of 200,000 articles that is 6.5 bytes a posting, and one
 * wait for memory, which the caller can ask for ahead.
 *
 * Growth is by linear hashing (Litwin 1980): as the table fills, one bucket after the
 * other is split in two. So no article ever waits until all is copied, and memory follows
 * the number of postings without steps.
 *
 * Nobody takes postings out. That of an article which has left the window is known by its
 * slot, and its place is used again by the next who comes by. Since only the low bits of
 * a slot are kept, it would look alive again after 2^slot_bits articles; a hand that goes
 * round the table, twice in the life of an article, is there before. */
#include "postings.h"

#include <assert.h>
#include <stdlib.h>

#include "base/ahead.h"
#include "base/clones.h"
#include "base/log2.h"
#include "base/pages.h"
#include "postings_line.h"
#include "wiredesk/status.h"

enum {
    WORDS = WD_LINE_WORDS,
    FULL_WORDS = 13, /* on the average, of a bucket; then one is split */
    BLOCK_LINES = WD_PAGES_BYTES / WD_LINE_BYTES,
};

void wd_postings_init(struct wd_postings *post, size_t max_articles, unsigned key_bits)
{
    unsigned slot_bits = wd_bits_of(2 * (uint32_t)max_articles);
    *post = (struct wd_postings){.key_bits = key_bits, .slot_bits = slot_bits};
    if (slot_bits + key_bits > 32)
        post->low_bits = slot_bits + key_bits - 32;
}

static void lines_done(struct wd_postings_lines *lines)
{
    for (uint32_t i = 0; i < lines->n_blocks; i++)
        wd_pages_free(lines->blocks[i], WD_PAGES_BYTES);
    free(lines->blocks);
}

void wd_postings_done(struct wd_postings *post)
{
    lines_done(&post->buckets);
    lines_done(&post->spill);
    free(post->queue);
    *post = (struct wd_postings){0};
}

void wd_postings_reserve(struct wd_postings *post, size_t n_articles, unsigned n_times)
{
    post->n_expected = n_articles;
    post->n_times = n_times;
}

static struct wd_postings_line *line_at(const struct wd_postings_lines *lines,
                                        uint32_t number)
{
    return &lines->blocks[number / BLOCK_LINES][number % BLOCK_LINES];
}

static int lines_add_block(struct wd_postings_lines *lines)
{
    uint32_t n_blocks = lines->n_blocks;
    if ((n_blocks & (n_blocks - 1)) == 0) { /* 0, 1, 2, 4, …: full */
        uint32_t room = n_blocks ? 2 * n_blocks : 1;
        struct wd_postings_line **blocks =
            reallocarray(lines->blocks, room, sizeof(struct wd_postings_line *));
        if (!blocks)
            return WD_ENOMEM;
        lines->blocks = blocks;
    }
    struct wd_postings_line *block = wd_pages_new(WD_PAGES_BYTES);
    if (!block)
        return WD_ENOMEM;
    lines->blocks[lines->n_blocks++] = block;
    return WD_OK;
}

/* Cleared lines up to number `n`. */
static int lines_grow(struct wd_postings *post, struct wd_postings_lines *lines,
                      uint32_t n)
{
    int r = WD_OK;
    while (r == WD_OK && lines->n_blocks * (uint64_t)BLOCK_LINES < n)
        r = lines_add_block(lines);
    if (r < 0)
        return r;
    post->bytes += (n - lines->n) * sizeof(struct wd_postings_line);
    lines->n = n;
    return WD_OK;
}

/* From number `n` on. */
static void touch_lines(const struct wd_postings_lines *lines, uint32_t n)
{
    while (n < lines->n) {
        uint32_t end = (n / BLOCK_LINES + 1) * BLOCK_LINES;
        end = end < lines->n ? end : lines->n;
        wd_pages_touch(line_at(lines, n), (end - n) * sizeof(struct wd_postings_line));
        n = end;
    }
}

static int buckets_grow(struct wd_postings *post, uint32_t n)
{
    int r = lines_grow(post, &post->buckets, n);
    post->bucket_mask = (uint32_t)((UINT64_C(1) << wd_bits_of(post->buckets.n)) - 1);
    return r;
}

/* Spreads the key over its bits, one to one: samples are low hashes, and buckets go by
 * low bits. */
static uint32_t scramble(const struct wd_postings *post, uint32_t key)
{
    uint32_t mask = UINT32_MAX >> (32 - post->key_bits);
    key = key * UINT32_C(2654435769) & mask;
    key ^= key >> (post->key_bits / 2);
    return key * UINT32_C(2246822519) & mask;
}

static uint32_t bucket_of(const struct wd_postings *post, uint32_t scrambled)
{
    uint32_t bucket = scrambled & post->bucket_mask;
    return bucket < post->buckets.n ? bucket : bucket & post->bucket_mask >> 1;
}

static uint32_t slot_mask(const struct wd_postings *post)
{
    return (UINT32_C(1) << post->slot_bits) - 1;
}

/* The key's part of a posting, in its place. */
static uint32_t tag_of(const struct wd_postings *post, uint32_t scrambled)
{
    return (uint32_t)((uint64_t)(scrambled >> post->low_bits) << post->slot_bits);
}

/* How many articles came after that of the posting; n and more: it has left. */
static uint32_t age_of(const struct wd_postings *post, const struct wd_window *win,
                       uint32_t word)
{
    return (win->first + win->n - 1 - word) & slot_mask(post);
}

static struct wd_postings_line *next_line(const struct wd_postings *post,
                                          const struct wd_postings_line *line)
{
    return line->next ? line_at(&post->spill, line->next - 1) : NULL;
}

static int spill_new(struct wd_postings *post, uint32_t *ret_number)
{
    if (post->free_spill) {
        *ret_number = post->free_spill;
        post->free_spill = line_at(&post->spill, *ret_number - 1)->next;
    } else {
        int r = lines_grow(post, &post->spill, post->spill.n + 1);
        if (r < 0)
            return r;
        *ret_number = post->spill.n;
    }
    *line_at(&post->spill, *ret_number - 1) = (struct wd_postings_line){{0}, 0, 0};
    return WD_OK;
}

/* Another line behind a full one, which is the last of its bucket. */
static int bucket_extend(struct wd_postings *post, struct wd_postings_line **last)
{
    uint32_t number;
    int r = spill_new(post, &number);
    if (r < 0)
        return r;
    (*last)->next = number & WD_LINE_MASK;
    *last = line_at(&post->spill, number - 1);
    return WD_OK;
}

/* Appends to the bucket that begins with the line, or goes on with it. */
static inline int bucket_append(struct wd_postings *post, struct wd_postings_line *last,
                                uint32_t word)
{
    int r = WD_OK;
    while (last->n == WORDS && last->next)
        last = line_at(&post->spill, last->next - 1);
    if (last->n == WORDS)
        r = bucket_extend(post, &last);
    if (r < 0)
        return r;
    last->words[last->n++] = word;
    post->n++;
    return WD_OK;
}

/* Puts the words of one line, which is no longer part of any bucket, where they belong by
 * now; those of articles that have left go. */
static int replace_words(struct wd_postings *post, const struct wd_window *win,
                         const struct wd_postings_line *line, uint32_t bucket)
{
    uint32_t low = bucket & ((UINT32_C(1) << post->low_bits) - 1);
    int r = WD_OK;
    post->n -= line->n;
    for (unsigned i = 0; i < line->n && r == WD_OK; i++) {
        uint32_t word = line->words[i];
        uint32_t scrambled = word >> post->slot_bits << post->low_bits | low;
        struct wd_postings_line *to = line_at(&post->buckets, bucket_of(post, scrambled));
        if (age_of(post, win, word) < win->n)
            r = bucket_append(post, to, word);
    }
    return r;
}

/* Empties a bucket and fills it again, and perhaps others, which it was split into. Its
 * spill lines are given back first, so that nothing is needed but what it had. */
static int bucket_replace(struct wd_postings *post, const struct wd_window *win,
                          uint32_t bucket)
{
    struct wd_postings_line *first = line_at(&post->buckets, bucket), line = *first;
    first->n = 0;
    first->next = 0;
    int r = replace_words(post, win, &line, bucket);
    while (r == WD_OK && line.next) {
        uint32_t number = line.next;
        struct wd_postings_line *spill = line_at(&post->spill, number - 1);
        line = *spill;
        spill->next = post->free_spill & WD_LINE_MASK;
        post->free_spill = number;
        r = replace_words(post, win, &line, bucket);
    }
    return r;
}

static int split_one(struct wd_postings *post, const struct wd_window *win)
{
    unsigned level = wd_bits_of(post->buckets.n) - 1;
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): there is a bucket */
    uint32_t bucket = post->buckets.n - (UINT32_C(1) << level);
    int r = buckets_grow(post, post->buckets.n + 1);
    return r < 0 ? r : bucket_replace(post, win, bucket);
}

static struct wd_line_view view_of(const struct wd_postings *post,
                                   const struct wd_window *win)
{
    return (struct wd_line_view){slot_mask(post), win->first + win->n - 1,
                                 (int32_t)win->n};
}

/* A word of the bucket that may be used again, or NULL. */
static uint32_t *find_dead(const struct wd_postings *post, const struct wd_window *win,
                           struct wd_postings_line *line)
{
    struct wd_line_view view = view_of(post, win);
    for (; line; line = next_line(post, line)) {
        unsigned dead = wd_line_dead(line, &view);
        if (dead)
            return &line->words[wd_take_bit(&dead)];
    }
    return NULL;
}

/* If the bucket has as many postings of the tag as are kept: the oldest of them. Here in
 * a whole window, where the postings of a tag still stand in the order in which they
 * came, but that the newest takes the place of the oldest: so the oldest one is the first
 * of its line, or stands behind the newest. There, too, a slot is what its low bits are.
 */
static uint32_t *find_first(const struct wd_postings *post, struct wd_postings_line *line,
                            uint32_t tag)
{
    uint32_t *oldest = NULL;
    unsigned n = 0;
    for (; line; line = next_line(post, line)) {
        unsigned found = wd_line_find(line, slot_mask(post), tag);
        if (!found)
            continue;
        n += wd_line_count(found);
        uint32_t *word = wd_line_first(line, found);
        if (!oldest || *word < *oldest)
            oldest = word;
    }
    return n < WD_POSTINGS_MAX ? NULL : oldest;
}

/* Likewise in any window. */
static uint32_t *find_oldest(const struct wd_postings *post, const struct wd_window *win,
                             struct wd_postings_line *first, uint32_t tag)
{
    struct wd_line_view view = view_of(post, win);
    struct wd_line_tally tally = wd_line_no_tally;
    struct wd_postings_line *line = first;
    for (int number = 0; line; line = next_line(post, line))
        wd_line_tally(line, number++, &view, tag, &tally);
    if (tally.n[0] + tally.n[1] + tally.n[2] + tally.n[3] < WD_POSTINGS_MAX)
        return NULL;
    unsigned place = (unsigned)tally.place[wd_line_tally_lane(&tally)];
    line = first;
    for (; place > WORDS; place -= WORDS + 1)
        line = next_line(post, line);
    return &line->words[place];
}

/* Whether the bucket has room for as many postings of one key as are kept. */
static bool is_long(const struct wd_postings *post, const struct wd_postings_line *line)
{
    _Static_assert(2 * WORDS < WD_POSTINGS_MAX, "two lines have never too many");
    line = line->n == WORDS ? next_line(post, line) : NULL;
    return line && line->n == WORDS;
}

static int add_one(struct wd_postings *post, const struct wd_window *win,
                   const struct wd_queued *posting)
{
    uint32_t scrambled = posting->scrambled, tag = tag_of(post, scrambled);
    uint32_t word = tag | (posting->slot & slot_mask(post));
    struct wd_postings_line *line = line_at(&post->buckets, bucket_of(post, scrambled));
    uint32_t *place = NULL;
    bool is_whole = wd_window_is_whole(win);
    if (is_long(post, line))
        place =
            is_whole ? find_first(post, line, tag) : find_oldest(post, win, line, tag);
    if (!place && !is_whole)
        place = find_dead(post, win, line);
    if (place) {
        *place = word;
        return WD_OK;
    }
    int r = bucket_append(post, line, word);
    if (r == WD_OK && post->n > (uint64_t)FULL_WORDS * post->buckets.n)
        r = split_one(post, win);
    return r;
}

/* Postings are put in by groups, whose memory comes while groups before them are put in:
 * of one group the buckets are asked for, of the one before the second lines of long
 * buckets, of the one before that the third. One after the other, with work in between,
 * they would wait for their addresses, too. A split may put a posting elsewhere
 * meanwhile; then its line came for nothing. */
enum { GROUP = 64, DEPTHS = 3 };

/* The lines of a group that were asked for last. */
struct coming {
    const struct wd_postings_line *lines[GROUP];
    size_t n;
};

static void expect_buckets(const struct wd_postings *post, const struct wd_queued *group,
                           size_t n, struct coming *coming)
{
    coming->n = n;
    for (size_t i = 0; i < n; i++) {
        coming->lines[i] = line_at(&post->buckets, bucket_of(post, group[i].scrambled));
        wd_ahead(coming->lines[i]);
    }
}

/* Of the lines that have come, those that they lead to. */
static void expect_next(const struct wd_postings *post, struct coming *coming)
{
    size_t n = coming->n;
    coming->n = 0;
    for (size_t i = 0; i < n; i++) {
        const struct wd_postings_line *next = next_line(post, coming->lines[i]);
        if (next) {
            coming->lines[coming->n++] = next;
            wd_ahead(next);
        }
    }
}

static int add_group(struct wd_postings *post, const struct wd_window *win,
                     const struct wd_queued *group, size_t n)
{
    int r = WD_OK;
    for (size_t i = 0; i < n && r == WD_OK; i++) {
        if (wd_window_has(win, group[i].slot))
            r = add_one(post, win, &group[i]);
    }
    return r;
}

/* How many of n are in the group that begins with the first of them. */
static size_t group_size(size_t n, size_t first)
{
    return first >= n ? 0 : n - first < GROUP ? n - first : GROUP;
}

WD_CLONED static int add_list(struct wd_postings *post, const struct wd_window *win,
                              const struct wd_queued *list, size_t n)
{
    struct coming coming[DEPTHS] = {{.n = 0}};
    int r = WD_OK;
    for (size_t group = 0; group < (n + GROUP - 1) / GROUP + DEPTHS && r == WD_OK;
         group++) {
        size_t first = group * GROUP;
        for (size_t depth = 1; depth < DEPTHS; depth++)
            expect_next(post, &coming[(group + DEPTHS - depth) % DEPTHS]);
        if (group >= DEPTHS) {
            size_t due = first - (size_t)DEPTHS * GROUP;
            r = add_group(post, win, list + due, group_size(n, due));
        }
        size_t n_next = group_size(n, first);
        expect_buckets(post, n_next ? list + first : NULL, n_next,
                       &coming[group % DEPTHS]);
    }
    return r;
}

/* --- the queue --- */

/* Many postings are put in region by region of the table: each comes upon pages whose
 * addresses the processor still knows. One after the other as they come, two of three
 * jumps in a large table wait for an address first. */
enum { REGION_BITS = 8, REGIONS = 1 << REGION_BITS, FEW = 16 * GROUP };

/* The top bits of the bucket, by the bits that all buckets have. */
struct regions {
    uint32_t mask;
    unsigned shift;
};

static struct regions regions_of(const struct wd_postings *post)
{
    unsigned level = wd_bits_of(post->buckets.n) - 1;
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): there is a bucket */
    return (struct regions){(UINT32_C(1) << level) - 1,
                            level > REGION_BITS ? level - REGION_BITS : 0};
}

/* Copies the queue behind itself by region; in each, what came first stays first. Returns
 * the copy. */
static const struct wd_queued *sort_queue(struct wd_postings *post)
{
    struct wd_queued *sorted = post->queue + post->queue_room;
    size_t starts[REGIONS] = {0}, start = 0;
    struct regions all = regions_of(post);
    for (size_t i = 0; i < post->n_queued; i++)
        starts[(post->queue[i].scrambled & all.mask) >> all.shift]++;
    for (size_t region = 0; region < REGIONS; region++) {
        size_t count = starts[region];
        starts[region] = start;
        start += count;
    }
    for (size_t i = 0; i < post->n_queued; i++) {
        size_t region = (post->queue[i].scrambled & all.mask) >> all.shift;
        sorted[starts[region]++] = post->queue[i];
    }
    return sorted;
}

static int queue_grow(struct wd_postings *post, size_t n)
{
    size_t room = post->queue_room ? post->queue_room : GROUP;
    while (room - post->n_queued < n)
        room *= 2;
    struct wd_queued *queue = reallocarray(post->queue, 2 * room, sizeof(*queue));
    if (!queue)
        return WD_ENOMEM;
    post->queue = queue;
    post->queue_room = room;
    return WD_OK;
}

int wd_postings_add(struct wd_postings *post, const uint32_t *keys, size_t n,
                    uint32_t slot)
{
    int r = WD_OK;
    if (!post->queue || post->queue_room - post->n_queued < n)
        r = queue_grow(post, n);
    if (r < 0)
        return r;
    struct wd_queued *queued = post->queue + post->n_queued;
    post->n_queued += n;
    for (size_t i = 0; i < n; i++)
        queued[i] = (struct wd_queued){scramble(post, keys[i]), slot};
    return WD_OK;
}

/* The room for many is kept until few come again: a log is read in batches, and each
 * would touch new memory. */
static int drain_queue(struct wd_postings *post, const struct wd_window *win)
{
    bool are_many = post->n_queued > FEW;
    int r =
        add_list(post, win, are_many ? sort_queue(post) : post->queue, post->n_queued);
    post->n_queued = 0;
    if (!are_many && post->queue_room > FEW) {
        free(post->queue);
        post->queue = NULL;
        post->queue_room = 0;
    }
    return r;
}

static bool bucket_is_stale(const struct wd_postings *post, const struct wd_window *win,
                            uint32_t bucket)
{
    struct wd_postings_line *line = line_at(&post->buckets, bucket);
    return find_dead(post, win, line) != NULL;
}

static int tidy(struct wd_postings *post, const struct wd_window *win, size_t n_articles)
{
    if (wd_window_is_whole(win))
        return WD_OK;
    uint32_t n = post->buckets.n;
    size_t steps = (2 * (size_t)n / win->max + 1) * n_articles;
    int r = WD_OK;
    for (size_t i = 0; i < steps && i < n && r == WD_OK; i++) {
        post->sweep = post->sweep + 1 < n ? post->sweep + 1 : 0;
        if (bucket_is_stale(post, win, post->sweep))
            r = bucket_replace(post, win, post->sweep);
    }
    return r;
}

/* Of a log that is read back many postings will follow, and to split the buckets one by
 * one would take a seventh of the time. So the table grows for all that are expected,
 * as far as those that are there tell, or for some times as many: expectations may be
 * wrong. */
static int make_room(struct wd_postings *post, const struct wd_window *win)
{
    enum { SURE_8THS = 7 };
    uint64_t n = post->n + post->n_queued;
    if (!wd_window_is_whole(win) || n <= (uint64_t)FULL_WORDS * post->buckets.n)
        return WD_OK;
    uint64_t n_articles = wd_window_foreseen(win, post->n_expected);
    if (n_articles > (uint64_t)post->n_times * win->n)
        n_articles = (uint64_t)post->n_times * win->n;
    uint64_t wanted = n_articles * n / win->n * SURE_8THS / (8 * FULL_WORDS);
    uint32_t n_before = post->buckets.n;
    if (wanted <= n_before || wanted > WD_LINE_MASK)
        return WD_OK;
    int r = buckets_grow(post, (uint32_t)wanted);
    if (r == WD_OK)
        touch_lines(&post->buckets, n_before);
    for (uint32_t bucket = 0; bucket < n_before && r == WD_OK; bucket++)
        r = bucket_replace(post, win, bucket);
    return r;
}

int wd_postings_settle(struct wd_postings *post, const struct wd_window *win,
                       size_t n_articles)
{
    int r = WD_OK;
    if (post->buckets.n == 0)
        r = buckets_grow(post, UINT32_C(1) << post->low_bits);
    if (r == WD_OK)
        r = make_room(post, win);
    if (r == WD_OK)
        r = drain_queue(post, win);
    return r < 0 ? r : tidy(post, win, n_articles);
}

void wd_postings_prefetch(const struct wd_postings *post, uint32_t key, unsigned depth)
{
    if (post->buckets.n == 0)
        return;
    const struct wd_postings_line *line =
        line_at(&post->buckets, bucket_of(post, scramble(post, key)));
    while (depth-- > 0 && line)
        line = next_line(post, line);
    if (line)
        wd_ahead(line);
}

unsigned wd_postings_find(const struct wd_postings *post, const struct wd_window *win,
                          uint32_t key, uint32_t ret_slots[WD_POSTINGS_MAX])
{
    if (post->buckets.n == 0)
        return 0;
    uint32_t scrambled = scramble(post, key), tag = tag_of(post, scrambled);
    uint32_t newest = win->first + win->n - 1;
    unsigned n = 0;
    for (const struct wd_postings_line *line =
             line_at(&post->buckets, bucket_of(post, scrambled));
         line; line = next_line(post, line)) {
        for (unsigned same = wd_line_find(line, slot_mask(post), tag); same;) {
            uint32_t age = age_of(post, win, line->words[wd_take_bit(&same)]);
            if (age >= win->n)
                continue;
            assert(n < WD_POSTINGS_MAX);
            ret_slots[n++] = newest - age;
        }
    }
    return n;
}
