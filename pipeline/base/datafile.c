/* datafile.c -- maps compiled data files and tells whole ones from others.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The order of the checks is the order in which they help: a file of another kind, of
 * another machine, of another version, a cut one, a damaged one. The checksum is over
 * everything behind itself, so no bit of the content can turn unnoticed; whether the
 * numbers inside make sense is checked by the owner of the format. */
#include "datafile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hash.h"

#define CHECKED offsetof(struct wd_datafile_header, size) /* where the sum begins */

int wd_datafile_refuse(const struct wd_datafile_format *format, const char *name,
                       const char *what, struct wd_error *err)
{
    return wd_error_set(err, WD_EDATA, WD_NO_OFFSET, "%s: %s; %s", name, what,
                        format->cure);
}

static int map_descriptor(const struct wd_datafile_format *format, const char *path,
                          int fd, struct wd_str *ret_bytes, struct wd_error *err)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return wd_datafile_refuse(format, path, strerror(errno), err);
    if (st.st_size == 0)
        return wd_datafile_refuse(format, path, "the file is empty", err);
    void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        return wd_datafile_refuse(format, path, strerror(errno), err);
    *ret_bytes = (struct wd_str){map, (size_t)st.st_size};
    return WD_OK;
}

int wd_datafile_map(const struct wd_datafile_format *format, const char *folder,
                    const char *file, struct wd_str *ret_bytes, bool *ret_is_absent,
                    struct wd_error *err)
{
    char path[4096];
    if (snprintf(path, sizeof(path), "%s/%s", folder, file) >= (int)sizeof(path))
        return wd_datafile_refuse(format, file, "the path of its folder is too long",
                                  err);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && ret_is_absent) {
        *ret_is_absent = true;
        *ret_bytes = (struct wd_str){NULL, 0};
        return WD_OK;
    }
    if (fd < 0)
        return wd_datafile_refuse(format, path, strerror(errno), err);
    int r = map_descriptor(format, path, fd, ret_bytes, err);
    close(fd);
    return r;
}

void wd_datafile_unmap(struct wd_str bytes)
{
    if (bytes.data)
        (void)munmap((void *)(uintptr_t)bytes.data, bytes.size); /* our own mapping */
}

int wd_datafile_check(const struct wd_datafile_format *format, struct wd_str bytes,
                      const char *name, struct wd_error *err)
{
    struct wd_datafile_header head;
    char what[96];

    if (bytes.size < sizeof(head) || memcmp(bytes.data, format->magic, 8) != 0) {
        (void)snprintf(what, sizeof(what), "this is not %s", format->noun);
        return wd_datafile_refuse(format, name, what, err);
    }
    memcpy(&head, bytes.data, sizeof(head));
    if (head.endian != WD_DATAFILE_ENDIAN)
        return wd_datafile_refuse(format, name, "made on a machine of another byte order",
                                  err);
    if (head.version != format->version)
        return wd_datafile_refuse(format, name, "made by another version of wiredesk",
                                  err);
    if (head.size != bytes.size)
        return wd_datafile_refuse(format, name, "the file is cut or damaged", err);
    if (XXH3_64bits(bytes.data + CHECKED, bytes.size - CHECKED) != head.checksum)
        return wd_datafile_refuse(format, name,
                                  "the file is damaged: its checksum is wrong", err);
    return WD_OK;
}

void wd_datafile_seal(const struct wd_datafile_format *format, char *bytes, size_t size)
{
    struct wd_datafile_header head = {
        .version = format->version, .endian = WD_DATAFILE_ENDIAN, .size = size};
    memcpy(head.magic, format->magic, sizeof(head.magic));
    memcpy(bytes, &head, sizeof(head));
    head.checksum = XXH3_64bits(bytes + CHECKED, size - CHECKED);
    memcpy(bytes, &head, sizeof(head));
}
