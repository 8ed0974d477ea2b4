#!/usr/bin/env python3
"""validate.py -- holds enriched documents against their schemas, and against themselves.
SPDX-License-Identifier: Apache-2.0

usage: validate.py [--ninjs SCHEMA] [--ninjs1 SCHEMA] [--at-least N] [FILE]...   (JSON Lines; - is stdin)
       validate.py --self-test

Each line must be valid against data/schema/wiredesk-enriched-1.schema.json and, without the
key "wiredesk", against IPTC's ninjs 3.1 where that file is at hand. (A document of the profile
ninjs1: extra.wiredesk against our schema, the rest against ninjs 1.x.) Schemas cannot say that
offsets fit the text; check_offsets() does, by slicing as a Python reader would: Python strings
count code points, like the document says it does.

--self-test proves that this program can fail: each way of breaking a good document must be
found.
"""
import argparse
import copy
import datetime
import hashlib
import json
import pathlib
import re
import sys
import warnings

import jsonschema

# Newer versions want `referencing` instead of RefResolver; Debian 12's does not know it.
warnings.filterwarnings("ignore", category=DeprecationWarning)

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "data/schema/wiredesk-enriched-1.schema.json"
GEOJSON = {"$id": "https://geojson.org/schema/GeoJSON.json", "type": "object"}

formats = jsonschema.FormatChecker(formats=[])

# RFC 3986, as far as it can be said in one line: a scheme, then only characters that URIs have.
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+\Z")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z")
POINTER = re.compile(r"(/([^~/]|~0|~1)*)*\Z")


@formats.checks("uri")
def is_uri(value):
    return not isinstance(value, str) or bool(URI.match(value))


@formats.checks("json-pointer")
def is_pointer(value):
    return not isinstance(value, str) or bool(POINTER.match(value))


@formats.checks("date-time")
def is_date_time(value):
    if not isinstance(value, str):
        return True
    if not DATE_TIME.match(value):
        return False
    try:
        datetime.datetime.fromisoformat(value[:19])
    except ValueError:
        return False
    return True


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def validator(schema):
    """A validator that checks formats and never goes to the network."""
    resolver = jsonschema.RefResolver.from_schema(schema, store={GEOJSON["$id"]: GEOJSON})
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    return cls(schema, resolver=resolver, format_checker=formats)


