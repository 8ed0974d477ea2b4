/* inputs.h -- the records that FILE|DIR|- operands stand for.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A file is one record; a .jsonl or .ndjson file is one a line. A folder stands for the
 * files in it and below, in name order; hidden files and *.md in it are left out. "-" is
 * the standard input: when its first line is a whole JSON object it is read line by line,
 * as it arrives, else it is one record. Blank lines between JSON lines are no records. */
#ifndef TOOLS_INPUTS_H
#define TOOLS_INPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wiredesk/span.h"
#include "wiredesk/status.h"

/* Borrowed until the next call on the same inputs. */
struct input_record {
    struct wd_str value;
    struct wd_str content_type; /* by the file's name; empty: unknown */
    const char *path;           /* as a person would find it; "-" for standard input */
    const char *name;           /* the last part of the path; "stdin" */
    bool is_line;               /* one line of several */
    int64_t number;             /* in its file, from 0 */
    int64_t line;               /* in its file, from 1; of a whole file: 1 */
    bool is_cut;                /* it was longer than the ceiling */
    uint64_t size_bytes;        /* of all of it, with its line end */
};

struct inputs;

/* Looks every operand up, so that a mistyped name is told before any work is done:
 * WD_EIO, naming it. No record is held in memory past `ceiling_bytes`: a longer one is
 * cut there. */
int inputs_open(char *const *operands, size_t n_operands, size_t ceiling_bytes,
                struct inputs **ret_in, struct wd_error *err);

/* NULL-safe. */
void inputs_close(struct inputs *in);

/* 1 and a record; 0 after the last; WD_EIO when a file cannot be read, which is then
 * passed over: call again for the next one. WD_ENOMEM. */
int inputs_next(struct inputs *in, struct input_record *ret_rec, struct wd_error *err);

/* Back to the first record. Standard input cannot be read twice: it is passed over. */
void inputs_rewind(struct inputs *in);

/* Bytes read since the last rewind, and bytes of all files; *ret_total is 0 when
 * standard input is among them. */
void inputs_progress(const struct inputs *in, uint64_t *ret_done, uint64_t *ret_total);

#endif
