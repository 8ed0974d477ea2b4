/* article.h -- one article on its way through the pipeline, and what is known about it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An article owns everything that was found out about it, in one arena that lives until
 * the next wd_article_begin(). It borrows the raw record. Stages write; everybody else
 * reads through wd_article_facts(). Places are byte offsets into `text` (or `raw`, where
 * it says so), half-open, on UTF-8 boundaries; the emitted JSON counts code points
 * instead. */
#ifndef WIREDESK_ARTICLE_H
#define WIREDESK_ARTICLE_H

#include <stdint.h>

#include "wiredesk/export.h"
#include "wiredesk/options.h"
#include "wiredesk/span.h"
#include "wiredesk/status.h"

/* One header of a record, as Kafka has them. */
struct wd_header {
    struct wd_str name;
    struct wd_str value;
};

/* One raw record and where it came from. A file is a topic of its own: `topic` is its
 * name, `partition` is WD_NO_PARTITION, `offset` the record's number in it, from 0. */
struct wd_record {
    struct wd_str value;
    struct wd_str key;
    struct wd_str content_type; /* empty: unknown */
    const struct wd_header *headers;
    size_t n_headers;
    struct wd_str topic;
    int32_t partition;
    int64_t offset;
    int64_t timestamp_ms; /* of the record, Unix epoch; -1: none */
};

#define WD_NO_PARTITION (-1)

/* What an article carries; stages declare what they need and give. */
enum wd_has {
    WD_HAS_RAW = 1 << 0,      /* meta, raw */
    WD_HAS_TEXT = 1 << 1,     /* text, regions, furniture, headline */
    WD_HAS_LANGUAGE = 1 << 2, /* language */
    WD_HAS_TOKENS = 1 << 3,   /* tokens, sentences */
    WD_HAS_ENTITIES = 1 << 4, /* entities, mentions */
    WD_HAS_SKETCH = 1 << 5,   /* sketch: the fingerprints */
    WD_HAS_VERDICT = 1 << 6,  /* dedup */
    WD_HAS_STORY = 1 << 7,    /* story */
};

/* What the source says about its article. All UTF-8; empty: not said. Dates are kept as
 * RFC 3339 when they could be read, else left empty. */
struct wd_meta {
    struct wd_str uri; /* always set after decode; RFC 6920 ni: of the content if none */
    struct wd_str version; /* as ninjs: a string; empty: none given */
    struct wd_str id;      /* the id as the source wrote it, when `uri` had to differ */
    struct wd_str headline;
    struct wd_str byline;
    struct wd_str source; /* the publisher's name */
    struct wd_str url;
    struct wd_str language; /* declared, BCP 47 */
    struct wd_str published;
    struct wd_str updated;
    struct wd_str embargoed; /* until then nobody may publish it */
    struct wd_str copyright;
    struct wd_str located;   /* the dateline's place */
    struct wd_str pubstatus; /* usable, withheld, canceled; empty: usable */
    struct wd_str format;    /* "text", "json", "ninjs": what decode took it for */
    bool is_uri_derived; /* the source gave no id: two such records may be one text twice,
                            but never one record twice */
};

/* A part of `text` that stands at its own place in the output. Regions are in order, do
 * not touch, and are joined by WD_JOINER. */
enum wd_role { WD_ROLE_HEADLINE, WD_ROLE_BODY };

struct wd_region {
    enum wd_role role;
    struct wd_span span;
};

#define WD_JOINER "\n\n" /* between regions; paragraphs within one are parted by "\n" */

/* What cleaning took out. `span` is in `raw`. */
enum wd_furniture_kind {
    WD_FURNITURE_CAPTION,
    WD_FURNITURE_CREDIT,
    WD_FURNITURE_ADVERTISING,
    WD_FURNITURE_PROMO,
    WD_FURNITURE_RELATED,
    WD_FURNITURE_SYNDICATION_NOTE,
    WD_FURNITURE_COPYRIGHT,
    WD_FURNITURE_BYLINE,
    WD_FURNITURE_DATELINE,
    WD_FURNITURE_SOURCE_LINE,
    WD_FURNITURE_IMAGE,
    WD_FURNITURE_NAVIGATION,
    WD_FURNITURE_SUBSCRIPTION,
    WD_FURNITURE_SOCIAL,
    WD_FURNITURE_TIMESTAMP,
    WD_FURNITURE_CORRECTION,
};

struct wd_furniture {
    enum wd_furniture_kind kind;
    struct wd_span span;
    bool is_kept; /* it stands in the text all the same: a correction, a sign-off */
};

/* One run of `text` copied from `raw`: text[text_start …+size) came from raw[raw_start
 * …). In order of text_start. White space that cleaning rewrote belongs to no piece. */