def no_duplicate_keys(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key twice: %s" % sorted(k for k in keys if keys.count(k) > 1))
    return dict(pairs)


def at_pointer(doc, pointer):
    for part in pointer.split("/")[1:]:
        doc = doc[int(part) if isinstance(doc, list) else part.replace("~1", "/").replace("~0", "~")]
    return doc


def spans_in_order(spans, length, what):
    at = 0
    for start, end in spans:
        if not at <= start <= end <= length:
            yield "%s [%d,%d) is out of order or out of the text" % (what, start, end)
        at = end


def check_offsets(doc, ours):
    """Yields what the schema cannot see."""
    info = ours["text"]
    parts = [(r, at_pointer(doc, r["path"])) for r in info["regions"]]
    text = info["joiner"].join(value for _, value in parts)
    if len(text) != info["length"] or len(text.encode()) != info["bytes"]:
        yield "text.length or text.bytes is not that of the joined regions"
    if hashlib.sha256(text.encode()).hexdigest() != info["sha256"]:
        yield "text.sha256 is not that of the joined regions"
    for region, value in parts:
        if text[region["start"]:region["end"]] != value:
            yield "region %s does not hold the text at %s" % (region["role"], region["path"])
    yield from spans_in_order(ours["sentences"], len(text), "sentence")
    data = ours["tokens"].get("data")
    if data is not None:
        if len(data) != 2 * ours["tokens"]["count"]:
            yield "tokens.data has not two numbers a token"
        tokens = [(s, s + n) for s, n in zip(data[::2], data[1::2])]
        yield from spans_in_order(tokens, len(text), "token")
        for start, end in tokens:
            if start == end or text[start:end].strip() != text[start:end]:
                yield "token [%d,%d) is empty or holds white space" % (start, end)
    counts = [0] * len(ours["entities"])
    for i, mention in enumerate(ours["mentions"]):
        if text[mention["start"]:mention["end"]] != mention["exact"] or not mention["exact"]:
            yield "mention %d is not the text at its place" % i
        index = int(mention["e"][1:])
        if index >= len(counts):
            yield "mention %d is of no entity" % i
            continue
        if counts[index] == 0 and ours["entities"][index]["first"] != i:
            yield "entity %d's first mention is another one" % index
        counts[index] += 1
    for i, entity in enumerate(ours["entities"]):
        if entity["id"] != "e%d" % i or entity["count"] != counts[i]:
            yield "entity %d has another id or count" % i
    raw, pieces = ours["raw"], ours["raw"]["pieces"]
    if len(pieces) % 3 != 0:
        yield "raw.pieces has not three numbers a piece"
    rows = list(zip(pieces[::3], pieces[1::3], pieces[2::3]))
    yield from spans_in_order([(t, t + n) for t, _, n in rows], len(text), "piece")
    yield from spans_in_order(sorted([(r, r + n) for _, r, n in rows] +
                                     [(f["start"], f["end"]) for f in ours["furniture"]
                                      if not f.get("kept")]),
                              raw["length"], "piece or furniture of the raw text")
    for item in ours["furniture"]:
        if not item["start"] < item["end"] <= ours["raw"]["length"] or \
           len(item["text"]) != item["end"] - item["start"]:
            yield "furniture %r does not fit its place" % item["kind"]


class Checker:
    def __init__(self, ninjs=None, ninjs1=None):
        schema = load(SCHEMA)
        self.whole = validator(schema)
        self.ours = validator({"$schema": schema["$schema"], "$id": schema["$id"],
                               "$ref": "#/$defs/wiredesk", "$defs": schema["$defs"]})
        self.ninjs = validator(load(ninjs)) if ninjs else None
        self.ninjs1 = validator(load(ninjs1)) if ninjs1 else None

    def faults(self, doc):
        def told(prefix, errors):
            for error in errors:
                yield "%s: /%s: %s" % (prefix, "/".join(map(str, error.absolute_path)),
                                       error.message[:300])

        if "extra" in doc:
            bare = {k: v for k, v in doc.items() if k not in ("extra", "source")}
            ours = doc["extra"].get("wiredesk", {})
            found = list(told("schema", self.ours.iter_errors(ours)))
            if self.ninjs1:
                found += told("ninjs 1.x", self.ninjs1.iter_errors(bare))
        else:
            bare = {k: v for k, v in doc.items() if k != "wiredesk"}
            ours = doc.get("wiredesk")
            found = list(told("schema", self.whole.iter_errors(doc)))
            if self.ninjs:
                found += told("ninjs 3.1", self.ninjs.iter_errors(bare))
        return found or list(check_offsets(doc, ours))


GOOD = {
    "uri": "urn:newsml:example.com:2025:1", "type": "text", "pubStatus": "usable", "language": "en",
    "contentCreated": "2025-02-13T09:30:00Z",
    "headlines": [{"contentType": "text/plain", "value": "Mayor r\u00e9signs"}],
    "bodies": [{"contentType": "text/plain", "charCount": 9, "wordCount": 2, "value": "\U0001f600 Lee, 3."}],
    "people": [{"name": "Lee", "rel": "mentions", "uri": "http://www.wikidata.org/entity/Q1"}],
    "standard": {"name": "ninjs", "version": "3.1",
                 "schema": "https://wiredesk.example/schema/enriched-1.schema.json"},
    "wiredesk": {
        "schemaVersion": "1.0", "sequence": 1,
        "pipeline": {"name": "wiredesk", "version": "0.1.0", "models": {"gazetteer": "1"}},
        "source": {"topic": "news.raw", "partition": 0, "offset": 7, "bytes": 30,
                   "timestamp": "2025-02-13T08:30:00.123Z"},
        "dedup": {"verdict": "unique", "cluster": "c0123456789abcdef", "resemblance": 0,
                  "containment": 0, "contained": 0.5, "confidence": 50,
                  "candidates": 0},
        "story": {"id": "s0123456789abcdef", "size": 1, "score": 1},
        "entities": [{"id": "e0", "label": "person", "name": "Lee", "count": 1, "first": 0}],
        "text": {"unit": "codepoint", "length": 24, "bytes": 28, "joiner": "\n\n",
                 "sha256": hashlib.sha256("Mayor r\u00e9signs\n\n\U0001f600 Lee, 3.".encode()).hexdigest(),
                 "regions": [{"role": "headline", "start": 0, "end": 13, "path": "/headlines/0/value"},
                             {"role": "body", "start": 15, "end": 24, "path": "/bodies/0/value"}]},
        "sentences": [[0, 13], [15, 24]],
        "tokens": {"layout": "start,length", "count": 2, "data": [0, 5, 17, 3]},
        "mentions": [{"e": "e0", "label": "person", "start": 17, "end": 20, "exact": "Lee",
                      "confidence": 80}],
        "raw": {"length": 40, "bytes": 44, "layout": "text,raw,length",
                "pieces": [0, 8, 13, 15, 30, 9]},
        "furniture": [{"kind": "image", "start": 3, "end": 5, "text": "![" }],
        "quality": {"words": 2, "furniture": 0.0454, "flags": ["short"]},
    },
}

GOOD1 = {
    "uri": "urn:x:1", "type": "text", "pubstatus": "usable", "language": "en",
    "headline": GOOD["headlines"][0]["value"], "body_text": GOOD["bodies"][0]["value"],
    "source": "Example Wire",
    "extra": {"wiredesk": json.loads(json.dumps(GOOD["wiredesk"])
                                     .replace("/headlines/0/value", "/headline")
                                     .replace("/bodies/0/value", "/body_text"))},
}
BREAKS1 = [
    ("/extra/wiredesk/sequence", 0), ("/extra/wiredesk/mentions/0/start", 16),
    ("/extra/wiredesk", {}), ("/headline", "Another"),
]

# (pointer, new value or DELETE): each must turn the good document into a faulty one.
DELETE = object()
BREAKS = [
    ("/uri", DELETE), ("/uri", "no uri"), ("/uri", "urn:with space"), ("/type", "picture"),
    ("/pubStatus", "killed"), ("/language", ""), ("/language", None), ("/bodies", DELETE),
    ("/headlines", []), ("/headlines/0/role", "main"), ("/headlines/0/value", ""),
    ("/contentCreated", "2025-02-13"), ("/contentCreated", "2025-02-30T00:00:00Z"),
    ("/bodies/0/charCount", 1.5), ("/bodies/0/value", 3), ("/people", []),
    ("/people/0/rel", "about"), ("/people/0/uri", "Q1"), ("/people/0/start", 3),
    ("/duplicates", []), ("/standard/schema", "https://example.com/"), ("/wiredesk", DELETE),
    ("/wiredesk/extra", 1), ("/wiredesk/schemaVersion", "2.0"), ("/wiredesk/sequence", 0),
    ("/wiredesk/sequence", DELETE), ("/wiredesk/pipeline/name", "other"),
    ("/wiredesk/pipeline/models/gazetteer", 1), ("/wiredesk/source/partition", -1),
    ("/wiredesk/source/file", "a.txt"), ("/wiredesk/source/offset", DELETE),
    ("/wiredesk/source/timestamp", "yesterday"), ("/wiredesk/source/host", "x"),
    ("/wiredesk/dedup/verdict", "maybe"), ("/wiredesk/dedup/verdict", "near"),
    ("/wiredesk/dedup/of", "urn:x:1"), ("/wiredesk/dedup/cluster", "c1"),
    ("/wiredesk/dedup/containment", 1.0001), ("/wiredesk/dedup/resemblance", DELETE),
    ("/wiredesk/story/id", "c0123456789abcdef"), ("/wiredesk/story/size", 0),
    ("/wiredesk/entities/0/label", "PERSON"), ("/wiredesk/entities/0/id", "e1"),
    ("/wiredesk/entities/0/count", 2), ("/wiredesk/entities/0/first", 1),
    ("/wiredesk/text/unit", "byte"), ("/wiredesk/text/length", 25), ("/wiredesk/text/bytes", 24),
    ("/wiredesk/text/sha256", "0" * 64), ("/wiredesk/text/joiner", "\n"),
    ("/wiredesk/text/regions/1/start", 14), ("/wiredesk/text/regions/1/role", "lead"),
    ("/wiredesk/text/regions/0/path", "headlines/0/value"), ("/wiredesk/sentences/0", [0, 16]),
    ("/wiredesk/sentences/1", [15, 25]), ("/wiredesk/sentences/0", [0]),
    ("/wiredesk/sentences/0", [0, 1, 2]), ("/wiredesk/tokens/layout", "start,end"),
    ("/wiredesk/tokens/count", 3), ("/wiredesk/tokens/data/2", 16), ("/wiredesk/tokens/data/3", 0),
    ("/wiredesk/tokens/data/3", -1), ("/wiredesk/mentions/0/start", 18),
    ("/wiredesk/mentions/0/exact", "lee"), ("/wiredesk/mentions/0/e", "e1"),
    ("/wiredesk/mentions/0/confidence", 101), ("/wiredesk/furniture/0/kind", "other"),
    ("/wiredesk/furniture/0/end", 41), ("/wiredesk/quality/flags", ["odd"]),
    ("/wiredesk/furniture/0/kept", False), ("/wiredesk/raw", DELETE), ("/wiredesk/raw/layout", DELETE),
    ("/wiredesk/raw/pieces", [0, 8]), ("/wiredesk/raw/pieces/0", 16),
    ("/wiredesk/raw/pieces/1", 4), ("/wiredesk/raw/pieces/5", 11),
]


def broken(doc, pointer, value):
    doc = copy.deepcopy(doc)
    parent = at_pointer(doc, pointer.rpartition("/")[0])
    key = pointer.rpartition("/")[2]
    key = int(key) if isinstance(parent, list) else key
    if value is DELETE:
        del parent[key]
    else:
        parent[key] = value
    return doc


def self_test(checker):
    missed = ["a good document is refused: %s" % f for f in checker.faults(GOOD)]
    missed += ["a good ninjs 1.x document is refused: %s" % f for f in checker.faults(GOOD1)]
    rows = [(GOOD, *row) for row in BREAKS] + [(GOOD1, *row) for row in BREAKS1]
    for doc, pointer, value in rows:
        if not checker.faults(broken(doc, pointer, value)):
            missed.append("not found: %s = %r" % (pointer, value if value is not DELETE else "nothing"))
    if checker.ninjs1 and not checker.faults(broken(GOOD1, "/person", "Lee")):
        missed.append("ninjs 1.x takes a wrong type")
    if checker.ninjs and not list(checker.ninjs.iter_errors(GOOD)):
        missed.append("ninjs 3.1 takes the key wiredesk: the check without it proves nothing")
    return missed


def check_lines(checker, stream, name):
    n = n_bad = 0
    for line in stream:
        n += 1
        try:
            doc = json.loads(line, object_pairs_hook=no_duplicate_keys,
                             parse_constant=lambda c: (_ for _ in ()).throw(ValueError(c)))
            faults = checker.faults(doc)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            faults = ["%s: %s" % (type(error).__name__, error)]
        n_bad += bool(faults)
        for fault in faults[:5]:
            print("%s:%d: %s" % (name, n, fault))
    return n, n_bad


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ninjs", help="IPTC's ninjs 3.1 schema")
    parser.add_argument("--ninjs1", help="IPTC's ninjs 1.x schema")
    parser.add_argument("--at-least", type=int, default=1, help="fail below so many documents")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()

    shared = ROOT.parent / "shared/schema"
    beside = {"ninjs": shared / "ninjs-schema_3.1.json", "ninjs1": shared / "ninjs-schema_1.6.json"}
    paths = {k: getattr(args, k) or (p if p.exists() else None) for k, p in beside.items()}
    checker = Checker(**paths)
    if not paths["ninjs"]:
        print("IPTC's schema is not at hand: only our own is checked")

    if args.self_test:
        missed = self_test(checker)
        print("\n".join(missed) if missed else "%d faults, all found" % len(BREAKS + BREAKS1))
        return bool(missed)
    n = n_bad = 0
    for name in args.files or ["-"]:
        stream = sys.stdin.buffer if name == "-" else open(name, "rb")
        with stream:
            more, bad = check_lines(checker, stream, name)
        n, n_bad = n + more, n_bad + bad
    print("%d documents, %d faulty" % (n, n_bad))
    if n < args.at_least:
        print("fewer than %d documents" % args.at_least)
    return n_bad != 0 or n < args.at_least


if __name__ == "__main__":
    sys.exit(main())
