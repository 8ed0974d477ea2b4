/* status.c -- names and sentences of the status list.
 * SPDX-License-Identifier: Apache-2.0 */
#include "wiredesk/status.h"

#include <stdarg.h>
#include <stdio.h>

#include "utf8.h"

struct status_row {
    int value;
    enum wd_class cls;
    const char *name;
    const char *text;
};

static const struct status_row rows[] = {
#define STATUS_ROW(symbol, value, name, class, sentence)                                 \
    {value, WD_CLASS_##class, name, sentence},
    WD_STATUS_MAP(STATUS_ROW)
#undef STATUS_ROW
};

static const struct status_row *status_find(int status)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].value == status)
            return &rows[i];
    }
    return NULL;
}

const char *wd_status_name(int status)
{
    const struct status_row *row = status_find(status);
    return row ? row->name : status == WD_OK ? "ok" : "unknown";
}

const char *wd_status_text(int status)
{
    const struct status_row *row = status_find(status);
    return row ? row->text : status == WD_OK ? "no error" : "an unknown error";
}

enum wd_class wd_status_class(int status)
{
    const struct status_row *row = status_find(status);
    return row ? row->cls : WD_CLASS_NONE;
}

const char *wd_class_name(enum wd_class cls)
{
    switch (cls) {
    case WD_CLASS_NONE:
        return "none";
    case WD_CLASS_INPUT:
        return "input";
    case WD_CLASS_WORLD:
        return "world";
    case WD_CLASS_USAGE:
        return "usage";
    }
    return "none";
}

int wd_error_set(struct wd_error *err, int status, size_t offset, const char *fmt, ...)
{
    if (!err)
        return status;
    err->status = status;
    err->offset = offset;
    if (fmt) {
        va_list args;
        va_start(args, fmt);
        (void)vsnprintf(err->message, sizeof(err->message), fmt,
                        args); /* cut: mended below */
        va_end(args);
    } else {
        (void)snprintf(err->message, sizeof(err->message), "%s", wd_status_text(status));
    }
    for (char *p = err->message; *p; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    }
    err->message[wd_utf8_valid_prefix(wd_str_from(err->message))] = '\0';
    return status;
}
