#!/usr/bin/env python3
"""dedup_score.py -- F1 figures of what dedup_eval prints.
SPDX-License-Identifier: Apache-2.0

  dedup_eval stream DOCS      | dedup_score.py stream TRUTH
  dedup_eval stream DOCS      | dedup_score.py stories DOCS

TRUTH: tab-separated id, families (by commas), original or "-", kind. DOCS for
stories: JSON Lines {id, story}; those that became one count as one.
"""
import json
import sys
from collections import Counter, defaultdict


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


def score_stories(path):
    with open(path, encoding="utf-8") as lines:
        gold = {row["id"]: row["story"] for row in map(json.loads, lines)}
    found, merged = {}, {}
    for line in sys.stdin:
        fields = line.rstrip("\n").split("\t")
        found[fields[0]] = fields[6]
        if fields[10].strip("0"):
            merged[fields[10]] = fields[6]
    for key, story in found.items():
        while story in merged:
            story = merged[story]
        found[key] = story
    by_gold, by_found = defaultdict(set), defaultdict(set)
    for key, story in found.items():
        by_gold[gold[key]].add(key)
        by_found[story].add(key)
    p = r = 0.0
    for key, story in found.items():
        shared = len(by_found[story] & by_gold[gold[key]])
        p += shared / len(by_found[story]) / len(found)
        r += shared / len(by_gold[gold[key]]) / len(found)
    print("B-cubed F1 %.4f  precision %.3f recall %.3f  stories %d, in truth %d"
          % (2 * p * r / (p + r), p, r, len(by_found), len(by_gold)))


if __name__ == "__main__":
    SCORES = {"stream": score_stream, "stories": score_stories}
    if len(sys.argv) != 3 or sys.argv[1] not in SCORES:
        sys.exit(__doc__)
    SCORES[sys.argv[1]](sys.argv[2])