struct wd_piece {
    uint32_t text_start;
    uint32_t raw_start;
    uint32_t size;
};

enum wd_token_kind { WD_TOKEN_WORD, WD_TOKEN_NUMBER, WD_TOKEN_PUNCT, WD_TOKEN_SYMBOL };

struct wd_token {
    struct wd_span span; /* never white space, never across a sentence end */
    uint8_t kind;        /* enum wd_token_kind */
    uint8_t is_spaced;   /* white space follows */
    uint16_t
        flags; /* WD_TOKEN_… facts of the tokenizer; see pipeline/tokenize/tokenize.h */
};

enum wd_label {
    WD_LABEL_PERSON,
    WD_LABEL_ORGANISATION,
    WD_LABEL_PLACE,
    WD_LABEL_EVENT,
    WD_LABEL_GROUP, /* "Ukrainian", "Democrats" */
};

/* One place where the text names an entity. */
struct wd_mention {
    struct wd_span span;
    uint32_t entity;    /* index into entities */
    uint8_t label;      /* enum wd_label */
    uint8_t confidence; /* 0 to 100 */
};

/* One person, organisation, … of the article. */
struct wd_entity {
    uint8_t label;
    struct wd_str name; /* the fullest form: the gazetteer's, else the text's longest */
    struct wd_str uri;  /* Wikidata, GeoNames or the gazetteer's own; empty: unknown */
    uint32_t n_mentions;
    uint32_t first_mention; /* index into mentions */
};

enum wd_verdict {
    WD_VERDICT_UNIQUE,
    WD_VERDICT_EXACT,      /* the same text */
    WD_VERDICT_NEAR,       /* the same article, lightly edited */
    WD_VERDICT_SYNDICATED, /* a cut or extended version */
    WD_VERDICT_UPDATE,     /* a newer version with new facts, or the same uri again */
};

/* What a unique article has in common with an earlier one without repeating it. */
enum wd_near_miss {
    WD_NEAR_MISS_NONE,
    WD_NEAR_MISS_TEMPLATE, /* the same form, filled in with other facts */
    WD_NEAR_MISS_SHARED,   /* a quotation, a statement, background */
};

/* What stands in both articles. The earlier one is known by a sample of its words only:
 * its offsets are code points of its text, rounded outwards to a 256th of that. */
struct wd_shared_passage {
    struct wd_span here;
    uint32_t there_start;
    uint32_t there_end; /* 0: its place there is not known */
};

/* Why two articles are held to be alike, and what speaks against it: names and figures of
 * the samples that only one of them has. Those of this article are told, of the other
 * only how many. */
struct wd_evidence {
    const struct wd_shared_passage *passages; /* the longest, in the order of the text */
    size_t n_passages;
    const struct wd_span *names;
    size_t n_names;
    const struct wd_span *figures;
    size_t n_figures;
    uint32_t other_names;
    uint32_t other_figures;
    int32_t hours; /* between their dates; -1: unknown */
};

/* Shares are in ten-thousandths, 0 to 10000: exact in every language and on replay. */
struct wd_likeness_to {
    struct wd_str of; /* uri of the earlier article */
    uint64_t of_sequence;
    uint16_t resemblance; /* as in struct wd_dedup */
    uint16_t containment;
    uint16_t contained;
    uint8_t confidence;
    struct wd_evidence evidence;
};

struct wd_dedup {
    enum wd_verdict verdict;
    struct wd_str of; /* uri of the earlier article; empty when unique */
    uint64_t of_sequence;
    uint64_t cluster;     /* id: all articles that repeat one another */
    uint16_t resemblance; /* |A ∩ B| / |A ∪ B| of word shingles (Broder 1997) */
    uint16_t containment; /* share of this article that the earlier one holds */
    uint16_t contained;   /* share of the earlier one that this article holds */
    uint8_t confidence;   /* in the verdict, 0 to 100 */
    uint32_t candidates;  /* earlier articles looked at */
    bool is_replay;       /* the same record again: nothing is to be published */
    bool is_conflict;     /* other words under the same uri and version */
    struct wd_str killed; /* uri of a killed article that it repeats; empty: none */
    struct wd_evidence evidence; /* unless unique */
    enum wd_near_miss near_miss;
    struct wd_likeness_to miss; /* with a near miss */
};

/* All versions of one uri in a cluster. */
struct wd_cluster_member {
    struct wd_str uri;
    uint64_t sequence;       /* of its newest version */
    enum wd_verdict verdict; /* on that */
    int64_t date_ms;  /* of its first version, or else of that record; -1: unknown */
    uint32_t n_words; /* of the newest version's body */
    bool is_canceled; /* the newest version is a kill */
};

