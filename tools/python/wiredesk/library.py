"""library.py -- libwiredesk, loaded by cffi without a compiler.
SPDX-License-Identifier: Apache-2.0

The structs below are those of include/wiredesk/, which a test compares word by word: a layout that
drifts apart would not be noticed otherwise. What the binding only passes on stays opaque."""
from __future__ import annotations

import functools
import os
from typing import Any

import cffi

DECLARATIONS = """
struct wd_str {
    const char *data;
    size_t size;
};

struct wd_header {
    struct wd_str name;
    struct wd_str value;
};

struct wd_record {
    struct wd_str value;
    struct wd_str key;
    struct wd_str content_type;
    const struct wd_header *headers;
    size_t n_headers;
    struct wd_str topic;
    int32_t partition;
    int64_t offset;
    int64_t timestamp_ms;
};

enum wd_format {
    WD_FORMAT_AUTO,
    WD_FORMAT_TEXT,
    WD_FORMAT_JSON,
    WD_FORMAT_NINJS,
    WD_FORMAT_HTML,
    WD_FORMAT_XML,
};

struct wd_limits {
    size_t record_bytes;
    size_t json_depth;
    size_t tokens;
    size_t mentions;
    size_t uri_bytes;
    size_t candidates;
    size_t window_articles;
    int64_t window_ms;
};

typedef void wd_list_fault(void *arg, const char *path, size_t line, const char *message);

struct wd_options {
    const char *data_dir;
    const char *gazetteers;
    wd_list_fault *list_fault;
    void *list_fault_arg;
    const char *sources;
    enum wd_format format;
    bool clean;
    struct wd_limits limits;
};

struct wd_buf {
    char *data;
    size_t size;
    size_t capacity;
    size_t ceiling;
    int status;
};

enum wd_profile { WD_PROFILE_NINJS3, WD_PROFILE_NINJS1 };

struct wd_emit_options {
    enum wd_profile profile;
    bool tokens;
};

enum wd_class { WD_CLASS_NONE, WD_CLASS_INPUT, WD_CLASS_WORLD, WD_CLASS_USAGE };

struct wd_error {
    int status;
    size_t offset;
    char message[256];
};

struct wd_article;
struct wd_pipeline;
struct wd_desk;

const char *wd_version(void);
const char *wd_status_name(int status);
const char *wd_status_text(int status);
enum wd_class wd_status_class(int status);

void wd_options_init(struct wd_options *opts);
bool wd_format_parse(const char *name, enum wd_format *ret_format);
bool wd_profile_parse(const char *name, enum wd_profile *ret_profile);

struct wd_article *wd_article_new(void);
void wd_article_free(struct wd_article *art);
void wd_article_begin(struct wd_article *art, const struct wd_record *record);
const struct wd_error *wd_article_error(const struct wd_article *art);

int wd_pipeline_open(const struct wd_options *opts, struct wd_pipeline **ret_pl,
                     struct wd_error *err);
void wd_pipeline_close(struct wd_pipeline *pl);
int wd_pipeline_run(const struct wd_pipeline *pl, struct wd_article *art);

int wd_desk_open(const struct wd_options *opts, struct wd_desk **ret_desk,
                 struct wd_error *err);
void wd_desk_close(struct wd_desk *desk);
int wd_desk_decide(struct wd_desk *desk, struct wd_article *art);

void wd_buf_init(struct wd_buf *buf, size_t ceiling);
void wd_buf_done(struct wd_buf *buf);
void wd_buf_clear(struct wd_buf *buf);
void wd_emit(const struct wd_article *art, const struct wd_emit_options *opts,
             struct wd_buf *buf);
"""

SONAME = "libwiredesk.so.0"

ffi: Any = cffi.FFI()  # what cdef() makes of it no checker can know
ffi.cdef(DECLARATIONS)


@functools.lru_cache(maxsize=None)
def lib() -> Any:
    """The library; OSError says where it was looked for."""
    name = os.environ.get("WIREDESK_LIBRARY", SONAME)
    try:
        return ffi.dlopen(name)
    except OSError as error:
        raise OSError("%s cannot be loaded; install libwiredesk0, or name the file in "
                      "WIREDESK_LIBRARY (%s)" % (name, error)) from None


def version() -> str:
    """The version of libwiredesk."""
    return str(ffi.string(lib().wd_version()).decode())
