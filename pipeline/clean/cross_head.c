/* cross_head.c -- tells the article's own headings from links to other stories.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both stand between paragraphs, are as long, and look alike. What differs is what they
 * speak of: a heading names what the paragraphs below it tell, in their words, and not
 * what the one above it told; a link names another story. On pages of some 60 newspapers,
 * of the lines that were taken for links and were not, most share two fifths of their
 * words with the two paragraphs below; of true links, hardly any. */
#include "rules.h"

#include "base/lanes.h"

enum {
    WORDS_MAX = 24,       /* of a heading */
    LETTERS_MIN = 4,      /* shorter words are in every paragraph; figures are not */
    STEM_BYTES = 6,       /* "strike", "strikes", "striking" are nearly one word */
    BELOW_LINES = 2,      /* paragraphs that are read for it */
    BELOW_BYTES = 1500,   /* … as far as that, together */
    SHARED_MIN = 2,       /* words that the paragraphs have, too */
    SHARED_FIFTHS_MIN = 2 /* … and of five */
};

struct stems {
    uint64_t at[WORDS_MAX];
    unsigned n;
};

static bool is_word_byte(char c)
{
    unsigned char low = (unsigned char)(c | 0x20);
    return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
           ((unsigned char)c >= 0x80 && c != '\xe2'); /* where dashes and quotes begin */
}

static uint64_t stem_of(const char *word, size_t size)
{
    size = size < STEM_BYTES ? size : STEM_BYTES;
    return (wd_chunk_read(word, size) | WD_LANES(0x20)) & wd_lanes_below((unsigned)size);
}

/* The first letters of the next word that says something; 0 when there is none. */
static uint64_t next_stem(struct wd_str *rest)
{
    const char *p = rest->data, *end = p + rest->size;
    uint64_t stem = 0;
    while (p < end && stem == 0) {
        while (p < end && !is_word_byte(*p))
            p += *p == '\xe2' && end - p >= 3 ? 3 : 1;
        const char *word = p;
        while (p < end && is_word_byte(*p))
            p++;
        size_t size = (size_t)(p - word);
        if (size >= LETTERS_MIN || (size > 0 && *word >= '0' && *word <= '9'))
            stem = stem_of(word, size);
    }
    *rest = (struct wd_str){p, (size_t)(end - p)};
    return stem;
}

static bool is_plain(uint64_t stem)
{
    static const char plain[][STEM_BYTES + 1] = {
        "about", "after", "been",  "before", "could", "from",  "have", "more",
        "over",  "said",  "than",  "that",   "their", "they",  "this", "what",
        "when",  "where", "which", "will",   "with",  "would", "your", "into",
    };
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        if (stem == stem_of(plain[i], strlen(plain[i])))
            return true;
    }
    return false;
}

/* Each once. */
static void read_stems(struct wd_str line, struct stems *ret_stems)
{
    uint64_t stem;
    ret_stems->n = 0;
    while (ret_stems->n < WORDS_MAX && (stem = next_stem(&line)) != 0) {
        unsigned k = 0;
        while (k < ret_stems->n && ret_stems->at[k] != stem)
            k++;
        if (k == ret_stems->n && !is_plain(stem))
            ret_stems->at[ret_stems->n++] = stem;
    }
}

/* Marks in *found those of the stems that `text` has. */
static void find_stems(const struct stems *stems, struct wd_str text, uint32_t *found)
{
    uint64_t stem;
    while ((stem = next_stem(&text)) != 0) {
        for (unsigned k = 0; k < stems->n; k++)
            *found |= stems->at[k] == stem ? 1U << k : 0;
    }
}

static struct wd_str start_of(struct wd_str str, size_t size)
{
    return (struct wd_str){str.data, str.size < size ? str.size : size};
}

bool wd_line_names_what_follows(const struct wd_proof *proof, size_t i)
{
    struct stems stems;
    uint32_t above = 0, below = 0;
    size_t room = BELOW_BYTES, prev = wd_proof_prev_text(proof, i), next = i;

    if (proof->lines[i].n_words > WORDS_MAX || wd_line_is_shouted(&proof->lines[i]))
        return false;
    read_stems(wd_proof_line(proof, i), &stems);
    for (unsigned n = 0; n < BELOW_LINES && stems.n >= SHARED_MIN; n++) {
        next = wd_proof_next_text(proof, next);
        if (next == proof->n)
            break;
        struct wd_str text = start_of(wd_proof_line(proof, next), room);
        find_stems(&stems, text, &below);
        room -= text.size;
    }
    unsigned n_below = (unsigned)__builtin_popcount(below);
    if (n_below < SHARED_MIN || n_below * 5 < stems.n * SHARED_FIFTHS_MIN)
        return false;
    if (prev < proof->n)
        find_stems(&stems, start_of(wd_proof_line(proof, prev), BELOW_BYTES), &above);
    return n_below > (unsigned)__builtin_popcount(above);
}
