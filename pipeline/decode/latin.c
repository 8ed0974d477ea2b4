/* latin.c -- which Latin charset a text is in, told by its letters.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A byte past ASCII is "ã" in one charset and "ă" in another; both are letters, and each
 * is common somewhere. But the plain letters around them are those of one language: what
 * reads as Portuguese for the sake of its "ã" has the a, e and z of Romanian. So every
 * charset is tried with every language, and what costs least in bits, all letters by how
 * common they are in that language, is taken. Letters that a language does not have, and
 * signs, cost the most; quotation marks and dashes cost little, but within a word.
 *
 * The order of letters says nothing more here: with single letters alone, texts of 600
 * characters come out right in all of them but for what is the same bytes in two charsets
 * (Romanian in windows-1250 and in ISO 8859-16), where the commoner charset is taken.
 * Costs are integers, so that every machine decides alike. */
#include "latin.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/ascii.h"
#include "latin_table.h"

enum {
    COST_MARK = 98, /* in eighths of a bit, as in the table: one letter in 5,000 */
    COST_ALIEN = 151,
    COST_RANK = 4,    /* for each charset that is preferred */
    HIGH_MIN = 4,     /* fewer letters past ASCII tell nothing */
    ALIEN_SHARE = 10, /* at most one in so many of them may be alien */
};

/* How often each byte past ASCII stands between plain letters, and elsewhere; and how
 * often each plain letter, case aside. */
struct tally {
    uint32_t plain[26];
    uint32_t inner[128];
    uint32_t outer[128];
    uint32_t n_high;
};

static struct tally take_tally(struct wd_str bytes)
{
    struct tally tally = {.n_high = 0};
    const unsigned char *s = (const unsigned char *)bytes.data;
    for (size_t i = 0; i < bytes.size; i++) {
        if (s[i] < 0x80) {
            if (wd_ascii_is_letter((char)s[i]))
                tally.plain[(s[i] | 32U) - 'a']++;
            continue;
        }
        bool is_inner = i > 0 && wd_ascii_is_letter((char)s[i - 1]) &&
                        i + 1 < bytes.size && wd_ascii_is_letter((char)s[i + 1]);
        (is_inner ? tally.inner : tally.outer)[s[i] - 0x80]++;
        tally.n_high++;
    }
    return tally;
}

struct cost {
    uint64_t total;
    uint64_t n_alien; /* bytes past ASCII that the language does not have */
};

static void pay(struct cost *cost, unsigned each, uint32_t count)
{
    bool is_alien = each == 0 || each >= COST_ALIEN;
    cost->total += (uint64_t)(is_alien ? COST_ALIEN : each) * count;
    cost->n_alien += is_alien ? count : 0;
}

/* What the bytes past ASCII cost in `charset`, read as `tongue`; false when it has not
 * all of them. */
static bool cost_of_high(const struct tally *tally, const uint8_t classes[128],
                         const uint8_t tongue[26 + N_LETTERS], struct cost *cost)
{
    for (size_t k = 0; k < 128; k++) {
        uint32_t inner = tally->inner[k], outer = tally->outer[k];
        if (inner + outer == 0)
            continue;
        switch (classes[k]) {
        case NONE:
            return false;
        case MARK:
            pay(cost, COST_ALIEN, inner);
            pay(cost, COST_MARK, outer);
            break;
        case INNER:
            pay(cost, COST_MARK, inner + outer);
            break;
        case SIGN:
            pay(cost, COST_ALIEN, inner + outer);
            break;
        default:
            pay(cost, tongue[26 + classes[k] - L], inner + outer);
        }
    }
    return true;
}

static uint64_t cost_of_plain(const struct tally *tally,
                              const uint8_t tongue[26 + N_LETTERS])
{
    struct cost cost = {0};
    for (size_t k = 0; k < 26; k++)
        pay(&cost, tongue[k], tally->plain[k]);
    return cost.total;
}

const char *wd_latin_charset(struct wd_str bytes)
{
    struct tally tally = take_tally(bytes);
    struct cost best = {UINT64_MAX, 0};
    const char *label = NULL;

    if (tally.n_high < HIGH_MIN)
        return NULL;
    for (size_t t = 0; t < N_TONGUES; t++) {
        uint64_t plain = cost_of_plain(&tally, costs[t]);
        for (size_t c = 0; c < N_CHARSETS; c++) {
            struct cost cost = {plain + COST_RANK * c, 0};
            if (cost_of_high(&tally, charsets[c].classes, costs[t], &cost) &&
                cost.total < best.total) {
                best = cost;
                label = charsets[c].label;
            }
        }
    }
    return best.n_alien * ALIEN_SHARE <= tally.n_high ? label : NULL;
}
