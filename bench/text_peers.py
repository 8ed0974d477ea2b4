#!/usr/bin/env python3
"""text_peers.py -- words and sentences of tools in Python, in megabytes a second.
SPDX-License-Identifier: Apache-2.0

usage: text_peers.py FILE…

Measures spaCy (blank English: tokenizer; sentencizer behind it) and BlingFire where they
are installed, a paragraph a call, on as much of the FILEs as they read in some seconds.
Processor time, the best of three turns."""
import sys
import time

TURNS = 3


def paragraphs(paths, most_bytes):
    """Lines of the files, up to so many bytes."""
    lines, size = [], 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                lines.append(line.rstrip("\n"))
                size += len(line.encode())
                if size >= most_bytes:
                    return lines, size
    return lines, size


def measure(name, run, paths, most_bytes):
    lines, size = paragraphs(paths, most_bytes)
    best = float("inf")
    for _ in range(TURNS):
        start = time.process_time()
        run(lines)
        best = min(best, time.process_time() - start)
    print(f"{name:30} {size / 1e6 / best:10.1f}   ({size / 1e6:.1f} MB)")


def measure_spacy(paths):
    import spacy
    words, sentences = spacy.blank("en"), spacy.blank("en")
    sentences.add_pipe("sentencizer")
    version = f"spaCy {spacy.__version__}"
    measure(f"{version} words", lambda lines: [words.make_doc(x) for x in lines], paths, 1.5e6)
    measure(f"{version} sentences", lambda lines: [sentences(x) for x in lines], paths, 1.5e6)


def measure_blingfire(paths):
    import blingfire
    measure("BlingFire words", lambda lines: [blingfire.text_to_words(x) for x in lines], paths, 2e7)
    measure("BlingFire sentences", lambda lines: [blingfire.text_to_sentences(x) for x in lines],
            paths, 2e7)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name, run in (("spaCy", measure_spacy), ("BlingFire", measure_blingfire)):
        try:
            run(sys.argv[1:])
        except ImportError:
            print(f"{name:30} {'-':>10}   not installed")


if __name__ == "__main__":
    main()
