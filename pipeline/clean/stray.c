/* stray.c -- labels and links that strayed onto the page.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A newspaper's paragraph ends with a full stop. A line that does not, alone between two
 * full paragraphs and as long as a headline, is the headline of another story: the link
 * that the site had there, unless it speaks of what follows (cross_head.c). Shorter ones
 * may be cross-heads and stay; several in a row may be a list and stay, unless a label
 * ("Most Read") says what they are. */
#include "rules.h"

#include "words.h"

enum {
    STRAY_WORDS_MIN = 6,
    STRAY_WORDS_MAX = 24,
    SMALL_WORDS_MIN = 8,   /* where it is not written like a title: cross-heads are */
    SMALL_WORDS_MAX = 14,  /* shorter, sentences without their full stop are longer */
    SHOUTED_WORDS_MIN = 8, /* shorter ones are cross-heads */
    LABEL_WORDS_MAX = 6,
    TEASER_WORDS_MAX = 40,
};

static bool is_open_line(const struct wd_line *line)
{
    const unsigned never = WD_LINE_STOP | WD_LINE_COLON | WD_LINE_QUOTE | WD_LINE_SMALL |
                           WD_LINE_BULLET | WD_LINE_INDENT;
    return (line->flags & never) == 0 && line->n_stops == 0;
}

static bool is_full_text(const struct wd_proof *proof, size_t i)
{
    return i < proof->n && wd_proof_is_text(proof, i) &&
           wd_line_is_full(&proof->lines[i]);
}

/* "Title II: Ports and Quays", "$4 million for the ferry quay": of a list or a law, both
 * common in releases, which give their parts titles. */
static bool is_item(const struct wd_proof *proof, size_t i)
{
    struct wd_str text = wd_proof_line(proof, i);
    return (proof->lines[i].flags & WD_LINE_TOLD) != 0 || text.data[0] == '$' ||
           wd_line_is_appointment(&proof->lines[i], text);
}

static bool is_stray_headline(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    bool is_title = wd_line_is_title(line);
    if (line->n_words < (is_title ? STRAY_WORDS_MIN : SMALL_WORDS_MIN) ||
        line->n_words > (is_title ? STRAY_WORDS_MAX : SMALL_WORDS_MAX) ||
        !is_open_line(line) || wd_line_is_shouted(line) || proof->is_wrapped ||
        is_item(proof, i))
        return false;
    size_t prev = wd_proof_prev_text(proof, i), next = wd_proof_next_text(proof, i);
    if (prev >= proof->n || next >= proof->n)
        return false;
    bool is_alone = (proof->lines[prev].flags & WD_LINE_STOP) != 0 &&
                    (proof->lines[next].flags & WD_LINE_STOP) != 0 &&
                    (proof->lines[next].flags & WD_LINE_SMALL) == 0;
    return is_alone && (is_full_text(proof, prev) || is_full_text(proof, next));
}

/* "PIER 4 - $2 MILLION": a row of a budget. */
static bool is_sum(struct wd_str line)
{
    const char *sign = memchr(line.data, '$', line.size);
    return sign && sign - line.data > 2 && memcmp(sign - 2, "- ", 2) == 0;
}

/* A link in capitals: "MINISTERS MEET IN GENEVA FOR TALKS" in a page that has other
 * letters. */
static bool is_shouted_link(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    return line->n_words >= SHOUTED_WORDS_MIN && line->n_words <= STRAY_WORDS_MAX &&
           wd_line_is_shouted(line) &&
           (line->flags &
            (WD_LINE_STOP | WD_LINE_QUOTE | WD_LINE_COLON | WD_LINE_BULLET)) == 0 &&
           proof->first_full < proof->n &&
           !wd_line_is_shouted(&proof->lines[proof->first_full]) &&
           !is_sum(wd_proof_line(proof, i));
}

/* "World > Europe > Politics", "Home | News | Sport"; a row of a table begins with a bar,
 * or has figures. */
static bool is_breadcrumb(const struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    return (line->flags & WD_LINE_BAR) != 0 &&
           (line->flags & (WD_LINE_STOP | WD_LINE_TOLD | WD_LINE_DIGIT)) == 0 &&
           line->n_words <= 20 && line->n_lower <= 1 &&
           wd_proof_line(proof, i).data[0] != '|';
}

static bool is_label(const struct wd_line *line)
{
    return line->n_words <= LABEL_WORDS_MAX && wd_line_is_title(line) &&
           (line->flags & (WD_LINE_STOP | WD_LINE_COLON | WD_LINE_TOLD | WD_LINE_QUOTE |
                           WD_LINE_BULLET | WD_LINE_INDENT)) == 0 &&
           line->n_stops == 0;
}

