/* status.h -- every way a call can fail, in one list.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A function returns WD_OK or one of the negative WD_E… codes. The list below makes the
 * enumerators, their stable names (in dead-letter headers, logs and metrics) and their
 * sentences (docs/errors.md is checked against it). Names are a contract: never reuse
 * one. */
#ifndef WIREDESK_STATUS_H
#define WIREDESK_STATUS_H

#include <stddef.h>

#include "wiredesk/export.h"

/* X(symbol, value, name, class, sentence)
 * INPUT: the record is bad; it goes to the dead letters and the stream goes on.
 * WORLD: memory, files, brokers; the caller may retry.
 * USAGE: the caller's mistake: an option, a configuration, a data file. */
#define WD_STATUS_MAP(X)                                                                 \
    X(ENOMEM, -1, "no-memory", WORLD, "out of memory")                                   \
    X(EIO, -2, "io", WORLD, "a file or stream could not be read or written")             \
    X(ECONFIG, -3, "config", USAGE, "a setting is unknown, missing or out of bounds")    \
    X(EDATA, -4, "data-file", USAGE,                                                     \
      "a data file is missing, damaged or of another version")                           \
    X(EORDER, -5, "stage-order", USAGE, "a stage stands before what it needs")           \
    X(ESKETCH, -6, "sketch", WORLD, "a sketch record is damaged or out of sequence")     \
    X(EEMPTY, -20, "empty", INPUT, "the record has no bytes")                            \
    X(EBLANK, -21, "blank", INPUT, "the record holds only white space")                  \
    X(ENOTEXT, -22, "no-text", INPUT, "the record carries no article text")              \
    X(ESIZE, -23, "too-large", INPUT, "the record is larger than the size limit")        \
    X(ELIMIT, -24, "limit", INPUT, "the article exceeds a limit on its parts")           \
    X(ENUL, -25, "nul-byte", INPUT, "the text holds a NUL")                              \
    X(EUTF8, -26, "invalid-utf8", INPUT, "the text is not valid UTF-8")                  \
    X(EFORMAT, -27, "content-type", INPUT, "the content type is not one we read")        \
    X(EJSON, -28, "json-syntax", INPUT, "the JSON is malformed")                         \
    X(EDEPTH, -29, "json-depth", INPUT, "the JSON is nested too deeply")                 \
    X(ESURROGATE, -30, "json-surrogate", INPUT, "a JSON string holds half a surrogate")  \
    X(EDUPKEY, -31, "json-duplicate-key", INPUT, "a JSON object names a key twice")      \
    X(ENUMBER, -32, "json-number", INPUT, "a JSON number does not fit")                  \
    X(ETYPE, -33, "field-type", INPUT, "a field has the wrong JSON type")                \
    X(EXML, -34, "xml-syntax", INPUT, "the XML is malformed")                            \
    X(EENTITY, -35, "xml-entity", INPUT,                                                 \
      "the XML uses an entity that is undeclared, nested or external")                   \
    X(EMARKUP, -36, "markup-depth", INPUT, "the XML or HTML is nested too deeply")

enum wd_status {
    WD_OK = 0,
#define WD_STATUS_ENUM(symbol, value, name, class, sentence) WD_##symbol = value,
    WD_STATUS_MAP(WD_STATUS_ENUM)
#undef WD_STATUS_ENUM
};

enum wd_class { WD_CLASS_NONE, WD_CLASS_INPUT, WD_CLASS_WORLD, WD_CLASS_USAGE };

#define WD_NO_OFFSET ((size_t)-1)

/* What went wrong, for a person; in the caller's storage. `offset` is the byte in the
 * input at which it was noticed, or WD_NO_OFFSET. `message` is one sentence part without
 * a final full stop, never holds control characters, and is never empty when `status` is
 * not WD_OK. */
struct wd_error {
    int status;
    size_t offset;
    char message[256];
};

/* "invalid-utf8"; "ok" for WD_OK, "unknown" for a number that is not in the list. */
WD_API const char *wd_status_name(int status);

/* The sentence of the list. */
WD_API const char *wd_status_text(int status);

/* WD_CLASS_NONE for WD_OK. */
WD_API enum wd_class wd_status_class(int status);

/* "input", "world", "usage" or "none". */
WD_API const char *wd_class_name(enum wd_class cls);

/* Fills *err (which may be NULL) and returns `status`. A NULL `fmt` takes the list's
 * sentence. Control characters in the formatted text become '?'; it is cut at a UTF-8
 * boundary. */
WD_API int wd_error_set(struct wd_error *err, int status, size_t offset, const char *fmt,
                        ...) WD_PRINTF(4, 5);

#endif
