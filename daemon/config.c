/* config.c -- reads the INI file and the --set options by the table in options.c.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All faults of a file are told in one run, each with file, line and key: an operator who
 * mends one line at a time restarts a daemon ten times. inih does the syntax; since it
 * reports only its first error and no line numbers, our reader counts the lines for it
 * and tells of those it would pass over. A key given twice is a fault: which one was
 * meant? Only a source of its own may override the file: the secrets that the service
 * manager hands over, then --set. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address.h"
#include "nearest.h"
#include "options.h"
#include "security.h"

/* Where a row was set last; no source: nowhere but in the table. */
struct place {
    const char *source;
    int line; /* 0: the source has no lines */
};

struct reading {
    struct config *cfg;
    FILE *report;
    const char *source; /* the file's name, or "--set" */
    FILE *file;
    int line;
    int n_faults;
    struct place *row_places;
    bool has_secret;      /* the file that is being read */
    bool is_command_line; /* which others may read */
    char *secrets_path;   /* for the places in it */
    size_t first_kafka;   /* [kafka] entries below come from an earlier source */
};

static void reading_fault(struct reading *rd, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void reading_fault(struct reading *rd, const char *key, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    rd->n_faults++;
    if (rd->line)
        fprintf(rd->report, "%s:%d: ", rd->source, rd->line);
    else
        fprintf(rd->report, "%s: ", rd->source);
    if (key)
        fprintf(rd->report, "%s: ", key);
    vfprintf(rd->report, fmt, args);
    fputc('\n', rd->report);
    va_end(args);
}

static void *must_have(void *memory)
{
    if (!memory) {
        fputs("wiredeskd: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static char *joined(const char *a, const char *b)
{
    char *text;
    if (asprintf(&text, "%s%s", a, b) < 0)
        text = NULL;
    return must_have(text);
}

static void text_replace(char **text, const char *value)
{
    free(*text);
    *text = must_have(strdup(value));
}

static char **text_field(struct config *cfg, const struct option_row *row)
{
    return (char **)(void *)((char *)cfg + row->field);
}

static int64_t *number_field(struct config *cfg, const struct option_row *row)
{
    return (int64_t *)(void *)((char *)cfg + row->field);
}

/* Kafka's own rule. */
static bool is_topic_name(const char *name, size_t size)
{
    if (size == 0 || size > 249 || (size == 1 && *name == '.') ||
        (size == 2 && memcmp(name, "..", 2) == 0))
        return false;
    for (size_t i = 0; i < size; i++) {
        if (!isalnum((unsigned char)name[i]) && !strchr("._-", name[i]))
            return false;
    }
    return true;
}

/* The next name of a list between commas; false at its end. */
static bool list_next(const char **at, const char **ret_name, size_t *ret_size)
{
    if (!*at)
        return false;
    const char *name = *at + strspn(*at, " \t");
    size_t size = strcspn(name, ",");
    *at = name[size] == ',' ? name + size + 1 : NULL;
    while (size && isspace((unsigned char)name[size - 1]))
        size--;
    *ret_name = name;
    *ret_size = size;
    return true;
}

static void set_topics(struct reading *rd, const struct option_row *row, const char *key,
                       const char *value)
{
    const char *at = value, *name;
    size_t size;
    while (list_next(&at, &name, &size)) {
        if (!is_topic_name(name, size)) {
            reading_fault(rd, key, "\"%.*s\" is not a topic name", (int)size, name);
            return;
        }
    }
    text_replace(text_field(rd->cfg, row), value);
}

static void set_int(struct reading *rd, const struct option_row *row, const char *key,
                    const char *value)
{
    char *end;
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno || end == value || *end) {
        reading_fault(rd, key, "\"%s\" is not a whole number", value);
    } else if (number < row->min || number > row->max) {
        reading_fault(rd, key, "%lld is not between %lld and %lld", number,
                      (long long)row->min, (long long)row->max);
    } else {
        *number_field(rd->cfg, row) = number;
    }
}

static void set_choice(struct reading *rd, const struct option_row *row, const char *key,
                       const char *value)
{
    char names[128] = "";
    struct nearest near = {.wanted = value};
    for (const struct option_choice *choice = row->choices; choice->name; choice++) {
        if (strcmp(choice->name, value) == 0) {
            *number_field(rd->cfg, row) = choice->value;
            return;
        }
        size_t used = strlen(names);
        (void)snprintf(names + used, sizeof(names) - used, "%s%s", used ? ", " : "",
                       choice->name);
        nearest_look(&near, choice->name);
    }
    reading_fault(rd, key, "\"%s\" is none of %s%s%s%s", value, names,
                  *near.name ? "; is " : "", near.name, *near.name ? " meant?" : "");
}

static void set_address(struct reading *rd, const struct option_row *row, const char *key,
                        const char *value)
{
    struct address address;
    if (strcmp(value, "off") == 0 || address_parse(value, &address))
        text_replace(text_field(rd->cfg, row), value);
    else
        reading_fault(rd, key, "\"%s\" is neither IP:PORT, [IPv6]:PORT nor off", value);
}

static void set_row(struct reading *rd, const struct option_row *row, const char *key,
                    const char *value)
{
    switch (row->type) {
    case OPTION_TEXT:
        text_replace(text_field(rd->cfg, row), value);
        break;
    case OPTION_ADDRESS:
        set_address(rd, row, key, value);
        break;
    case OPTION_TOPIC:
        if (is_topic_name(value, strlen(value)))
            text_replace(text_field(rd->cfg, row), value);
        else
            reading_fault(rd, key, "\"%s\" is not a name that Kafka takes", value);
        break;
    case OPTION_TOPICS:
        set_topics(rd, row, key, value);
        break;
    case OPTION_INT:
        set_int(rd, row, key, value);
        break;
    case OPTION_CHOICE:
        set_choice(rd, row, key, value);
        break;
    }
}

static void unknown_key(struct reading *rd, const char *key)
{
    struct nearest near = {.wanted = key};
    char name[64];
    for (size_t i = 0; i < n_option_rows; i++) {
        (void)snprintf(name, sizeof(name), "%s.%s", option_rows[i].section,
                       option_rows[i].name);
        nearest_look(&near, name);
    }
    if (*near.name)
        reading_fault(rd, key, "there is no such setting; is %s meant?", near.name);
    else
        reading_fault(rd, key,
                      "there is no such setting (--config-reference lists them)");
}

static void set_kafka(struct reading *rd, const char *key, const char *name,
                      const char *value)
{
    char message[256];
    struct config *cfg = rd->cfg;
    const char *refusal = kafka_property_refusal(name);
    if (refusal) {
        reading_fault(rd, key, "is not yours to set: %s", refusal);
        return;
    }
    if (kafka_property_is_secret(name)) {
        rd->has_secret = true;
        if (rd->is_command_line)
            reading_fault(rd, key,
                          "is a secret, and everybody may read a command line: write it "
                          "to a file or to $CREDENTIALS_DIRECTORY/wiredeskd.secrets");
    }
    if (kafka_property_check(name, value, message, sizeof(message)) < 0) {
        /* librdkafka quotes the value that it refuses. */
        reading_fault(rd, key, "%s",
                      kafka_property_is_secret(name) ? "librdkafka refuses it" : message);
        return;
    }
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        if (strcmp(cfg->kafka[i].name, name) != 0)
            continue;
        if (i >= rd->first_kafka)
            reading_fault(rd, key, "is set twice");
        free((void *)(uintptr_t)cfg->kafka[i].value);
        cfg->kafka[i].value = must_have(strdup(value));
        return;
    }
    cfg->kafka = must_have(realloc(cfg->kafka, (cfg->n_kafka + 2) * sizeof(*cfg->kafka)));
    cfg->kafka[cfg->n_kafka++] =
        (struct kafka_property){must_have(strdup(name)), must_have(strdup(value))};
    cfg->kafka[cfg->n_kafka] = (struct kafka_property){NULL, NULL};
}

static void set_key(struct reading *rd, const char *section, const char *name,
                    const char *value)
{
    char key[192];
    (void)snprintf(key, sizeof(key), "%s.%s", section, name); /* a cut key is unknown */
    if (strcmp(section, "kafka") == 0) {
        set_kafka(rd, key, name, value);
        return;
    }
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        if (strcmp(row->section, section) != 0 || strcmp(row->name, name) != 0)
            continue;
        if (rd->row_places[i].source == rd->source && rd->file)
            reading_fault(rd, key, "is set a second time; line %d did it first",
                          rd->row_places[i].line);
        rd->row_places[i] = (struct place){rd->source, rd->line};
        set_row(rd, row, key, value);
        return;
    }
    unknown_key(rd, key);
}

static int on_pair(void *opaque, const char *section, const char *name, const char *value)
{
    set_key(opaque, section, name, value ? value : "");
    return 1;
}

/* Whether inih would take the line, or pass over it in silence. */
static void line_check(struct reading *rd, const char *line)
{
    line += strspn(line, " \t\xef\xbb\xbf");
    if (strchr(";#\r\n", *line) || *line == '\0')
        return;
    if (*line == '[') {
        if (!strchr(line, ']'))
            reading_fault(rd, NULL, "the section's ] is missing");
    } else if (!strpbrk(line, "=:")) {
        reading_fault(rd, NULL, "neither [section] nor key = value");
    }
}

/* For inih: fgets() that knows where it is. */
static char *on_line(char *buf, int size, void *opaque)
{
    struct reading *rd = opaque;
    char *line = fgets(buf, size, rd->file);
    if (!line)
        return NULL;
    rd->line++;
    size_t length = strlen(line);
    if (length == (size_t)size - 1 && line[length - 1] != '\n') {
        int c;
        while ((c = fgetc(rd->file)) != EOF && c != '\n')
            ;
        reading_fault(rd, NULL, "the line is longer than %d bytes", size - 2);
        *line = '\0';
    }
    line_check(rd, line);
    return line;
}

/* A file with a secret in it is nobody else's to read. */
static void check_readers(struct reading *rd)
{
    struct stat facts;
    rd->line = 0;
    if (rd->has_secret && fstat(fileno(rd->file), &facts) == 0 &&
        (facts.st_mode & (S_IROTH | S_IWOTH)))
        reading_fault(
            rd, NULL,
            "holds a secret, and everybody may read it (mode %04o): chmod o-rwx",
            (unsigned)facts.st_mode & 07777);
    rd->has_secret = false;
}

static void read_file(struct reading *rd, const char *path)
{
    rd->source = path;
    rd->line = 0;
    rd->first_kafka = rd->cfg->n_kafka;
    rd->file = fopen(path, "re");
    if (!rd->file) {
        reading_fault(rd, NULL, "cannot be read: %s", strerror(errno));
        return;
    }
    /* Its return value names the first bad line; on_line() has told of all of them. */
    if (ini_parse_stream(on_line, rd, on_pair, rd) == -2)
        reading_fault(rd, NULL, "out of memory");
    if (ferror(rd->file))
        reading_fault(rd, NULL, "cannot be read: %s", strerror(errno));
    check_readers(rd);
    fclose(rd->file);
    rd->file = NULL;
}

/* A file of the same form, which only this process can read: systemd's LoadCredential=.
 * There need not be one. */
static void read_secrets(struct reading *rd)
{
    const char *dir = getenv("CREDENTIALS_DIRECTORY");
    if (!dir)
        return;
    rd->secrets_path = joined(dir, "/wiredeskd.secrets");
    if (access(rd->secrets_path, F_OK) == 0)
        read_file(rd, rd->secrets_path);
}

static void read_sets(struct reading *rd, const struct config_sets *sets)
{
    rd->source = "--set";
    rd->line = 0;
    rd->first_kafka = SIZE_MAX; /* the last --set wins */
    rd->is_command_line = true;
    for (size_t i = 0; i < sets->n_items; i++) {
        char *item = must_have(strdup(sets->items[i]));
        char *equals = strchr(item, '=');
        char *dot = strchr(item, '.');
        if (!equals || !dot || dot > equals) {
            reading_fault(rd, item, "is not section.key=value");
        } else {
            *equals = *dot = '\0';
            set_key(rd, item, dot + 1, equals + 1);
        }
        free(item);
    }
}

/* Data beside the program, as in a build tree or an unpacked archive: DIR/bin/wiredeskd
 * and DIR/share/wiredesk. */
static void find_data(struct config *cfg)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (*cfg->data_dir || size <= 0)
        return;
    path[size] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash || (size_t)(slash - path) + sizeof("/../share/wiredesk") > sizeof(path))
        return;
    memcpy(slash, "/../share/wiredesk", sizeof("/../share/wiredesk"));
    if (access(path, R_OK | X_OK) == 0)
        text_replace(&cfg->data_dir, path);
}

