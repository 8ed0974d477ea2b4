/* options.c -- every setting of wiredeskd, one row each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The rows feed the parser, --help, --print-config, --config-reference (which makes
 * docs/configuration.md, the man page and the sample file) and the reload. To add a
 * setting: a row here, its field in struct config, and those three made anew. `[kafka]`
 * is not here: its keys are librdkafka's. */
#include "options.h"

#include "config.h"

static const struct option_choice yes_no[] = {{"no", 0}, {"yes", 1}, {NULL, 0}};

static const struct option_choice formats[] = {
    {"auto", WD_FORMAT_AUTO},
    {"text", WD_FORMAT_TEXT},
    {"json", WD_FORMAT_JSON},
    {"ninjs", WD_FORMAT_NINJS},
    {"html", WD_FORMAT_HTML},
    {"xml", WD_FORMAT_XML},
    {NULL, 0},
};

static const struct option_choice profiles[] = {
    {"ninjs3", WD_PROFILE_NINJS3}, {"ninjs1", WD_PROFILE_NINJS1}, {NULL, 0}};

static const struct option_choice modes[] = {{"exactly-once", MODE_EXACTLY_ONCE},
                                             {"at-least-once", MODE_AT_LEAST_ONCE},
                                             {NULL, 0}};

static const struct option_choice tiers[] = {
    {"all", TIER_ALL}, {"tag", TIER_TAG}, {"desk", TIER_DESK}, {NULL, 0}};

const char *config_tier_name(const struct config *cfg)
{
    const struct option_choice *tier = tiers;
    while (tier->value != cfg->tier)
        tier++; /* it was read by this table */
    return tier->name;
}

static const struct option_choice levels[] = {
    {"error", LOG_LEVEL_ERROR},
    {"warning", LOG_LEVEL_WARNING},
    {"info", LOG_LEVEL_INFO},
    {"debug", LOG_LEVEL_DEBUG},
    {NULL, 0},
};

static const struct option_choice log_formats[] = {
    {"text", LOG_FORMAT_TEXT}, {"json", LOG_FORMAT_JSON}, {NULL, 0}};

#define FIELD(member) offsetof(struct config, member)
#define TEXT(member, s, n, ...)                                                          \
    {                                                                                    \
        .section = (s), .name = (n), .field = FIELD(member), __VA_ARGS__                 \
    }

