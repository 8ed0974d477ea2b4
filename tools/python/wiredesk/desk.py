"""desk.py -- one desk: articles in, in order; what is known about each, out.
SPDX-License-Identifier: Apache-2.0"""
from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from typing import Any, Optional, Union

from .library import ffi, lib

Path = Union[str, "os.PathLike[str]"]
Record = Union[str, bytes, bytearray, memoryview, dict[str, Any]]

MOST_BYTES = 512 << 20  # of one enriched article


class Error(Exception):
    """`code` is one of docs/errors.md and does not change; the text is for people."""

    def __init__(self, code: str, message: str, offset: int | None = None) -> None:
        super().__init__("%s: %s" % (code, message))
        self.code, self.message, self.offset = code, message, offset


class Rejected(Error):
    """The record is bad; `offset` is the byte at which it was noticed, or None. The desk goes on."""


class ConfigError(Error):
    """An option or a data file is wrong."""


def _error(status: int, err: Any) -> Error:
    """The exception for a status and what the library says about it."""
    kind = {lib().WD_CLASS_INPUT: Rejected,
            lib().WD_CLASS_USAGE: ConfigError}.get(lib().wd_status_class(status), Error)
    said = err.message if err.status else lib().wd_status_text(status)
    none = ffi.cast("size_t", -1)
    offset = None if not err.status or err.offset == int(none) else err.offset
    return kind(ffi.string(lib().wd_status_name(status)).decode(),
                ffi.string(said).decode(errors="replace"), offset)


def _choice(parse: Any, kind: str, name: str) -> int:
    place = ffi.new("enum %s *" % kind)
    if not parse(name.encode(), place):
        raise ConfigError("config", "there is no %s %r" % (kind[3:], name))
    return int(place[0])


def _path(name: Path | None) -> Any:
    return ffi.new("char[]", os.fsencode(name)) if name else ffi.NULL


def _record_bytes(article: Record, content_type: str | None) -> tuple[bytes, str]:
    """What a Kafka record would carry for it: bytes, and their content type."""
    if isinstance(article, (bytes, bytearray, memoryview)):
        return bytes(article), content_type or ""
    if isinstance(article, str):
        whole, kind = article, "text/plain; charset=utf-8"
    elif isinstance(article, dict):
        whole, kind = json.dumps(article, ensure_ascii=False), "application/json"
    else:
        raise TypeError("an article is str, dict or bytes, not %s" % type(article).__name__)
    try:
        return whole.encode("utf-8"), content_type or kind
    except UnicodeEncodeError as error:
        raise Rejected("invalid-utf8", "half of a surrogate pair stands at character %d"
                       % error.start) from None


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

    def __init__(self, data_dir: Path | None = None, gazetteers: Iterable[Path] = (),
                 input_format: str = "auto", clean: bool = True, profile: str = "ninjs3",
                 tokens: bool = True, window: int | None = None) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._pipeline: Any = None
        self._desk: Any = None
        opts, err = ffi.new("struct wd_options *"), ffi.new("struct wd_error *")
        lib().wd_options_init(opts)
        folder = _path(data_dir or os.environ.get("WIREDESK_DATA"))
        lists = _path(",".join(os.fspath(name) for name in gazetteers))
        opts.data_dir, opts.gazetteers = folder, lists  # which we hold until both are open
        opts.format = _choice(lib().wd_format_parse, "wd_format", input_format)
        opts.clean = clean
        if window is not None:
            if window < 1:
                raise ConfigError("config", "a window of %d articles remembers nothing" % window)
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
    def _open(kind: str, opts: Any, err: Any) -> Any:
        place = ffi.new("struct %s **" % kind)
        status = getattr(lib(), kind + "_open")(opts, place, err)
        if status < 0:
            raise _error(status, err)
        return ffi.gc(place[0], getattr(lib(), kind + "_close"))

    def enrich(self, article: Record, content_type: str | None = None,
               timestamp_ms: int = -1) -> dict[str, Any]:
        """The enriched article as a dict. `article` is text (str), a JSON envelope or ninjs (dict),
        or bytes of any format that docs/input.md lists; `timestamp_ms` is the record's time, by
        which articles leave the memory. Raises Rejected when it cannot be read."""
        value, kind = _record_bytes(article, content_type)
        enriched: dict[str, Any] = json.loads(self.enrich_to_bytes(value, kind, timestamp_ms))
        return enriched

    def enrich_to_bytes(self, value: bytes, content_type: str = "",
                        timestamp_ms: int = -1) -> bytes:
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
            whole: bytes = ffi.buffer(self._buffer.data, self._buffer.size)[:]
            return whole


_shared: Optional[Desk] = None
_shared_lock = threading.Lock()


def enrich(article: Record, content_type: str | None = None) -> dict[str, Any]:
    """Desk.enrich() of one desk that the whole process shares: later articles know the earlier."""
    global _shared
    with _shared_lock:
        _shared = _shared or Desk()
    return _shared.enrich(article, content_type)
