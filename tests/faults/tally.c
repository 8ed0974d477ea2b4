/* tally.c -- see tally.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

#define MAX_ROWS 32

void tally_add(struct tally *total, const struct tally *one)
{
    total->times += one->times;
    total->in_txn += one->in_txn;
    total->input += one->input;
    total->lost += one->lost;
    total->duplicated += one->duplicated;
    total->wrong += one->wrong;
    if (one->longest_stop_s > total->longest_stop_s)
        total->longest_stop_s = one->longest_stop_s;
    if (one->p99_s > total->p99_s)
        total->p99_s = one->p99_s;
}

void tally_print(const char *name, const struct tally *tally)
{
    printf("%-16s %4d times (%d in a transaction), %zu records: lost %zu, duplicated "
           "%zu, wrong %zu; longest stop %.2f s, p99 %.2f s\n",
           name, tally->times, tally->in_txn, tally->input, tally->lost,
           tally->duplicated, tally->wrong, tally->longest_stop_s, tally->p99_s);
}

void tally_record(const char *path, const char *name, const struct tally *tally)
{
    FILE *file = fopen(path, "ae");
    CHECK(file, "%s: %s", path, strerror(errno));
    fprintf(file, "%s %d %d %zu %zu %zu %zu %.3f %.3f\n", name, tally->times,
            tally->in_txn, tally->input, tally->lost, tally->duplicated, tally->wrong,
            tally->longest_stop_s, tally->p99_s);
    CHECK(fclose(file) == 0, "%s: %s", path, strerror(errno));
}

struct row {
    char name[32];
    int rounds;
    struct tally sum;
};

static struct row *row_of(struct row rows[MAX_ROWS], const char *name)
{
    for (int i = 0; i < MAX_ROWS; i++) {
        if (!*rows[i].name)
            (void)snprintf(rows[i].name, sizeof(rows[i].name), "%s", name);
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    }
    FAIL("more than %d kinds of fault", MAX_ROWS);
}

bool tally_table(const char *path, const char *(*summary_of)(const char *name))
{
    struct row rows[MAX_ROWS] = {0};
    struct tally one;
    char name[32];
    bool is_clean = true;
    FILE *file = fopen(path, "re");
    CHECK(file, "%s: %s", path, strerror(errno));
    while (fscanf(file, "%31s %d %d %zu %zu %zu %zu %lf %lf", name, &one.times,
                  &one.in_txn, &one.input, &one.lost, &one.duplicated, &one.wrong,
                  &one.longest_stop_s, &one.p99_s) == 9) {
        struct row *row = row_of(rows, name);
        row->rounds++;
        tally_add(&row->sum, &one);
    }
    fclose(file);
    printf("| fault | times | in a transaction | records | lost | duplicated | wrong "
           "bytes | longest stop, s | p99 during, s |\n|---|---|---|---|---|---|---|---|"
           "---|\n");
    for (int i = 0; i < MAX_ROWS && *rows[i].name; i++) {
        const struct tally *sum = &rows[i].sum;
        printf("| %s | %d | %d | %zu | %zu | %zu | %zu | %.1f | %.1f |\n",
               summary_of(rows[i].name), sum->times, sum->in_txn, sum->input, sum->lost,
               sum->duplicated, sum->wrong, sum->longest_stop_s, sum->p99_s);
        is_clean = is_clean && !sum->lost && !sum->duplicated && !sum->wrong;
    }
    return is_clean;
}
