/* command.c -- wiredesk model: trains, scores and describes what is learned from
 * examples: the tagger's model, and the weights of verdicts.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "datadir.h"
#include "model/clusters.h"
#include "model/eval.h"
#include "model/fit.h"
#include "model/vary.h"
#include "model/verdicts.h"

#define MODEL_MAX ((size_t)16 << 20)

enum {
    OPT_DATA_DIR = 256,
    OPT_EPOCHS,
    OPT_RATE,
    OPT_DECAY,
    OPT_COST,
    OPT_MIN_COUNT,
    OPT_BUCKETS,
    OPT_CLUSTERS,
    OPT_DROPOUT,
    OPT_AVERAGES,
    OPT_RUNS,
    OPT_CAPITALS,
    OPT_LEAN,
};

static const struct command_option options[] = {
    {"output", 'o', "FILE", "train: where to write the model"},
    {"data-dir", OPT_DATA_DIR, "DIR", "the compiled gazetteer; eval, info: the model"},
    {"epochs", OPT_EPOCHS, "N", "train: passes over the texts (5)"},
    {"rate", OPT_RATE, "X", "train: size of a step (0.1)"},
    {"decay", OPT_DECAY, "X", "train: pull towards zero (0.000001)"},
    {"cost", OPT_COST, "X", "train: what a missed name costs beyond a false one (0)"},
    {"min-count", OPT_MIN_COUNT, "N", "train: leave out rarer features (3)"},
    {"buckets", OPT_BUCKETS, "N", "train: size of the model in units of 64 bytes"},
    {"clusters", OPT_CLUSTERS, "N", "train: classes of words; 0 for none (256)"},
    {"dropout", OPT_DROPOUT, "N", "train: sixteenths of the evidence unseen (0)"},
    {"averages", OPT_AVERAGES, "N", "train: models of the last epoch averaged (0)"},
    {"runs", OPT_RUNS, "N", "train: runs whose models are averaged (1)"},
    {"capitals", OPT_CAPITALS, "N", "train: per cent of the texts with such lines (0)"},
    {"lean", OPT_LEAN, "P,O,L", "train: nats added for person, organisation, place (0)"},
    {0},
};

struct job {
    const struct command *cmd;
    struct fit_options fit;
    unsigned n_clusters;
    unsigned capitals; /* per cent */
    const char *output;
    char *data_dir;
    char **paths;
    int n_paths;
};

/* How the texts of a file count. */
struct worth {
    float weight;
    bool is_silver; /* labels by a program */
};

/* Splits "FILE@WEIGHT" and "FILE~WEIGHT"; cuts the path in place. */
static struct worth worth_of(char *path)
{
    struct worth worth = {.weight = 1};
    char *at = strrchr(path, '@'), *tilde = strrchr(path, '~'), *end;
    if (tilde > at)
        at = tilde;
    float weight = at ? strtof(at + 1, &end) : 0;
    if (!at || end == at + 1 || *end)
        return worth;
    worth = (struct worth){weight, at == tilde};
    *at = '\0';
    return worth;
}

typedef int use_text(void *arg, struct labelled *text, const struct worth *worth);

/* Calls `use` for every text of every file. WD_OK, or a status after a message. */
static int each_text(const struct job *job, use_text *use, void *arg)
{
    for (int i = 0; i < job->n_paths; i++) {
        char *path = strdup(job->paths[i]);
        if (!path)
            return command_fail(job->cmd, "%s", wd_status_text(WD_ENOMEM)), WD_ENOMEM;
        struct worth worth = worth_of(path);
        struct wd_error err = {0};
        struct labelled text;
        struct corpus_file *file = corpus_open(path);
        int r = file ? WD_OK : WD_EIO;
        if (!file)
            (void)wd_error_set(&err, r, WD_NO_OFFSET, "%s", strerror(errno));
        while (r == WD_OK && (r = corpus_next(file, &text, &err)) > 0) {
            r = use(arg, &text, &worth);
            labelled_done(&text);
            if (r < 0)
                (void)wd_error_set(&err, r, WD_NO_OFFSET, NULL);
        }
        corpus_close(file);
        if (r < 0)
            (void)command_fail(job->cmd, "%s: %s", path, err.message);
        free(path);
        if (r < 0)
            return r;
    }
    return WD_OK;
}

