/* config_reference.c -- the table of settings as a page, a man page, a file and a help.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each form is four functions over the same walk: before everything, before a section,
 * for a row, after everything. What a form says about a setting it takes from the row;
 * only what belongs to no row stands here. */
#include "config.h"

#include <string.h>

#include "options.h"

#define WIDTH 80

struct form {
    const char *word;
    void (*head)(FILE *out);
    void (*section)(const char *section, FILE *out);
    void (*row)(const struct option_row *row, FILE *out);
    void (*tail)(FILE *out);
};

/* "1 … 10000", "no, yes", "name". */
static void put_values(const struct option_row *row, const char *to, FILE *out)
{
    switch (row->type) {
    case OPTION_TEXT:
        fputs("text", out);
        break;
    case OPTION_ADDRESS:
        fputs("IP:PORT, off", out);
        break;
    case OPTION_TOPIC:
        fputs("name", out);
        break;
    case OPTION_TOPICS:
        fputs("names", out);
        break;
    case OPTION_INT:
        fprintf(out, "%lld%s%lld", (long long)row->min, to, (long long)row->max);
        break;
    case OPTION_CHOICE:
        for (const struct option_choice *choice = row->choices; choice->name; choice++)
            fprintf(out, "%s%s", choice == row->choices ? "" : ", ", choice->name);
        break;
    }
}

/* Breaks `text` between words into lines that begin with `prefix`. */
static void put_wrapped(const char *prefix, const char *text, FILE *out)
{
    size_t column = 0;
    while (*text) {
        size_t size = strcspn(text, " ");
        if (column && column + 1 + size > WIDTH) {
            fputc('\n', out);
            column = 0;
        }
        column += (size_t)fprintf(out, "%s%.*s", column ? " " : prefix, (int)size, text);
        text += size + (text[size] == ' ');
    }
    fputc('\n', out);
}

static void markdown_head(FILE *out)
{
    fputs("# Settings of wiredeskd\n\n"
          "Made by `wiredeskd --config-reference`; do not edit by hand. The file "
          "is INI: `[section]`, `key = value`, comments after `;`. Any setting can "
          "also be given as `--set section.key=value`, which wins. A dot in the "
          "last column: `SIGHUP` takes the change up; others need a restart.\n",
          out);
}

static void markdown_section(const char *section, FILE *out)
{
    fprintf(out,
            "\n## [%s]\n\n| key | default | values | what | live |\n"
            "|---|---|---|---|---|\n",
            section);
}

static void markdown_row(const struct option_row *row, FILE *out)
{
    const char *tick = *row->fallback ? "`" : "";
    fprintf(out, "| `%s` | %s%s%s | ", row->name, tick, row->fallback, tick);
    put_values(row, " … ", out);
    fprintf(out, " | %s | %s |\n", row->sentence, row->is_live ? "•" : "");
}

static void markdown_tail(FILE *out)
{
    const char *name, *why;
    fputs("\n## [kafka]\n\n"
          "Any property of librdkafka, passed on untouched; `bootstrap.servers` "
          "defaults to `127.0.0.1:9092`. Refused, because exactly-once rests on "
          "them:\n\n| property | why |\n|---|---|\n",
          out);
    for (size_t i = 0; (name = kafka_property_refused(i, &why)) != NULL; i++)
        fprintf(out, "| `%s` | %s |\n", name, why);
}

/* Text for troff: a hyphen that is typed, a backslash that is shown, and no line of the
 * text may begin with a dot. Apart from "…" the table is ASCII. */
static void man_put(const char *text, FILE *out)
{
    for (; *text; text++) {
        if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\\')
            fputs("\\e", out);
        else
            fputc(*text, out);
    }
}

static void man_head(FILE *out)
{
    fputs(".\\\" Made by wiredeskd --config-reference=man; do not edit by hand.\n"
          ".TH WIREDESK.CONF 5 \"\" wiredesk \"File formats\"\n"
          ".SH NAME\nwiredesk.conf \\- settings of wiredeskd\n"
          ".SH SYNOPSIS\n.B /etc/wiredesk/wiredeskd.conf\n"
          ".SH DESCRIPTION\n"
          "The file that\n.BR wiredeskd (8)\nreads with\n.BR \\-c .\n"
          "It is INI:\n.RI [ section ]\nlines,\n.IB key \\ = \\ value\nlines, and "
          "comments after a semicolon.\n"
          "Any setting can also be given as\n.BI \\-\\-set\\  section . key = value\n"
          "on the command line, which wins.\n.PP\n.B wiredesk check\n.I FILE\n"
          "names every fault of a file with its line.\n"
          "A setting is live when SIGHUP takes a change of it up; others need a "
          "restart.\n"
          "When a file has faults, or changes a setting that needs a restart, a reload "
          "is refused as a whole and the log says why.\n",
          out);
}

