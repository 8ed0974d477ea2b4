/* assemble.c -- makes the text from what the rules left.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The one law here: every byte of raw is in a piece of the text, in a furniture span, or
 * white space. The text is written word by word in the sense that white space between
 * words becomes one blank; everything between two changed blanks is one piece. */
#include "assemble.h"

#include "space.h"

struct writer {
    struct wd_article *art;
    struct wd_str raw;
    char *text;
    uint32_t size;
    struct wd_piece piece; /* the one being grown */
    size_t next_cut;       /* of the proof's */
    bool has_text;         /* in the region being written */
    int status;
};

static void piece_flush(struct writer *wr)
{
    if (wr->piece.size > 0 && wr->status == WD_OK)
        wr->status = wd_article_add_piece(wr->art, wr->piece);
    wr->piece.size = 0;
}

/* Copies raw[at …+size). */
static void copy(struct writer *wr, uint32_t at, uint32_t size)
{
    if (wr->piece.size > 0 && (wr->piece.raw_start + wr->piece.size != at ||
                               wr->piece.text_start + wr->piece.size != wr->size))
        piece_flush(wr);
    if (wr->piece.size == 0)
        wr->piece = (struct wd_piece){wr->size, at, 0};
    memcpy(wr->text + wr->size, wr->raw.data + at, size);
    wr->size += size;
    wr->piece.size += size;
}

static void put(struct writer *wr, const char *bytes, uint32_t size)
{
    if (size > 0)
        memcpy(wr->text + wr->size, bytes, size);
    wr->size += size;
}

static uint32_t skip_any_space(const struct writer *wr, uint32_t at, uint32_t stop,
                               bool *ret_is_blank)
{
    const char *data = wr->raw.data, *end = data + stop;
    bool is_blank = false, is_line = false;
    unsigned size;

    uint32_t start = at;
    while (at < stop) {
        enum wd_space space = wd_space_at(data + at, end, &size);
        if (space == WD_SPACE_NONE)
            break;
        is_blank |= space != WD_SPACE_NIL;
        is_line |= space == WD_SPACE_LINE;
        at += size;
    }
    if (is_line && start >= 2 && data[start - 1] == '-' && at < stop) {
        char before = data[start - 2], after = data[at];
        is_blank = !(before >= 'a' && before <= 'z' && after >= 'a' && after <= 'z');
    }
    *ret_is_blank = is_blank;
    return at;
}

/* White space at `at`: its end, and what it becomes: one blank, or nothing where it has
 * no width, or stands behind a hyphen at a line's end ("long-\nterm"). */
static inline uint32_t skip_space(const struct writer *wr, uint32_t at, uint32_t stop,
                                  bool *ret_is_blank)
{
    const char *data = wr->raw.data;
    bool is_plain = at > 0 && at + 1 < stop && data[at] == '\n' && data[at - 1] != '-' &&
                    data[at + 1] > ' ' && data[at + 1] < 0x7f;
    *ret_is_blank = true;
    return is_plain ? at + 1 : skip_any_space(wr, at, stop, ret_is_blank);
}

/* The end of the run at `at` that can be copied as it stands: words with single blanks
 * between them. */
static uint32_t run_end(const struct writer *wr, uint32_t at, uint32_t stop)
{
    const char *data = wr->raw.data, *end = data + stop;
    unsigned size;

    while (at < stop) {
        if (wd_space_at(data + at, end, &size) == WD_SPACE_NONE) {
            at++;
            while (at < stop && ((unsigned char)data[at] & 0xc0) == 0x80)
                at++;
            continue;
        }
        bool is_single = data[at] == ' ' && at + 1 < stop &&
                         wd_space_at(data + at + 1, end, &size) == WD_SPACE_NONE;
        if (!is_single)
            break;
        at++;
    }
    return at;
}

/* Writes raw[at, stop) with its white space mended; nothing when it is all white. */
static void write_words(struct writer *wr, uint32_t at, uint32_t stop, const char *before)
{
    bool is_blank, is_first = true;

    at = skip_space(wr, at, stop, &is_blank);
    while (at < stop) {
        uint32_t end = run_end(wr, at, stop);
        uint32_t next = skip_space(wr, end, stop, &is_blank);
        if (is_first && *before)
            put(wr, before, (uint32_t)strlen(before));
        is_first = false;
        copy(wr, at, end - at);
        wr->has_text = true;
        if (next < stop && is_blank)
            put(wr, " ", 1);
        at = next;
    }
}