/* --------------------------------------------------------------------------- training */

struct trainer {
    const struct job *job;
    struct wd_lesson_reader *reader;
    struct fit *fit;
    struct clusters *clusters;
    uint64_t n_texts;
};

static int use_for_clusters(void *arg, struct labelled *text, const struct worth *worth)
{
    struct trainer *trainer = arg;
    (void)worth;
    return clusters_add(trainer->clusters, trainer->reader,
                        (struct wd_str){text->text, text->size});
}

static int use_for_fit(void *arg, struct labelled *text, const struct worth *worth)
{
    struct trainer *trainer = arg;
    char *as_written = strdup(text->text);
    if (!as_written)
        return WD_ENOMEM;
    (void)vary_case(text, trainer->n_texts++, trainer->job->capitals);
    const struct fit_text lesson = {
        .text = text,
        .as_written = as_written,
        .is_silver = worth->is_silver,
        .weight = worth->weight,
    };
    int r = fit_add(trainer->fit, trainer->reader, &lesson);
    free(as_written);
    return r;
}

static int write_file(const struct job *job, struct wd_str bytes)
{
    FILE *file = fopen(job->output, "wbe");
    bool ok = file && fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    if (file && fclose(file) != 0)
        ok = false;
    if (!ok)
        (void)command_fail(job->cmd, "%s: %s", job->output, strerror(errno));
    return ok ? WD_OK : WD_EIO;
}

static int make_clusters(const struct job *job, struct trainer *trainer)
{
    if (job->n_clusters == 0)
        return WD_OK;
    int r = each_text(job, use_for_clusters, trainer);
    if (r < 0)
        return r;
    r = clusters_make(trainer->clusters, job->n_clusters);
    if (r < 0)
        return r;
    size_t n;
    const struct wd_word_cluster *rows = clusters_rows(trainer->clusters, &n);
    fprintf(stderr, "%zu words in %u clusters\n", n, job->n_clusters);
    return wd_lesson_reader_set_clusters(trainer->reader, rows, n);
}

static int fit_all(const struct job *job, struct trainer *trainer)
{
    struct fit_size size;
    int r = each_text(job, use_for_fit, trainer);
    if (r < 0)
        return r;
    r = fit_prepare(trainer->fit, &size);
    if (r < 0)
        return r;
    fprintf(
        stderr, "%zu sentences, %zu spans, %zu names (%zu out of reach), %zu features\n",
        size.n_sentences, size.n_spans, size.n_gold, size.n_unreachable, size.n_features);
    for (unsigned epoch = 0; epoch < job->fit.epochs * job->fit.runs; epoch++) {
        double loss = fit_epoch(trainer->fit, epoch);
        if (loss < 0)
            return WD_ENOMEM;
        fprintf(stderr, "epoch %u: loss %.4f\n", epoch + 1, loss);
    }
    return WD_OK;
}

static int save(const struct job *job, const struct trainer *trainer)
{
    struct wd_buf buf;
    size_t n_clusters, n_left_out;
    const struct wd_word_cluster *clusters =
        clusters_rows(trainer->clusters, &n_clusters);
    wd_buf_init(&buf, MODEL_MAX);
    int r = fit_write(trainer->fit, clusters, n_clusters, &buf, &n_left_out);
    if (r == WD_OK) {
        fprintf(stderr, "%s: %zu bytes; %zu features found no room\n", job->output,
                buf.size, n_left_out);
        r = write_file(job, wd_buf_str(&buf));
    }
    wd_buf_done(&buf);
    return r;
}

static int train(const struct job *job)
{
    struct wd_error err = {0};
    struct trainer trainer = {
        .job = job,
        .fit = fit_new(&job->fit),
        .clusters = clusters_new(),
    };
    int r = WD_ENOMEM;
    if (!trainer.fit || !trainer.clusters)
        goto out;
    r = wd_lesson_reader_new(job->data_dir, &trainer.reader, &err);
    if (r < 0) {
        (void)command_fail(job->cmd, "%s", err.message);
        goto out;
    }
    r = make_clusters(job, &trainer);
    if (r < 0)
        goto out;
    r = fit_all(job, &trainer);
    if (r < 0)
        goto out;
    r = save(job, &trainer);
out:
    if (r == WD_ENOMEM)
        (void)command_fail(job->cmd, "%s", wd_status_text(r));
    wd_lesson_reader_free(trainer.reader);
    clusters_free(trainer.clusters);
    fit_free(trainer.fit);
    return r < 0 ? EXIT_USAGE : EXIT_FINE;
}

