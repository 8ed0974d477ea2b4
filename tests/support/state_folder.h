/* state_folder.h -- a folder with one state file, for the tests of state files.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WD_TEST_STATE_FOLDER_H
#define WD_TEST_STATE_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "state_file.h"

static char state_folder[] = "/tmp/wd-state-XXXXXX";
static char state_path[64];

/* Set-up and tear-down of a group of tests. */
static inline int state_folder_make(void **state)
{
    (void)state;
    if (!mkdtemp(state_folder))
        return -1;
    (void)snprintf(state_path, sizeof(state_path), "%s/state", state_folder);
    return 0;
}

static inline int state_folder_remove(void **state)
{
    (void)state;
    (void)unlink(state_path);
    return rmdir(state_folder);
}

static inline struct wd_desk *state_desk(void)
{
    struct wd_options opts;
    struct wd_desk *desk = NULL;
    wd_options_init(&opts);
    assert_int_equal(wd_desk_open(&opts, &desk, NULL), WD_OK);
    return desk;
}

/* A refused record: the smallest sketch that a desk takes. */
static inline struct wd_sketch state_sketch(uint64_t sequence)
{
    return (struct wd_sketch){.sequence = sequence,
                              .topic = WD_STR("t"),
                              .offset = (int64_t)sequence,
                              .status = WD_EBLANK};
}

#endif
