#!/usr/bin/env python3
# document.py -- puts what was measured into docs/performance.md.
# SPDX-License-Identifier: Apache-2.0
#
# usage: bench/document.py [RESULTS.json]
#
# Rewrites what stands between the marks of "figures" and of "instructions": the first from
# what script/bench left (build/bench/results.json), the second from bench/instructions.tsv. A
# figure that was not measured has no row. Nothing but the standard library.

import json
import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
ARTICLE_BYTES = 3621  # of the 40 articles that script/instructions counts

STAGES = "decode", "clean", "language", "tokenize", "tag", "sketch"
ROWS_PURE = [(stage, f"stage.{stage}", ",.1f", 1) for stage in STAGES] + [
    ("**pure pipeline**", "stage.pure pipeline", ",.1f", 1),
    ("the same, in millions", "words.pure pipeline", ".2f", 1e-6),
    ("desk", "stage.desk", ",.1f", 1),
    ("emit", "stage.emit", ",.1f", 1),
    ("pure pipeline, 1 thread, by the clock on the wall", "threads.1", ",.0f", 1),
    ("pure pipeline, 2 threads, by the clock on the wall", "threads.2", ",.0f", 1),
]
QUANTILES = "p50", "p99", "p99.9"
ROWS_KAFKA = [
    ("**wiredeskd, exactly once**", "daemon.exactly-once.rate", ",.0f", 1),
    ("processor time", "daemon.exactly-once.cpu", ".2f", 1),
    ("of it the stages', the desk's and the writer's", "daemon.exactly-once.stages", ".2f", 1),
    ("the broker's processor time", "daemon.exactly-once.broker", ".3f", 1),
    ("processors with nothing to do", "daemon.exactly-once.idle", ".1f", 1),
    ("resident", "daemon.exactly-once.rss", ",.0f", 1),
    ("of it own", "daemon.exactly-once.own", ",.0f", 1),
    ("4 partitions", "daemon.exactly-once.partitions.4.rate", ",.0f", 1),
    ("16 partitions", "daemon.exactly-once.partitions.16.rate", ",.0f", 1),
    ("start, until active", "daemon.exactly-once.start.empty", ",.0f", 1),
    ("start, until the first output is committed", "daemon.exactly-once.start.first", ",.0f", 1),
    ("start with the window to read, until active", "daemon.exactly-once.start.full", ",.0f", 1),
    ("wiredeskd, at least once", "daemon.at-least-once.rate", ",.0f", 1),
    ("processor time", "daemon.at-least-once.cpu", ".2f", 1),
] + [(f"latency {part} at {rate:,} articles/s", f"daemon.exactly-once.latency.{rate}.{part}", ",.1f", 1)
     for rate in (5, 100, 278, 1000) for part in QUANTILES] + [
    (f"latency {part} at 278 articles/s, at least once", f"daemon.at-least-once.latency.278.{part}", ",.1f", 1)
    for part in QUANTILES] + [
    ("floor", "floor.rate", ",.0f", 1),
    ("processor time", "floor.cpu", ".3f", 1),
    ("floor that writes as many bytes", "floor.as-large.rate", ",.0f", 1),
    ("processor time", "floor.as-large.cpu", ".3f", 1),
    ("python", "python.rate", ",.1f", 1),
    ("processor time", "python.cpu", ",.1f", 1),
    ("resident", "python.rss", ",.0f", 1),
]


class Results:
    def __init__(self, path):
        self.all = json.loads(path.read_text(encoding="utf-8"))
        self.figures = self.all["figures"]

    def median(self, name):
        return statistics.median(self.figures[name]["runs"]) if name in self.figures else None

    def rows(self, head, rows):
        yield f"| {head} | median | from – to | |\n|---|---:|---:|---|"
        for label, name, form, scale in rows:
            if name in self.figures:
                runs = [run * scale for run in self.figures[name]["runs"]]
                low, mid, high = (format(x, form) for x in (min(runs), statistics.median(runs), max(runs)))
                yield f"| {label} | {mid} | {low} – {high} | {self.figures[name]['unit']} |"

    def curve(self, head, prefix, columns):
        """A row for each number behind the prefix; a column for each (name, form)."""
        numbers = sorted({int(name.split(".")[1]) for name in self.figures if name.startswith(prefix + ".")})
        if numbers:
            yield "\n" + head + "\n|---|" + "---:|" * len(columns)
        for number in numbers:
            cells = []
            for name, form in columns:
                figure = self.median(f"{prefix}.{number}.{name}")
                unit = self.figures.get(f"{prefix}.{number}.{name}", {}).get("unit", "")
                cells.append("" if figure is None else f"{format(figure, form)} {unit}")
            yield f"| {number:,} | " + " | ".join(cells) + " |"


def figures(results):
    a = results.all
    load = ", ".join(f"{x:.1f}" for x in a.get("load_before", a["load"]))
    yield (f"Release build, {a['processor']}, {a['cores']} cores, Debian 12, Apache Kafka 3.9.1; {a['rounds']} "
           f"interleaved rounds of `script/bench`. Load averages before it: {load}.\n\nOne thread, processor time:\n")
    yield from results.rows("stage", ROWS_PURE)
    yield "\nOn a real Kafka, one broker on the same cores as everything else:\n"
    yield from results.rows("", ROWS_KAFKA)
    if a.get("ratios"):
        yield "\n| | times |\n|---|---:|"
        yield from (f"| {name} | {ratio:,.3g} |" for name, ratio in a["ratios"].items())
    yield from results.curve("| bytes an article | pure pipeline | desk | emit |", "size",
                             [("pure pipeline", ",.1f"), ("desk", ",.0f"), ("emit", ",.0f")])
    yield from results.curve("| articles in the window | desk | memory |", "window",
                             [("desk", ",.0f"), ("memory", ",.0f")])


def instructions():
    yield "| stage | instructions | a byte |\n|---|---:|---:|"
    for line in (ROOT / "bench" / "instructions.tsv").read_text(encoding="utf-8").splitlines():
        name, _, count = line.partition("\t")
        if count.isdigit():
            yield f"| {name} | {int(count):,} | {int(count) / ARTICLE_BYTES:.0f} |"


def put(page, mark, lines):
    found = re.compile(rf"(<!-- {mark}: [^\n]*-->\n).*?(<!-- end of {mark} -->)", re.DOTALL)
    if not found.search(page):
        sys.exit(f"bench/document.py: {PAGE.name} has no marks for {mark}")
    return found.sub(lambda fit: fit[1] + "\n" + "\n".join(lines) + "\n\n" + fit[2], page)


def main():
    source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/bench/results.json")
    page = PAGE.read_text(encoding="utf-8")
    if source.exists():
        page = put(page, "figures", figures(Results(source)))
    page = put(page, "instructions", instructions())
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
