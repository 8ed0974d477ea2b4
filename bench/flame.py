#!/usr/bin/env python3
# flame.py -- a flame graph of the stages, of the desk and of the writer.
# SPDX-License-Identifier: Apache-2.0
#
# usage: bench/flame.py [-n ARTICLES] [-o OUT.svg] [FILE|DIR…]
#
# Has perf look at build/release/bin/bench_pipeline, whose round_of_desk() puts each article
# through everything once, and draws docs/flame.svg: the wider a function, the more processor
# time is spent in it and below it, and what it calls stands on top of it. Without files,
# synthetic articles. Needs perf (Debian: linux-perf), which may need
# kernel.perf_event_paranoid <= 2; nothing else but the standard library.

import argparse
import html
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "release" / "bin" / "bench_pipeline"
TRUNK = "round_of_desk"
WIDTH, ROW, MARGIN, LEAST = 1200, 17, 10, 0.002
COLOURS = ("#e4572e", "#f3a712", "#a8c686", "#669bbc", "#c98bb9", "#f2d0a4", "#7fb7be", "#d3a588")


def record(folder, articles, paths):
    """The lines of perf's report on one run: a stack for each sample, leaf first."""
    data = f"{folder}/perf.data"
    what = [PROGRAM, "-r", "5", "-n", str(articles), *paths]
    done = subprocess.run(["perf", "record", "-q", "-F", "499", "-e", "cpu-clock", "--call-graph",
                           "dwarf,16384", "-o", data, "--", *what], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"bench/flame.py: perf failed: {done.stderr[-400:]}")
    done = subprocess.run(["perf", "script", "-i", data, "--no-inline", "-F", "comm,ip,sym"],
                          capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def name_of(line):
    """The function in a line of a stack, without the copies that the compiler makes."""
    parts = line.split(None, 1)
    name = parts[1] if len(parts) > 1 else "[unknown]"
    return name.split(".")[0].removeprefix("__")


class Frame:
    def __init__(self):
        self.samples, self.above = 0, {}

    def add(self, stack):
        frame = self
        frame.samples += 1
        for name in stack:
            frame = frame.above.setdefault(name, Frame())
            frame.samples += 1

    def depth(self):
        return 1 + max((frame.depth() for frame in self.above.values()), default=0)


def read(lines):
    """All samples of the trunk, as a tree of functions."""
    tree, stack = Frame(), []
    for line in [*lines, ""]:
        if line.startswith(("\t", " ")):
            stack.append(name_of(line))
        elif not line and TRUNK in stack:
            above = stack[:stack.index(TRUNK)][::-1]
            # wd_pipeline_run and wd_chain_run only stand between: the stages are what one looks for
            tree.add([name for name in above if not name.startswith(("wd_pipeline_run", "wd_chain_run"))])
            stack = []
        elif not line:
            stack = []
    return tree


def draw(frame, left, level, height, scale, colour, out):
    for i, (name, above) in enumerate(sorted(frame.above.items(), key=lambda item: -item[1].samples)):
        width = above.samples * scale
        if above.samples < LEAST * WIDTH / scale:
            continue
        fill = colour or COLOURS[i % len(COLOURS)]
        top = height - (level + 1) * ROW - MARGIN
        share = above.samples * scale / (WIDTH - 2 * MARGIN)
        label = html.escape(name)
        out.append(f'<g><title>{label}: {share:.1%}</title><rect x="{left:.1f}" y="{top}" width="{width:.1f}" '
                   f'height="{ROW - 1}" fill="{fill}" rx="1"/>')
        room = int(width / 6.6)
        if room >= 4:
            text = label if len(name) <= room else html.escape(name[:room - 1]) + "…"
            out.append(f'<text x="{left + 3:.1f}" y="{top + 12}">{text}</text>')
        out.append("</g>")
        draw(above, left, level + 1, height, scale, fill, out)
        left += width


def main():
    parser = argparse.ArgumentParser(description="a flame graph of wiredesk's stages")
    parser.add_argument("-n", "--articles", type=int, default=1000)
    parser.add_argument("-o", "--out", type=pathlib.Path, default=ROOT / "docs" / "flame.svg")
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    if not shutil.which("perf"):
        sys.exit("bench/flame.py: there is no perf; install linux-perf")
    if not PROGRAM.exists():
        sys.exit(f"bench/flame.py: {PROGRAM} is not built: cmake --build --preset release")
    with tempfile.TemporaryDirectory() as folder:
        tree = read(record(folder, options.articles, options.paths))
    if tree.samples < 100:
        sys.exit(f"bench/flame.py: only {tree.samples} samples in {TRUNK}(): more articles (-n)?")
    height = tree.depth() * ROW + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
           'font-family="monospace" font-size="11">', f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>']
    draw(tree, MARGIN, 0, height, (WIDTH - 2 * MARGIN) / tree.samples, None, out)
    options.out.write_text("\n".join([*out, "</svg>"]) + "\n", encoding="utf-8")
    print(f"bench/flame.py: {tree.samples} samples in {options.out}")


if __name__ == "__main__":
    main()