/* ------------------------------------------------------------------------- evaluation */

struct evaluator {
    struct wd_pipeline *pl;
    struct wd_article *art;
    struct eval_counts counts;
};

static int use_for_eval(void *arg, struct labelled *text, const struct worth *worth)
{
    struct evaluator *eval = arg;
    (void)worth;
    return eval_add(&eval->counts, eval->pl, eval->art, text);
}

static void print_counts(const char *name, const struct eval_counts *counts)
{
    static const char *const labels[] = {"person", "organisation", "place", "all"};
    printf("%s: %zu tokens, calibration error %.1f\n", name, counts->n_tokens,
           eval_calibration(counts));
    for (unsigned i = 0; i <= WD_MODEL_LABELS; i++) {
        struct eval_figure figure = eval_figure(counts, i);
        printf("  %-12s  F1 %5.1f  precision %5.1f  recall %5.1f\n", labels[i], figure.f1,
               figure.precision, figure.recall);
    }
}

static int evaluate(const struct job *job)
{
    struct wd_options opts;
    struct wd_error err = {0};
    struct evaluator eval = {.art = wd_article_new()};
    int r = WD_ENOMEM;

    if (!eval.art)
        goto out;
    wd_options_init(&opts);
    opts.data_dir = job->data_dir;
    opts.format = WD_FORMAT_TEXT;
    opts.clean = false;
    r = wd_pipeline_open(&opts, &eval.pl, &err);
    if (r < 0) {
        (void)command_fail(job->cmd, "%s", err.message);
        goto out;
    }
    for (int i = 0; i < job->n_paths; i++) {
        struct job one = *job;
        one.paths = &job->paths[i];
        one.n_paths = 1;
        eval.counts = (struct eval_counts){0};
        r = each_text(&one, use_for_eval, &eval);
        if (r < 0)
            goto out;
        print_counts(job->paths[i], &eval.counts);
    }
out:
    wd_pipeline_close(eval.pl);
    wd_article_free(eval.art);
    return r < 0 ? EXIT_USAGE : EXIT_FINE;
}

/* ------------------------------------------------------------------------------ command
 */

static int info(const struct job *job)
{
    struct wd_model_stats stats;
    struct wd_error err = {0};
    int r = wd_model_inspect(job->data_dir, &stats, &err);
    if (r < 0)
        return command_fail(job->cmd, "%s", err.message);
    printf("digest     %016llx\nbytes      %zu\nfeatures   %zu\nbuckets    %zu\n"
           "clustered  %zu words\n",
           (unsigned long long)stats.digest, stats.size_bytes, stats.n_features,
           stats.n_buckets, stats.n_clustered);
    return EXIT_FINE;
}

static void take_option(struct job *job, const char **ret_data_dir, int id,
                        const char *value)
{
    switch (id) {
    case 'o':
        job->output = value;
        break;
    case OPT_DATA_DIR:
        *ret_data_dir = value;
        break;
    case OPT_EPOCHS:
        job->fit.epochs = (unsigned)strtoul(value, NULL, 10);
        break;
    case OPT_RATE:
        job->fit.rate = strtof(value, NULL);
        break;
    case OPT_DECAY:
        job->fit.decay = strtof(value, NULL);
        break;
    case OPT_COST:
        job->fit.cost = strtof(value, NULL);
        break;
    case OPT_MIN_COUNT:
        job->fit.min_count = (unsigned)strtoul(value, NULL, 10);
        break;
    case OPT_BUCKETS:
        job->fit.n_buckets = (uint32_t)strtoul(value, NULL, 10);
        break;
    case OPT_CLUSTERS:
        job->n_clusters = (unsigned)strtoul(value, NULL, 10);
        break;
    case OPT_DROPOUT:
        job->fit.dropout = (unsigned)strtoul(value, NULL, 10) % 16;
        break;
    case OPT_AVERAGES:
        job->fit.averages = (unsigned)strtoul(value, NULL, 10);
        break;
    case OPT_RUNS:
        job->fit.runs = (unsigned)strtoul(value, NULL, 10);
        break;
    case OPT_CAPITALS:
        job->capitals = (unsigned)strtoul(value, NULL, 10);
        break;
    case OPT_LEAN:
        (void)sscanf(value, "%f,%f,%f", &job->fit.lean[0], &job->fit.lean[1],
                     &job->fit.lean[2]);
        break;
    default:
        break;
    }
}

