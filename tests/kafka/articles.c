/* articles.c -- news from a machine: varied, repeated, and sometimes broken.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Article i is a function of i alone, so a copy of an earlier one needs no memory: it is
 * made again. Seven of ten are new; the rest repeat one of the last two hundred in one of
 * the ways that newsrooms see, or are broken in one of the ways that feeds are. */
#include "articles.h"

#include <stdio.h>

static const char *const people[] = {
    "Anna Berg",   "Tomás Rivera", "Minister Leila Haddad", "Mr. Okafor",
    "Sofia Lind",  "Judge Patel",  "Chancellor Weiss",      "President Moreau",
    "Ivan Petrov", "Dr. Chen",
};
static const char *const places[] = {
    "Berlin", "Nairobi", "São Paulo", "Kyiv",   "Washington", "Lagos",
    "Geneva", "Manila",  "Toronto",   "Warsaw", "Lima",       "Oslo",
};
static const char *const subjects[] = {
    "the harbour workers",  "a court",          "the central bank", "the election board",
    "farmers in the north", "the city council", "two airlines",     "the health ministry",
    "a group of engineers", "the opposition",   "rail unions",      "the weather service",
};
static const char *const verbs[] = {
    "rejected", "approved", "delayed",   "criticised", "welcomed", "suspended",
    "reviewed", "repealed", "announced", "questioned", "defended", "published",
};
static const char *const objects[] = {
    "a plan to widen the canal",
    "new rules on overtime",
    "the budget for schools",
    "an inquiry into the fire",
    "the sale of the old terminal",
    "a treaty on fishing rights",
    "the timetable for the vote",
    "a report on water prices",
    "the bridge’s second inspection",
    "loans worth $4.5 million",
    "restrictions on night-time flights",
    "the merger of both hospitals",
};

#define PICK(list, x) ((list)[(x) % (sizeof(list) / sizeof((list)[0]))])

