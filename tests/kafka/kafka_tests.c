/* kafka_tests.c -- wiredeskd against a real broker; one claim a run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * kafka_tests CLAIM [SEED], or kafka_tests --list. Chance comes from the
 * seed alone (default 1), so that a failure can be seen again. WD_KAFKA_LONG=1 makes the
 * tests with kills long: 20,000 articles and 30 of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"

static const struct claim *const lists[] = {
    cluster_claims, hostile_claims, kill_claims, life_claims,   outage_claims,
    record_claims,  refusal_claims, role_claims, secure_claims,
};

static const struct claim *claim_find(const char *name)
{
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        for (const struct claim *claim = lists[i]; claim->name; claim++) {
            if (!name)
                puts(claim->name);
            else if (strcmp(claim->name, name) == 0)
                return claim;
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    if (argc > 1 && strcmp(argv[1], "--list") == 0) {
        (void)claim_find(NULL);
        return 0;
    }
    const struct claim *claim = argc > 1 ? claim_find(argv[1]) : NULL;
    if (!claim) {
        fputs("usage: kafka_tests CLAIM [SEED] | --list\n", stderr);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    claim->run(seed);
    puts("holds");
    return 0;
}
