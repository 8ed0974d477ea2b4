/* tokenize.c -- wiredesk tokenize: words and sentences of a text, for people and
 * programs. SPDX-License-Identifier: Apache-2.0
 *
 * Reads one text and cuts it as the pipeline would, without cleaning: a file is a text, a
 * line is a paragraph. Offsets count code points, as everywhere outside. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "wiredesk/buf.h"
#include "wiredesk/status.h"
#include "wiredesk/text.h"

enum shape { SHAPE_LINES, SHAPE_CONLLU, SHAPE_JSON, SHAPE_UAX29 };

enum { ID_CONLLU = 1001, ID_JSON, ID_UAX29, ID_LANGUAGE };

#define INPUT_MAX (1024 * 1024 * 1024)

static const struct command_option options[] = {
    {"conllu", ID_CONLLU, NULL, "CoNLL-U, with ranges for words like don't"},
    {"json", ID_JSON, NULL, "one JSON object a token"},
    {"uax29", ID_UAX29, NULL, "the exact Unicode word segments, one JSON string a line"},
    {"language", ID_LANGUAGE, "TAG", "BCP 47; en when not given"},
    {0},
};

/* One sentence is kept until its end is known. */
struct printer {
    enum shape shape;
    struct wd_str text;
    struct wd_token *tokens;
    size_t n_tokens, room;
    size_t n_sentences;
    size_t at, code_points; /* text[0, at) holds so many */
};

static size_t code_point(struct printer *printer, size_t at)
{
    for (; printer->at < at; printer->at++)
        printer->code_points +=
            ((unsigned char)printer->text.data[printer->at] & 0xc0) != 0x80;
    return printer->code_points;
}