/* Writes raw[at, stop), which has nothing to mend. */
static void write_whole(struct writer *wr, uint32_t at, uint32_t stop, const char *before)
{
    put(wr, before, (uint32_t)strlen(before));
    copy(wr, at, stop - at);
    wr->has_text = true;
}

/* A character no wider than a blank stands at the cut: its words are to stay parted. */
static bool is_cut_at_blank(const struct writer *wr, struct wd_span cut)
{
    const char *data = wr->raw.data;
    unsigned size;
    return (cut.start > 0 && (unsigned char)data[cut.start - 1] <= ' ') ||
           (cut.end < wr->raw.size &&
            wd_space_at(data + cut.end, data + wr->raw.size, &size) != WD_SPACE_NONE);
}

/* Writes raw[at, stop) without what is cut out of it. */
static void write_cut(struct writer *wr, const struct wd_proof *proof, uint32_t at,
                      uint32_t stop, const char *before)
{
    bool is_parted = false; /* since the last word that was written */
    uint32_t size = wr->size;
    for (; wr->next_cut < proof->n_cuts; wr->next_cut++) {
        struct wd_span cut = proof->cuts[wr->next_cut].span;
        if (cut.start >= stop)
            break;
        const char *joint = wr->size == size ? before : is_parted ? " " : "";
        uint32_t written = wr->size;
        write_words(wr, at, cut.start, joint);
        is_parted = (wr->size == written && is_parted) || is_cut_at_blank(wr, cut);
        at = cut.end;
    }
    write_words(wr, at, stop, wr->size == size ? before : is_parted ? " " : "");
}

static void skip_cuts(struct writer *wr, const struct wd_proof *proof, uint32_t stop)
{
    while (wr->next_cut < proof->n_cuts && proof->cuts[wr->next_cut].span.start < stop)
        wr->next_cut++;
}

static bool is_cut_before(const struct writer *wr, const struct wd_proof *proof,
                          uint32_t stop)
{
    return wr->next_cut < proof->n_cuts && proof->cuts[wr->next_cut].span.start < stop;
}

static void write_body(struct writer *wr, const struct wd_proof *proof)
{
    wr->next_cut = 0;
    for (size_t i = 0; i < proof->n; i++) {
        const struct wd_fate *fate = &proof->fates[i];
        if (fate->of != WD_FATE_TEXT) {
            skip_cuts(wr, proof, proof->lines[i].span.end);
            continue;
        }
        uint32_t start = wd_proof_text_start(proof, i);
        const char *before = wr->has_text ? "\n" : "";
        if (is_cut_before(wr, proof, proof->lines[i].span.end))
            write_cut(wr, proof, start, proof->lines[i].span.end, before);
        else if (start == proof->lines[i].span.start &&
                 !(proof->lines[i].flags & WD_LINE_GAPS))
            write_whole(wr, start, proof->lines[i].span.end, before);
        else
            write_words(wr, start, proof->lines[i].span.end, before);
    }
}

static void write_headline(struct writer *wr, const struct wd_proof *proof,
                           struct wd_str headline)
{
    for (size_t i = 0; i < proof->n; i++) {
        if (proof->fates[i].of == WD_FATE_HEADLINE) {
            skip_cuts(wr, proof, proof->lines[i].span.start);
            write_cut(wr, proof, proof->lines[i].span.start, proof->lines[i].span.end,
                      "");
            return;
        }
    }
    put(wr, headline.data, (uint32_t)headline.size);
}

static int add_furniture(struct wd_article *art, unsigned kind, uint32_t start,
                         uint32_t end)
{
    return wd_article_add_furniture(
        art, (struct wd_furniture){.kind = (enum wd_furniture_kind)kind,
                                   .span = {start, end}});
}

/* Listed, but not taken out. */
static int add_kept(struct wd_article *art, unsigned kind, struct wd_span span)
{
    return wd_article_add_furniture(
        art, (struct wd_furniture){
                 .kind = (enum wd_furniture_kind)kind, .span = span, .is_kept = true});
}

/* What a text line begins with, and what is listed of the rest. */
static int list_text_line(struct wd_article *art, const struct wd_fate *fate,
                          struct wd_span span)
{
    int r = WD_OK;
    if (fate->image_end) {
        r = add_furniture(art, WD_FURNITURE_IMAGE, span.start, fate->image_end);
        span.start = fate->image_end;
    }
    if (fate->dateline_end && r == WD_OK) {
        r = add_furniture(art, WD_FURNITURE_DATELINE, span.start, fate->dateline_end);
        span.start = fate->dateline_end;
    }
    if (fate->is_marked && r == WD_OK)
        r = add_kept(art, fate->kind, span);
    return r;
}