static void man_section(const char *section, FILE *out)
{
    fprintf(out, ".SH [%s]\n", section);
}

static void man_row(const struct option_row *row, FILE *out)
{
    fputs(".TP\n.B ", out);
    man_put(row->name, out);
    fputc('\n', out);
    man_put(row->sentence, out);
    fputs("\nValues: ", out);
    put_values(row, " to ", out);
    fputs("; default: ", out);
    man_put(*row->fallback ? row->fallback : "empty", out);
    fprintf(out, "%s.\n", row->is_live ? "; live" : "");
}

static void man_tail(FILE *out)
{
    const char *name, *why;
    fputs(".SH [kafka]\n"
          "Any property of librdkafka, passed on untouched;\n.B bootstrap.servers\n"
          "defaults to 127.0.0.1:9092.\n"
          "Refused, because exactly\\-once rests on them:\n",
          out);
    for (size_t i = 0; (name = kafka_property_refused(i, &why)) != NULL; i++) {
        fprintf(out, ".TP\n.B %s\n", name);
        man_put(why, out);
        fputc('\n', out);
    }
    fputs(".SH FILES\n.I /etc/wiredesk/wiredeskd.conf\n"
          ".SH SEE ALSO\n.BR wiredeskd (8),\n.BR wiredesk (1)\n",
          out);
}

static void sample_head(FILE *out)
{
    fputs("; wiredeskd.conf -- every setting with its default.\n"
          "; Made by `wiredeskd --config-reference=sample`. Check a change with\n"
          "; `wiredesk check FILE` before it goes live.\n",
          out);
}

static void sample_section(const char *section, FILE *out)
{
    fprintf(out, "\n[%s]\n", section);
}

static void sample_row(const struct option_row *row, FILE *out)
{
    put_wrapped("; ", row->sentence, out);
    fprintf(out, "%s =%s%s\n", row->name, *row->fallback ? " " : "", row->fallback);
}

static void sample_tail(FILE *out)
{
    fputs("\n; Any property of librdkafka goes here.\n"
          "[kafka]\n"
          "bootstrap.servers = 127.0.0.1:9092\n"
          "; security.protocol = sasl_ssl\n"
          "; sasl.mechanism = SCRAM-SHA-512\n"
          "; sasl.username = wiredesk\n",
          out);
}

static void help_head(FILE *out)
{
    fputs("\nSettings, in the file or with --set (* taken up by SIGHUP):\n", out);
}

static void help_section(const char *section, FILE *out)
{
    (void)section;
    (void)out;
}

static void help_row(const struct option_row *row, FILE *out)
{
    static const char indent[] = "      ";
    fprintf(out, "  %s%s.%s = %s\n", row->is_live ? "*" : " ", row->section, row->name,
            row->fallback);
    put_wrapped(indent, row->sentence, out);
}

static void help_tail(FILE *out)
{
    fputs("   kafka.bootstrap.servers = 127.0.0.1:9092\n"
          "      And any other property of librdkafka, as kafka.NAME.\n",
          out);
}

static const struct form forms[] = {
    [REFERENCE_MARKDOWN] = {"markdown", markdown_head, markdown_section, markdown_row,
                            markdown_tail},
    [REFERENCE_MAN] = {"man", man_head, man_section, man_row, man_tail},
    [REFERENCE_SAMPLE] = {"sample", sample_head, sample_section, sample_row, sample_tail},
    [REFERENCE_HELP] = {"help", help_head, help_section, help_row, help_tail},
};

bool config_reference_parse(const char *word, enum reference_form *ret_form)
{
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (strcmp(forms[i].word, word) == 0) {
            *ret_form = (enum reference_form)i;
            return true;
        }
    }
    return false;
}

void config_reference(enum reference_form form, FILE *out)
{
    const struct form *f = &forms[form];
    const char *section = "";
    f->head(out);
    for (size_t i = 0; i < n_option_rows; i++) {
        const struct option_row *row = &option_rows[i];
        if (strcmp(section, row->section) != 0)
            f->section(row->section, out);
        section = row->section;
        f->row(row, out);
    }
    f->tail(out);
}
