/* state_file.h -- what a desk knows, in a file, from one run to the next.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_STATE_FILE_H
#define TOOLS_STATE_FILE_H

#include <stdint.h>

#include "wiredesk/desk.h"
#include "wiredesk/sketch.h"
#include "wiredesk/status.h"

struct state_file;

/* Opens `path`, makes it when there is none, takes it for this process alone, and brings
 * `desk`, which must be fresh, to where the file ends. A last record that was cut off in
 * the middle goes. WD_EIO for what the system refuses; WD_ESKETCH for a file that is
 * damaged, not one of ours, or in use; WD_ENOMEM. The message names the file. */
WD_MUST_CHECK int state_file_open(const char *path, struct wd_desk *desk,
                                  struct state_file **ret_file, struct wd_error *err);

/* Bytes of a cut-off last record that opening took away. */
uint64_t state_file_cut_bytes(const struct state_file *file);

/* Adds one decided sketch; it is in the file after the next flush, or sooner. After a
 * failure the file ends with a whole record that was added before. */
WD_MUST_CHECK int state_file_append(struct state_file *file,
                                    const struct wd_sketch *sketch, struct wd_error *err);
WD_MUST_CHECK int state_file_flush(struct state_file *file, struct wd_error *err);

/* Flushes, waits for the disk, gives the file back. NULL-safe. */
WD_MUST_CHECK int state_file_close(struct state_file *file, struct wd_error *err);

#endif
