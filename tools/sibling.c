/* sibling.c -- finds programs that were built or installed together.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Not through PATH: a wiredesk of one version must not start the wiredeskd of another. */
#include "sibling.h"

#include <string.h>
#include <unistd.h>

bool sibling_path(const char *name, char path[PATH_MAX])
{
    ssize_t size = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (size <= 0)
        return false;

    path[size] = '\0';
    char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    if (!slash || folder + strlen(name) >= PATH_MAX)
        return false;

    memcpy(path + folder, name, strlen(name) + 1);
    return access(path, X_OK) == 0;
}
