#!/usr/bin/env python3
"""test_model.py -- wiredesk model train|eval dedup, from outside.
SPDX-License-Identifier: Apache-2.0

A made-up stream in which copies keep the words and the facts, forms keep the words alone,
and others quote: a model of it must tell them apart on articles that it was not trained on."""
import json
import re
import unittest

from tool import ToolTest

TOWNS = ["Arneby", "Belmora", "Castrin", "Dunhollow", "Eskerton", "Farwick", "Gildmar", "Hostrup"]
WORDS = ("harbour tram bridge school council water library market garden choir museum engine orchard "
         "theatre ferry tower hospital railway quarry lantern").split()


def story(n):
    """The body of one report; no two share a sentence."""
    return " ".join("On case %d the %s of the %s %s was moved behind the old %s of %s %d times."
                    % (n * 97 + i, WORDS[(n + i) % 20], WORDS[(n * 3 + i * 7) % 20], WORDS[(n * 7 + i * 3) % 20],
                       WORDS[(n * 11 + i) % 20], TOWNS[(n + i) % 8], n * 13 + i) for i in range(9))


def form(n):
    """The same letter for another town."""
    town, other = TOWNS[n % 8] + "hus%d" % n, TOWNS[n * 3 % 8] + "dal%d" % n
    return ("The office of grants announced today that the fire brigade of %s will receive %d crowns from the "
            "fund for small brigades, which the house voted in the spring. The money is meant for hoses, ladders "
            "and warm coats, said the speaker of %s, and nobody in the town will have to pay for it. The brigade "
            "of %s has %d members and has asked for help %d times before, without any answer at all."
            % (town, 1000 + n * 37, other, town, 20 + n, 3 + n))


def day(n):
    return "2025-%02d-%02d" % (1 + n // 28, 1 + n % 28)


class VerdictModel(ToolTest):
    def setUp(self):
        super().setUp()
        articles, pairs = [], []
        for n in range(40):
            articles.append({"id": "s%d" % n, "title": "Case %d" % n, "text": story(n), "date": day(n), "src": "A"})
            articles.append({"id": "c%d" % n, "title": "Case %d" % n, "text": story(n).rsplit(". ", 2)[0] + ".",
                             "date": day(n), "src": "B"})
            articles.append({"id": "f%d" % n, "title": "Grant", "text": form(n), "date": day(n), "src": "A"})
            quoted = story(n).split(". ")[2:4]
            articles.append({"id": "q%d" % n, "title": "Other case %d" % n, "date": day(n), "src": "B",
                             "text": ". ".join([story(n + 500), *quoted]) + "."})
            pairs.append({"a": "q%d" % n, "b": "s%d" % n, "label": "shared", "weight": 5})
            pairs.append({"a": "c%d" % n, "b": "s%d" % n, "label": "contained", "weight": 2})
            if n % 2:
                pairs.append({"a": "f%d" % n, "b": "f%d" % (n - 1), "label": "template", "weight": 5})
        # Raters who differ decide nothing, whatever the first of them said.
        pairs.append({"a": "s0", "b": "f1", "label": "same", "label2": "different", "weight": 900})
        # A lesson is learned from and in no figure.
        pairs.append({"a": "s2", "b": "s9", "label": "different", "lesson": True})
        self.write("articles.jsonl", "".join(json.dumps(line) + "\n" for line in articles))
        self.write("pairs.jsonl", "".join(json.dumps(line) + "\n" for line in pairs))

    def figures(self, *args):
        out = self.run_tool("model", *args, "dedup", "articles.jsonl:pairs.jsonl").stdout.decode()
        self.assertIn("pairs.jsonl, five-fold:", out)
        return out

    def test_held_out_copies_are_told_from_forms(self):
        out = self.figures("eval").split("weights built in")[0]
        plain, weighted = map(float, re.search(r"same \+ contained \+ update +F1 ([.\d]+), weighted ([.\d]+)", out).groups())
        self.assertGreater(plain, .95)
        self.assertGreater(weighted, .95)
        self.assertRegex(out, r"called repeats: contained (39|40)/40 template [01]/20 shared [01]/40")

    def test_the_same_pairs_give_the_same_weights(self):
        self.figures("train", "-o", "one.h")
        self.figures("train", "-o", "two.h")
        one = (self.dir / "one.h").read_text()
        self.assertEqual(one, (self.dir / "two.h").read_text())
        self.assertRegex(one, r"WD_BIAS\(-?\d+, -?\d+, -?\d+\)")
        self.assertGreater(one.count("WD_WEIGHT("), 10)

    def test_what_cannot_be_learned_from_is_refused(self):
        self.write("same.jsonl", '{"a": "s0", "b": "c0", "label": "same"}\n')
        done = self.run_tool("model", "eval", "dedup", "articles.jsonl:same.jsonl", code=2)
        self.assertIn(b"too few, or all of a kind", done.stderr)
        self.run_tool("model", "eval", "dedup", "articles.jsonl", code=2)
        done = self.run_tool("model", "eval", "dedup", "articles.jsonl:none.jsonl", code=2)
        self.assertIn(b"none.jsonl", done.stderr)
        self.write("torn.jsonl", '{"a": "s0"')
        done = self.run_tool("model", "eval", "dedup", "articles.jsonl:torn.jsonl", code=2)
        self.assertIn(b"line 1 is no object", done.stderr)


if __name__ == "__main__":
    unittest.main()
