/* datafile.h -- compiled data files: mapped, read only, shared by all who map them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every such file begins with the same 32 bytes, so that one check can tell a person what
 * is wrong with it. What follows is the business of the module that owns the format. */
#ifndef WD_DATAFILE_H
#define WD_DATAFILE_H

#include <stdint.h>

#include "wiredesk/span.h"
#include "wiredesk/status.h"

#define WD_DATAFILE_ENDIAN 0x01020304

struct wd_datafile_header {
    char magic[8];
    uint32_t version;
    uint32_t endian;
    uint64_t checksum; /* XXH3 of everything behind this member */
    uint64_t size;     /* of the whole file */
};

/* A format: its magic, its version, and the words for a person. */
struct wd_datafile_format {
    const char *magic; /* 8 bytes */
    uint32_t version;
    const char *noun; /* "a compiled gazetteer" */
    const char *cure; /* "build it with: …" */
};

/* WD_EDATA with a sentence that names the file, what is wrong, and the cure. */
int wd_datafile_refuse(const struct wd_datafile_format *format, const char *name,
                       const char *what, struct wd_error *err);

/* Maps `<folder>/<file>`; the bytes are valid until wd_datafile_unmap(). WD_EDATA. When
 * there is no such file and `ret_is_absent` is not NULL, it is set and WD_OK returned
 * with empty bytes. */
int wd_datafile_map(const struct wd_datafile_format *format, const char *folder,
                    const char *file, struct wd_str *ret_bytes, bool *ret_is_absent,
                    struct wd_error *err);

/* Safe on {NULL, 0}. */
void wd_datafile_unmap(struct wd_str bytes);

/* Is this a whole, undamaged file of the format, on this machine's byte order? */
int wd_datafile_check(const struct wd_datafile_format *format, struct wd_str bytes,
                      const char *name, struct wd_error *err);

/* Fills the header at the start of a finished file. */
void wd_datafile_seal(const struct wd_datafile_format *format, char *bytes, size_t size);

#endif