static void print_string(struct wd_str str)
{
    putchar('"');
    for (size_t i = 0; i < str.size; i++) {
        unsigned char c = (unsigned char)str.data[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_json(struct printer *printer, const struct wd_token *tok)
{
    static const char *const kinds[] = {"word", "number", "punct", "symbol"};
    static const char *const flags[] = {"clitic", "capitalised", "upper", "abbreviation"};
    size_t start = code_point(printer, tok->span.start);
    size_t end = code_point(printer, tok->span.end);

    printf("{\"sentence\":%zu,\"start\":%zu,\"end\":%zu,\"text\":", printer->n_sentences,
           start, end);
    print_string(wd_span_of(printer->text, tok->span));
    printf(",\"kind\":\"%s\",\"space\":%s,\"flags\":[", kinds[tok->kind],
           tok->is_spaced ? "true" : "false");
    const char *comma = "";
    for (unsigned i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        if (tok->flags & 1U << i) {
            printf("%s\"%s\"", comma, flags[i]);
            comma = ",";
        }
    }
    printf("]}\n");
}

static void print_conllu_row(const struct printer *printer, const char *id,
                             struct wd_span span, bool has_space)
{
    struct wd_str word = wd_span_of(printer->text, span);
    printf("%s\t%.*s\t_\t_\t_\t_\t_\t_\t_\t%s\n", id, (int)word.size, word.data,
           has_space ? "_" : "SpaceAfter=No");
}

static void print_conllu(const struct printer *printer, struct wd_span sentence)
{
    struct wd_str text = wd_span_of(printer->text, sentence);
    char id[64];
    size_t last;

    printf("# sent_id = %zu\n# text = %.*s\n", printer->n_sentences + 1, (int)text.size,
           text.data);
    for (size_t i = 0; i < printer->n_tokens; i = last + 1) {
        const struct wd_token *tok = &printer->tokens[i];
        for (last = i; last + 1 < printer->n_tokens &&
                       (printer->tokens[last + 1].flags & WD_TOKEN_CLITIC);)
            last++;
        bool has_space = printer->tokens[last].is_spaced;
        if (last > i) {
            struct wd_span whole = {tok->span.start, printer->tokens[last].span.end};
            (void)snprintf(id, sizeof(id), "%zu-%zu", i + 1, last + 1);
            print_conllu_row(printer, id, whole, has_space);
        }
        for (size_t k = i; k <= last; k++) {
            (void)snprintf(id, sizeof(id), "%zu", k + 1);
            print_conllu_row(printer, id, printer->tokens[k].span, last > i || has_space);
        }
    }
    putchar('\n');
}

static int keep_token(void *user, const struct wd_token *tok)
{
    struct printer *printer = user;
    if (printer->n_tokens == printer->room) {
        size_t room = printer->room ? printer->room * 2 : 256;
        struct wd_token *tokens = realloc(printer->tokens, room * sizeof(*tokens));
        if (!tokens)
            return WD_ENOMEM;
        printer->tokens = tokens;
        printer->room = room;
    }
    printer->tokens[printer->n_tokens++] = *tok;
    return WD_OK;
}

static int print_sentence(void *user, struct wd_span sentence)
{
    struct printer *printer = user;
    if (printer->shape == SHAPE_CONLLU)
        print_conllu(printer, sentence);
    for (size_t i = 0; i < printer->n_tokens && printer->shape != SHAPE_CONLLU; i++) {
        struct wd_str word = wd_span_of(printer->text, printer->tokens[i].span);
        if (printer->shape == SHAPE_JSON)
            print_json(printer, &printer->tokens[i]);
        else
            printf("%s%.*s", i ? " " : "", (int)word.size, word.data);
    }
    if (printer->shape == SHAPE_LINES)
        putchar('\n');
    printer->n_tokens = 0;
    printer->n_sentences++;
    return WD_OK;
}

static int print_text(struct wd_str text, enum shape shape, const char *language)
{
    struct printer printer = {.shape = shape, .text = text};
    struct wd_cut_sink sink = {&printer, keep_token, print_sentence};
    int r = WD_OK;

    if (shape == SHAPE_UAX29) {
        struct wd_cursor cursor = {text, 0};
        struct wd_span word;
        while (wd_word_next(&cursor, &word)) {
            print_string(wd_span_of(text, word));
            putchar('\n');
        }
    } else {
        r = wd_cut(text, (struct wd_span){0, (uint32_t)text.size}, wd_str_from(language),
                   &sink);
    }
    free(printer.tokens);
    return r;
}

/* Reads all of `path`, "-" for the standard input, into *buf. */
static int read_input(const struct command *cmd, const char *path, struct wd_buf *buf)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (!file)
        return command_fail(cmd, "%s: %s", path, strerror(errno));
    for (char *room; (room = wd_buf_reserve(buf, 64 * 1024));) {
        size_t size = fread(room, 1, 64 * 1024, file);
        buf->size += size;
        if (size == 0)
            break;
    }
    bool failed = ferror(file) != 0;
    int error = errno;
    if (!is_stdin)
        (void)fclose(file); /* only read from */
    if (failed)
        return command_fail(cmd, "%s: %s", path, strerror(error));
    if (wd_buf_status(buf) != WD_OK)
        return command_fail(cmd, "%s: %s", path, wd_status_text(wd_buf_status(buf)));
    return EXIT_FINE;
}

static int run_tokenize(const struct command *cmd, int argc, char **argv)
{
    enum shape shape = SHAPE_LINES;
    const char *language = "en";
    struct args args;
    int id;

    args_init(&args, cmd, argc, argv);
    while ((id = args_next(&args)) != ARGS_END) {
        switch (id) {
        case ARGS_STOP:
            return args.exit_code;
        case ID_LANGUAGE:
            language = args.value;
            break;
        default:
            shape = id == ID_CONLLU ? SHAPE_CONLLU
                    : id == ID_JSON ? SHAPE_JSON
                                    : SHAPE_UAX29;
        }
    }
    if (argc - args.first_operand > 1)
        return command_fail(cmd, "one text at a time; %s is one too many",
                            argv[args.first_operand + 1]);

    const char *path = args.first_operand < argc ? argv[args.first_operand] : "-";
    struct wd_buf buf;
    wd_buf_init(&buf, INPUT_MAX);
    int code = read_input(cmd, path, &buf);
    if (code == EXIT_FINE && wd_text_valid(wd_buf_str(&buf)) < buf.size) {
        fprintf(stderr, "wiredesk: tokenize: %s: not UTF-8 at byte %zu\n", path,
                wd_text_valid(wd_buf_str(&buf)));
        code = EXIT_REJECTED;
    }
    if (code == EXIT_FINE && print_text(wd_buf_str(&buf), shape, language) != WD_OK)
        code = command_fail(cmd, "%s: out of memory", path);
    wd_buf_done(&buf);
    return code;
}

const struct command command_tokenize = {
    .name = "tokenize",
    .operands = "[FILE|-]",
    .summary = "cuts a text into words and sentences",
    .details =
        "Without an option: one sentence a line, its words parted by spaces. The text\n"
        "is taken as it is; every line end is the end of a sentence.",
    .options = options,
    .run = run_tokenize,
};
