#!/usr/bin/env python3
"""check_metrics.py FILE -- Prometheus' own client library reads the page, every family in it is one
that docs/metrics.md names, named as Prometheus wants it, and no question stays open.
SPDX-License-Identifier: Apache-2.0"""
import pathlib
import re
import sys

try:
    from prometheus_client.parser import text_string_to_metric_families
except ImportError:
    print("check_metrics: skipped: python3-prometheus-client is not installed")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent


# What an operator asks, and where the answer stands: family, kind, label.
QUESTIONS = {
    "records in": ("wiredesk_records_read_total", "counter", None),
    "articles out, by verdict": ("wiredesk_articles_total", "counter", "verdict"),
    "dead letters, by reason": ("wiredesk_dead_letters_total", "counter", "reason"),
    "entities, by type": ("wiredesk_entities_total", "counter", "type"),
    "time of each stage": ("wiredesk_stage_duration_seconds", "histogram", "stage"),
    "latency from end to end": ("wiredesk_article_latency_seconds", "histogram", None),
    "time of a transaction": ("wiredesk_transaction_duration_seconds", "histogram", None),
    "lag of each partition": ("wiredesk_partition_lag_records", "gauge", "partition"),
    "size of the window": ("wiredesk_window_articles", "gauge", None),
    "bytes of the index": ("wiredesk_index_bytes", "gauge", None),
    "busy workers": ("wiredesk_workers_busy", "gauge", None),
    "paused partitions": ("wiredesk_paused_partitions", "gauge", None),
    "lag of a standby": ("wiredesk_standby_lag_records", "gauge", None),
}

# Base units, in full, at the end of the name; a count of things has the things there.
THINGS = {"seconds", "bytes", "records", "articles", "stories", "partitions", "workers", "fds", "info"}
ADJECTIVES = {"active", "ready", "busy"}


def check_name(name, kind):
    """https://prometheus.io/docs/practices/naming/"""
    assert re.fullmatch(r"(wiredesk|process)(_[a-z]+)+", name), name
    words = name.split("_")
    assert (words[-1] == "total") == (kind == "counter"), name
    assert not {"milliseconds", "ms", "us", "kb", "mb", "count", "sum", "bucket"} & set(words), name
    if kind == "histogram":
        assert words[-1] == "seconds", name
    elif kind == "gauge":
        assert words[-1] in THINGS | ADJECTIVES, name


def check_questions(families):
    for question, (name, kind, label) in QUESTIONS.items():
        family = families.get(name)
        assert family and family.type == kind and family.samples, question
        assert not label or all(label in sample.labels for sample in family.samples), question
    stages = {s.labels["stage"] for s in families["wiredesk_stage_duration_seconds"].samples}
    assert {"decode", "clean", "tokenize", "tag", "sketch", "dedup", "story", "emit"} <= stages, stages


def documented():
    """Name and kind of each row of the page's table."""
    page = (ROOT / "docs" / "metrics.md").read_text()
    return dict(re.findall(r"^\| `(\w+)` \| (counter|gauge|histogram) \|", page, re.M))


def check_histogram(family):
    """Buckets of each label set grow, and the last is the count."""
    series = {}
    for sample in family.samples:
        labels = tuple(sorted((k, v) for k, v in sample.labels.items() if k != "le"))
        series.setdefault(labels, []).append(sample)
    for labels, samples in series.items():
        buckets = [s for s in samples if s.name.endswith("_bucket")]
        bounds = [float(s.labels["le"]) for s in buckets]
        counts = [s.value for s in buckets]
        total = [s.value for s in samples if s.name.endswith("_count")]
        assert bounds == sorted(bounds) and bounds[-1] == float("inf"), labels
        assert counts == sorted(counts) and [counts[-1]] == total, labels


def main(path):
    found, families = {}, {}
    for family in text_string_to_metric_families(pathlib.Path(path).read_text()):
        name = family.name + ("_total" if family.type == "counter" else "")
        found[name], families[name] = family.type, family
        check_name(name, family.type)
        assert family.documentation.endswith("."), name
        if family.type == "histogram":
            check_histogram(family)
    assert found == documented(), set(found.items()) ^ set(documented().items())
    check_questions(families)
    print("check_metrics: %d families, as documented" % len(found))


main(sys.argv[1])
