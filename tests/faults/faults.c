/* faults.c -- runs rounds of one kind of fault, and prints the table of what they found.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   faults [--rounds N] [--events N] [--seed N] [--long] [--record FILE] SCENARIO
 *   faults --table FILE     the table of all rounds that were recorded
 *   faults --list
 *
 * Exit code 0: nothing was lost, repeated or changed; 1: something was, or a claim about
 * the instances did not hold. Chance comes from the seed alone. */
#include "faults.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "tally.h"

static const struct scenario *const lists[] = {kill_scenarios,     instance_scenarios,
                                               broker_scenarios,   network_scenarios,
                                               pressure_scenarios, role_scenarios};

static const struct scenario *scenario_find(const char *name)
{
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        for (const struct scenario *sc = lists[i]; sc->name; sc++) {
            if (!name)
                printf("%-16s %s\n", sc->name, sc->summary);
            else if (strcmp(sc->name, name) == 0)
                return sc;
        }
    }
    return NULL;
}

struct command_line {
    int rounds;
    int events; /* 0: as many as the scenario says */
    uint64_t seed;
    bool is_long;
    const char *record;
    const char *table;
    const char *scenario;
};

static void run_rounds(const struct command_line *line, const struct scenario *sc,
                       struct tally *total)
{
    for (int i = 0; i < line->rounds; i++) {
        struct tally tally;
        struct round round = {
            .scenario = sc,
            .seed = line->seed + (uint64_t)i * 1000003,
            .n_events = line->events ? line->events : sc->events,
            .is_long = line->is_long,
        };
        round_run(&round, &tally);
        tally_print(sc->name, &tally);
        if (line->record)
            tally_record(line->record, sc->name, &tally);
        tally_add(total, &tally);
    }
}

static bool parse(struct command_line *line, int argc, char **argv)
{
    static const struct option longs[] = {
        {"rounds", required_argument, NULL, 'r'},
        {"events", required_argument, NULL, 'e'},
        {"seed", required_argument, NULL, 's'},
        {"long", no_argument, NULL, 'l'},
        {"record", required_argument, NULL, 'o'},
        {"table", required_argument, NULL, 't'},
        {"list", no_argument, NULL, 'L'},
        {NULL, 0, NULL, 0},
    };
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        switch (id) {
        case 'r':
            line->rounds = (int)strtol(optarg, NULL, 10);
            break;
        case 'e':
            line->events = (int)strtol(optarg, NULL, 10);
            break;
        case 's':
            line->seed = strtoull(optarg, NULL, 10);
            break;
        case 'l':
            line->is_long = true;
            break;
        case 'o':
            line->record = optarg;
            break;
        case 't':
            line->table = optarg;
            break;
        case 'L':
            (void)scenario_find(NULL);
            exit(0);
        default:
            return false;
        }
    }
    line->scenario = argv[optind];
    return line->table || (line->scenario && !argv[optind + 1]);
}

static const char *summary_of(const char *name)
{
    const struct scenario *sc = scenario_find(name);
    return sc ? sc->summary : name;
}

int main(int argc, char **argv)
{
    struct command_line line = {.rounds = 1, .seed = 1};
    struct tally total = {0};
    if (!parse(&line, argc, argv)) {
        fputs("usage: faults [OPTION]... SCENARIO | --table FILE | --list\n", stderr);
        return 2;
    }
    if (line.table)
        return tally_table(line.table, summary_of) ? 0 : 1;
    const struct scenario *sc = scenario_find(line.scenario);
    if (!sc) {
        fprintf(stderr, "there is no scenario %s (--list)\n", line.scenario);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    run_rounds(&line, sc, &total);
    if (total.lost || total.duplicated || total.wrong) {
        tally_print("FAILED", &total);
        return 1;
    }
    puts("nothing lost, duplicated or changed");
    return 0;
}