/* What follows from the settings. */
static void derive(struct config *cfg)
{
    const char *at = cfg->input_topics, *name;
    size_t size;
    while (list_next(&at, &name, &size)) {
        cfg->topics =
            must_have(realloc(cfg->topics, (cfg->n_topics + 1) * sizeof(*cfg->topics)));
        cfg->topics[cfg->n_topics++] = must_have(strndup(name, size));
    }
    cfg->clusters_topic = joined(cfg->output_topic, ".clusters");
    cfg->dlq_topic = joined(cfg->output_topic, ".dlq");
    cfg->sketch_topic = joined(cfg->output_topic, ".sketch");
    cfg->tagged_topic = joined(cfg->output_topic, ".tagged");
    cfg->lease_group = joined(cfg->group, cfg->tier == TIER_TAG ? "" : "-lease");
    cfg->offsets_group = joined(cfg->group, cfg->tier == TIER_DESK ? "-desk" : "");
    cfg->reads = cfg->tier == TIER_DESK ? &cfg->tagged_topic : cfg->topics;
    cfg->n_reads = cfg->tier == TIER_DESK ? 1 : cfg->n_topics;
    char *prefix = joined(cfg->group, ".");
    cfg->transactional_id = joined(prefix, cfg->output_topic);
    free(prefix);
}

