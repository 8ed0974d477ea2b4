/* inline.c -- markup that is left within the prose.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Markdown's links ("[the report](https://…)" keeps "the report"), its images and the
 * hashes of its headings, and what screen readers are told about a link (", opens new
 * tab"). The words stay, the marks are furniture. It runs last, on lines that stay. */
#include "rules.h"

#include <string.h>

#include "space.h"
#include "wiredesk/status.h"

enum {
    PLACE_BYTES_MAX = 512, /* of a link */
    HASHES_MAX = 6,
};

static const char note[] = ", opens new tab"; /* for screen readers, behind a link */
enum { NOTE_BYTES = sizeof(note) - 1 };

struct cutter {
    struct wd_proof *proof;
    struct wd_arena *arena;
    size_t room;
};

static int cut(struct cutter *cut, uint32_t start, uint32_t end,
               enum wd_furniture_kind kind)
{
    struct wd_proof *proof = cut->proof;
    if (proof->n_cuts == cut->room) {
        size_t room = cut->room ? cut->room * 2 : 16;
        struct wd_cut *grown = wd_arena_grow(
            cut->arena, proof->cuts, cut->room * sizeof(*grown), room * sizeof(*grown));
        if (!grown)
            return WD_ENOMEM;
        proof->cuts = grown;
        cut->room = room;
    }
    proof->cuts[proof->n_cuts++] = (struct wd_cut){{start, end}, (uint8_t)kind};
    return WD_OK;
}

/* The end of the link's place that begins at `at`, behind its bracket; 0 for none. */
static uint32_t place_end(const struct wd_proof *proof, uint32_t at, uint32_t stop)
{
    const char *data = proof->raw.data;
    unsigned size;
    if (stop - at > PLACE_BYTES_MAX)
        stop = at + PLACE_BYTES_MAX;
    for (uint32_t p = at; p < stop; p++) {
        if (data[p] == ')')
            return p > at ? p + 1 : 0;
        if (data[p] == '[' || data[p] == ']' ||
            wd_space_at(data + p, data + stop, &size) != WD_SPACE_NONE)
            return 0; /* another link, or prose */
        while (p + 1 < stop && ((unsigned char)data[p + 1] & 0xc0) == 0x80)
            p++;
    }
    return 0;
}

static int cut_links(struct cutter *ctx, uint32_t at, uint32_t stop)
{
    const char *data = ctx->proof->raw.data, *middle;
    int r = WD_OK;

    while (r == WD_OK && (middle = memmem(data + at, stop - at, "](", 2))) {
        uint32_t text_end = (uint32_t)(middle - data);
        uint32_t end = place_end(ctx->proof, text_end + 2, stop);
        const char *open = memrchr(data + at, '[', text_end - at);
        if (open && end) {
            uint32_t start = (uint32_t)(open - data);
            bool is_image = start > at && data[start - 1] == '!';
            if (is_image || start + 1 == text_end) {
                r = cut(ctx, start - is_image, end, WD_FURNITURE_IMAGE);
            } else {
                r = cut(ctx, start, start + 1, WD_FURNITURE_NAVIGATION);
                if (r == WD_OK)
                    r = cut(ctx, text_end, end, WD_FURNITURE_NAVIGATION);
            }
        }
        at = end ? end : text_end + 2;
    }
    return r;
}

/* The first note in [at, stop): its start, or `stop`. It is looked for by its rarest
 * letter: every article is searched, and hardly any has one. */
static uint32_t find_note(const struct wd_proof *proof, uint32_t at, uint32_t stop)
{
    const uint32_t before = NOTE_BYTES - 1; /* the "b" is its last */
    const char *data = proof->raw.data, *b = data + at;

    while ((b = memchr(b, 'b', (size_t)(data + stop - b)))) {
        uint32_t end = (uint32_t)(b - data);
        if (end >= at + before && memcmp(b - before, note, before) == 0)
            return end - before;
        b++;
    }
    return stop;
}

static int cut_notes(struct cutter *ctx, uint32_t at, uint32_t stop)
{
    int r = WD_OK;
    for (;;) {
        uint32_t start = find_note(ctx->proof, at, stop);
        if (start == stop || r < 0)
            return r;
        at = start + NOTE_BYTES;
        r = cut(ctx, start, at, WD_FURNITURE_NAVIGATION);
    }
}

/* "## The quay": the hashes, where a blank is behind them; "^Quay opens", the caret of an
 * old wire's headline. */
static uint32_t marks_end(const struct wd_proof *proof, struct wd_span span)
{
    const char *data = proof->raw.data;
    uint32_t at = span.start;
    if (span.end - at > 1 && data[at] == '^' && data[at + 1] >= 'A' &&
        data[at + 1] <= 'Z')
        return at + 1;
    while (at < span.end && data[at] == '#' && at - span.start < HASHES_MAX)
        at++;
    return at < span.end && data[at] == ' ' ? at : span.start;
}

static int cut_line(struct cutter *ctx, size_t i, bool has_notes)
{
    struct wd_span span = ctx->proof->lines[i].span;
    uint32_t start = wd_proof_text_start(ctx->proof, i);
    int r = WD_OK;

    uint32_t end = start == span.start ? marks_end(ctx->proof, span) : start;
    if (end > start)
        r = cut(ctx, start, end, WD_FURNITURE_NAVIGATION);
    /* A line with links and notes has its links cut: the cuts are in order. */
    if (r == WD_OK && (ctx->proof->lines[i].flags & WD_LINE_IMAGE))
        r = cut_links(ctx, end, span.end);
    else if (r == WD_OK && has_notes)
        r = cut_notes(ctx, end, span.end);
    return r;
}

int wd_rule_inline(struct wd_proof *proof, struct wd_arena *arena)
{
    struct cutter ctx = {.proof = proof, .arena = arena};
    uint32_t size = (uint32_t)proof->raw.size;
    bool has_notes = find_note(proof, 0, size) < size;
    int r = WD_OK;
    for (size_t i = 0; i < proof->n && r == WD_OK; i++) {
        const struct wd_fate *fate = &proof->fates[i];
        if (fate->of != WD_FATE_FURNITURE && !fate->is_marked)
            r = cut_line(&ctx, i, has_notes);
    }
    return r;
}