/* "dedup" as the first operand: verdicts, not names. */
static int run_verdicts(const struct job *job, const char *action)
{
    bool is_training = strcmp(action, "train") == 0;
    if (!is_training && strcmp(action, "eval") != 0)
        return command_fail(job->cmd, "dedup can be trained and scored");
    if (job->n_paths < 2)
        return command_fail(job->cmd, "name at least one ARTICLES:PAIRS");
    if (is_training && !job->output)
        return command_fail(job->cmd, "say where to write the weights: -o FILE");
    return model_verdicts(&(struct verdicts_job){
        .cmd = job->cmd,
        .data_dir = job->data_dir,
        .output = is_training ? job->output : NULL,
        .operands = job->paths + 1,
        .n_operands = job->n_paths - 1,
    });
}

static int run_action(struct job *job, const char *action, int n_operands)
{
    if (n_operands && strcmp(job->paths[0], "dedup") == 0)
        return run_verdicts(job, action);
    if (strcmp(action, "info") == 0)
        return n_operands ? command_fail(job->cmd, "info takes no file") : info(job);
    if (n_operands == 0)
        return command_fail(job->cmd, "name at least one file of labelled texts");
    if (strcmp(action, "eval") == 0)
        return evaluate(job);
    if (strcmp(action, "train") != 0)
        return command_fail(job->cmd, "%s: say train, eval or info", action);
    if (!job->output)
        return command_fail(job->cmd, "say where to write the model: -o FILE");
    return train(job);
}

static int model_run(const struct command *cmd, int argc, char **argv)
{
    struct args args;
    const char *data_dir = NULL;
    struct job job = {
        .cmd = cmd,
        .fit = {.epochs = 5,
                .runs = 1,
                .min_count = 3,
                .rate = 0.1f,
                .decay = 1e-6f,
                .n_buckets = 215000},
        .n_clusters = 256,
    };

    args_init(&args, cmd, argc, argv);
    for (int id; (id = args_next(&args)) != ARGS_END;) {
        if (id == ARGS_STOP)
            return args.exit_code;
        take_option(&job, &data_dir, id, args.value);
    }
    if (argc - args.first_operand < 1)
        return command_fail(cmd, "say what to do: train, eval or info");
    job.paths = argv + args.first_operand + 1;
    job.n_paths = argc - args.first_operand - 1;
    if (job.fit.n_buckets == 0 || job.fit.epochs == 0 || job.fit.runs == 0)
        return command_fail(cmd, "--buckets, --epochs and --runs are at least 1");
    if (job.fit.runs > 1 && job.fit.averages == 0)
        job.fit.averages = 1; /* the last moment of each */
    if (datadir_find(data_dir, &job.data_dir) < 0)
        return command_fail(cmd, "%s", wd_status_text(WD_ENOMEM));
    int exit_code = run_action(&job, argv[args.first_operand], job.n_paths);
    free(job.data_dir);
    return exit_code;
}

const struct command command_model = {
    .name = "model",
    .operands = "train FILE[@WEIGHT|~WEIGHT]…|eval FILE…|train|eval dedup …|info",
    .summary = "Trains, scores and describes the tagger's model",
    .details =
        "A file holds one labelled text a line, as JSON: \"text\" and \"entities\", "
        "a list of\n[start, end, label] in code points; labels are PER, ORG and LOC. "
        "@WEIGHT says how\nmuch its mistakes count, ~WEIGHT also that a program made the "
        "labels. The same files\nin the same order give the same model, bit for bit. "
        "eval "
        "counts exact spans over the\nwhole pipeline, without cleaning.\n\nWith dedup, "
        "an operand is "
        "ARTICLES:PAIRS[@WEIGHT]: a stream of articles (id, title, text\nor paras, date, "
        "src) and judged pairs of it (a, b, label, weight), as JSON Lines; -o\nis "
        "data/verdict_weights.h. Figures are those of a five-fold cross-validation.",
    .options = options,
    .run = model_run,
};
