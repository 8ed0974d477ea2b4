/* datadir.c -- the data beside the program comes before the installed data.
 * SPDX-License-Identifier: Apache-2.0 */
#include "datadir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wiredesk/status.h"

enum { PATH_BYTES = 4096 };

/* "<program's folder>/../share/wiredesk", or NULL. */
static char *beside_program(void)
{
    char program[PATH_BYTES], *dir = NULL;
    struct stat st;
    ssize_t size = readlink("/proc/self/exe", program, sizeof(program) - 1);
    if (size < 0)
        return NULL;

    program[size] = '\0';
    char *slash = strrchr(program, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    if (asprintf(&dir, "%s/../share/wiredesk", program) < 0)
        return NULL;
    if (stat(dir, &st) == 0 && S_ISDIR(st.st_mode))
        return dir;
    free(dir);
    return NULL;
}

int datadir_find(const char *option, char **ret_dir)
{
    char *dir = option ? strdup(option) : beside_program();
    if (option && !dir)
        return WD_ENOMEM;
    *ret_dir = dir;
    return WD_OK;
}
