#!/usr/bin/env python3
"""test_commands.py -- wiredesk topics, replay, tail and demo against a real Kafka.
SPDX-License-Identifier: Apache-2.0

KAFKA names its bootstrap servers."""
import json
import os
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
from tool import TESTS, WIREDESK, ToolTest, article  # noqa: E402

KAFKA = os.environ["KAFKA"]


class Commands(ToolTest):
    def setUp(self):
        super().setUp()
        self.input = "t%d-%d.raw" % (os.getpid(), time.time_ns())
        self.output = self.input + ".out"
        self.write("wiredesk.conf", "[input]\ntopics = %s\n[output]\ntopic = %s\n"
                   "[kafka]\nbootstrap.servers = %s\n" % (self.input, self.output, KAFKA))

    def make_topics(self):
        self.run_tool("topics", "create", "-c", "wiredesk.conf")

    def replay(self, *args, code=0):
        return self.run_tool("replay", "-b", KAFKA, "-t", self.input, *args, code=code)

    def tail(self, *args, code=0):
        return self.run_tool("tail", "-b", KAFKA, "-t", self.input, *args,
                             code=code).stdout.splitlines()

    def test_topics_are_made_once_and_pass_the_check(self):
        self.run_tool("topics", "check", "-c", "wiredesk.conf", code=2)
        self.make_topics()
        self.make_topics()
        self.run_tool("topics", "check", "-c", "wiredesk.conf")

    def test_replay_without_the_topic_names_the_cure(self):
        self.write("a.txt", "x")
        self.assertIn(b"wiredesk topics create", self.replay("a.txt", code=2).stderr)

    def test_what_went_in_is_acknowledged_and_in_order(self):
        self.make_topics()
        lines = [json.dumps({"id": n}) for n in range(3000)]
        self.write("feed.jsonl", "\n".join(lines))
        done = self.replay("feed.jsonl")
        self.assertIn(b"replayed 3,000 articles", done.stderr)
        self.assertEqual(done.stdout, b"")
        self.assertEqual([json.loads(line)["id"] for line in
                          self.tail("--json", "--from", "beginning")], list(range(3000)))

    def test_loops_repeat_everything(self):
        self.make_topics()
        self.write("a.txt", "1")
        self.write("b.txt", "2")
        self.replay("--loop", 3, "a.txt", "b.txt")
        self.assertEqual(self.tail("--json", "-n", 100), [b"1", b"2"] * 3)

    def test_rate_is_kept(self):
        self.make_topics()
        self.write("feed.jsonl", "{}\n" * 40)
        started = time.monotonic()
        self.replay("--rate", "20/s", "feed.jsonl")
        self.assertGreater(time.monotonic() - started, 39 / 20)

    def test_speed_follows_the_articles_times(self):
        self.make_topics()
        self.write("feed.jsonl", "\n".join(
            json.dumps({"published_at": "2025-02-12T14:00:%02dZ" % s}) for s in (0, 10, 20)))
        started = time.monotonic()
        self.replay("--speed", 20, "feed.jsonl")
        self.assertGreater(time.monotonic() - started, 1.0)

    def test_record_that_the_broker_refuses_is_named_and_the_rest_goes_on(self):
        self.make_topics()
        self.write("a.txt", "first")
        self.write("b.txt", b"x" * (20 << 20))
        self.write("c.txt", "last")
        done = self.replay("a.txt", "b.txt", "c.txt", code=1)
        self.assertIn(b"b.txt: ", done.stderr)
        self.assertIn(b"1 were not taken", done.stderr)
        self.assertEqual(self.tail("--json"), [b"first", b"last"])

    def test_last_n_are_found_between_ends_of_transactions(self):
        """One article a transaction: every second offset is no record."""
        self.make_topics()
        daemon = subprocess.Popen(
            [str(pathlib.Path(WIREDESK).parent / "wiredeskd"), "-c", "wiredesk.conf"],
            cwd=self.dir, stderr=subprocess.DEVNULL)
        try:
            for n in range(12):
                self.write("%d.txt" % n, article(n))
                self.replay("%d.txt" % n)
                self.await_articles(n + 1)
        finally:
            daemon.terminate()
            self.assertEqual(daemon.wait(30), 0)
        for n in (1, 5, 11, 12, 13):
            out = self.run_tool("tail", "-b", KAFKA, "-t", self.output, "--json", "-n", n).stdout
            got = [json.loads(line)["wiredesk"]["sequence"] for line in out.splitlines()]
            self.assertEqual(got, list(range(1, 13))[-n:])

    def await_articles(self, n):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            out = self.run_tool("tail", "-b", KAFKA, "-t", self.output, "--json",
                                "--from", "beginning").stdout
            if len(out.splitlines()) >= n:
                return
            time.sleep(0.05)
        self.fail("article %d did not come out" % n)

    def test_tail_shows_dead_letters_with_their_reason(self):
        self.make_topics()
        daemon = subprocess.Popen(
            [str(pathlib.Path(WIREDESK).parent / "wiredeskd"), "-c", "wiredesk.conf"],
            cwd=self.dir, stderr=subprocess.DEVNULL)
        try:
            self.write("bad.json", "{")
            self.replay("bad.json")
            deadline = time.monotonic() + 60
            out = b""
            while b"json-syntax" not in out and time.monotonic() < deadline:
                out = self.run_tool("tail", "-b", KAFKA, "-t", self.output + ".dlq").stdout
        finally:
            daemon.terminate()
            self.assertEqual(daemon.wait(30), 0)
        self.assertRegex(out.decode(), r"bad\.json \(%s/0:0\)\n  rejected       json-syntax: "
                         % self.input)

    def test_follow_shows_what_comes_until_interrupted(self):
        self.make_topics()
        self.write("old.txt", "old")
        self.write("new.txt", "new")
        self.replay("old.txt")
        tail = subprocess.Popen([WIREDESK, "tail", "-b", KAFKA, "-t", self.input, "--json", "-f"],
                                stdout=subprocess.PIPE)
        self.assertEqual(tail.stdout.readline(), b"old\n")
        self.replay("new.txt")
        self.assertEqual(tail.stdout.readline(), b"new\n")
        tail.terminate()
        self.assertEqual(tail.wait(30), 0)
        tail.stdout.close()

    def test_demo_runs_on_it_and_leaves_no_topic(self):
        out = self.run_tool("demo", "-b", KAFKA, TESTS / "seeds").stdout.decode()
        self.assertIn("stopped cleanly", out)
        topic = out.split("from ")[1].split("/")[0]
        self.assertIn("wiredesk-demo-", topic)
        self.run_tool("tail", "-b", KAFKA, "-t", topic, code=2)

    def test_no_broker_is_told_within_seconds(self):
        done = self.run_tool("tail", "-b", "127.0.0.1:1", code=2)
        self.assertIn(b"no broker answers at 127.0.0.1:1", done.stderr)


if __name__ == "__main__":
    unittest.main()
