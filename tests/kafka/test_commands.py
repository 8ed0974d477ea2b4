#!/usr/bin/env python3
"""test_commands.py -- wiredesk topics, replay, tail and demo against a real Kafka.
SPDX-License-Identifier: Apache-2.0

KAFKA names its bootstrap servers."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import unittest
import urllib.request

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

    def test_small_records_do_not_share_a_batch_that_is_too_large(self):
        """The limit of a topic is one on batches: 200 records of 1 kB do not fit into one."""
        self.write("wiredesk.conf", "[input]\ntopics = %s\n[output]\ntopic = %s\nmax_bytes = 65536\n"
                   "[kafka]\nbootstrap.servers = %s\n" % (self.input, self.output, KAFKA))
        self.make_topics()
        self.write("feed.jsonl", "\n".join(json.dumps({"id": n, "text": "x" * 1000})
                                           for n in range(200)))
        self.assertIn(b"replayed 200 articles", self.replay("feed.jsonl").stderr)
        self.assertEqual([json.loads(line)["id"] for line in
                          self.tail("--json", "-n", 200)], list(range(200)))

    def test_topics_check_without_a_broker_names_the_cure(self):
        self.write("away.conf", "[kafka]\nbootstrap.servers = 127.0.0.1:1\n")
        done = self.run_tool("topics", "check", "-c", "away.conf", code=2)
        self.assertIn(b"is kafka.bootstrap.servers right", done.stderr)

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

    def start_daemon(self, *more):
        """wiredeskd on the topics of this test; ended with it."""
        with open(self.dir / "log", "wb") as log:
            daemon = subprocess.Popen(
                [str(pathlib.Path(WIREDESK).parent / "wiredeskd"), "-c", "wiredesk.conf", *more],
                cwd=self.dir, stderr=log)
        self.addCleanup(daemon.wait, 30)
        self.addCleanup(daemon.terminate)
        return daemon

    def said(self):
        """The log of the daemon that was started last."""
        return (self.dir / "log").read_bytes()

    def await_lines(self, topic, n):
        """The n records that the topic holds in the end, as JSON."""
        deadline = time.monotonic() + 60
        lines = []
        while len(lines) < n and time.monotonic() < deadline:
            lines = self.run_tool("tail", "-b", KAFKA, "-t", topic, "--json", "--from",
                                  "beginning").stdout.splitlines()
        self.assertEqual(len(lines), n)
        return [json.loads(line) for line in lines]

    def test_where_lets_the_right_ones_through(self):
        self.make_topics()
        self.start_daemon()
        for n, name in enumerate(("one", "two", "one-again")):
            self.write(name + ".json", json.dumps(
                {"id": name, "headline": "A title", "text": article(n % 2, 60)}))
        self.write("bad.json", "{")
        self.replay("one.json", "two.json", "one-again.json", "bad.json")
        self.await_lines(self.output, 3)

        def found(topic, condition):
            out = self.run_tool("tail", "-b", KAFKA, "-t", topic, "--json", "--where",
                                condition).stdout
            return [json.loads(line) for line in out.splitlines()]

        again = found(self.output, "verdict!=unique")
        self.assertEqual([a["wiredesk"]["sequence"] for a in again], [3])
        self.assertEqual(again, found(self.output, "wiredesk.sequence=3"))
        self.assertEqual(len(found(self.output, "headline~TITLE and verdict=unique")), 2)
        self.assertEqual(found(self.output, "verdict=syndicated and verdict=unique"), [])
        dead = found(self.output + ".dlq", "code=json-syntax and source.offset>=3")
        self.assertEqual(len(dead), 1)
        self.assertEqual(dead[0]["value"], "{")
        self.assertEqual(dead[0]["error"]["stage"], "decode")
        self.run_tool("tail", "-b", KAFKA, "--where", "verdict", code=2)

    def dlq(self, *args, code=0):
        return self.run_tool("dlq", "-b", KAFKA, "-t", self.output + ".dlq", *args, code=code)

    def test_dead_letters_are_listed_shown_and_requeued_once(self):
        self.make_topics()
        daemon = self.start_daemon()
        self.write("a.json", "{")
        self.write("b.txt", b"The \xc0\xafbridge")
        self.write("c.txt", b"The \xed\xa0\x80bridge")
        self.replay("a.json", "b.txt", "c.txt")
        letters = self.await_lines(self.output + ".dlq", 3)
        daemon.terminate()
        daemon.wait(30)

        listed = self.dlq("ls")
        self.assertEqual(len(listed.stdout.splitlines()), 3)
        self.assertIn(b"3 dead letters: ", listed.stderr)
        self.assertIn(b"2 invalid-utf8", listed.stderr)
        shown = self.dlq("show", "%d:%d" % (letters[0]["partition"], letters[0]["offset"]))
        self.assertIn(b"reason    json-syntax: ", shown.stdout)
        self.assertIn(b"\n    {\n", shown.stdout)

        self.dlq("requeue", code=2)  # says that it wants to know which
        for expected in (b"2 dead letters were requeued", b"0 dead letters were requeued"):
            done = self.dlq("requeue", "--where", "code=invalid-utf8")
            self.assertIn(expected, done.stderr)
        self.assertEqual(len(self.dlq("ls").stdout.splitlines()), 1)
        self.assertEqual(len(self.dlq("ls", "--requeued").stdout.splitlines()), 3)

        out = subprocess.run(
            [WIREDESK, "tail", "-b", KAFKA, "-t", self.input, "--json", "--from", "beginning"],
            stdout=subprocess.PIPE, check=True).stdout
        self.assertEqual(out.splitlines(), [b"{", b"The \xc0\xafbridge", b"The \xed\xa0\x80bridge",
                                            b"The \xc0\xafbridge", b"The \xed\xa0\x80bridge"])
        # They die again, for their own reason and from their new place; key and headers stay.
        self.start_daemon()
        deadline = time.monotonic() + 60
        again = []
        while len(again) < 2 and time.monotonic() < deadline:
            again = [json.loads(line) for line in self.dlq(
                "ls", "--json", "--where", "source.offset>2").stdout.splitlines()]
        self.assertEqual([letter["key"] for letter in again], ["b.txt", "c.txt"])
        for letter, first in zip(again, letters[1:]):
            headers = dict(letter["headers"])
            self.assertEqual(headers.pop("wiredesk.requeued.from"), "%s/%d:%d" % (
                first["topic"], first["partition"], first["offset"]))
            self.assertEqual(headers, first["headers"])
            self.assertEqual(letter["source"]["timestamp"], first["source"]["timestamp"])
            self.assertEqual(letter["raw"], first["raw"])

    def test_top_shows_what_the_daemon_does(self):
        self.make_topics()
        self.start_daemon("--set", "http.listen=127.0.0.1:0")
        self.write("a.txt", article(1))
        self.write("bad.json", "{")
        self.replay("a.txt", "bad.json")
        self.await_lines(self.output, 1)
        self.await_lines(self.output + ".dlq", 1)
        port = re.search(rb"are served.* port=(\d+)", (self.dir / "log").read_bytes()).group(1)
        address = "127.0.0.1:" + port.decode()
        text = self.run_tool("top", "--once", "-i", 0.2, "-a", address).stdout.decode()
        self.assertIn("active, ready", text)
        self.assertRegex(text, r"verdicts +1  unique 100 %")
        self.assertRegex(text, r"dead letters +1  json-syntax 1")
        self.assertRegex(text, r"\n  tokenize +")
        self.assertNotIn("\x1b", text)
        done = self.run_tool("top", "--once", "-a", "127.0.0.1:1", code=2)
        self.assertIn(b"is http.listen set", done.stderr)

    def test_doctor_names_faults_and_cures(self):
        done = self.run_tool("doctor", "-c", "wiredesk.conf", code=2).stdout.decode()
        self.assertRegex(done, r"\nok +broker +%s answers" % re.escape(KAFKA))
        self.assertRegex(done, r"\nFAULT +topics +%s: does not exist\n +→ wiredesk topics create"
                         % re.escape(self.output))
        self.make_topics()
        done = self.run_tool("doctor", "-c", "wiredesk.conf").stdout.decode()
        self.assertNotIn("FAULT", done)
        self.assertRegex(done, r"\nok +topics +5 topics are as they should be\n")
        self.assertRegex(done, r"\nok +transactions ")
        self.write("away.conf", "[desk]\nlease_ms = 500\n[kafka]\nbootstrap.servers = 127.0.0.1:1\n")
        done = self.run_tool("doctor", "-c", "away.conf", code=2).stdout.decode()
        self.assertRegex(done, r"FAULT +broker +none answers at 127.0.0.1:1.*\n +→ check kafka")

    def test_doctor_tries_the_rights_of_each_role(self):
        def topics(*ends):
            return {self.output + end for end in ends}

        conf = (self.dir / "wiredesk.conf").read_text()
        for role, read, written in (
                ("tag", {self.input}, topics(".tagged")),
                ("desk", topics(".tagged", ".sketch"), topics("", ".dlq", ".clusters", ".sketch"))):
            self.write("wiredesk.conf", conf + "[desk]\nrole = %s\n" % role)
            self.make_topics()
            said = self.run_tool("doctor", "-c", "wiredesk.conf").stdout.decode()
            for operation, names in (("Read", read), ("Write", written)):
                found = re.findall(r"\nok +rights +%s on topic (\S+)" % operation, said)
                self.assertEqual(sorted(found), sorted(names), role)

    def test_doctor_disturbs_no_daemon(self):
        self.make_topics()
        daemon = self.start_daemon()
        for n in range(3):
            self.write("%d.txt" % n, article(n))
            self.replay("%d.txt" % n)
            self.await_lines(self.output, n + 1)
            self.run_tool("doctor", "-c", "wiredesk.conf")
        daemon.terminate()
        self.assertEqual(daemon.wait(30), 0)
        self.assertIn(b"restarts=0", (self.dir / "log").read_bytes())

    def test_pages_answer_what_they_should(self):
        self.make_topics()
        self.start_daemon("--set", "http.listen=127.0.0.1:0", "--set", "log.format=json")
        self.write("a.txt", article(1))
        self.replay("a.txt")
        self.await_lines(self.output, 1)
        log = [json.loads(line) for line in (self.dir / "log").read_bytes().splitlines()]
        port = next(line["port"] for line in log if "port" in line)

        def ask(method, path, body=None, headers={}):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request(method, path, body, headers)
            with contextlib.closing(connection), connection.getresponse() as answer:
                return answer.status, answer.read(), answer.headers

        for page in ("/healthz", "/readyz", "/stats", "/version"):
            status, body, headers = ask("GET", page)
            self.assertEqual((status, headers["content-type"]), (200, "application/json"))
            self.assertIsInstance(json.loads(body), dict)
        status, body, headers = ask("GET", "/metrics?x=1")
        self.assertEqual(status, 200)
        self.assertTrue(headers["content-type"].startswith("text/plain; version=0.0.4"))
        self.assertIn(b'\nwiredesk_articles_total{verdict="unique"} 1\n', body)
        self.assertIn(('wiredesk_partition_lag_records{topic="%s",partition="0"} 0\n'
                       % self.input).encode(), body)
        self.assertEqual(ask("HEAD", "/metrics")[:2], (200, b""))
        self.assertEqual(ask("GET", "/nowhere")[0], 404)
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            status, _, headers = ask(method, "/metrics", b"x" * 10)
            self.assertEqual((status, headers["allow"]), (405, "GET, HEAD"))
        self.assertEqual(ask("GET", "/" + "a" * 40000)[0], 414)
        self.assertEqual(ask("GET", "/", headers={"x": "y" * 40000})[0], 431)
        # A second daemon finds the port taken, says so, and stands by all the same.
        self.start_daemon("--set", "http.listen=127.0.0.1:%d" % port)
        deadline = time.monotonic() + 30
        while b"active" not in self.said() and b"not served" not in self.said():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.assertRegex(self.said(), rb'not served" .*reason="Address already in use"')
        # More connections than it takes: it answers again once they are gone.
        crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(64)]
        for one in crowd:
            one.close()
        status, deadline = None, time.monotonic() + 30
        while status != 200 and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                status = ask("GET", "/healthz")[0]
        self.assertEqual(status, 200)

    def test_ends_of_transactions_are_no_lag(self):
        """What is requeued comes in a transaction, whose end takes the last offset."""
        self.make_topics()
        self.start_daemon("--set", "http.listen=127.0.0.1:0")
        self.write("bad.json", "{")
        self.replay("bad.json")
        self.await_lines(self.output + ".dlq", 1)
        self.dlq("requeue", "--all")
        port = re.search(rb"are served.* port=(\d+)", self.said()).group(1).decode()
        wanted = {"wiredesk_partition_lag_records": 0, "wiredesk_records_read_total": 2,
                  "wiredesk_dead_letters_total": 2}
        found, deadline = {}, time.monotonic() + 30
        while found != wanted and time.monotonic() < deadline:
            with urllib.request.urlopen("http://127.0.0.1:%s/metrics" % port) as page:
                text = page.read().decode()
            found = {name: sum(int(n) for n in re.findall(r"^%s\S* (\d+)$" % name, text, re.M))
                     for name in wanted}
            time.sleep(0.05)
        self.assertEqual(found, wanted)
        self.assertIn('wiredesk_stage_duration_seconds_count{stage="emit"} 0\n', text)

    def test_a_standby_that_has_read_all_has_no_lag(self):
        self.make_topics()
        deadline = time.monotonic() + 60
        for options, sign in (((), b"msg=active"), (("--set", "http.listen=127.0.0.1:0"), b"port=")):
            self.start_daemon(*options)
            while sign not in self.said() and time.monotonic() < deadline:
                time.sleep(0.05)
        port = re.search(rb"are served.* port=(\d+)", self.said()).group(1).decode()
        self.write("a.txt", article(1))
        self.replay("a.txt")
        self.await_lines(self.output, 1)
        lag = None
        while lag != 0 and time.monotonic() < deadline:
            with urllib.request.urlopen("http://127.0.0.1:%s/stats" % port) as page:
                stats = json.load(page)
            self.assertEqual(stats["status"]["role"], "standby")
            lag = stats["metrics"]["wiredesk_standby_lag_records"]
            time.sleep(0.05)
        self.assertEqual(lag, 0)

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

    def verify(self, *args, code=0):
        return self.run_tool("verify", "-b", KAFKA, "-t", self.output, *args, code=code).stdout

    def test_verify_makes_every_output_again_and_finds_a_foreign_one(self):
        self.make_topics()
        self.write("feed.jsonl", "\n".join(json.dumps({"id": "urn:x:%d" % (n % 40),
                                                       "text": article(n % 40)})
                                           for n in range(60)) + "\n[]\n")
        self.replay("feed.jsonl")
        daemon = subprocess.Popen(
            [str(pathlib.Path(WIREDESK).parent / "wiredeskd"), "-c", "wiredesk.conf"],
            cwd=self.dir, stderr=subprocess.DEVNULL)
        try:
            self.await_lines(self.output + ".dlq", 1)
        finally:
            daemon.terminate()
            self.assertEqual(daemon.wait(30), 0)
        self.assertEqual(self.verify(), b"40 outputs, 1 dead letters, 20 replays: 0 differences\n")
        self.assertEqual(self.verify("--from", 11, "--to", 41),
                         b"30 outputs, 0 dead letters, 1 replays: 0 differences\n")
        self.assertIn(b"sequence 1, ", self.verify("--no-tokens", code=1))
        self.write("foreign.txt", "nobody decided on this")
        self.run_tool("replay", "-b", KAFKA, "-t", self.output, "foreign.txt")
        self.assertIn(b"the log knows of no such output", self.verify(code=1))

    def test_no_broker_is_told_within_seconds(self):
        done = self.run_tool("tail", "-b", "127.0.0.1:1", code=2)
        self.assertIn(b"no broker answers at 127.0.0.1:1", done.stderr)


if __name__ == "__main__":
    unittest.main()
