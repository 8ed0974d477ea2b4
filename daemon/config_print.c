/* config_print.c -- the configuration as a file, as a page, and compared.
 * SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "options.h"

static const char *text_of(const struct config *cfg, const struct option_row *row)
{
    return *(char *const *)(const void *)((const char *)cfg + row->field);
}

static int64_t number_of(const struct config *cfg, const struct option_row *row)
{
    return *(const int64_t *)(const void *)((const char *)cfg + row->field);
}

static const char *choice_name(const struct option_row *row, int64_t value)
{
    for (const struct option_choice *choice = row->choices; choice->name; choice++) {
        if (choice->value == value)
            return choice->name;
    }
    return "";
}

void config_print(const struct config *cfg, FILE *out)
{
    const char *section = "";
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        if (strcmp(section, row->section) != 0)
            fprintf(out, "%s[%s]\n", *section ? "\n" : "", row->section);
        section = row->section;
        if (row->type == OPTION_INT)
            fprintf(out, "%s = %lld\n", row->name, (long long)number_of(cfg, row));
        else if (row->type == OPTION_CHOICE)
            fprintf(out, "%s = %s\n", row->name, choice_name(row, number_of(cfg, row)));
        else
            fprintf(out, "%s = %s\n", row->name, text_of(cfg, row));
    }
    fprintf(out, "\n[kafka]\n");
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        const char *name = cfg->kafka[i].name;
        /* As a comment, so that the print does not pass for a usable file. */
        if (kafka_property_is_secret(name))
            fprintf(out, "; %s = (hidden)\n", name);
        else
            fprintf(out, "%s = %s\n", name, cfg->kafka[i].value);
    }
}

static void reference_values(const struct option_row *row, FILE *out)
{
    switch (row->type) {
    case OPTION_TEXT:
        fprintf(out, "text");
        break;
    case OPTION_TOPIC:
        fprintf(out, "name");
        break;
    case OPTION_TOPICS:
        fprintf(out, "names");
        break;
    case OPTION_INT:
        fprintf(out, "%lld … %lld", (long long)row->min, (long long)row->max);
        break;
    case OPTION_CHOICE:
        for (const struct option_choice *choice = row->choices; choice->name; choice++)
            fprintf(out, "%s%s", choice == row->choices ? "" : ", ", choice->name);
        break;
    }
}

void config_reference(FILE *out)
{
    const char *section = "";
    fprintf(out,
            "# Settings of wiredeskd\n\n"
            "Made by `wiredeskd --config-reference`; do not edit by hand. The file "
            "is INI: `[section]`, `key = value`, comments after `;`. Any setting can "
            "also be given as `--set section.key=value`, which wins. A dot in the "
            "last column: `SIGHUP` takes the change up; others need a restart.\n");
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        if (strcmp(section, row->section) != 0)
            fprintf(out,
                    "\n## [%s]\n\n| key | default | values | what | live |\n"
                    "|---|---|---|---|---|\n",
                    row->section);
        section = row->section;
        fprintf(out, "| `%s` | %s%s%s | ", row->name, *row->fallback ? "`" : "",
                row->fallback, *row->fallback ? "`" : "");
        reference_values(row, out);
        fprintf(out, " | %s | %s |\n", row->sentence, row->is_live ? "•" : "");
    }
    fprintf(out, "\n## [kafka]\n\n"
                 "Any property of librdkafka, passed on untouched; `bootstrap.servers` "
                 "defaults to `127.0.0.1:9092`. Refused, because exactly-once rests on "
                 "them:\n\n| property | why |\n|---|---|\n");
    const char *name, *why;
    for (size_t i = 0; (name = kafka_property_refused(i, &why)) != NULL; i++)
        fprintf(out, "| `%s` | %s |\n", name, why);
}

const char *config_frozen_difference(const struct config *old, const struct config *fresh)
{
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        bool is_number = row->type == OPTION_INT || row->type == OPTION_CHOICE;
        if (row->is_live)
            continue;
        if (is_number ? number_of(old, row) != number_of(fresh, row)
                      : strcmp(text_of(old, row), text_of(fresh, row)) != 0)
            return row->name;
    }
    if (old->n_kafka != fresh->n_kafka)
        return "[kafka]";
    for (size_t i = 0; i < old->n_kafka; i++) {
        if (strcmp(old->kafka[i].name, fresh->kafka[i].name) != 0 ||
            strcmp(old->kafka[i].value, fresh->kafka[i].value) != 0)
            return "[kafka]";
    }
    return NULL;
}

void config_adopt(struct config *cfg, struct config *fresh)
{
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        bool is_number = row->type == OPTION_INT || row->type == OPTION_CHOICE;
        size_t size = is_number ? sizeof(int64_t) : sizeof(char *);
        char spare[sizeof(int64_t)];
        if (!row->is_live)
            continue;
        memcpy(spare, (char *)cfg + row->field, size);
        memcpy((char *)cfg + row->field, (char *)fresh + row->field, size);
        memcpy((char *)fresh + row->field, spare, size);
    }
}

void config_library_options(const struct config *cfg, struct wd_options *ret_opts)
{
    wd_options_init(ret_opts);
    if (*cfg->data_dir)
        ret_opts->data_dir = cfg->data_dir;
    ret_opts->format = (enum wd_format)cfg->input_format;
    ret_opts->clean = cfg->clean;
    ret_opts->limits.record_bytes = (size_t)cfg->input_max_bytes;
    ret_opts->limits.window_articles = (size_t)cfg->window_articles;
    ret_opts->limits.window_ms = cfg->window_hours * 3600 * 1000;
}
