/* top.c -- wiredesk top: a daemon at work, live.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Asks /stats again and again, and shows what happened in between: the daemon keeps
 * nothing for us. On a terminal the picture stays in its place, on the alternate screen,
 * so that what was there before comes back; elsewhere one picture is printed. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "commands.h"
#include "http_get.h"
#include "top_sample.h"
#include "top_view.h"

enum { OPTION_ONCE = 256, INTERVAL_MS = 1000, STATS_CEILING = 4 << 20 };

#define ADDRESS      "127.0.0.1:9464"
#define SCREEN_ENTER "\033[?1049h\033[?25l"
#define SCREEN_LEAVE "\033[?25h\033[?1049l"

struct top {
    const struct command *cmd;
    const char *where;
    int interval_ms;
    bool is_once;
    struct top_pair pair;
    struct top_history history;
    char problem[200]; /* empty: the last question was answered */
};

static volatile sig_atomic_t is_interrupted;

static void interrupt(int number)
{
    (void)number;
    is_interrupted = 1;
}

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now); /* cannot fail for this clock */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- asking ---- */

static void ask(struct top *top)
{
    struct wd_buf body;
    char why[128];
    json_t *stats = NULL;

    wd_buf_init(&body, STATS_CEILING);
    int status = http_get(top->where, "/stats", &body, why, sizeof(why));
    top->problem[0] = '\0';
    if (status == 200)
        stats = json_loadb(body.data, body.size, 0, NULL);
    if (stats && json_object_get(stats, "metrics")) {
        top_pair_push(&top->pair, stats, now_ms());
        if (top->pair.old.stats)
            top_history_push(&top->history,
                             top_rate(&top->pair, "wiredesk_articles_total", NULL));
    } else {
        json_decref(stats);
        (void)snprintf(top->problem, sizeof(top->problem), "no wiredeskd at %s: %s",
                       top->where, status < 0 ? why : "its answer is not that of /stats");
    }
    wd_buf_done(&body);
}

/* ---- the screen ---- */

/* Sends the picture line by line, no more lines than the screen has, and wipes what was
 * there before. */
static void put_picture(const char *picture, unsigned rows)
{
    fputs("\033[H", stdout);
    for (unsigned row = 0; row + 1 < rows && *picture; row++) {
        size_t size = strcspn(picture, "\n");
        (void)fwrite(picture, 1, size, stdout);
        fputs("\033[K\r\n", stdout);
        picture += size + (picture[size] == '\n');
    }
    fputs("\033[J", stdout);
    (void)fflush(stdout);
}

static char *draw(const struct top *top, const struct term *screen)
{
    char *picture = NULL;
    size_t size = 0;
    struct term term = *screen;

    term.out = open_memstream(&picture, &size);
    if (!term.out)
        return NULL;
    if (top->problem[0]) {
        term_ink(&term, TERM_RED);
        fprintf(term.out, "%s; trying again", top->problem);
        term_ink(&term, TERM_PLAIN);
        fputs("\n\n", term.out);
    }
    if (top->pair.now.stats)
        top_view(&term, top->where, &top->pair, &top->history);
    (void)fclose(term.out);
    return picture;
}

static void show(const struct top *top)
{
    struct winsize size = {0};
    struct term term;

    term_init(&term, stdout); /* each time: the window may have another size now */
    char *picture = draw(top, &term);
    if (!picture)
        return;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        size.ws_row = 24;
    put_picture(picture, size.ws_row);
    free(picture);
}

/* Waits for a key or the next turn; false when it is time to go. */
static bool wait_turn(const struct top *top)
{
    struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};
    char key = 0;

    int n = poll(&keys, isatty(STDIN_FILENO) ? 1 : 0, top->interval_ms);
    if (n > 0 && read(STDIN_FILENO, &key, 1) != 1)
        return false;
    return !is_interrupted && key != 'q' && key != 'Q';
}

static void run_live(struct top *top)
{
    struct termios old, raw;
    bool has_keys = tcgetattr(STDIN_FILENO, &old) == 0;

    if (has_keys) {
        raw = old;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    fputs(SCREEN_ENTER, stdout);
    do {
        ask(top);
        show(top);
    } while (wait_turn(top));
    fputs(SCREEN_LEAVE, stdout);
    (void)fflush(stdout);
    if (has_keys)
        (void)tcsetattr(STDIN_FILENO, TCSANOW, &old);
}

static int run_once(struct top *top)
{
    struct term term;

    term_init(&term, stdout);
    for (int i = 0; i < 2 && !is_interrupted; i++) {
        ask(top);
        if (top->problem[0])
            return command_fail(top->cmd, "%s; is http.listen set, and does it run?",
                                top->problem);
        if (i == 0)
            (void)poll(NULL, 0, top->interval_ms);
    }
    top_view(&term, top->where, &top->pair, &top->history);
    return EXIT_FINE;
}

/* ---- the command ---- */

static int take_option(void *opaque, int id, const char *value)
{
    struct top *top = opaque;
    char *end;

    switch (id) {
    case 'a':
        top->where = value;
        return EXIT_FINE;
    case OPTION_ONCE:
        top->is_once = true;
        return EXIT_FINE;
    default:
        top->interval_ms = (int)(strtod(value, &end) * 1000);
        if (end != value && !*end && top->interval_ms >= 100 && top->interval_ms <= 60000)
            return EXIT_FINE;
        return command_fail(top->cmd, "--interval takes 0.1 to 60 seconds, not %s",
                            value);
    }
}

static int run(const struct command *cmd, int argc, char **argv)
{
    const struct sigaction on_interrupt = {.sa_handler = interrupt};
    struct top top = {.cmd = cmd, .where = ADDRESS, .interval_ms = INTERVAL_MS};
    struct args args;
    int code = EXIT_FINE;

    args_init(&args, cmd, argc, argv);
    if (!args_take(&args, take_option, &top))
        return args.exit_code;
    if (args.first_operand < argc)
        return command_fail(cmd,
                            "there is nothing to do with %s; name a daemon with "
                            "--address",
                            argv[args.first_operand]);
    (void)sigaction(SIGINT, &on_interrupt, NULL);
    (void)sigaction(SIGTERM, &on_interrupt, NULL);
    if (top.is_once || !isatty(STDOUT_FILENO))
        code = run_once(&top);
    else
        run_live(&top);
    top_pair_done(&top.pair);
    return code;
}

static const struct command_option options[] = {
    {"address", 'a', "HOST:PORT", "where wiredeskd serves (" ADDRESS ")"},
    {"interval", 'i', "SECONDS", "between two looks (1)"},
    {"once", OPTION_ONCE, NULL, "one picture, without a live screen"},
    {0},
};

const struct command command_top = {
    .name = "top",
    .summary = "a running wiredeskd at a glance, live",
    .details =
        "Rates, lag, time of each stage, verdicts, dead letters and the last articles,\n"
        "from the daemon's /stats. q ends it. Rates and times are those between two\n"
        "looks, counts those since the daemon's start. The daemon listens where its\n"
        "setting http.listen says.",
    .options = options,
    .run = run,
};
