/* postings.c -- linear hashing of words that are half key, half article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A posting is one word of 32 bits: the low bits of the article's slot, and above them
 * those bits of the key that its bucket does not tell anyway. A bucket is one line of the
 * cache with fifteen of them; what does not fit goes to spill lines that hang on it. With
 * a key of 28 bits and a window of 200,000 articles that is 6.2 bytes a posting, and one
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
#include <string.h>

#include "base/ahead.h"
#include "base/log2.h"
#include "base/pages.h"
#include "wiredesk/status.h"

enum {
    WORDS = 15,
    LINE_BYTES = WD_LINE_BYTES,
    FULL_WORDS = 12, /* on the average, of a bucket; then one is split */
    BLOCK_LINES = WD_PAGES_BYTES / LINE_BYTES,
    NEXT_BITS = 28,
    LINE_MASK = (1 << NEXT_BITS) - 1,
};

/* The words in use come first. */
struct wd_postings_line {
    uint32_t words[WORDS];
    uint32_t next : NEXT_BITS; /* number + 1 of a spill line; 0: none */
    uint32_t n : 4;
};

_Static_assert(sizeof(struct wd_postings_line) == LINE_BYTES, "one line of the cache");

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

/* A line is looked through as a whole, four words at a time: most have nothing to say,
 * and a branch a word would cost more than the wait for memory. */
typedef uint32_t lanes __attribute__((vector_size(16), may_alias));
typedef int32_t answers __attribute__((vector_size(16))); /* 0 or -1 */

enum { LANES = 4, VECTORS = LINE_BYTES / (int)sizeof(lanes) };

/* One bit for each of four words, the `v`th four of a line. */
static answers bits_of(answers found, unsigned v)
{
    const answers bits = {1, 2, 4, 8};
    return found & bits << (int)(LANES * v);
}

/* One number of bits that stand in four lanes, of the words that the line has. */
static unsigned fold_bits(answers bits, const struct wd_postings_line *line)
{
    uint64_t halves[2];
    memcpy(halves, &bits, sizeof(bits));
    uint64_t both = halves[0] | halves[1];
    return (unsigned)(both | both >> 32) & ((1u << line->n) - 1);
}

