/* kafka_tests.c -- wiredeskd against a real broker; one claim a run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * kafka_tests CLAIM [SEED]; without arguments it lists the claims. Chance comes from the
 * seed alone (default 1), so that a failure can be seen again. WD_KAFKA_LONG=1 makes the
 * fault tests as long as issue 3 wants them: 20,000 articles and 30 kills. */
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "articles.h"
#include "check.h"
#include "child.h"
#include "claims.h"
#include "topic.h"

static const struct claim *const claims[] = {
    &claim_kill_one_partition,
    &claim_kill_four_partitions,
    NULL,
};

int main(int argc, char **argv)
{
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (const struct claim *const *claim = claims; *claim; claim++) {
        if (argc < 2) {
            puts((*claim)->name);
        } else if (strcmp((*claim)->name, argv[1]) == 0) {
            (*claim)->run(seed);
            puts("holds");
            return 0;
        }
    }
    if (argc < 2)
        return 0;
    fprintf(stderr, "there is no claim %s\n", argv[1]);
    return 2;
}
