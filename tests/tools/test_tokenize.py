#!/usr/bin/env python3
"""test_tokenize.py -- wiredesk tokenize, from outside.
SPDX-License-Identifier: Apache-2.0"""
import json
import unittest

try:
    import spacy
except ImportError:
    spacy = None

from tool import ToolTest

TEXT = ("\u201cWe can\u2019t stay,\u201d Mr. Ode said. The U.S. paid $5m\u2026\n"
        "A tab\there, a \\ and \U0001f469\u200d\U0001f692 \"cannot\" hide.\n")


class Shapes(ToolTest):
    def cut(self, *args, text=TEXT, code=0):
        return self.run_tool("tokenize", *args, stdin=text.encode(), code=code).stdout.decode()

    def test_plain_output_is_a_sentence_a_line(self):
        self.assertEqual(self.cut().split("\n"), [
            "\u201c We ca n\u2019t stay , \u201d Mr. Ode said .",
            "The U.S. paid $ 5 m \u2026",
            "A tab here , a \\ and \U0001f469\u200d\U0001f692 \" can not \" hide .",
            ""])

    def test_json_offsets_find_the_words_again(self):
        tokens = [json.loads(line) for line in self.cut("--json").splitlines()]
        self.assertEqual([t["sentence"] for t in tokens], sorted(t["sentence"] for t in tokens))
        self.assertEqual(tokens[-1]["sentence"], 2)
        rebuilt = ""
        for t in tokens:
            self.assertEqual(TEXT[t["start"]:t["end"]], t["text"])
            self.assertEqual(TEXT[t["end"]:t["end"] + 1].isspace(), t["space"])
            rebuilt += t["text"]
        self.assertEqual(rebuilt, "".join(TEXT.split()))
        clitics = [t["text"] for t in tokens if "clitic" in t["flags"]]
        self.assertEqual(clitics, ["n\u2019t", "not"])

    def test_conllu_gives_the_text_back(self):
        blocks = self.cut("--conllu").strip().split("\n\n")
        self.assertEqual(len(blocks), 3)
        for block in blocks:
            lines = block.split("\n")
            text = [line[9:] for line in lines if line.startswith("# text = ")][0]
            rebuilt, covered, last = "", 0, 0
            for line in lines:
                if line.startswith("#"):
                    continue
                columns = line.split("\t")
                self.assertEqual(len(columns), 10)
                if "-" in columns[0]:
                    first, covered = map(int, columns[0].split("-"))
                    self.assertEqual(first, last + 1)
                else:
                    last += 1
                    self.assertEqual(int(columns[0]), last)
                    if last <= covered:
                        continue
                rebuilt += columns[1] + ("" if columns[9] == "SpaceAfter=No" else " ")
            self.assertEqual(rebuilt.split(), text.split())

    @unittest.skipUnless(spacy, "spaCy is not installed")
    def test_spacy_takes_the_words_and_gives_the_text_back(self):
        from spacy.tokens import Doc
        vocab = spacy.blank("en").vocab
        for line in TEXT.replace("\t", " ").splitlines():
            tokens = [json.loads(row) for row in self.cut("--json", text=line).splitlines()]
            doc = Doc(vocab, words=[t["text"] for t in tokens],
                      spaces=[t["space"] for t in tokens],
                      sent_starts=[i == 0 or t["sentence"] > tokens[i - 1]["sentence"]
                                   for i, t in enumerate(tokens)])
            self.assertEqual(doc.text, line)
            self.assertEqual([token.idx for token in doc], [t["start"] for t in tokens])
            self.assertEqual(len(list(doc.sents)), tokens[-1]["sentence"] + 1)

    @unittest.skipUnless(spacy, "spaCy is not installed")
    def test_spacy_takes_conllu_and_gives_the_text_back(self):
        from spacy.tokens import Doc
        vocab = spacy.blank("en").vocab
        for block in self.cut("--conllu").strip().split("\n\n"):
            text, words, spaces, covered = "", [], [], {}
            for line in block.split("\n"):
                columns = line.split("\t")
                if line.startswith("# text = "):
                    text = line[9:]
                if len(columns) != 10:
                    continue
                has_space = columns[9] != "SpaceAfter=No"
                if "-" in columns[0]:
                    first, last = map(int, columns[0].split("-"))
                    covered.update({i: has_space and i == last for i in range(first, last + 1)})
                    continue
                words.append(columns[1])
                spaces.append(covered.get(int(columns[0]), has_space))
            self.assertEqual(Doc(vocab, words=words, spaces=spaces).text.strip(),
                             text.replace("\t", " "))

    def test_uax29_segments_joined_are_the_text(self):
        segments = [json.loads(line) for line in self.cut("--uax29").splitlines()]
        self.assertEqual("".join(segments), TEXT)
        self.assertIn("can\u2019t", segments)
        self.assertIn("\U0001f469\u200d\U0001f692", segments)

    def test_other_languages_keep_their_words(self):
        self.assertEqual(self.cut("--language", "fr", text="l'\u00e9t\u00e9 n't"), "l'\u00e9t\u00e9 n't\n")

    def test_nothing_in_nothing_out(self):
        for args in ((), ("--json",), ("--conllu",), ("--uax29",)):
            self.assertEqual(self.cut(*args, text=""), "")


class Refusals(ToolTest):
    def test_bytes_that_are_not_utf8_are_named(self):
        done = self.run_tool("tokenize", stdin=b"abc\xff", code=1)
        self.assertIn(b"byte 3", done.stderr)
        self.assertEqual(done.stdout, b"")

    def test_a_missing_file_and_a_second_one_are_usage_errors(self):
        self.assertIn(b"nowhere.txt", self.run_tool("tokenize", "nowhere.txt", code=2).stderr)
        self.assertIn(b"b.txt", self.run_tool("tokenize", "a.txt", "b.txt", code=2).stderr)
        self.run_tool("tokenize", "--no-such-option", code=2)


if __name__ == "__main__":
    unittest.main()
