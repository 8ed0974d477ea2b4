#!/usr/bin/env python3
"""test_enrich.py -- wiredesk enrich, from outside.
SPDX-License-Identifier: Apache-2.0"""
import base64
import json
import os
import resource
import subprocess
import unittest

from tool import TESTS, WIREDESK, ToolTest, article

BAD = {  # name: (bytes, code)
    "blank.txt": (b" \n\t\n", "blank"),
    "empty.txt": (b"", "empty"),
    "nul.txt": (b"a\0b", "nul-byte"),
    "surrogate.json": (b'{"text":"a\\ud800"}', "json-surrogate"),
    "twice.json": (b'{"text":"a","text":"b"}', "json-duplicate-key"),
    "utf8.txt": (b"abc\xff", "invalid-utf8"),
}


class Order(ToolTest):
    def test_output_is_the_same_for_any_number_of_threads(self):
        lines = [json.dumps({"id": "a%d" % (i % 190), "title": "T %d" % i, "text": article(i % 150)})
                 for i in range(200)]
        lines[17] = "{"
        lines[101] = '{"text":""}'
        self.write("feed.jsonl", "\n".join(lines))
        runs = [self.run_tool("enrich", "-j", n, "--rejects", "r%d" % n, "feed.jsonl", code=1)
                for n in (1, 2, 3, 8)]
        for n, done in zip((1, 2, 3, 8), runs):
            self.assertEqual(done.stdout, runs[0].stdout)
            self.assertEqual(done.stderr, runs[0].stderr)
            self.assertEqual((self.dir / ("r%d" % n)).read_bytes(),
                             (self.dir / "r1").read_bytes())
        self.assertEqual(len(runs[0].stdout.splitlines()), 198)
        sequences = [json.loads(line)["wiredesk"]["sequence"]
                     for line in runs[0].stdout.splitlines()]
        self.assertEqual(sequences, [n for n in range(1, 201) if n not in (18, 102)])

    def test_folder_is_read_in_name_order(self):
        for name in ("b.txt", "a.txt", "c/a.txt", "B.txt"):
            self.write("in/" + name, article(len(name)) + name)
        files = [d["wiredesk"]["source"]["file"] for d in self.enrich("in")]
        self.assertEqual(files, ["in/B.txt", "in/a.txt", "in/b.txt", "in/c/a.txt"])

    def test_a_line_comes_out_before_the_next_goes_in(self):
        with subprocess.Popen([WIREDESK, "enrich", "-"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as child:
            for n in range(3):
                child.stdin.write(json.dumps({"text": article(n)}).encode() + b"\n")
                child.stdin.flush()
                got = json.loads(child.stdout.readline())
                self.assertEqual(got["wiredesk"]["source"]["record"], n)
            child.stdin.close()
            self.assertEqual(child.stdout.read(), b"")
            self.assertEqual(child.wait(), 0)


class Again(ToolTest):
    def verdicts(self, *args):
        done = self.run_tool("enrich", *args)
        return [json.loads(line)["wiredesk"]["dedup"]["verdict"]
                for line in done.stdout.splitlines()], done.stderr

    def test_a_nameless_text_is_an_exact_copy(self):
        self.write("a.txt", article(1))
        self.assertEqual(self.verdicts("a.txt", "a.txt"), (["unique", "exact"], b""))

    def test_a_record_with_an_id_is_counted_and_not_written(self):
        self.write("a.json", json.dumps({"id": "a", "text": article(1)}))
        verdicts, told = self.verdicts("a.json", "a.json", "a.json")
        self.assertEqual(verdicts, ["unique"])
        self.assertIn(b"not written again: 2 ", told)


class Choices(ToolTest):
    def test_what_changes_about_earlier_articles_is_told(self):
        lead = "The harbour board of Vellmar voted on Tuesday to close the old ferry pier after inspectors found rot. "
        rest = "Boat owners called the decision hasty and asked for a second survey by divers of the coast guard. "
        def line(**members):
            return json.dumps(members) + "\n"

        self.write("feed.jsonl",
                   line(uri="urn:a", version="1", source="Daily", published_at="2025-03-04T12:00:00Z", body=lead * 2)
                   + line(uri="urn:b", version="1", source="Wire", published_at="2025-03-04T12:05:00Z", body=lead * 2)
                   + line(uri="urn:c", version="1", published_at="2025-03-04T08:00:00Z", body=lead * 2 + rest)
                   + line(uri="urn:c", version="2", pubstatus="canceled", body="Kill."))
        for sources, leaders in ((None, ["urn:a", "urn:c", "urn:a"]), ("Herald, Wire", ["urn:b", "urn:c", "urn:b"])):
            args = ["--sources", sources] if sources else []
            self.run_tool("enrich", *args, "--clusters", "changes.jsonl", "feed.jsonl")
            changes = [json.loads(row) for row in (self.dir / "changes.jsonl").read_text().splitlines()]
            self.assertEqual([c["canonical"] for c in changes], leaders)
            self.assertEqual(len({c["cluster"] for c in changes}), 1)
            self.assertEqual([c["revision"] for c in changes], [2, 3, 4])
            self.assertEqual([m["uri"] for m in changes[2]["members"]], ["urn:a", "urn:b", "urn:c"])
            self.assertEqual([m.get("canceled") for m in changes[2]["members"]], [None, None, True])

    def test_clean_off_leaves_the_input_untouched(self):
        text = "ADVERTISING\n\n  Two\u00a0spaces \U0001f600 and no end\n\n![](a.jpg)"
        self.write("a.txt", text)
        [document] = self.enrich("--clean", "off", "a.txt")
        self.assertEqual(document["bodies"][0]["value"], text)
        self.assertEqual(document["wiredesk"]["furniture"], [])
        region = document["wiredesk"]["text"]["regions"][0]
        self.assertEqual((region["role"], region["start"], region["end"]), ("body", 0, len(text)))

    def test_envelope_offsets_are_the_bodys_with_clean_off(self):
        self.write("a.json", json.dumps({"title": "Head", "text": "Body \u00e9 one.", "id": "x"}))
        [document] = self.enrich("--clean", "off", "a.json")
        roles = [(r["role"], r["start"]) for r in document["wiredesk"]["text"]["regions"]]
        self.assertEqual(roles, [("body", 0), ("headline", 13)])

    def test_no_tokens_leaves_out_their_places_only(self):
        self.write("a.txt", article(1))
        [plain] = self.enrich("a.txt")
        [short] = self.enrich("--no-tokens", "a.txt")
        self.assertGreater(len(plain["wiredesk"]["tokens"].pop("data")), 20)
        self.assertEqual(plain, short)

    def test_pretty_changes_white_space_only(self):
        self.write("a.txt", article(1) + 'A "quoted\\" [bit], {so}: \u2028.\n')
        plain = self.run_tool("enrich", "a.txt").stdout
        pretty = self.run_tool("enrich", "--pretty", "a.txt").stdout
        self.assertEqual(json.loads(pretty), json.loads(plain))
        self.assertGreater(pretty.count(b"\n"), 60)
        # Without the white space between its tokens it is the other, byte for byte.
        out, in_string, escaped = bytearray(), False, False
        for byte in pretty:
            if in_string or byte not in b" \n":
                out.append(byte)
            if in_string and not escaped and byte == 0x5c:
                escaped = True
                continue
            if byte == 0x22 and not escaped:
                in_string = not in_string
            escaped = False
        self.assertEqual(bytes(out) + b"\n", plain)

    def test_profile_ninjs1_is_what_superdesk_reads(self):
        self.write("a.json", json.dumps({
            "id": "urn:x:1", "title": "Head & <b>", "text": "One < two & three.\nFour.",
            "published_at": "2025-02-13T09:30:00.5+01:00", "source": "Example Wire"}))
        [document] = self.enrich("--profile", "ninjs1", "--clean", "off", "a.json")
        self.assertEqual(document["body_html"], "<p>One &lt; two &amp; three.</p><p>Four.</p>")
        self.assertEqual(document["firstcreated"], "2025-02-13T08:30:00Z")
        self.assertEqual(document["source"], "Example Wire")
        self.assertNotIn("wiredesk", document)
        self.assertEqual(document["extra"]["wiredesk"]["sequence"], 1)

    def test_input_format_overrides_the_name(self):
        self.write("a.txt", json.dumps({"text": "Only this."}))
        [as_json] = self.enrich("--input-format", "json", "--clean", "off", "a.txt")
        [as_text] = self.enrich("--input-format", "text", "--clean", "off", "a.txt")
        self.assertEqual(as_json["bodies"][0]["value"], "Only this.")
        self.assertEqual(as_text["bodies"][0]["value"], '{"text": "Only this."}')

    def test_file_names_of_any_bytes_give_valid_json(self):
        name = os.fsencode(str(self.dir)) + b"/odd\xff\"\x1b[31m.txt"
        with open(name, "wb") as out:
            out.write(article(3).encode())
        [document] = self.enrich(self.dir)
        self.assertTrue(document["wiredesk"]["source"]["file"].endswith('/odd\ufffd"\x1b[31m.txt'))


class Rejects(ToolTest):
    def setUp(self):
        super().setUp()
        for name, (content, _) in BAD.items():
            self.write("in/" + name, content)
        self.write("in/good.txt", article(1))

    def test_each_is_named_with_its_code_and_the_rest_is_done(self):
        done = self.run_tool("enrich", "in", code=1)
        lines = done.stderr.decode().splitlines()
        self.assertEqual(len(done.stdout.splitlines()), 1)
        self.assertEqual([line.split(": ")[:4] for line in lines],
                         [["wiredesk", "enrich", "in/" + name, BAD[name][1]]
                          for name in sorted(BAD)])

    def test_rejects_file_gives_the_bytes_back(self):
        self.run_tool("enrich", "--rejects", "r.jsonl", "in", code=1)
        rows = [json.loads(line) for line in (self.dir / "r.jsonl").read_text().splitlines()]
        for row, name in zip(rows, sorted(BAD), strict=True):
            self.assertEqual(row["source"], {"file": "in/" + name, "record": 0})
            self.assertEqual(row["code"], BAD[name][1])
            self.assertEqual(row["stage"], "decode")
            self.assertEqual(base64.b64decode(row["raw"]), BAD[name][0])
            self.assertEqual(row["bytes"], len(BAD[name][0]))
            self.assertTrue(row["message"])

    def test_line_of_a_feed_is_told(self):
        self.write("feed.jsonl", '{"text":"Fine."}\n\n{"text":\n')
        done = self.run_tool("enrich", "feed.jsonl", code=1)
        self.assertIn(b"wiredesk: enrich: feed.jsonl:3: json-syntax: ", done.stderr)

    def test_huge_file_is_refused_without_its_memory(self):
        with open(self.dir / "big.txt", "wb") as out:
            out.write(b"x" * 100)
            out.truncate(100 * 1024 * 1024)
        done = self.run_tool("enrich", "--rejects", "r.jsonl", "big.txt", code=1)
        self.assertIn(b"big.txt: too-large: ", done.stderr)
        row = json.loads((self.dir / "r.jsonl").read_text())
        self.assertEqual((row["bytes"], row["isCut"]), (100 * 1024 * 1024, True))
        peak_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(peak_kib, 200 * 1024)  # of all children so far, under sanitizers

    def test_limit_itself_is_taken_and_one_byte_more_is_not(self):
        limit = 1024 * 1024
        text = ("word " * (limit // 5 + 1)).encode()
        self.write("fits.txt", text[:limit])
        self.write("over.txt", text[:limit + 1])
        done = self.run_tool("enrich", "--no-tokens", "fits.txt", "over.txt", code=1)
        self.assertEqual(len(done.stdout.splitlines()), 1)
        self.assertIn(b"over.txt: too-large: ", done.stderr)
        self.assertNotIn(b"fits.txt", done.stderr)


class State(ToolTest):
    def setUp(self):
        super().setUp()
        self.lines = [json.dumps({"id": "a%d" % n, "text": article(n % 40)}) for n in range(60)]
        self.lines[20] = "{"

    def halves(self, cut):
        self.write("1.jsonl", "\n".join(self.lines[:cut]))
        self.write("2.jsonl", "\n".join(self.lines[cut:]))

    @staticmethod
    def decided(document):
        ours = document["wiredesk"]
        return document["uri"], ours["sequence"], ours["dedup"], ours["story"]

    def test_two_runs_decide_what_one_would(self):
        self.halves(35)
        whole = self.enrich("1.jsonl", "2.jsonl", code=1)
        self.assertEqual({d["wiredesk"]["dedup"]["verdict"] for d in whole}, {"unique", "exact"})
        parts = (self.enrich("--state", "s", "1.jsonl", code=1) +
                 self.enrich("--state", "s", "2.jsonl"))
        self.assertEqual(list(map(self.decided, parts)), list(map(self.decided, whole)))

    def test_a_torn_end_is_cut_off_and_told(self):
        self.halves(10)
        self.run_tool("enrich", "--state", "s", "1.jsonl")
        whole = (self.dir / "s").read_bytes()
        self.write("s", whole[:-10])
        done = self.run_tool("enrich", "--state", "s", "2.jsonl", code=1)
        self.assertIn(b"s: a record was cut off at the end", done.stderr)

    def test_a_damaged_file_is_refused_and_left_alone(self):
        self.halves(10)
        self.run_tool("enrich", "--state", "s", "1.jsonl")
        bad = bytearray((self.dir / "s").read_bytes())
        bad[len(bad) // 2] ^= 1
        self.write("s", bytes(bad))
        done = self.run_tool("enrich", "--state", "s", "2.jsonl", code=2)
        self.assertIn(b"s: not usable as state, at byte", done.stderr)
        self.assertEqual(done.stdout, b"")
        self.assertEqual((self.dir / "s").read_bytes(), bytes(bad))


class Seeds(ToolTest):
    """Whole articles, the project's own and, where they are at hand, real ones."""

    def test_every_document_is_valid_in_every_guise(self):
        folders = [TESTS / "seeds", TESTS.parent.parent / "shared/seeds"]
        for folder in (f for f in folders if f.is_dir()):
            for guise in ([], ["--clean", "off"], ["--profile", "ninjs1"], ["--no-tokens"]):
                with self.subTest(folder=folder.name, guise=guise):
                    documents = self.enrich(*guise, folder)
                    self.assertGreaterEqual(len(documents), 5)

    def test_pieces_lead_back_to_the_raw_text(self):
        for path in sorted((TESTS / "seeds").glob("*.txt")):
            raw = path.read_bytes().decode().removeprefix("\ufeff")
            [document] = self.enrich(path)
            ours = document["wiredesk"]
            parts = document.get("headlines", []) + document["bodies"]
            text = ours["text"]["joiner"].join(part["value"] for part in parts)
            self.assertEqual(ours["raw"]["length"], len(raw))
            rows = ours["raw"]["pieces"]
            for at, origin, size in zip(rows[::3], rows[1::3], rows[2::3]):
                self.assertEqual(text[at:at + size], raw[origin:origin + size])
            for item in ours["furniture"]:
                self.assertEqual(raw[item["start"]:item["end"]], item["text"])


class World(ToolTest):
    def test_file_that_cannot_be_read_is_told_and_the_rest_is_done(self):
        self.write("a.txt", article(1))
        self.write("b.txt", article(2))
        done = self.run_tool("enrich", "a.txt", "/proc/self/mem", "b.txt", code=2)
        self.assertEqual(len(done.stdout.splitlines()), 2)
        self.assertIn(b"wiredesk: enrich: /proc/self/mem: ", done.stderr)

    def test_usage_errors_end_in_2_and_name_the_cure(self):
        self.write("a.txt", article(1))
        for args, word in [(["--colour"], b"--colour"), (["-j", "0", "a.txt"], b"1 to 64"),
                           (["-j", "two", "a.txt"], b"two"), (["--clean", "yes", "a.txt"], b"yes"),
                           (["--profile", "ninjs9", "a.txt"], b"ninjs3"),
                           (["--input-format", "doc", "a.txt"], b"ninjs"),
                           (["nowhere.txt"], b"nowhere.txt"),
                           (["--rejects", "/nowhere/r", "a.txt"], b"/nowhere/r"),
                           (["--rejects", "-", "a.txt"], b"--rejects takes a file"),
                           (["--clusters", "-", "a.txt"], b"--clusters takes a file"),
                           (["--rejects"], b"--rejects")]:
            with self.subTest(args=args):
                done = self.run_tool("enrich", *args, code=2)
                self.assertIn(word, done.stderr)
                self.assertEqual(done.stdout, b"")
                self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_full_disk_is_told(self):
        self.write("a.txt", article(1))
        with open("/dev/full", "wb") as full:
            done = subprocess.run([WIREDESK, "enrich", "a.txt"], stdout=full, cwd=self.dir,
                                  stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"No space left", done.stderr)

    def test_reader_that_leaves_is_not_complained_about(self):
        self.write("feed.jsonl", "".join(json.dumps({"text": article(i)}) + "\n"
                                         for i in range(2000)))
        with subprocess.Popen([WIREDESK, "enrich", "feed.jsonl"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, cwd=self.dir) as child:
            child.stdout.readline()
            child.stdout.close()
            self.assertEqual(child.stderr.read(), b"")
            self.assertEqual(child.wait(), 2)

    def test_reader_that_leaves_while_input_is_awaited_ends_it(self):
        with subprocess.Popen([WIREDESK, "enrich", "-"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            child.stdout.close()
            line = json.dumps({"text": article(1)}).encode() + b"\n"
            child.stdin.write(line)
            child.stdin.flush()
            # The output of the first line fails; the second finds it out at the latest.
            try:
                child.stdin.write(line)
                child.stdin.flush()
            except BrokenPipeError:
                pass
            self.assertEqual(child.wait(timeout=30), 2)
            self.assertEqual(child.stderr.read(), b"")

    def test_help_lists_every_option(self):
        for flag in ("-h", "--help"):
            text = self.run_tool("enrich", flag).stdout.decode()
            for option in ("--input-format", "--clean", "--rejects", "--no-tokens", "--pretty",
                           "--jobs", "--profile", "--data-dir"):
                self.assertIn(option, text)


if __name__ == "__main__":
    unittest.main()
