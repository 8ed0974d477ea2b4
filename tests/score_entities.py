#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""score_entities.py [--floor F1] [--errors N] WIREDESK FILE: how well names are found.

FILE is JSON Lines (or .xz of it): {id, text, entities: [{start, end, label}]}, offsets in
code points, labels PER, ORG, LOC (others are ignored). Runs `wiredesk enrich --clean off`
and counts exact spans with the right type, micro-averaged; a leading "the" and a trailing
possessive are ignored on both sides. Exit 77 (skipped) when FILE is absent, 1 below the
floor. --errors prints that many mistakes, evenly drawn from all of them."""
import argparse
import collections
import json
import lzma
import os
import subprocess
import sys
import tempfile

LABELS = {"person": "PER", "organisation": "ORG", "place": "LOC"}
ENDINGS = ("'s", "’s", "'", "’")


def documents(path):
    with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def trimmed(text, start, end, label):
    if text[start:start + 4].lower() == "the ":
        start += 4
    for ending in ENDINGS:
        if text[start:end].endswith(ending) and end - start > len(ending) + 1:
            end -= len(ending)
            break
    return start, end, label


def enrich(wiredesk, texts):
    """The mentions of each text, as the program finds them."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                file.write(json.dumps({"id": f"t{number}", "text": text}) + "\n")
        done = subprocess.run([wiredesk, "enrich", "--clean", "off", "--no-tokens", path],
                              capture_output=True, check=True)
    lines = done.stdout.splitlines()
    if len(lines) != len(texts):
        sys.exit(f"{len(texts)} texts in, {len(lines)} documents out")
    for line in lines:
        yield json.loads(line)["wiredesk"]["mentions"]


class Count:
    def __init__(self):
        self.right, self.false, self.missed = (collections.Counter() for _ in range(3))

    def add(self, gold, found):
        for counter, spans in ((self.right, gold & found), (self.false, found - gold),
                               (self.missed, gold - found)):
            counter.update(span[2] for span in spans)

    def figures(self, labels):
        right, false, missed = (sum(counter[label] for label in labels)
                                for counter in (self.right, self.false, self.missed))
        precision = right / (right + false) if right + false else 0.0
        recall = right / (right + missed) if right + missed else 0.0
        both = precision + recall
        return 100 * precision, 100 * recall, 200 * precision * recall / both if both else 0.0


def show(text, span, what):
    start, end, label = span
    line = f"{text[max(0, start - 45):start]}[[{text[start:end]}]]{text[end:end + 35]}"
    return f"{what:6} {label} {line}".replace("\n", " ¶ ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--floor", type=float, default=0.0)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("wiredesk")
    parser.add_argument("file")
    options = parser.parse_args()
    if not os.path.exists(options.file):
        print(f"{options.file} is not here: skipped")
        return 77

    count, errors = Count(), []
    golds = list(documents(options.file))
    for gold, mentions in zip(golds, enrich(options.wiredesk, [g["text"] for g in golds])):
        text = gold["text"]
        want = {trimmed(text, e["start"], e["end"], e["label"]) for e in gold["entities"]
                if e["label"] in LABELS.values()}
        found = {trimmed(text, m["start"], m["end"], LABELS[m["label"]]) for m in mentions
                 if m["label"] in LABELS}
        count.add(want, found)
        errors += [show(text, span, "missed" if span in want else "false")
                   for span in sorted(want ^ found)]

    step = max(1, len(errors) // options.errors) if options.errors else len(errors) + 1
    for error in errors[::step] if options.errors else []:
        print(error)
    print(f"{os.path.basename(options.file):28} precision recall    F1")
    for name, labels in [(label, [label]) for label in LABELS.values()] + [
            ("all", list(LABELS.values()))]:
        print("%-28s %9.1f %6.1f %5.1f" % (name, *count.figures(labels)))
    f1 = count.figures(list(LABELS.values()))[2]
    if f1 < options.floor:
        print(f"F1 {f1:.1f} is below the floor of {options.floor}")
        return 1
    return 0


sys.exit(main())
