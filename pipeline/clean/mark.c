/* mark.c -- lines that are no words: images, links, rules.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rules.h"

#include "words.h"

/* Markdown's ![text](place), also as a link's text; returns its end or 0. */
static size_t image_end(struct wd_str line, size_t at)
{
    size_t p = at;
    if (p < line.size && line.data[p] == '[')
        p++; /* [![…](…)](…) */
    bool is_linked = p > at;
    if (line.size - p < 5 || line.data[p] != '!' || line.data[p + 1] != '[')
        return 0;
    const char *middle = memmem(line.data + p, line.size - p, "](", 2);
    if (!middle)
        return 0;
    const char *close = memchr(middle, ')', (size_t)(line.data + line.size - middle));
    if (!close)
        return 0;
    p = (size_t)(close + 1 - line.data);
    if (is_linked && line.size - p >= 3 && memcmp(line.data + p, "](", 2) == 0) {
        close = memchr(line.data + p, ')', line.size - p);
        if (close)
            p = (size_t)(close + 1 - line.data);
    }
    return p;
}

/* Images alone, or images and then text, which then stays. */
static bool take_images(struct wd_proof *proof, size_t i)
{
    struct wd_str line = wd_proof_line(proof, i);
    size_t at = 0, end;
    if (!(proof->lines[i].flags & WD_LINE_IMAGE))
        return false;
    while ((end = image_end(line, at)) != 0) {
        at = end;
        while (at < line.size && line.data[at] == ' ')
            at++;
    }
    if (at == 0)
        return false;
    if (at == line.size) {
        wd_proof_drop(proof, i, WD_FURNITURE_IMAGE, true);
        return true;
    }
    proof->fates[i].image_end = proof->lines[i].span.start + (uint32_t)at;
    return false;
}

/* U+200C to U+200F, joiners and marks of direction. */
static bool is_joiner(struct wd_str line, size_t at)
{
    return line.size - at >= 3 && memcmp(line.data + at, "\xe2\x80", 2) == 0 &&
           (unsigned char)line.data[at + 2] >= 0x8c &&
           (unsigned char)line.data[at + 2] <= 0x8f;
}

/* "___", "* * *", "###": where a text ends or a section does. Some sites put a joiner of
 * no letters on a line of its own, so that it is not empty. */
static bool is_ruler(struct wd_str line)
{
    for (size_t k = 0; k < line.size; k++) {
        unsigned char c = (unsigned char)line.data[k];
        if (is_joiner(line, k)) {
            k += 2;
            continue;
        }
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            (c >= '0' && c <= '9'))
            return false;
    }
    return true;
}

/* A bare number of two digits at most: the rank in a list of links, a page's number. */
static bool is_rank(struct wd_str line)
{
    return line.size <= 2 && line.data[0] >= '0' && line.data[0] <= '9' &&
           line.data[line.size - 1] >= '0' && line.data[line.size - 1] <= '9';
}

static bool is_figure(struct wd_str word)
{
    return word.size > 0 && word.data[0] >= '0' && word.data[0] <= '9' &&
           wd_word_is_clock(word);
}

/* "1 of 3", "1 / 13", "Image 1 of 5": a slide's number. */
static bool is_slide(struct wd_str line)
{
    static const char *const pictures[] = {"image", "photo", "picture", "slide"};
    struct wd_str first, of, last, rest = line, word;
    if (!wd_words_next(&rest, &first))
        return false;
    if (wd_word_in(first, pictures, sizeof(pictures) / sizeof(pictures[0])) &&
        !wd_words_next(&rest, &first))
        return false;
    if (!wd_words_next(&rest, &of) || !wd_words_next(&rest, &last))
        return false;
    bool is_whole = !wd_words_next(&rest, &word) || wd_str_equal(word, WD_STR("|"));
    return is_whole && is_figure(first) && is_figure(last) &&
           (wd_word_is(of, "of") || wd_str_equal(of, WD_STR("/")));
}

/* "VIDEO3:21", "3:21": the length of a film. */
static bool is_length(struct wd_str line)
{
    const struct wd_str label = WD_STR("VIDEO");
    if (line.size > label.size && memcmp(line.data, label.data, label.size) == 0)
        line = (struct wd_str){line.data + label.size, line.size - label.size};
    for (size_t i = 0; i < line.size; i++) {
        if ((line.data[i] < '0' || line.data[i] > '9') && line.data[i] != ':')
            return false;
    }
    return memchr(line.data, ':', line.size) != NULL;
}

/* "197 Shares", "2 comments", "3 min": what a site counts. */
static bool is_count(struct wd_str line)
{
    static const char *const counted[] = {
        "comment", "comments", "dislikes", "followers", "like",
        "likes",   "min",      "mins",     "replies",   "retweets",
        "share",   "shares",   "tweets",   "views",     "votes",
    };
    struct wd_str figure, noun, rest = line, word;
    return wd_words_next(&rest, &figure) && wd_words_next(&rest, &noun) &&
           !wd_words_next(&rest, &word) && is_figure(figure) &&
           wd_word_in(noun, counted, sizeof(counted) / sizeof(counted[0]));
}

bool wd_rule_mark(struct wd_proof *proof, size_t i)
{
    const struct wd_line *line = &proof->lines[i];
    struct wd_str text = wd_proof_line(proof, i);

    if (take_images(proof, i))
        return true;
    if (is_ruler(text) || is_rank(text) || (line->n_words == 1 && is_length(text)) ||
        (line->n_words <= 5 && is_slide(text))) {
        wd_proof_drop(proof, i, WD_FURNITURE_NAVIGATION, true);
        return true;
    }
    if (line->n_words == 2 && is_count(text)) {
        wd_proof_drop(proof, i, WD_FURNITURE_SOCIAL, true);
        return true;
    }
    if ((line->flags & WD_LINE_URL) && line->n_words == 1) {
        wd_proof_drop(proof, i, WD_FURNITURE_RELATED, true);
        return true;
    }
    return false;
}
