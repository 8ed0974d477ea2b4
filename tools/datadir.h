/* datadir.h -- where the programs find gazetteer, models and lists.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_DATADIR_H
#define TOOLS_DATADIR_H

#include "wiredesk/options.h"

/* The folder for wd_options.data_dir: `option` when it is not NULL; else share/wiredesk
 * beside the folder of the running program, as in a build tree or an unpacked archive,
 * when it is there; else NULL, the library's own default. Allocated, for the caller to
 * free; WD_ENOMEM. */
WD_MUST_CHECK int datadir_find(const char *option, char **ret_dir);

#endif