/* The next fault is told at the place where this setting has its value from. */
static void reading_go_to(struct reading *rd, size_t field)
{
    for (size_t i = 0; i < n_option_rows; i++) {
        if (option_rows[i].field == field) {
            const struct place *place = &rd->row_places[i];
            rd->source = place->source ? place->source : "default";
            rd->line = place->line;
        }
    }
}

/* Faults that no single key has. */
static void check_whole(struct reading *rd)
{
    const struct config *cfg = rd->cfg;
    const char *hole = security_hole(cfg);
    rd->source = "wiredeskd";
    rd->line = 0;
    if (hole)
        reading_fault(rd, "kafka", "%s", hole);
    reading_go_to(rd, offsetof(struct config, mode));
    if (cfg->tier != TIER_ALL && cfg->mode != MODE_EXACTLY_ONCE)
        reading_fault(rd, "desk.mode",
                      "roles need exactly-once: what goes through two "
                      "hands would be repeated twice");
    reading_go_to(rd, offsetof(struct config, input_topics));
    for (size_t i = 0; i < cfg->n_topics; i++) {
        const char *topic = cfg->topics[i];
        if (strcmp(topic, cfg->output_topic) == 0 ||
            strcmp(topic, cfg->clusters_topic) == 0 ||
            strcmp(topic, cfg->dlq_topic) == 0 || strcmp(topic, cfg->sketch_topic) == 0 ||
            strcmp(topic, cfg->tagged_topic) == 0)
            reading_fault(rd, "input.topics", "%s is also written to: a circle", topic);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(topic, cfg->topics[k]) == 0)
                reading_fault(rd, "input.topics", "%s is named twice", topic);
        }
    }
}

