#!/usr/bin/env python3
"""dedup_score.py -- F1 figures of what dedup_eval prints.
SPDX-License-Identifier: Apache-2.0

  dedup_eval stream DOCS | dedup_score.py TRUTH

TRUTH: tab-separated id, families (by commas), original or "-", kind.
"""
import sys
from collections import Counter


def f1(tp, fp, fn):
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def read_truth(path):
    """Families, original and kind of each id."""
    truth = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            key, family, of, kind = line.rstrip("\n").split("\t")[:4]
            truth[key] = set(family.split(",")), of, kind
    return truth


def tally(truth, rows):
    """True positives, false ones and misses of (id, is called a duplicate, of which)."""
    tp = fp = fn = 0
    for key, is_called, of in rows:
        family, original, _ = truth[key]
        is_found = is_called and bool(truth[of][0] & family)
        tp += original != "-" and is_found
        fn += original != "-" and not is_found
        fp += is_called and (original == "-" or not is_found)
    return tp, fp, fn


def score_stream(path):
    truth = read_truth(path)
    said, all_of_kind, rows = Counter(), Counter(), []
    for line in sys.stdin:
        key, verdict, of = line.split("\t")[:3]
        rows.append((key, verdict != "unique", of))
        all_of_kind[truth[key][2]] += 1
        said[truth[key][2]] += verdict != "unique"
    counts = tally(truth, rows)
    print("F1 %.4f  (tp %d fp %d fn %d)" % (f1(*counts), *counts))
    for kind, n in sorted(all_of_kind.items()):
        print("  %-20s %5d, called a duplicate %.4f" % (kind, n, said[kind] / n))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    score_stream(sys.argv[1])