static bool is_publisher(struct wd_str line)
{
    static const char *const words[] = {
        "news",     "times",    "post",        "press",  "tribune",   "herald",
        "journal",  "gazette",  "cnn",         "bbc",    "reuters",   "ap",
        "afp",      "guardian", "today",       "daily",  "telegraph", "star",
        "globe",    "courier",  "chronicle",   "dpa",    "upi",       "bloomberg",
        "npr",      "radio",    "tv",          "agency", "wire",      "online",
        "magazine", "observer", "independent", "mail",   "express",   "standard",
        "monitor",  "sun",      "dispatch",    "record", "examiner",  "broadcasting",
    };
    struct wd_str word;
    while (wd_words_next(&line, &word)) {
        if (wd_word_in(word, words, sizeof(words) / sizeof(words[0])))
            return true;
    }
    return false;
}

/* ---- blocks of links */

/* "Most Read", "More to Read", "Related": what follows are links. In "Related: Ferry
 * strike goes on" the link is there already. */
static bool is_block_label(const struct wd_proof *proof, size_t i)
{
    const struct wd_fate *fate = &proof->fates[i];
    const struct wd_line *line = &proof->lines[i];
    bool is_told =
        (line->flags & WD_LINE_TOLD) != 0 && (line->flags & WD_LINE_COLON) == 0;
    return fate->of == WD_FATE_FURNITURE && fate->kind == WD_FURNITURE_RELATED &&
           line->n_words <= LABEL_WORDS_MAX && !is_told &&
           (line->flags & WD_LINE_STOP) == 0 && wd_proof_zone(proof, i) != WD_ZONE_TOP;
}

static bool is_link(const struct wd_line *line)
{
    bool is_closed = (line->flags & (WD_LINE_STOP | WD_LINE_COLON)) != 0 &&
                     (line->flags & WD_LINE_QUERY) == 0;
    return !is_closed && line->n_words <= STRAY_WORDS_MAX && line->n_stops <= 1;
}

/* What a block of links has had so far. */
struct block {
    bool is_open;
    unsigned n_links;
    unsigned n_teasers;
};

/* The sentence that sites put below each link, or below none. Prose is longer, is quoted,
 * or comes in more than one paragraph. */
static bool is_teaser(const struct wd_proof *proof, size_t i, const struct block *block)
{
    const struct wd_line *line = &proof->lines[i];
    size_t next = wd_proof_next_text(proof, i);
    /* After links without teasers the page's last paragraph is the article's. */
    bool is_for_none = block->n_links > 1 && block->n_teasers == 0 && next == proof->n;
    return block->n_links > 0 && !is_for_none && line->n_words <= TEASER_WORDS_MAX &&
           (line->flags & WD_LINE_QUOTE) == 0 && !is_full_text(proof, next);
}

/* Takes the links below labels and their teasers, until prose comes again. */
static void drop_blocks(struct wd_proof *proof)
{
    struct block block = {.is_open = false};
    for (size_t i = proof->first_full; i < proof->n; i++) {
        if (is_block_label(proof, i))
            block = (struct block){.is_open = true};
        if (!block.is_open || !wd_proof_is_text(proof, i))
            continue;
        bool is_linked = is_link(&proof->lines[i]);
        if (proof->fates[i].is_marked || (!is_linked && !is_teaser(proof, i, &block))) {
            block.is_open = false;
            continue;
        }
        block.n_links += is_linked;
        block.n_teasers += !is_linked;
        wd_proof_drop(proof, i, WD_FURNITURE_RELATED, false);
    }
}

/* Below the last paragraph: labels, names of publishers, titles of other stories. */
static bool drop_at_end(struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    bool is_first_open = (line->flags & (WD_LINE_STOP | WD_LINE_COLON | WD_LINE_QUOTE |
                                         WD_LINE_BULLET | WD_LINE_SMALL)) == 0;
    if (proof->last_full == 0 && proof->first_full != 0)
        return false; /* no prose, no end of it */
    if (is_label(line) && wd_proof_line(proof, i).data[0] != '(') { /* "(APPLAUSE)" */
        wd_proof_drop(proof, i,
                      is_publisher(wd_proof_line(proof, i)) ? WD_FURNITURE_SOURCE_LINE
                                                            : WD_FURNITURE_NAVIGATION,
                      false);
        return true;
    }
    if (is_first_open && line->n_words <= STRAY_WORDS_MAX && line->n_words > 2 &&
        wd_line_is_title(line) &&
        (!wd_line_is_shouted(line) || line->n_words >= SHOUTED_WORDS_MIN)) {
        wd_proof_drop(proof, i, WD_FURNITURE_RELATED, false);
        return true;
    }
    return false;
}