struct config *config_load(const char *path, const struct config_sets *sets, FILE *report)
{
    struct config *cfg = must_have(calloc(1, sizeof(*cfg)));
    struct reading rd = {.cfg = cfg, .report = report, .source = "default"};
    rd.row_places = must_have(calloc(n_option_rows, sizeof(*rd.row_places)));

    for (size_t i = 0; i < n_option_rows; i++)
        set_row(&rd, &option_rows[i], option_rows[i].name, option_rows[i].fallback);
    set_kafka(&rd, "kafka.bootstrap.servers", "bootstrap.servers", "127.0.0.1:9092");
    if (path)
        read_file(&rd, path);
    read_secrets(&rd);
    if (sets)
        read_sets(&rd, sets);
    find_data(cfg);
    derive(cfg);
    check_whole(&rd);
    free(rd.row_places);
    free(rd.secrets_path);
    if (rd.n_faults) {
        config_free(cfg);
        return NULL;
    }
    return cfg;
}

void config_free(struct config *cfg)
{
    if (!cfg)
        return;
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->type != OPTION_INT && row->type != OPTION_CHOICE)
            free(*text_field(cfg, row));
    }
    for (size_t i = 0; i < cfg->n_topics; i++)
        free(cfg->topics[i]);
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        free((void *)(uintptr_t)cfg->kafka[i].name);
        free((void *)(uintptr_t)cfg->kafka[i].value);
    }
    free(cfg->topics);
    free(cfg->kafka);
    free(cfg->clusters_topic);
    free(cfg->dlq_topic);
    free(cfg->sketch_topic);
    free(cfg->tagged_topic);
    free(cfg->lease_group);
    free(cfg->offsets_group);
    free(cfg->transactional_id);
    free(cfg);
}
