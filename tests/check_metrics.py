#!/usr/bin/env python3
"""check_metrics.py FILE -- Prometheus' own client library reads the page, and every family in it
is one that docs/metrics.md names.
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
    found = {}
    for family in text_string_to_metric_families(pathlib.Path(path).read_text()):
        name = family.name + ("_total" if family.type == "counter" else "")
        found[name] = family.type
        assert family.documentation.endswith("."), name
        if family.type == "histogram":
            check_histogram(family)
    assert found == documented(), set(found.items()) ^ set(documented().items())
    print("check_metrics: %d families, as documented" % len(found))


main(sys.argv[1])