/* The number of the lowest bit; and the rest without it. */
static unsigned take_bit(unsigned *bits)
{
    unsigned lowest = (unsigned)__builtin_ctz(*bits);
    *bits &= *bits - 1;
    return lowest;
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

/* Appends to the bucket that begins with *line, or goes on with it; *line then has the
 * word. */
static int bucket_append(struct wd_postings *post, struct wd_postings_line **line,
                         uint32_t word)
{
    struct wd_postings_line *last = *line;
    while (last->n == WORDS && last->next)
        last = line_at(&post->spill, last->next - 1);
    if (last->n == WORDS) {
        uint32_t number;
        int r = spill_new(post, &number);
        if (r < 0)
            return r;
        last->next = number & LINE_MASK;
        last = line_at(&post->spill, number - 1);
    }
    last->words[last->n++] = word;
    post->n++;
    *line = last;
    return WD_OK;
}

/* The last lines so far of the two buckets to which the words of one may go. */
struct refill {
    uint32_t bucket;
    struct wd_postings_line *old; /* of that */
    struct wd_postings_line *new; /* of the newest bucket */
};

/* Puts the words of one line, which is no longer part of any bucket, where they belong by
 * now; those of articles that have left go. */
static int replace_words(struct wd_postings *post, const struct wd_window *win,
                         const struct wd_postings_line *line, struct refill *refill)
{
    uint32_t low = refill->bucket & ((UINT32_C(1) << post->low_bits) - 1);
    int r = WD_OK;
    post->n -= line->n;
    for (unsigned i = 0; i < line->n && r == WD_OK; i++) {
        uint32_t word = line->words[i];
        uint32_t scrambled = word >> post->slot_bits << post->low_bits | low;
        bool is_old = bucket_of(post, scrambled) == refill->bucket;
        if (age_of(post, win, word) < win->n)
            r = bucket_append(post, is_old ? &refill->old : &refill->new, word);
    }
    return r;
}

/* Empties a bucket and fills it again, and perhaps another one. Its spill lines are given
 * back first, so that nothing is needed but what it had. */
static int bucket_replace(struct wd_postings *post, const struct wd_window *win,
                          uint32_t bucket)
{
    struct wd_postings_line *first = line_at(&post->buckets, bucket), line = *first;
    struct refill refill = {bucket, first, line_at(&post->buckets, post->buckets.n - 1)};
    first->n = 0;
    first->next = 0;
    int r = replace_words(post, win, &line, &refill);
    while (r == WD_OK && line.next) {
        uint32_t number = line.next;
        struct wd_postings_line *spill = line_at(&post->spill, number - 1);
        line = *spill;
        spill->next = post->free_spill & LINE_MASK;
        post->free_spill = number;
        r = replace_words(post, win, &line, &refill);
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

/* What a bucket has to say to a new posting. */
struct survey {
    uint32_t *dead;      /* a word that may be used again, or NULL */
    unsigned n_same;     /* postings of the key */
    uint32_t oldest_age; /* of those */
};

/* What four lanes gathered from the words of all lines. */
struct tally {
    answers n_same;
    answers oldest; /* age */
};

static unsigned line_tally(const struct wd_postings *post, const struct wd_window *win,
                           const struct wd_postings_line *line, uint32_t tag,
                           struct tally *tally)
{
    const lanes *words = (const lanes *)line;
    const answers lane = {0, 1, 2, 3};
    uint32_t newest = win->first + win->n - 1, mask = slot_mask(post);
    answers dead = {0};
#pragma GCC unroll 4
    for (int v = 0; v < VECTORS; v++) {
        answers ages = (answers)((newest - words[v]) & mask);
        answers is_in = lane < (int)line->n - LANES * v;
        answers is_dead = (ages >= (int32_t)win->n) & is_in;
        answers is_same = ((words[v] & ~mask) == tag) & ~is_dead & is_in;
        answers is_older = is_same & (ages > tally->oldest);
        dead |= bits_of(is_dead, (unsigned)v);
        tally->n_same -= is_same; /* each is -1 */
        tally->oldest = (tally->oldest & ~is_older) | (ages & is_older);
    }
    return fold_bits(dead, line);
}

static struct survey bucket_survey(const struct wd_postings *post,
                                   const struct wd_window *win,
                                   struct wd_postings_line *line, uint32_t tag)
{
    struct survey survey = {0};
    struct tally tally = {0};
    for (; line; line = next_line(post, line)) {
        unsigned dead = line_tally(post, win, line, tag, &tally);
        if (dead)
            survey.dead = &line->words[take_bit(&dead)];
    }
    for (unsigned i = 0; i < LANES; i++) {
        uint32_t oldest = (uint32_t)tally.oldest[i];
        survey.n_same += (uint32_t)tally.n_same[i];
        survey.oldest_age = oldest > survey.oldest_age ? oldest : survey.oldest_age;
    }
    return survey;
}

/* The place of a word that the bucket has. */
static uint32_t *bucket_seek(const struct wd_postings *post,
                             struct wd_postings_line *line, uint32_t word)
{
    for (;; line = next_line(post, line)) {
        assert(line);
        const lanes *words = (const lanes *)line;
        answers same = {0};
#pragma GCC unroll 4
        for (unsigned v = 0; v < VECTORS; v++)
            same |= bits_of(words[v] == word, v);
        unsigned bits = fold_bits(same, line);
        if (bits)
            return &line->words[take_bit(&bits)];
    }
}

/* Whether a new posting may take the place of another one. While nothing has left the
 * window, that takes as many in the bucket as are kept of one key; so a log is read back
 * without looking at what is there. */
static bool needs_survey(const struct wd_postings *post, const struct wd_window *win,
                         const struct wd_postings_line *line)
{
    _Static_assert(2 * WORDS < WD_POSTINGS_MAX, "two lines have never too many");
    if (!wd_window_is_whole(win))
        return true;
    line = line->n == WORDS ? next_line(post, line) : NULL;
    return line && line->n == WORDS;
}

static int add_one(struct wd_postings *post, const struct wd_window *win,
                   const struct wd_queued *posting)
{
    uint32_t scrambled = posting->scrambled, tag = tag_of(post, scrambled);
    uint32_t word = tag | (posting->slot & slot_mask(post));
    struct wd_postings_line *line = line_at(&post->buckets, bucket_of(post, scrambled));
    struct survey survey = {0};
    if (needs_survey(post, win, line))
        survey = bucket_survey(post, win, line, tag);
    if (survey.n_same >= WD_POSTINGS_MAX) {
        uint32_t oldest = win->first + win->n - 1 - survey.oldest_age;
        *bucket_seek(post, line, tag | (oldest & slot_mask(post))) = word;
        return WD_OK;
    }
    if (survey.dead) {
        *survey.dead = word;
        return WD_OK;
    }
    int r = bucket_append(post, &line, word);
    if (r == WD_OK && post->n > (uint64_t)FULL_WORDS * post->buckets.n)
        r = split_one(post, win);
    return r;
}

/* Postings are put in by groups: of all of a group the buckets are asked for at once,
 * then of long buckets the second and third line. One after the other, with work in
 * between, they would wait for their addresses, too. A split may put a posting elsewhere
 * meanwhile; then its line came for nothing. */
enum { GROUP = 64, DEPTHS = 3 };

static void expect_group(const struct wd_postings *post, const struct wd_queued *group,
                         size_t n)
{
    const struct wd_postings_line *lines[GROUP];
    for (size_t i = 0; i < n; i++) {
        uint32_t bucket = bucket_of(post, group[i].scrambled);
        lines[i] = line_at(&post->buckets, bucket);
        wd_ahead(lines[i]);
    }
    for (unsigned depth = 1; depth < DEPTHS; depth++) {
        size_t n_long = 0;
        for (size_t i = 0; i < n; i++) {
            const struct wd_postings_line *next = next_line(post, lines[i]);
            if (next) {
                lines[n_long++] = next;
                wd_ahead(next);
            }
        }
        n = n_long;
    }
}

static int add_list(struct wd_postings *post, const struct wd_window *win,
                    const struct wd_queued *list, size_t n)
{
    int r = WD_OK;
    for (size_t from = 0; from < n && r == WD_OK; from += GROUP) {
        size_t end = n - from < GROUP ? n : from + GROUP;
        expect_group(post, list + from, end - from);
        for (size_t i = from; i < end && r == WD_OK; i++) {
            if (wd_window_has(win, list[i].slot))
                r = add_one(post, win, &list[i]);
        }
    }
    return r;
}

/* --- the queue --- */

/* Many postings are put in region by region of the table: each comes upon pages whose
 * addresses the processor still knows. One after the other as they come, two of three
 * jumps in a large table wait for an address first. */
enum { REGION_BITS = 8, REGIONS = 1 << REGION_BITS, FEW = 16 * GROUP };

static uint32_t region_of(const struct wd_postings *post, uint32_t scrambled)
{
    unsigned level = wd_bits_of(post->buckets.n) - 1;
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): there is a bucket */
    uint32_t bucket = scrambled & ((UINT32_C(1) << level) - 1);
    return level > REGION_BITS ? bucket >> (level - REGION_BITS) : bucket;
}

/* Copies the queue by region; in each, what came first stays first. */
static void sort_queue(const struct wd_postings *post, struct wd_queued *sorted)
{
    size_t starts[REGIONS] = {0}, start = 0;
    for (size_t i = 0; i < post->n_queued; i++)
        starts[region_of(post, post->queue[i].scrambled)]++;
    for (size_t region = 0; region < REGIONS; region++) {
        size_t count = starts[region];
        starts[region] = start;
        start += count;
    }
    for (size_t i = 0; i < post->n_queued; i++)
        sorted[starts[region_of(post, post->queue[i].scrambled)]++] = post->queue[i];
}

int wd_postings_add(struct wd_postings *post, uint32_t key, uint32_t slot)
{
    if (post->n_queued == post->queue_room) {
        size_t room = post->queue_room ? 2 * post->queue_room : GROUP;
        struct wd_queued *queue = reallocarray(post->queue, room, sizeof(*queue));
        if (!queue)
            return WD_ENOMEM;
        post->queue = queue;
        post->queue_room = room;
    }
    post->queue[post->n_queued++] = (struct wd_queued){scramble(post, key), slot};
    return WD_OK;
}

/* Without memory for the copy they are put in as they came. */
static int drain_queue(struct wd_postings *post, const struct wd_window *win)
{
    struct wd_queued *sorted = NULL;
    if (post->n_queued > FEW)
        sorted = reallocarray(NULL, post->n_queued, sizeof(*sorted));
    if (sorted)
        sort_queue(post, sorted);
    int r = add_list(post, win, sorted ? sorted : post->queue, post->n_queued);
    free(sorted);
    post->n_queued = 0;
    if (post->queue_room > FEW) {
        free(post->queue);
        post->queue = NULL;
        post->queue_room = 0;
    }
    return r;
}

/* A bit for each word of a line that is of an article which has left. */
static unsigned line_dead(const struct wd_postings *post, const struct wd_window *win,
                          const struct wd_postings_line *line)
{
    const lanes *words = (const lanes *)line;
    uint32_t newest = win->first + win->n - 1, mask = slot_mask(post);
    answers dead = {0};
#pragma GCC unroll 4
    for (unsigned v = 0; v < VECTORS; v++) {
        answers ages = (answers)((newest - words[v]) & mask); /* of 28 bits at most */
        dead |= bits_of(ages >= (int32_t)win->n, v);
    }
    return fold_bits(dead, line);
}

static bool bucket_is_stale(const struct wd_postings *post, const struct wd_window *win,
                            uint32_t bucket)
{
    for (const struct wd_postings_line *line = line_at(&post->buckets, bucket); line;
         line = next_line(post, line)) {
        if (line_dead(post, win, line))
            return true;
    }
    return false;
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

int wd_postings_settle(struct wd_postings *post, const struct wd_window *win,
                       size_t n_articles)
{
    int r = WD_OK;
    if (post->buckets.n == 0)
        r = buckets_grow(post, UINT32_C(1) << post->low_bits);
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

/* A bit for each word of a line that has the tag; of those that have left, too. */
static unsigned line_find(const struct wd_postings *post,
                          const struct wd_postings_line *line, uint32_t tag)
{
    const lanes *words = (const lanes *)line;
    uint32_t mask = slot_mask(post);
    answers same = {0};
#pragma GCC unroll 4
    for (unsigned v = 0; v < VECTORS; v++)
        same |= bits_of((words[v] & ~mask) == tag, v);
    return fold_bits(same, line);
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
        for (unsigned same = line_find(post, line, tag); same;) {
            uint32_t age = age_of(post, win, line->words[take_bit(&same)]);
            if (age >= win->n)
                continue;
            assert(n < WD_POSTINGS_MAX);
            ret_slots[n++] = newest - age;
        }
    }
    return n;
}
