/* kept.h -- what the window keeps of an article to find out who repeats it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_KEPT_H
#define WD_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bits.h"
#include "match.h"
#include "window.h"
#include "wiredesk/sketch.h"

/* A block of the window. The uri stands behind it, then the lists,
 * packed, then the places. */
struct wd_kept {
    uint64_t content_hash;
    uint64_t cluster;
    uint32_t text_hash;
    uint32_t version_hash;
    uint32_t of_distance;   /* back to what it repeats, in sequence numbers; 0: nothing */
    uint32_t lead_distance; /* + 1, back to what led its cluster; 0: nothing did */
    uint32_t n_words;
    uint32_t seconds;  /* + 1, of its date; 0: unknown */
    uint16_t n_points; /* of the text; UINT16_MAX: so many or more */
    uint16_t source;
    uint16_t uri_size;
    uint16_t lists_size;
    uint16_t facts_at; /* the bit of the lists behind the prints */
    uint8_t n_places;
    uint8_t verdict;
    bool is_whole; /* its prints are all that it has */
    bool is_canceled;
    char bytes[];
};

/* A version as it is kept: compared, never shown. */
uint32_t wd_kept_version(struct wd_str version);

#define WD_KEPT_USUAL_BYTES 320 /* of one */

static inline const struct wd_kept *wd_kept_at(const struct wd_window *win, uint32_t slot)
{
    return wd_window_at(win, slot);
}

static inline struct wd_str wd_kept_uri(const struct wd_kept *kept)
{
    return (struct wd_str){kept->bytes, kept->uri_size};
}

/* Where its first prints begin, in 256ths of its text; returns how many. */
uint32_t wd_kept_places(const struct wd_kept *kept, uint8_t ret_places[WD_PLACES_MAX]);

/* Where the lists of a print are unpacked to. */
struct wd_kept_room {
    uint16_t prints[WD_PRINTS_MAX];
    uint16_t figures[WD_FIGURES_MAX];
    uint16_t names[WD_NAMES_MAX];
    uint16_t headline[WD_TERMS_MAX];
    uint16_t topic[WD_TOPIC_MAX];
    uint8_t weights[WD_TOPIC_MAX];
};

/* What is kept of a sketch: its lists as they come out again; in `room`, or the sketch's.
 */
struct wd_print wd_kept_form(const struct wd_sketch *sketch, struct wd_kept_room *room);

/* Takes the sketch, with what wd_kept_form() made of it, into the window, as its newest
 * article, whose slot goes to *ret_slot. NULL when memory is short. */
struct wd_kept *wd_kept_push(struct wd_window *win, const struct wd_sketch *sketch,
                             const struct wd_print *print, uint32_t *ret_slot);

/* What is compared besides the lists. */
struct wd_print wd_kept_head(const struct wd_kept *kept);

/* Unpacks the prints up to `bound` into `room`. If that is not all of them, the print
 * says that its text has no others up to there. */
void wd_kept_prints(const struct wd_kept *kept, uint32_t bound, struct wd_print *print,
                    struct wd_kept_room *room);

/* Likewise all other lists. */
void wd_kept_facts(const struct wd_kept *kept, struct wd_print *print,
                   struct wd_kept_room *room);

/* All of it. */
struct wd_print wd_kept_print(const struct wd_kept *kept, struct wd_kept_room *room);

#endif