static int list_furniture_line(struct wd_article *art, const struct wd_fate *fate,
                               struct wd_span span)
{
    if (!fate->tail_start)
        return add_furniture(art, fate->kind, span.start, span.end);
    int r = add_furniture(art, fate->kind, span.start, fate->tail_start);
    return r < 0 ? r : add_furniture(art, fate->tail_kind, fate->tail_start, span.end);
}

static int list_furniture(struct wd_article *art, const struct wd_proof *proof)
{
    int r = WD_OK;
    size_t next_cut = 0;
    for (size_t i = 0; i < proof->n && r == WD_OK; i++) {
        const struct wd_fate *fate = &proof->fates[i];
        struct wd_span span = proof->lines[i].span;
        if (fate->of == WD_FATE_TEXT)
            r = list_text_line(art, fate, span);
        else if (fate->of == WD_FATE_FURNITURE)
            r = list_furniture_line(art, fate, span);
        for (; r == WD_OK && next_cut < proof->n_cuts &&
               proof->cuts[next_cut].span.start < span.end;
             next_cut++) {
            const struct wd_cut *cut = &proof->cuts[next_cut];
            r = add_furniture(art, cut->kind, cut->span.start, cut->span.end);
        }
    }
    return r;
}

/* Closes the region that began at `start`; white space at its ends was never written. */
static void close_region(struct writer *wr, struct wd_region *regions, enum wd_role role,
                         uint32_t start)
{
    struct wd_facts *facts = &wr->art->facts;
    piece_flush(wr);
    if (wr->size > start)
        regions[facts->n_regions++] = (struct wd_region){role, {start, wr->size}};
}

int wd_assemble(struct wd_article *art, const struct wd_proof *proof,
                struct wd_str headline)
{
    /* Text never grows but by the joiner and by the "\n" between lines, which each had
     * a line end in raw, or stand where an image or a dateline was. */
    size_t room = proof->raw.size + headline.size + sizeof(WD_JOINER) + proof->n;
    struct wd_region *regions = wd_arena_alloc(&art->arena, 2 * sizeof(*regions));
    char *text = wd_arena_alloc(&art->arena, room);
    if (!regions || !text)
        return WD_ENOMEM;
    struct writer wr = {.art = art, .raw = proof->raw, .text = text};

    write_headline(&wr, proof, headline);
    close_region(&wr, regions, WD_ROLE_HEADLINE, 0);
    uint32_t headline_end = wr.size;
    if (headline_end > 0)
        put(&wr, WD_JOINER, sizeof(WD_JOINER) - 1);
    uint32_t body_start = wr.size;
    wr.has_text = false;
    write_body(&wr, proof);
    close_region(&wr, regions, WD_ROLE_BODY, body_start);
    if (wr.size == body_start)
        wr.size = headline_end; /* a headline alone has nothing to join */
    if (wr.status < 0)
        return wr.status;
    art->facts.regions = regions;
    art->facts.text = (struct wd_str){text, wr.size};
    return list_furniture(art, proof);
}

int wd_assemble_untouched(struct wd_article *art, struct wd_str headline)
{
    struct wd_str raw = art->facts.raw;
    struct wd_region *regions = wd_arena_alloc(&art->arena, 2 * sizeof(*regions));
    if (!regions)
        return WD_ENOMEM;
    size_t n = 0;
    uint32_t size = (uint32_t)raw.size;
    art->facts.text = raw;
    if (raw.size > 0)
        regions[n++] = (struct wd_region){WD_ROLE_BODY, {0, size}};
    if (headline.size > 0) {
        uint32_t start = raw.size > 0 ? size + sizeof(WD_JOINER) - 1 : 0;
        char *text = wd_arena_alloc(&art->arena, start + headline.size);
        if (!text)
            return WD_ENOMEM;
        if (raw.size > 0) {
            memcpy(text, raw.data, raw.size);
            memcpy(text + size, WD_JOINER, sizeof(WD_JOINER) - 1);
        }
        memcpy(text + start, headline.data, headline.size);
        uint32_t end = start + (uint32_t)headline.size;
        art->facts.text = (struct wd_str){text, end};
        regions[n++] = (struct wd_region){WD_ROLE_HEADLINE, {start, end}};
    }
    art->facts.regions = regions;
    art->facts.n_regions = n;
    return raw.size > 0 ? wd_article_add_piece(art, (struct wd_piece){0, 0, size})
                        : WD_OK;
}
