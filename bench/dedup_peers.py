#!/usr/bin/env python3
"""dedup_peers.py -- duplicates by MinHash in Python: speed, memory, and F1 where a truth is given.
SPDX-License-Identifier: Apache-2.0

usage: dedup_peers.py [-t TRUTH.tsv] DOCS.jsonl

Measures datasketch and rensa where they are installed: 128 permutations over runs of three
words, which did best of one to five, and an index that proposes whatever may resemble by .2;
of those proposed, the one that resembles most is taken. Words are cut before the clock runs,
shingles are made while it does. F1 is at the threshold that is best for the tool, found on the very stream: a bound that no
one reaches who has to choose beforehand. Each tool in a process of its own; processor time."""
import getopt
import json
import multiprocessing
import os
import re
import sys
import time

from dedup_score import f1, read_truth, tally

PERMUTATIONS = 128
SHINGLE = 3
PROPOSED = 0.2  # resemblance from which on the index proposes
THRESHOLDS = [n / 50 for n in range(10, 50)]
WORD = re.compile(r"\w+")


def documents(path):
    """Id and words of each, and how many bytes of text there were."""
    rows, size = [], 0
    with open(path, encoding="utf-8") as file:
        for doc in map(json.loads, file):
            text = doc.get("text") or "\n".join(doc.get("paras", []))
            rows.append((doc["id"], WORD.findall(text.lower())))
            size += len(text.encode())
    return rows, size


def shingles_of(words):
    return list({" ".join(words[i:i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))})


class Datasketch:
    def __init__(self):
        import datasketch
        self.name = f"datasketch {datasketch.__version__}"
        self.new = lambda: datasketch.MinHash(num_perm=PERMUTATIONS)
        self.index = datasketch.MinHashLSH(threshold=PROPOSED, num_perm=PERMUTATIONS)
        self.prints = []

    def nearest(self, shingles):
        """The place of the earlier document that resembles most, and how much."""
        new = self.new()
        new.update_batch([shingle.encode() for shingle in shingles])
        found = [(new.jaccard(self.prints[i]), i) for i in self.index.query(new)]
        self.index.insert(len(self.prints), new, check_duplication=False)
        self.prints.append(new)
        return max(found, default=(0.0, -1))


class Rensa:
    def __init__(self):
        import importlib.metadata
        import rensa
        self.name = f"rensa {importlib.metadata.version('rensa')}"
        self.new = lambda: rensa.RMinHash(num_perm=PERMUTATIONS, seed=42)
        self.index = rensa.RMinHashLSH(threshold=PROPOSED, num_perm=PERMUTATIONS, num_bands=PERMUTATIONS // 4)
        self.prints = []

    def nearest(self, shingles):
        new = self.new()
        new.update(shingles)
        found = [(new.jaccard(self.prints[i]), i) for i in self.index.query(new)]
        self.index.insert(len(self.prints), new)
        self.prints.append(new)
        return max(found, default=(0.0, -1))


def resident_bytes():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(tool, path, truth_path):
    rows, size = documents(path)
    try:
        peer = tool()
    except ImportError:
        print(f"{tool.__name__.lower():34} {'-':>10} not installed")
        return
    before, start, found = resident_bytes(), time.process_time(), []
    for key, words in rows:
        score, place = peer.nearest(shingles_of(words))
        found.append((key, score, rows[place][0]))
    took_s = time.process_time() - start
    print(f"{peer.name:34} {size / 1e6 / took_s:10.2f} MB/s, {len(rows) / took_s:.0f} articles/s")
    print(f"{'':34} {(resident_bytes() - before) / len(rows):10.0f} bytes an article")
    if truth_path:
        truth = read_truth(truth_path)
        best, at = max((f1(*tally(truth, [(key, score >= least, of) for key, score, of in found])), least)
                       for least in THRESHOLDS)
        print(f"{'':34} F1 {best:.4f}, at resemblance {at:.2f}")


def main():
    options, paths = getopt.getopt(sys.argv[1:], "t:")
    if len(paths) != 1:
        sys.exit(__doc__)
    for tool in (Datasketch, Rensa):
        child = multiprocessing.Process(target=measure, args=(tool, paths[0], dict(options).get("-t")))
        child.start()
        child.join()
        if child.exitcode:
            sys.exit(f"dedup_peers.py: {tool.__name__.lower()} failed")


if __name__ == "__main__":
    main()
