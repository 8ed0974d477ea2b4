/* config.h -- what the operator may choose: one table, read once.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kafka.h"
#include "log.h"
#include "wiredesk/emit.h"
#include "wiredesk/options.h"

/* Which part of the work an instance does. */
enum tier {
    TIER_ALL,
    TIER_TAG,  /* input to tagged records: any number of instances, each its share */
    TIER_DESK, /* tagged records to output: one active instance */
};

enum desk_mode { MODE_EXACTLY_ONCE, MODE_AT_LEAST_ONCE };

/* Every text is owned by the configuration. */
struct config {
    char *input_topics;   /* as written; `topics` is the list */
    int64_t input_format; /* enum wd_format */
    int64_t input_max_bytes;
    char *output_topic;
    int64_t output_profile; /* enum wd_profile */
    int64_t output_tokens;
    int64_t output_max_bytes;
    char *group;
    int64_t tier; /* enum tier */
    int64_t mode; /* enum desk_mode */
    int64_t commit_ms;
    int64_t commit_records;
    int64_t lease_ms;
    int64_t stop_ms;
    int64_t workers;
    int64_t window_articles;
    int64_t window_hours;
    char *sources;    /* preferred publishers; empty: none */
    char *data_dir;   /* empty: found beside the program, or where it was installed */
    char *gazetteers; /* empty: none */
    int64_t clean;
    int64_t check_offsets;
    int64_t check_topics;
    int64_t insecure;
    char *http_listen;
    int64_t http_headlines;
    int64_t log_level;  /* enum log_level */
    int64_t log_format; /* enum log_format */

    char **topics; /* of input_topics */
    size_t n_topics;
    char *const *reads; /* what this instance reads: `topics`, or the tagged topic */
    size_t n_reads;
    char *clusters_topic;
    char *dlq_topic;
    char *sketch_topic;
    char *tagged_topic;
    char *lease_group;   /* in which instances share the work */
    char *offsets_group; /* in which the offsets of `reads` are committed */
    char *transactional_id;
    struct kafka_property *kafka; /* bootstrap.servers and [kafka]; ends without a name */
    size_t n_kafka;
};

/* `--set section.key=value` of the command line: read after the file. */
struct config_sets {
    const char *const *items;
    size_t n_items;
};

/* Reads the file (NULL: defaults only), then $CREDENTIALS_DIRECTORY/wiredeskd.secrets if
 * there is one, then the sets. Every fault of the run goes to
 * `report`, one line each, as file:line: section.key: sentence. NULL when there was one.
 */
struct config *config_load(const char *path, const struct config_sets *sets,
                           FILE *report);

/* NULL-safe. */
void config_free(struct config *cfg);

/* The whole configuration as a file that config_load() reads; secrets are hidden. */
void config_print(const struct config *cfg, FILE *out);

/* The table, as people read it. */
enum reference_form {
    REFERENCE_MARKDOWN, /* docs/configuration.md */
    REFERENCE_MAN,      /* wiredesk.conf(5) */
    REFERENCE_SAMPLE,   /* deploy/wiredeskd.conf: a file with every default */
    REFERENCE_HELP,     /* for --help: two columns */
};

/* As `desk.role` has it. */
const char *config_tier_name(const struct config *cfg);

/* "markdown", "man", "sample"; false for another word. */
bool config_reference_parse(const char *word, enum reference_form *ret_form);

void config_reference(enum reference_form form, FILE *out);

#define CONFIG_CHANGES_SIZE 512

/* The keys of settings that differ, parted by spaces. */
struct config_changes {
    char live[CONFIG_CHANGES_SIZE];   /* a running daemon can take them up */
    char frozen[CONFIG_CHANGES_SIZE]; /* only a restart can */
};

void config_compare(const struct config *old, const struct config *fresh,
                    struct config_changes *ret_changes);

/* Takes the live settings of `fresh` into `cfg`, and its own into `fresh`. */
void config_adopt(struct config *cfg, struct config *fresh);

/* What the library is to be opened with. Borrows from `cfg`. */
void config_library_options(const struct config *cfg, struct wd_options *ret_opts);

#endif
