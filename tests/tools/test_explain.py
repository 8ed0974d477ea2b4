#!/usr/bin/env python3
"""test_explain.py -- wiredesk explain, from outside.
SPDX-License-Identifier: Apache-2.0"""
import json
import unittest

from tool import ToolTest, article

LEAD = ("The harbour board of Vellmar voted on Tuesday to close the old ferry pier after inspectors "
        "found rot in nine of its forty timber piles. ")
MIDDLE = ("Chairwoman Ilse Brandt said that repairs would cost 2.4 million euros and that the town "
          "could not raise such a sum before the summer season begins. ")
END = ("Boat owners, who gathered outside the hall with banners, called the decision hasty and "
       "asked for a second survey by divers from the coast guard. ")


class Explain(ToolTest):
    def explain(self, a, b, *args):
        self.write("a.txt", a)
        self.write("b.txt", b)
        return json.loads(self.run_tool("explain", "--json", *args, "a.txt", "b.txt").stdout)

    def check_places(self, got):
        self.write("one.jsonl", "".join(json.dumps({"text": (self.dir / name).read_text()}) + "\n"
                                        for name in ("a.txt", "b.txt")))
        bodies = [self.enrich(name)[0] for name in ("a.txt", "b.txt")]
        for side, document in zip("ab", bodies):
            regions = document["wiredesk"]["text"]["regions"]
            heads = [h["value"] for h in document.get("headlines", [])]
            text = "\n\n".join(heads + [b["value"] for b in document["bodies"]])
            self.assertEqual(len(text), regions[-1]["end"])
            for passage in got["passages"]:
                place = passage[side]
                self.assertEqual(text[place["start"]:place["end"]], place["text"])

    def test_same_text_is_one_passage(self):
        text = LEAD + "\u201cWe\u2019re sad,\u201d she said. " + MIDDLE + END
        got = self.explain(text, text)
        self.assertEqual(got["verdict"], "exact")
        self.assertEqual((got["shareOfA"], got["shareOfB"]), (1, 1))
        self.assertEqual(len(got["passages"]), 1)
        self.assertEqual(got["a"]["only"], {"names": [], "figures": []})
        self.check_places(got)

    def test_moved_and_changed_passages_are_told(self):
        got = self.explain(LEAD + MIDDLE + END, "\U0001f600 News. " + END + LEAD)
        self.assertEqual(len(got["passages"]), 2)
        starts = [p["a"]["start"] for p in got["passages"]]
        self.assertGreater(starts[0], starts[1])  # in the order of b
        self.assertEqual(got["wordsShared"], sum(p["words"] for p in got["passages"]))
        self.assertGreater(got["shareOfB"], 0.9)
        self.assertLess(got["shareOfA"], 0.8)
        self.check_places(got)

    def test_figures_that_differ_are_listed(self):
        got = self.explain(LEAD + MIDDLE + END, (LEAD + MIDDLE + END).replace("2.4", "3.9"))
        self.assertEqual(got["a"]["only"]["figures"], ["2.4"])
        self.assertEqual(got["b"]["only"]["figures"], ["3.9"])

    def test_a_near_miss_says_what_it_is_and_what_speaks_against(self):
        form = ("The council of %s said on Monday that %s would receive %s euros for the repair of its main bridge, "
                "which had been closed to lorries since an inspection found cracks in %s of its beams. Work is to "
                "begin in %s and to last %s weeks, the council said, and traffic will be led over the old bridge "
                "near %s meanwhile.")
        filled = [form % facts for facts in (("Aldermoor", "Kettering", "410000", "12", "April", "9", "Westgate"),
                                             ("Brackwater", "Lindholm", "1250000", "31", "June", "22", "Saltmarsh"))]
        for name, text, day in (("a.json", filled[0], 3), ("b.json", filled[1], 5)):
            self.write(name, json.dumps({"text": text, "published_at": "2025-02-%02dT10:00:00Z" % day}))
        got = json.loads(self.run_tool("explain", "--json", "a.json", "b.json").stdout)
        self.assertEqual((got["verdict"], got["nearMiss"]["kind"], got["hours"]), ("unique", "template", 48))
        self.assertTrue(50 <= got["confidence"] <= 100 and 50 <= got["nearMiss"]["confidence"] <= 100)
        self.assertGreater(got["resemblance"], 0.1)  # of the near miss, since there is no verdict
        self.assertIn("Lindholm", got["b"]["only"]["names"])
        shown = self.run_tool("explain", "a.json", "b.json", env={"COLUMNS": "160"}).stdout.decode()
        self.assertRegex(shown, r"near miss +template: .*\(%d %% sure\)" % got["nearMiss"]["confidence"])
        self.assertRegex(shown, r"verdict +unique: .*\(%d %% sure\)" % got["confidence"])
        self.assertIn("48 hours", shown)

    def test_strangers_share_nothing(self):
        got = self.explain(LEAD + MIDDLE, article(5))
        self.assertEqual((got["verdict"], got["passages"], got["wordsShared"]), ("unique", [], 0))

    def test_text_shows_both_sides(self):
        self.write("a.txt", LEAD + MIDDLE + END)
        self.write("b.txt", LEAD + END)
        wide = self.run_tool("explain", "a.txt", "b.txt", env={"COLUMNS": "120"}).stdout.decode()
        self.assertIn("verdict", wide)
        self.assertRegex(wide, r"The harbour board of Vellmar.*\u2502 The harbour board of Vellmar")
        narrow = self.run_tool("explain", "a.txt", "b.txt", env={"COLUMNS": "60"}).stdout.decode()
        self.assertNotIn("\u2502", narrow)
        for line in wide.splitlines():
            self.assertLessEqual(len(line), 120)
        for line in narrow.splitlines():
            self.assertLessEqual(len(line), 60)

    def test_control_characters_do_not_reach_the_screen(self):
        text = "\x1b[31mRed\u202e alert \u009b2J " + LEAD
        self.write("a.json", json.dumps({"text": text}))
        out = self.run_tool("explain", "a.json", "a.json").stdout.decode()
        for c in "\x1b\u009b\u202e":
            self.assertNotIn(c, out)

    def test_refused_article_ends_in_1_and_is_named(self):
        self.write("a.txt", LEAD)
        self.write("b.txt", b"\xff")
        done = self.run_tool("explain", "a.txt", "b.txt", code=1)
        self.assertIn(b"b.txt: invalid-utf8: ", done.stderr)

    def test_usage_errors_end_in_2(self):
        self.write("a.txt", LEAD)
        for args in (["a.txt"], ["a.txt", "a.txt", "a.txt"], ["a.txt", "none.txt"],
                     ["--what", "a.txt", "a.txt"]):
            self.run_tool("explain", *args, code=2)


if __name__ == "__main__":
    unittest.main()
