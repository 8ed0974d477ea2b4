#!/usr/bin/env python3
"""test_demo.py -- wiredesk demo: the daemon, an embedded broker and a screen.
SPDX-License-Identifier: Apache-2.0"""
import json
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from tool import CHECKER, WIREDESK, TESTS, ToolTest, article

SEEDS = TESTS / "seeds"


class Demo(ToolTest):
    """The embedded broker lets a group wait 3 s for more members, so demos are few, and those that
    need no watching wait together."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="wiredesk-test.")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        letters = {"1.json": json.dumps({"id": "a", "text": article(1, 200)}),
                   "3.json": json.dumps({"id": "b", "text": article(2, 200)}), "4.json": "{"}
        screen = {"1.txt": article(1, 200), "2.json": "{", "3.txt": article(1, 200)}
        cls.running = {"seeds": cls.start("seeds", {}, "--json", SEEDS),
                       "letters": cls.start("letters", {**letters, "2.json": letters["1.json"]},
                                            "--json", "."),
                       "screen": cls.start("screen", screen, ".")}

    @classmethod
    def start(cls, name, files, *args):
        """A demo in a folder of its own; what it says goes to files beside it."""
        here = cls.folder / name
        here.mkdir()
        for file, text in files.items():
            (here / file).write_text(text)
        with open(cls.folder / (name + ".out"), "wb") as out, open(cls.folder / (name + ".err"), "wb") as err:
            return subprocess.Popen([WIREDESK, "demo", *map(str, args)], cwd=here, stdout=out, stderr=err)

    def end(self, name, code):
        """What the demo has put out, and its messages."""
        self.assertEqual(self.running[name].wait(300), code)
        out, err = ((self.folder / (name + end)).read_bytes() for end in (".out", ".err"))
        self.assertNotIn(b"Sanitizer", err)
        return out, err

    def test_every_seed_comes_out_in_order_valid_and_as_enrich_has_it(self):
        def said(document):
            ours = document["wiredesk"]
            # Not the story: files have no time, records have that of their arrival.
            return (document["bodies"], ours["entities"], ours["dedup"])

        out, err = self.end("seeds", 0)
        documents = [json.loads(line) for line in out.splitlines()]
        names = sorted(path.name for path in SEEDS.iterdir())
        self.assertEqual([d["wiredesk"]["source"]["key"] for d in documents], names)
        for document in documents:
            self.assertEqual(CHECKER.faults(document), [])
        self.assertIn(b"%d articles enriched" % len(names), err)
        self.assertIn(b"stopped cleanly", err)
        without = self.run_tool("enrich", SEEDS).stdout.splitlines()
        self.assertEqual([said(document) for document in documents],
                         [said(json.loads(line)) for line in without])

    def test_screen_shows_verdicts_and_dead_letters_in_their_place(self):
        out = self.end("screen", 1)[0].decode()
        self.assertRegex(out, r"(?s)  1  Report 1.*  2  2\.json.*json-syntax.*  3  Report 1")
        self.assertIn("the same text as “Report 1", out)
        self.assertIn("2 articles enriched", out)
        self.assertIn("1 unique, 1 exact; 1 story; 1 dead letter", out)
        self.assertNotIn("\033", out)

    def test_replays_are_not_waited_for_and_dead_letters_go_to_stderr(self):
        out, err = self.end("letters", 1)
        self.assertEqual(len(out.splitlines()), 2)
        self.assertIn(b"2 articles enriched", err)
        self.assertIn(b"; 1 dead letter; 1 that came before", err)
        self.assertRegex(err.decode(), r"4\.json \(news\.raw/0:3\): json-syntax")

    def test_more_than_the_broker_keeps_goes_through(self):
        """The embedded broker keeps 5 MB of a partition; this is more."""
        lines = [json.dumps({"id": "a%d" % n, "text": article(n, 400) * 7}) for n in range(500)]
        self.write("feed.jsonl", "\n".join(lines))
        self.assertGreater((self.dir / "feed.jsonl").stat().st_size, 6 << 20)
        out = self.run_tool("demo", "--json", "feed.jsonl").stdout.splitlines()
        self.assertEqual([json.loads(line)["wiredesk"]["sequence"] for line in out],
                         list(range(1, 501)))

    def test_interrupt_stops_the_daemon_and_leaves_nothing(self):
        self.write("feed.jsonl", "\n".join(json.dumps({"text": article(n)}) for n in range(20000)))
        tmp = self.dir / "tmp"
        tmp.mkdir()
        child = subprocess.Popen([WIREDESK, "demo", "feed.jsonl"], cwd=self.dir,
                                 env={"TMPDIR": str(tmp)}, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT)
        seen = b""
        while b"  3  " not in seen:
            line = child.stdout.readline()
            self.assertNotEqual(line, b"", seen)
            seen += line
        child.send_signal(signal.SIGINT)
        rest = child.stdout.read()
        self.assertEqual(child.wait(60), 1)
        child.stdout.close()
        self.assertIn(b"stopped cleanly", rest)
        self.assertEqual(list(tmp.iterdir()), [])

    def test_interrupt_before_the_daemon_is_ready_is_no_failure(self):
        """A copy of wiredesk beside a wiredeskd that takes its time."""
        shutil.copy(WIREDESK, self.dir / "wiredesk")
        slow = self.write("wiredeskd", '#!/bin/sh\n[ "$1" != --topics ] || exit 0\n'
                                       'touch here\nexec sleep 60\n')
        slow.chmod(0o755)
        self.write("a.txt", article(1))
        tmp = self.dir / "tmp"
        tmp.mkdir()
        child = subprocess.Popen([self.dir / "wiredesk", "demo", "a.txt"], cwd=self.dir,
                                 env={"TMPDIR": str(tmp), "PATH": "/usr/bin:/bin"},
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        while not (self.dir / "here").exists():
            self.assertIsNone(child.poll())
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=60)[0]
        self.assertEqual(child.returncode, 1, said)
        self.assertNotIn(b"died", said)
        self.assertEqual(list(tmp.iterdir()), [])

    def test_daemon_that_cannot_run_is_told(self):
        """A copy of wiredesk beside a wiredeskd that fails."""
        shutil.copy(WIREDESK, self.dir / "wiredesk")
        broken = self.write("wiredeskd", "#!/bin/sh\necho out of order >&2\nexit 3\n")
        broken.chmod(0o755)
        self.write("a.txt", article(1))
        done = subprocess.run([self.dir / "wiredesk", "demo", "a.txt"], cwd=self.dir,
                              env={"TMPDIR": str(self.dir)}, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"wiredeskd ended with status 3: out of order", done.stderr)
        log = re.search(rb"its log is (\S+)", done.stderr)
        self.assertTrue(pathlib.Path(log[1].decode()).exists())

    def test_it_says_what_is_missing(self):
        for arguments, want in ((["demo"], b"name a file"),
                                (["demo", "none.txt"], b"none.txt: No such file"),
                                (["demo", "--loud"], b"--loud"),
                                (["demo", "-X", "nonsense=1", "."], b"nonsense")):
            started = time.monotonic()
            self.assertIn(want, self.run_tool(*arguments, code=2).stderr)
            self.assertLess(time.monotonic() - started, 30)  # it waits for no daemon


if __name__ == "__main__":
    unittest.main()
