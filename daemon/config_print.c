/* config_print.c -- the configuration as a file, compared, and handed on.
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

static bool row_differs(const struct option_row *row, const struct config *old,
                        const struct config *fresh)
{
    if (row->type == OPTION_INT || row->type == OPTION_CHOICE)
        return number_of(old, row) != number_of(fresh, row);
    return strcmp(text_of(old, row), text_of(fresh, row)) != 0;
}

/* Adds to a list between spaces; one that is full ends in "…". */
static void list_add(char list[CONFIG_CHANGES_SIZE], const char *section,
                     const char *name)
{
    static const char more[] = " …";
    size_t used = strlen(list), left = CONFIG_CHANGES_SIZE - used;
    int size = snprintf(NULL, 0, "%s%s.%s", used ? " " : "", section, name);
    if ((size_t)size + sizeof(more) <= left)
        (void)snprintf(list + used, left, "%s%s.%s", used ? " " : "", section, name);
    else if (used && strcmp(list + used - (sizeof(more) - 1), more) != 0)
        memcpy(list + used, more, sizeof(more));
}

static const char *kafka_value(const struct config *cfg, const char *name)
{
    for (size_t i = 0; i < cfg->n_kafka; i++) {
        if (strcmp(cfg->kafka[i].name, name) == 0)
            return cfg->kafka[i].value;
    }
    return NULL;
}

/* Properties of `a` that `b` has not, or (only then, so that none is named twice) has
 * with another value. */
static void list_add_kafka(char list[CONFIG_CHANGES_SIZE], const struct config *a,
                           const struct config *b, bool shall_compare)
{
    for (size_t i = 0; i < a->n_kafka; i++) {
        const char *value = kafka_value(b, a->kafka[i].name);
        if (!value || (shall_compare && strcmp(value, a->kafka[i].value) != 0))
            list_add(list, "kafka", a->kafka[i].name);
    }
}

void config_compare(const struct config *old, const struct config *fresh,
                    struct config_changes *ret_changes)
{
    *ret_changes = (struct config_changes){0};
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        if (row_differs(row, old, fresh))
            list_add(row->is_live ? ret_changes->live : ret_changes->frozen, row->section,
                     row->name);
    }
    list_add_kafka(ret_changes->frozen, old, fresh, true);
    list_add_kafka(ret_changes->frozen, fresh, old, false);
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
    if (*cfg->sources)
        ret_opts->sources = cfg->sources;
    if (*cfg->data_dir)
        ret_opts->data_dir = cfg->data_dir;
    ret_opts->gazetteers = *cfg->gazetteers ? cfg->gazetteers : NULL;
    ret_opts->format = (enum wd_format)cfg->input_format;
    ret_opts->clean = cfg->clean;
    ret_opts->limits.record_bytes = (size_t)cfg->input_max_bytes;
    ret_opts->limits.window_articles = (size_t)cfg->window_articles;
    ret_opts->limits.window_ms = cfg->window_hours * 3600 * 1000;
}