/* A cluster of two records or more, as the last of them left it. */
struct wd_revision {
    const struct wd_cluster_member *members; /* in the order in which they came */
    size_t n_members;                        /* 0: the article made no revision */
    size_t canonical;   /* which of them stands for all; n_members: all are killed */
    bool is_incomplete; /* older ones may belong to it, too */
};

/* How the record's bytes became text, where that took more than reading UTF-8. */
struct wd_quality {
    struct wd_str charset; /* the one that the bytes were read in; empty: UTF-8 */
    struct wd_str
        declared;      /* the one that they were said to be in, when that was wrong */
    bool is_detected;  /* `charset` was told from the bytes, not by a declaration */
    uint32_t replaced; /* characters lost, now U+FFFD */
};

struct wd_story {
    uint64_t id;
    uint32_t size; /* articles of it in the window, this one included */
    uint16_t
        score; /* nearness to the story when it joined; 10000 for its first article */
    uint64_t merged; /* another story, that the article showed to be this one; 0: none */
};

/* What the desk does not look at, so that no article costs much more than another. */
enum wd_cap {
    WD_CAP_ARTICLES,   /* older ones with a shingle or a term that very many have */
    WD_CAP_CANDIDATES, /* those with the least in common, of very many with something */
    WD_N_CAPS,
};

/* "articles", "candidates"; NULL for a number that is none. */
WD_API const char *wd_cap_name(size_t cap);

/* A data file that had a hand in the facts: which, and which state of it. */
struct wd_model {
    const char *name;
    const char *version;
};

/* Everything that is known so far; `has` says which parts are. Read-only. */
struct wd_facts {
    unsigned has;
    struct wd_meta meta;
    struct wd_str raw;      /* the decoded text before cleaning */
    struct wd_str text;     /* the cleaned text: headline, joiner, body; immutable */
    struct wd_str language; /* detected, or declared and believed; BCP 47 */
    const struct wd_region *regions;
    size_t n_regions;
    const struct wd_furniture *furniture;
    size_t n_furniture;
    const struct wd_piece *pieces;
    size_t n_pieces;
    const struct wd_token *tokens;
    size_t n_tokens;
    const struct wd_span *sentences;
    size_t n_sentences;
    const struct wd_entity *entities;
    size_t n_entities;
    const struct wd_mention *mentions;
    size_t n_mentions;
    struct wd_dedup dedup;
    struct wd_revision revision;
    struct wd_story story;
    uint32_t caps[WD_N_CAPS];      /* how often each was met */
    const struct wd_model *models; /* of the pipeline that ran last */
    size_t n_models;
    struct wd_quality quality;
    uint64_t sequence; /* place in the total order, from 1; 0: not decided yet */
};

struct wd_article;
struct wd_sketch;

/* NULL when memory is short. An article is used again and again: its memory is kept. */
WD_API struct wd_article *wd_article_new(void);

/* NULL-safe. */
WD_API void wd_article_free(struct wd_article *art);

/* Forgets everything and takes up `record`, whose bytes are borrowed until the next
 * begin. */
WD_API void wd_article_begin(struct wd_article *art, const struct wd_record *record);

/* Is told each time a stage has run over the article, also one that refused it: `stage`
 * is its place in wd_stages(). The library knows no clock; whoever wants to know what a
 * stage costs asks his own clock here. Called on the thread that runs the article. */
struct wd_watch {
    void (*stage_done)(void *opaque, size_t stage);
    void *opaque;
};

/* From now until the next begin. `watch` is copied. */
WD_API void wd_article_watch(struct wd_article *art, const struct wd_watch *watch);

WD_API const struct wd_facts *wd_article_facts(const struct wd_article *art);
WD_API const struct wd_record *wd_article_record(const struct wd_article *art);

/* Why the article was refused; status WD_OK when it was not. */
WD_API const struct wd_error *wd_article_error(const struct wd_article *art);

/* The name of the stage that refused it; NULL when none did. */
WD_API const char *wd_article_failed_stage(const struct wd_article *art);

/* The fingerprints and, once decided, the decision, as it goes to the sketch log. */
WD_API const struct wd_sketch *wd_article_sketch(const struct wd_article *art);

WD_API const char *wd_role_name(enum wd_role role);
WD_API const char *wd_furniture_name(enum wd_furniture_kind kind);
WD_API const char *wd_label_name(enum wd_label label);
WD_API const char *wd_verdict_name(enum wd_verdict verdict);
WD_API const char *wd_near_miss_name(enum wd_near_miss miss); /* NULL for none */

#endif
