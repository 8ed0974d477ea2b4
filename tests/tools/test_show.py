#!/usr/bin/env python3
"""test_show.py -- wiredesk show, from outside.
SPDX-License-Identifier: Apache-2.0"""
import base64
import hashlib
import html.parser
import json
import os
import pty
import re
import unittest

from tool import ToolTest, article

HOSTILE = ('<script>alert("1")</script> & \x1b[31m \u202e \'quoted\' <img src=x onerror=y> '
           "Ursula von der Leyen met Emmanuel Macron in Paris & in Berlin on Tuesday.")


class Page(html.parser.HTMLParser):
    """Collects what a browser would make of the page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.style, self.policy, self.links = [], [], "", "", []
        self.stack = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if tag == "a":
            self.links.append(attrs["href"])
        if tag != "meta":
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack and self.stack.pop() == tag, "not nested: " + tag

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "style":
            self.style += data
        else:
            self.text.append(data)


class Show(ToolTest):
    def setUp(self):
        super().setUp()
        self.write("a.txt", "Leaders meet in Paris\n\nPARIS, March 3 (Nordwire) - " + HOSTILE +
                   "\n\nADVERTISEMENT\n\nThey talked about Ukraine and agreed to meet again.\n")

    def show(self, *args, code=0, env=None, stdin=b""):
        return self.run_tool("show", *args, code=code, env=env, stdin=stdin).stdout.decode()

    def test_names_stand_in_brackets_without_colour(self):
        out = self.show("a.txt")
        self.assertIn("[Paris|place]", out)
        self.assertIn("[Ukraine|place]", out)
        self.assertNotIn("\x1b", out)

    def test_colours_go_from_24_bit_to_none(self):
        place = {"truecolor": "\x1b[30;48;2;254;202;116m", "256": "\x1b[30;48;5;222m",
                 "16": "\x1b[30;103m"}
        for env, want in [({"COLORTERM": "truecolor", "TERM": "xterm"}, "truecolor"),
                          ({"COLORTERM": "", "TERM": "xterm-256color"}, "256"),
                          ({"COLORTERM": "", "TERM": "xterm"}, "16")]:
            out = self.show("--color", "always", "a.txt", env=env)
            self.assertIn(place[want] + "Paris\x1b[0m", out)
            self.assertIn("\x1b[2mADVERTISEMENT\x1b[0m", out)
        self.assertNotIn("\x1b", self.show("--color", "never", "a.txt"))

    def test_terminal_gets_colour_unless_it_must_not(self):
        for env, is_coloured in [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]:
            env = {"TERM": "xterm", "COLORTERM": "", **env}
            try:
                pid, fd = pty.fork()
            except OSError as error: # a container without /dev/pts
                self.skipTest(str(error))
            if pid == 0:
                os.chdir(self.dir)
                os.environ.pop("NO_COLOR", None)
                os.environ.update(env)
                os.execv(os.environ["WIREDESK"], ["wiredesk", "show", "a.txt"])
            out = b""
            while True:
                try:
                    more = os.read(fd, 65536)
                except OSError:
                    break
                if not more:
                    break
                out += more
            os.close(fd)
            self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 0)
            self.assertEqual(b"\x1b[30;103mParis" in out, is_coloured, env)
            self.assertEqual(b"\x1b]8;;http" in out, is_coloured, env)

    def test_lines_fit_the_screen_and_nothing_is_lost(self):
        self.write("long.txt", article(2, words=200))
        [document] = self.enrich("long.txt")
        for width in (40, 72, 130):
            out = self.show("long.txt", env={"COLUMNS": str(width)})
            text = out.split("\n\n", 1)[1]
            for line in text.splitlines():
                self.assertLessEqual(len(line), width)
            shown = re.sub(r"\[([^\]|]*)\|[a-z]+\]", r"\1", " ".join(text.split()))
            self.assertIn(" ".join(document["bodies"][0]["value"].split()), shown)

    def test_enriched_and_raw_look_the_same(self):
        enriched = self.run_tool("enrich", "a.txt").stdout
        self.assertEqual(self.show("-", stdin=enriched), self.show("a.txt"))
        old = self.run_tool("enrich", "--profile", "ninjs1", "a.txt").stdout
        self.assertEqual(self.show("-", stdin=old).split("\n\n", 1)[1],
                         self.show("a.txt").split("\n\n", 1)[1])

    def test_page_is_escaped_nested_and_forbids_itself_everything(self):
        source = self.show("--html", "a.txt")
        page = Page(source)
        self.assertEqual(page.stack, [])
        for tag in ("script", "img", "link", "iframe"):
            self.assertNotIn(tag, page.tags)
        self.assertIn('<script>alert("1")</script> & ', "".join(page.text))
        self.assertNotIn("\x1b", source)
        digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
        self.assertIn("default-src 'none'; style-src 'sha256-%s'" % digest, page.policy)
        self.assertIn('<mark class="place">', source)
        self.assertIn('<del class="furniture" data-kind="advertising">ADVERTISEMENT</del>', source)

    def test_links_lead_to_the_web_only(self):
        enriched = json.loads(self.run_tool("enrich", "a.txt").stdout)
        for entity in enriched["wiredesk"]["entities"]:
            entity["uri"] = "javascript:alert(1)"
        self.write("bad.json", json.dumps(enriched))
        links = Page(self.show("--html", "bad.json")).links
        self.assertEqual([link for link in links if not link.startswith(("#", "https:", "http:"))], [])

    def test_offsets_that_do_not_fit_are_refused(self):
        enriched = json.loads(self.run_tool("enrich", "a.txt").stdout)
        enriched["wiredesk"]["mentions"][0]["end"] = 10**9
        self.write("bad.json", json.dumps(enriched))
        done = self.run_tool("show", "bad.json", code=1)
        self.assertIn(b"offsets do not fit", done.stderr)
        for damage in ({"text": 3}, {"text": {"regions": [{}]}}, {"raw": {"pieces": [1, 2]}},
                       {"mentions": [{"start": -1, "end": 2}]}, {"furniture": [3, {}]}):
            self.write("bad.json", json.dumps({"uri": "urn:x", "wiredesk": damage}))
            for face in ([], ["--html"]):
                self.run_tool("show", *face, "bad.json", code=None)

    def test_refused_record_is_shown_and_ends_in_1(self):
        self.write("b.txt", b"\xff")
        self.assertIn("invalid-utf8", self.show("a.txt", "b.txt", code=1))
        self.assertIn("invalid-utf8", self.show("--html", "a.txt", "b.txt", code=1))

    def test_usage_errors_end_in_2(self):
        for args in (["none.txt"], ["--color", "blue", "a.txt"], ["--clean", "x", "a.txt"], ["--no"]):
            self.show(*args, code=2)


if __name__ == "__main__":
    unittest.main()
