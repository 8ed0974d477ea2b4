"""desk.py -- one desk: articles in, in order; what is known about each, out.
SPDX-License-Identifier: Apache-2.0"""
import json
import os
import threading

from .library import ffi, lib

MOST_BYTES = 512 << 20  # of one enriched article


class Error(Exception):
    """`code` is one of docs/errors.md and does not change; the text is for people."""

    def __init__(self, code, message, offset=None):
        super().__init__("%s: %s" % (code, message))
        self.code, self.message, self.offset = code, message, offset


class Rejected(Error):
    """The record is bad; `offset` is the byte at which it was noticed, or None. The desk goes on."""


class ConfigError(Error):
    """An option or a data file is wrong."""


def _error(status, err):
    """The exception for a status and what the library says about it."""
    kind = {lib().WD_CLASS_INPUT: Rejected,
            lib().WD_CLASS_USAGE: ConfigError}.get(lib().wd_status_class(status), Error)
    said = err.message if err.status else lib().wd_status_text(status)
    none = ffi.cast("size_t", -1)
    offset = None if not err.status or err.offset == int(none) else err.offset
    return kind(ffi.string(lib().wd_status_name(status)).decode(),
                ffi.string(said).decode(errors="replace"), offset)


def _choice(parse, kind, name):
    place = ffi.new("enum %s *" % kind)
    if not parse(name.encode(), place):
        raise ConfigError("config", "there is no %s %r" % (kind[3:], name))
    return place[0]


def _path(name):
    return ffi.new("char[]", os.fsencode(name)) if name else ffi.NULL


def _record_bytes(article, content_type):
    """What a Kafka record would carry for it: bytes, and their content type."""
    if isinstance(article, str):
        return article.encode("utf-8"), content_type or "text/plain; charset=utf-8"
    if isinstance(article, (bytes, bytearray, memoryview)):
        return bytes(article), content_type or ""
    return (json.dumps(article, ensure_ascii=False).encode("utf-8"),
            content_type or "application/json")


class Desk:
    """Enriches articles and remembers them, so that it can tell duplicates and stories.

    data_dir      gazetteer and models; None: WIREDESK_DATA, or where the library was installed
    gazetteers    your own lists of names, files of the form that docs/extending.md shows
    input_format  auto, text, json or ninjs
    clean         False: the text passes untouched, and offsets are those of the input
    profile       ninjs3 or ninjs1
    tokens        False: leaves out the places of the words
    window        articles that are remembered; None: the library's default

    Threads may share a desk; they take turns."""

    def __init__(self, data_dir=None, gazetteers=(), input_format="auto", clean=True, profile="ninjs3",
                 tokens=True, window=None):
        self._lock = threading.Lock()
        self._count = 0
        self._pipeline = self._desk = self._article = self._buffer = None
        opts, err = ffi.new("struct wd_options *"), ffi.new("struct wd_error *")
        lib().wd_options_init(opts)
        folder = _path(data_dir or os.environ.get("WIREDESK_DATA"))
        lists = _path(",".join(map(os.fspath, gazetteers)))
        opts.data_dir, opts.gazetteers = folder, lists  # which we hold until both are open
        opts.format = _choice(lib().wd_format_parse, "wd_format", input_format)
        opts.clean = clean
        if window is not None:
            opts.limits.window_articles = window
        self._layout = ffi.new("struct wd_emit_options *", {
            "profile": _choice(lib().wd_profile_parse, "wd_profile", profile), "tokens": tokens})

        self._buffer = ffi.gc(ffi.new("struct wd_buf *"), lib().wd_buf_done)
        lib().wd_buf_init(self._buffer, MOST_BYTES)
        article = lib().wd_article_new()
        if not article:
            raise MemoryError
        self._article = ffi.gc(article, lib().wd_article_free)
        self._pipeline = self._open("wd_pipeline", opts, err)
        self._desk = self._open("wd_desk", opts, err)

    @staticmethod
    def _open(kind, opts, err):
        place = ffi.new("struct %s **" % kind)
        status = getattr(lib(), kind + "_open")(opts, place, err)
        if status < 0:
            raise _error(status, err)
        return ffi.gc(place[0], getattr(lib(), kind + "_close"))

    def enrich(self, article, content_type=None, timestamp_ms=-1):
        """The enriched article as a dict. `article` is text (str), a JSON envelope or ninjs (dict),
        or bytes of any format that docs/input.md lists; `timestamp_ms` is the record's time, by
        which articles leave the memory. Raises Rejected when it cannot be read."""
        value, kind = _record_bytes(article, content_type)
        return json.loads(self.enrich_to_bytes(value, kind, timestamp_ms))

    def enrich_to_bytes(self, value, content_type="", timestamp_ms=-1):
        """The same from bytes to the bytes that wiredeskd would write."""
        kind = content_type.encode()
        c_value, c_kind = ffi.from_buffer(value), ffi.from_buffer(kind)
        with self._lock:
            record = ffi.new("struct wd_record *", {
                "value": {"data": c_value, "size": len(value)},
                "content_type": {"data": c_kind, "size": len(kind)},
                "partition": -1, "offset": self._count, "timestamp_ms": timestamp_ms})
            self._count += 1
            lib().wd_article_begin(self._article, record)
            status = lib().wd_pipeline_run(self._pipeline, self._article)
            decided = lib().wd_desk_decide(self._desk, self._article)
            if status < 0 or decided < 0:
                raise _error(status or decided, lib().wd_article_error(self._article))
            lib().wd_buf_clear(self._buffer)
            lib().wd_emit(self._article, self._layout, self._buffer)
            if self._buffer.status < 0:
                raise _error(self._buffer.status, ffi.new("struct wd_error *"))
            return bytes(ffi.buffer(self._buffer.data, self._buffer.size))


_shared = None
_shared_lock = threading.Lock()


def enrich(article, content_type=None):
    """Desk.enrich() of one desk that the whole process shares: later articles know the earlier."""
    global _shared
    with _shared_lock:
        _shared = _shared or Desk()
    return _shared.enrich(article, content_type)
