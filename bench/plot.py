#!/usr/bin/env python3
# plot.py -- draws what script/bench measured.
# SPDX-License-Identifier: Apache-2.0
#
# usage: bench/plot.py [RESULTS.json [OUT.svg]]
#
# Four panels: latency against rate; what the desk costs an article, and how much memory it
# has, against the articles in its window; what a byte costs against the size of the article;
# throughput against partitions. Nothing but the standard library.

import json
import math
import pathlib
import re
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, LEFT, TOP, PANEL, GAP, DOWN = 900, 680, 70, 50, 300, 130, 330
LINE = 14
COLOURS = {"p50": "#2a7ab0", "p99": "#d9822b", "p99.9": "#b03a48", "desk": "#2a7ab0",
           "memory": "#d9822b", "pure pipeline": "#d9822b", "emit": "#b03a48", "rate": "#2a7ab0"}


def series(figures, pattern):
    """{label: [(x, y)…]} of the figures whose names fit."""
    found = {}
    for name, row in figures.items():
        fit = re.fullmatch(pattern, name)
        if fit:
            found.setdefault(fit["label"], []).append(
                (float(fit["x"]), statistics.median(row["runs"])))
    return {label: sorted(points) for label, points in found.items()}


class Axis:
    """Logarithmic, from a power of ten to another."""

    def __init__(self, values, start, length):
        self.low = math.floor(math.log10(min(values)))
        self.high = max(self.low + 1, math.ceil(math.log10(max(values))))
        self.start, self.length = start, length

    def at(self, value):
        return self.start + self.length * (math.log10(value) - self.low) / (self.high - self.low)

    def ticks(self):
        return [10.0 ** power for power in range(self.low, self.high + 1)]


def panel(left, top, title, x_name, y_name, lines):
    """One plot with its axes, or nothing when nothing was measured."""
    if not lines:
        return []
    points = [point for line in lines.values() for point in line]
    x = Axis([p[0] for p in points], left, PANEL)
    y = Axis([p[1] for p in points], top + 220, -220)
    out = [f'<text x="{left}" y="{top - 20}"><tspan font-weight="bold">{title}</tspan>'
           f'{", " + y_name if y_name else ""}</text>']
    for tick in x.ticks():
        out.append(f'<path d="M{x.at(tick):.1f} {top}v220" stroke="#ddd"/>'
                   f'<text x="{x.at(tick):.1f}" y="{top + 238}" text-anchor="middle">{tick:,.10g}</text>')
    for tick in y.ticks():
        out.append(f'<path d="M{left} {y.at(tick):.1f}h{PANEL}" stroke="#ddd"/>'
                   f'<text x="{left - 6}" y="{y.at(tick) + 4:.1f}" text-anchor="end">{tick:,.10g}</text>')
    out.append(f'<text x="{left + PANEL / 2}" y="{top + 260}" text-anchor="middle">{x_name}</text>')
    for label, line in lines.items():
        path = "L".join(f"{x.at(a):.1f} {y.at(b):.1f}" for a, b in line)
        colour = COLOURS.get(label, "#555")
        out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x.at(a):.1f}" cy="{y.at(b):.1f}" r="3" fill="{colour}"/>' for a, b in line]
    below = -math.inf
    for label, line in sorted(lines.items(), key=lambda row: y.at(row[1][-1][1])):
        a, b = line[-1]
        below = max(y.at(b) + 4, below + LINE)  # names that would touch go one below the other
        out.append(f'<text x="{x.at(a) + 6:.1f}" y="{below:.1f}" '
                   f'fill="{COLOURS.get(label, "#555")}">{label}</text>')
    return out


def main():
    source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/bench/results.json")
    target = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "docs/performance.svg")
    figures = json.loads(source.read_text(encoding="utf-8"))["figures"]
    latency = series(figures, r"daemon\.exactly-once\.latency\.(?P<x>\d+)\.(?P<label>p[\d.]+)")
    window = series(figures, r"window\.(?P<x>\d+)\.(?P<label>desk|memory)")
    size = series(figures, r"size\.(?P<x>\d+)\.(?P<label>pure pipeline|desk|emit)")
    parts = series(figures, r"daemon\.exactly-once\.partitions\.(?P<x>\d+)\.(?P<label>rate)")
    one = figures.get("daemon.exactly-once.rate")
    if parts and one:
        parts["rate"].insert(0, (1.0, statistics.median(one["runs"])))
    right = LEFT + PANEL + GAP
    body = panel(LEFT, TOP, "Latency, exactly once", "articles a second", "ms", latency)
    body += panel(right, TOP, "The desk: µs an article, MB in all", "articles in the window", "", window)
    body += panel(LEFT, TOP + DOWN, "Speed by size", "bytes an article", "MB/s", size)
    body += panel(right, TOP + DOWN, "Exactly once, by partitions", "partitions", "articles/s", parts)
    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12">\n<rect width="{WIDTH}" height="{HEIGHT}" '
        'fill="#fff"/>\n' + "\n".join(body) + "\n</svg>\n", encoding="utf-8")


if __name__ == "__main__":
    main()