uint64_t chance(uint64_t x)
{
    x += 0x9e3779b97f4a7c15; /* splitmix64, Steele et al. 2014 */
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/* A word that no list has, "bremola" or so: two articles share few of them, as two real
 * ones share few names. */
static const char *coined(uint64_t r, char text[16])
{
    static const char *const heads[] = {"br", "k", "tal", "m", "v", "dr", "s", "pl"};
    static const char *const hearts[] = {"a", "e", "io", "o", "u", "ea"};
    static const char *const tails[] = {"nd", "m", "r", "st", "l", "ck", "sh", "n"};
    (void)snprintf(text, 16, "%s%s%s%s%s", PICK(heads, r), PICK(hearts, r >> 8),
                   PICK(tails, r >> 16), PICK(hearts, r >> 24), PICK(tails, r >> 32));
    return text;
}

static void add_sentence(struct wd_buf *buf, uint64_t r)
{
    char text[400], a[16], b[16], c[16];
    uint64_t s = chance(r), t = chance(s);
    (void)coined(t, a);
    (void)coined(chance(t), b);
    (void)coined(chance(t + 1), c);
    switch (r % 4) {
    case 0:
        (void)snprintf(
            text, sizeof(text), "%s in %s %s %s for %s and %s on day %d of the %s talks.",
            PICK(subjects, s >> 8), PICK(places, s >> 16), PICK(verbs, s >> 24),
            PICK(objects, s >> 32), a, b, (int)(s >> 40) % 900 + 1, c);
        break;
    case 1:
        (void)snprintf(text, sizeof(text),
                       "“We %s %s because of %s and %s in case %d,” %s said in %s.",
                       PICK(verbs, s >> 24), PICK(objects, s >> 32), a, b,
                       (int)(s >> 40) % 5000 + 1, PICK(people, s >> 8),
                       PICK(places, s >> 16));
        break;
    case 2:
        (void)snprintf(text, sizeof(text),
                       "According to %s, the %s of %s had %s %s after %d days of %s.",
                       PICK(people, s >> 8), a, b, PICK(verbs, s >> 24),
                       PICK(objects, s >> 32), (int)(s >> 40) % 700 + 2, c);
        break;
    default:
        (void)snprintf(text, sizeof(text),
                       "%s, who met %s in %s over %s and %s, %s the %s %d times.",
                       PICK(people, s >> 8), PICK(people, s >> 20), PICK(places, s >> 16),
                       a, b, PICK(verbs, s >> 24), c, (int)(s >> 40) % 60 + 2);
    }
    wd_buf_append_z(buf, text);
}

/* A body of about `size` bytes; sentence `changed` (from 0; -1: none) is another one. */
static void add_body(struct wd_buf *buf, uint64_t seed, size_t size, int changed,
                     const char *paragraph)
{
    size_t end = buf->size + size;
    for (int k = 0; buf->size < end; k++) {
        if (k)
            wd_buf_append_z(buf, k % 3 == 0 ? paragraph : " ");
        add_sentence(buf, chance(seed * 1000 + (uint64_t)k) + (k == changed ? 77 : 0));
    }
}

static void add_envelope(struct wd_buf *buf, uint64_t seed, size_t size, int version)
{
    char head[200];
    uint64_t s = chance(seed);
    (void)snprintf(head, sizeof(head),
                   "{\"uri\":\"urn:news:%llu\",\"version\":\"%d\",\"headline\":\"%s %s "
                   "%s\",\"source\":\"Test Wire\",\"body\":\"",
                   (unsigned long long)seed, version, PICK(people, s),
                   PICK(verbs, s >> 8), PICK(objects, s >> 16));
    wd_buf_append_z(buf, head);
    add_body(buf, seed, size, -1, "\\n\\n");
    if (version > 1)
        wd_buf_append_z(buf, " The new version adds this sentence.");
    wd_buf_append_z(buf, "\"}");
}

static enum article_kind kind_of(uint64_t i)
{
    uint64_t dice = chance(i) % 64;
    if (i < 8)
        return i % 2 ? ARTICLE_JSON : ARTICLE_TEXT;
    return dice < 24   ? ARTICLE_TEXT
           : dice < 45 ? ARTICLE_JSON
           : dice < 50 ? ARTICLE_COPY
           : dice < 55 ? ARTICLE_EDITED
           : dice < 58 ? ARTICLE_CUT
           : dice < 61 ? ARTICLE_UPDATE
           : dice < 62 ? ARTICLE_KILL
                       : ARTICLE_BAD;
}

/* An article before `i` that is new itself, and of `kind`. */
static uint64_t earlier(uint64_t i, enum article_kind kind)
{
    uint64_t back = chance(i ^ 0x5eed) % 200 + 1;
    uint64_t k = i > back ? i - back : 0;
    while (kind_of(k) != kind)
        k = k ? k - 1 : 1; /* the first two are one of each */
    return k;
}

/* The text of another article under a uri of its own: without one it would have that of
 * the other and be a replay of it, for which nothing is published. */
static void add_copy(struct wd_buf *buf, uint64_t i, size_t size, int changed)
{
    char head[64];
    (void)snprintf(head, sizeof(head), "{\"uri\":\"urn:copy:%llu\",\"body\":\"",
                   (unsigned long long)i);
    wd_buf_append_z(buf, head);
    add_body(buf, earlier(i, ARTICLE_TEXT), size, changed, "\\n\\n");
    wd_buf_append_z(buf, "\"}");
}

static void add_kill(struct wd_buf *buf, uint64_t seed)
{
    char text[120];
    (void)snprintf(text, sizeof(text),
                   "{\"uri\":\"urn:news:%llu\",\"version\":\"kill\",\"pubstatus\":"
                   "\"canceled\",\"body\":\"Please kill this story.\"}",
                   (unsigned long long)seed);
    wd_buf_append_z(buf, text);
}

static void make_bad(uint64_t i, struct made_article *art)
{
    switch (chance(i) / 64 % 8) {
    case 0:
        art->is_tombstone = true;
        break;
    case 1: /* a value of no bytes */
        break;
    case 2:
        wd_buf_append_z(&art->value, " \n\t\xc2\xa0 \n");
        break;
    case 3:
        wd_buf_append(&art->value, "one\0two", 7);
        break;
    case 4:
        wd_buf_append_z(&art->value, "Not UTF-8: \xff\xfe\x80 at all.");
        break;
    case 5:
        wd_buf_append_z(&art->value, "{\"headline\": \"no end\", \"body\": ");
        art->content_type = "application/json";
        break;
    case 6:
        wd_buf_append_z(&art->value, "{\"body\": \"half \\ud800 a surrogate\"}");
        art->content_type = "application/json";
        break;
    default:
        wd_buf_append_z(&art->value, "GIF89a");
        art->content_type = "image/gif";
    }
}

void article_make(uint64_t i, size_t size, struct made_article *art)
{
    wd_buf_init(&art->value, size * 4 + 4096);
    art->kind = kind_of(i);
    art->timestamp_ms = INT64_C(1700000000000) + (int64_t)i * 250;
    (void)snprintf(art->key, sizeof(art->key), "key-%llu", (unsigned long long)i);
    size_t length = size / 2 + chance(i * 3) % size;
    size_t before = size / 2 + chance(earlier(i, ARTICLE_TEXT) * 3) % size;
    switch (art->kind) {
    case ARTICLE_TEXT:
        add_body(&art->value, i, length, -1, "\n\n");
        art->content_type = i % 3 ? "text/plain; charset=utf-8" : NULL;
        break;
    case ARTICLE_JSON:
        add_envelope(&art->value, i, length, 1);
        art->content_type = i % 3 ? "application/json" : NULL;
        break;
    case ARTICLE_COPY:
        add_copy(&art->value, i, before, -1);
        break;
    case ARTICLE_EDITED:
        add_copy(&art->value, i, before, 1);
        break;
    case ARTICLE_CUT:
        add_copy(&art->value, i, before / 2, -1);
        break;
    case ARTICLE_UPDATE:
        add_envelope(&art->value, earlier(i, ARTICLE_JSON), length, (int)i + 2);
        break;
    case ARTICLE_KILL:
        add_kill(&art->value, earlier(i, ARTICLE_JSON));
        break;
    case ARTICLE_BAD:
        make_bad(i, art);
        break;
    }
}