const struct option_row option_rows[] = {
    TEXT(input_topics, "input", "topics", .type = OPTION_TOPICS, .fallback = "news.raw",
         .sentence = "Topics with raw articles, parted by commas; one record is one "
                     "article."),
    TEXT(input_format, "input", "format", .type = OPTION_CHOICE, .fallback = "auto",
         .choices = formats, .is_live = true,
         .sentence = "How records are read; auto asks the content-type header, then the "
                     "bytes."),
    TEXT(input_max_bytes, "input", "max_bytes", .type = OPTION_INT, .fallback = "1048576",
         .min = 1, .max = 1 << 30, .is_live = true,
         .sentence =
             "Records above this size become dead letters without being parsed; a web "
             "page may be four times as large when its text is not."),
    TEXT(output_topic, "output", "topic", .type = OPTION_TOPIC,
         .fallback = "news.enriched",
         .sentence =
             "Topic of enriched articles; its dead letters go to <topic>.dlq, what "
             "changes about clusters and stories to <topic>.clusters, the state to "
             "<topic>.sketch, articles between two roles to <topic>.tagged."),
    TEXT(output_profile, "output", "profile", .type = OPTION_CHOICE, .fallback = "ninjs3",
         .choices = profiles, .is_live = true,
         .sentence = "Shape of the output: IPTC ninjs 3.1, or the names of ninjs 1.x."),
    TEXT(output_tokens, "output", "tokens", .type = OPTION_CHOICE, .fallback = "yes",
         .choices = yes_no, .is_live = true,
         .sentence = "Whether the places of all words are part of the output."),
    TEXT(output_max_bytes, "output", "max_bytes", .type = OPTION_INT,
         .fallback = "16777216", .min = 65536, .max = 512 << 20,
         .sentence =
             "Largest output record; a larger one becomes a dead letter. Also the "
             "max.message.bytes of topics that `--topics create` makes."),
    TEXT(group, "desk", "group", .type = OPTION_TOPIC, .fallback = "wiredesk",
         .sentence = "Consumer group in which the input offsets are committed; instances "
                     "with the same group and output topic relieve one another."),
    TEXT(tier, "desk", "role", .type = OPTION_CHOICE, .fallback = "all", .choices = tiers,
         .sentence = "Which part of the work: all of it; tag, where any number of "
                     "instances share the input and write to <topic>.tagged; or desk, "
                     "where one reads that and decides (docs/scale.md)."),
    TEXT(mode, "desk", "mode", .type = OPTION_CHOICE, .fallback = "exactly-once",
         .choices = modes,
         .sentence = "Exactly-once uses transactions; at-least-once does not, and may "
                     "repeat records after a crash."),
    TEXT(commit_ms, "desk", "commit_ms", .type = OPTION_INT, .fallback = "200", .min = 1,
         .max = 10000, .is_live = true,
         .sentence = "Longest time a transaction stays open while it lags, in "
                     "milliseconds; one that keeps up commits sooner, an idle one at "
                     "once."),
    TEXT(commit_records, "desk", "commit_records", .type = OPTION_INT, .fallback = "2000",
         .min = 1, .max = 10000, .is_live = true,
         .sentence = "Most input records in one transaction."),
    TEXT(lease_ms, "desk", "lease_ms", .type = OPTION_INT, .fallback = "6000", .min = 500,
         .max = 300000,
         .sentence = "Silence, in milliseconds, after which a standby takes over; not "
                     "below the broker's group.min.session.timeout.ms."),
    TEXT(stop_ms, "desk", "stop_ms", .type = OPTION_INT, .fallback = "10000", .min = 100,
         .max = 600000, .is_live = true,
         .sentence = "Longest time, in milliseconds, that a stop waits for the broker; "
                     "what is then uncommitted is read again at the next start."),
    TEXT(workers, "desk", "workers", .type = OPTION_INT, .fallback = "0", .min = 0,
         .max = 256,
         .sentence = "Threads that decode, clean, cut and tag; 0 is one a processor."),
    TEXT(window_articles, "desk", "window_articles", .type = OPTION_INT,
         .fallback = "200000", .min = 1, .max = 100000000,
         .sentence = "Articles that duplicates and stories are looked for in."),
    TEXT(window_hours, "desk", "window_hours", .type = OPTION_INT, .fallback = "336",
         .min = 1, .max = 87600,
         .sentence = "Age, by record timestamp, after which an article leaves the "
                     "window."),
    TEXT(sources, "desk", "sources", .type = OPTION_TEXT, .fallback = "",
         .sentence = "Publishers, parted by commas, the preferred first: of articles "
                     "that repeat one another, equally early, theirs stands for all "
                     "(docs/clusters.md)."),
    TEXT(data_dir, "desk", "data_dir", .type = OPTION_TEXT, .fallback = "",
         .is_live = true,
         .sentence = "Folder with gazetteer and models; empty is the one that came with "
                     "the program."),
    TEXT(clean, "desk", "clean", .type = OPTION_CHOICE, .fallback = "yes",
         .choices = yes_no, .is_live = true,
         .sentence = "Whether credits, datelines and the like are taken out of the "
                     "text."),
    TEXT(check_offsets, "desk", "check_offsets", .type = OPTION_CHOICE, .fallback = "yes",
         .choices = yes_no,
         .sentence = "Refuse to start when committed offsets and the sketch log "
                     "disagree. Only a mock broker, which keeps no offsets, needs no."),
    TEXT(check_topics, "desk", "check_topics", .type = OPTION_CHOICE, .fallback = "yes",
         .choices = yes_no,
         .sentence = "Refuse to start on topics whose settings could lose data. Only a "
                     "mock broker, which cannot tell, needs no."),
    TEXT(insecure, "desk", "insecure", .type = OPTION_CHOICE, .fallback = "no",
         .choices = yes_no,
         .sentence = "Whether `[kafka]` may switch off the look at the broker's "
                     "certificate. Then anybody may pass for the broker."),
    TEXT(gazetteers, "tag", "gazetteers", .type = OPTION_TEXT, .fallback = "",
         .is_live = true,
         .sentence =
             "Your own lists of names, parted by commas: tables or what `wiredesk "
             "gazetteer build` made of them. They outrank the tagger, and are "
             "read anew at a reload."),
    TEXT(http_listen, "http", "listen", .type = OPTION_ADDRESS,
         .fallback = "127.0.0.1:9464",
         .sentence = "Where metrics and health are served (docs/metrics.md); there is no "
                     "authentication. When another program listens there, a warning is "
                     "logged and articles go on without."),
    TEXT(http_headlines, "http", "headlines", .type = OPTION_CHOICE, .fallback = "yes",
         .choices = yes_no, .is_live = true,
         .sentence = "Whether /stats shows the headlines of the last articles."),
    TEXT(log_level, "log", "level", .type = OPTION_CHOICE, .fallback = "info",
         .choices = levels, .is_live = true,
         .sentence = "Least important lines that are still written to stderr."),
    TEXT(log_format, "log", "format", .type = OPTION_CHOICE, .fallback = "text",
         .choices = log_formats, .is_live = true,
         .sentence = "One line an event, as key=value or as a JSON object."),
};

const size_t n_option_rows = sizeof(option_rows) / sizeof(option_rows[0]);