/* "Senator Jane Doe", "Press Secretary": who signs a letter or a release. */
static bool is_office(const struct wd_proof *proof, size_t i)
{
    static const char *const offices[] = {
        "ambassador",  "chairman",        "chairwoman",  "commissioner", "congress",
        "congressman", "congresswoman",   "councillor",  "director",     "governor",
        "hon",         "honorable",       "mayor",       "member",       "minister",
        "rep",         "representatives", "secretary",   "sen",          "senator",
        "spokesman",   "spokesperson",    "spokeswoman",
    };
    struct wd_str rest = wd_proof_line(proof, i), word;
    if (!is_label(&proof->lines[i]))
        return false;
    while (wd_words_next(&rest, &word)) {
        if (wd_word_in(word, offices, sizeof(offices) / sizeof(offices[0])))
            return true;
    }
    return false;
}

/* From here on the lines below the prose are the article's own: a list (candidates,
 * results) of more lines than sites leave there, what a colon or a comma has announced
 * ("Sincerely,"), the names of those who sign. proof->n when none are. */
enum { END_RUN_MAX = 2 };

static bool is_in_order(struct wd_str a, struct wd_str b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = memcmp(a.data, b.data, size);
    return order < 0 || (order == 0 && a.size < b.size);
}

/* Labels in the order of the alphabet: countries, members, schools; menus have another.
 */
enum { ORDERED_MIN = 6 };

static bool has_ordered_list(const struct wd_proof *proof)
{
    size_t n = 0;
    for (size_t i = proof->last_full + 1; i < proof->n && n < ORDERED_MIN; i++) {
        bool is_one = wd_proof_is_text(proof, i) && is_label(&proof->lines[i]);
        bool is_next = is_one && n > 0 &&
                       is_in_order(wd_proof_line(proof, i - 1), wd_proof_line(proof, i));
        n = is_next ? n + 1 : is_one;
    }
    return n == ORDERED_MIN;
}

static size_t find_own_end(const struct wd_proof *proof)
{
    size_t n_figures = 0, n_offices = 0, own = proof->n;
    for (size_t i = proof->n; i-- > proof->last_full;) {
        const struct wd_line *line = &proof->lines[i];
        if (!wd_proof_is_text(proof, i))
            continue;
        if ((line->flags & WD_LINE_COLON) != 0)
            own = i;
        n_figures += i > proof->last_full && line->n_words > 1 &&
                     (line->flags & WD_LINE_DIGIT) != 0;
        n_offices += i > proof->last_full && is_office(proof, i);
    }
    bool is_own = n_figures > END_RUN_MAX || n_offices > 0 || has_ordered_list(proof);
    return is_own ? proof->last_full : own;
}

/* Several titles, each alone between paragraphs, are the article's cross-heads: sites
 * put a link or two there. */
enum { LINKS_MAX = 2, SHOUTED_LINKS_MAX = 4 };

static bool has_cross_heads(const struct wd_proof *proof)
{
    size_t n_titles = 0, n_shouted = 0;
    for (size_t i = proof->first_full + 1; i < proof->last_full; i++) {
        n_titles += wd_proof_is_text(proof, i) && is_stray_headline(proof, i);
        n_shouted += wd_proof_is_text(proof, i) && is_shouted_link(proof, i);
    }
    return n_titles > LINKS_MAX || n_shouted > SHOUTED_LINKS_MAX;
}

struct page {
    size_t own_end; /* see find_own_end() */
    bool has_cross_heads;
};

static void drop_stray(struct wd_proof *proof, size_t i, const struct page *page)
{
    enum wd_zone zone = wd_proof_zone(proof, i);

    if (is_breadcrumb(proof, i)) {
        wd_proof_drop(proof, i, WD_FURNITURE_NAVIGATION, false);
    } else if (zone == WD_ZONE_MID && !page->has_cross_heads &&
               (is_shouted_link(proof, i) ||
                (is_stray_headline(proof, i) && !wd_line_names_what_follows(proof, i)))) {
        wd_proof_drop(proof, i, WD_FURNITURE_RELATED, false);
    } else if (zone == WD_ZONE_END && i < page->own_end && !is_item(proof, i)) {
        (void)drop_at_end(proof, i);
    }
}

void wd_rule_strays(struct wd_proof *proof)
{
    if (proof->first_full == proof->n)
        return;
    drop_blocks(proof);
    wd_proof_find_zones(proof);
    struct page page = {find_own_end(proof), has_cross_heads(proof)};
    for (size_t i = 0; i < proof->n; i++) {
        if (wd_proof_is_text(proof, i) && !proof->fates[i].is_marked &&
            !wd_words_end_in_ticker(wd_proof_line(proof, i)))
            drop_stray(proof, i, &page);
    }
}
