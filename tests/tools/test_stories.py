#!/usr/bin/env python3
"""test_stories.py -- wiredesk stories, from outside.
SPDX-License-Identifier: Apache-2.0"""
import json
import unittest

from tool import ToolTest


def enriched(uri, story, headline, date, names):
    return json.dumps({
        "uri": uri, "versionCreated": date,
        "headlines": [{"contentType": "text/plain", "value": headline}],
        "wiredesk": {"story": {"id": story, "size": 1},
                     "entities": [{"label": "person", "name": name} for name in names]},
    }) + "\n"


LINES = (enriched("urn:a", "s01", "Ferry pier closes", "2025-03-02T10:00:00Z", ["Ilse Brandt", "Vellmar"])
         + enriched("urn:b", "s02", "Bus strike goes on", "2025-03-02T11:00:00Z", ["Tolsund"])
         + enriched("urn:c", "s01", "Divers look at the pier", "2025-03-01T09:00:00Z", ["Vellmar"])
         + enriched("urn:a", "s01", "Ferry pier closes at once", "2025-03-09T10:00:00Z", ["Vellmar"])
         + enriched("urn:d", "s02", "Talks fail", "2025-03-04T11:00:00Z", ["Tolsund"])
         + enriched("urn:e", "s03", "Quiet day", "2025-03-04T11:00:00Z", []))


class Stories(ToolTest):
    def list(self, *args):
        self.write("articles.jsonl", LINES)
        lines = self.run_tool("stories", "--json", *args, "articles.jsonl").stdout.splitlines()
        return [json.loads(line) for line in lines]

    def test_a_story_is_what_its_articles_say(self):
        first, second = self.list()
        self.assertEqual(second["story"], "s01")
        self.assertEqual(second["size"], 2)  # the newer version is no third article
        self.assertEqual(second["headline"], "Ferry pier closes")
        self.assertEqual(second["firstSeen"], "2025-03-01T09:00:00Z")
        self.assertEqual(second["lastSeen"], "2025-03-02T10:00:00Z")
        self.assertEqual(second["entities"], [{"name": "Vellmar", "articles": 2},
                                              {"name": "Ilse Brandt", "articles": 1}])
        self.assertEqual(first["story"], "s02")  # as large, and heard of later

    def test_mergers_and_revisions_are_taken_up(self):
        def change(**members):
            return json.dumps(members) + "\n"

        clustered = enriched("urn:f", "s04", "The reprint came first", "2025-03-05T11:00:00Z", ["Vellmar"]).replace(
            '"story":', '"dedup": {"cluster": "c04"}, "story":')
        self.write("all.jsonl", change(story="s02", revision=9, mergedInto="s01") + LINES + clustered
                   + enriched("urn:g", "s04", "The original", "2025-03-05T10:00:00Z", [])
                   + change(story="s03", revision=10, mergedInto="s02")
                   + change(cluster="c04", revision=11, canonical="urn:g", members=[])
                   + change(cluster="c09", revision=12, members=[]))
        lines = self.run_tool("stories", "--json", "all.jsonl").stdout.splitlines()
        first, second = [json.loads(line) for line in lines]
        self.assertEqual((first["story"], first["size"]), ("s01", 5))  # s03 is of s02, and that of s01
        self.assertEqual(first["lastSeen"], "2025-03-04T11:00:00Z")
        self.assertIn({"name": "Tolsund", "articles": 2}, first["entities"])
        self.assertEqual((second["headline"], second["uri"]), ("The original", "urn:g"))

    def test_small_ones_are_left_out_or_not(self):
        self.assertEqual(len(self.list("--min", "1")), 3)
        self.assertEqual(len(self.list("--min", "3")), 0)
        self.assertEqual(len(self.list("--min", "1", "--top", "1")), 1)
        self.assertEqual(len(self.list("--min", "1", "--top", "0")), 3)

    def test_what_has_ended_is_left_out(self):
        self.assertEqual([story["story"] for story in self.list("--since", "2025-03-03")], ["s02"])
        self.assertEqual([story["story"] for story in self.list("--since", "2025-03-04", "--min", "1")], ["s02", "s03"])
        self.assertEqual(self.list("--since", "2025-03-05"), [])
        self.run_tool("stories", "--since", "yesterday", "articles.jsonl", code=2)

    def test_people_get_lines(self):
        self.write("articles.jsonl", LINES)
        done = self.run_tool("stories", "articles.jsonl")
        self.assertIn(b"2  Ferry pier closes\n", done.stdout)
        self.assertIn(b"s01  2025-03-01 to 2025-03-02", done.stdout)
        self.assertIn(b"2 of 2 stories", done.stderr)

    def test_what_enrich_writes_is_read(self):
        self.write("one.txt", "The harbour board of Vellmar voted on Tuesday to close the ferry pier.\n")
        out = self.run_tool("enrich", "one.txt").stdout
        self.write("out.jsonl", out)
        story, = map(json.loads, self.run_tool("stories", "--json", "--min", "1",
                                               "out.jsonl").stdout.splitlines())
        self.assertEqual(story["story"], json.loads(out)["wiredesk"]["story"]["id"])
        self.assertNotIn("firstSeen", story)

    def test_other_lines_are_told(self):
        self.write("other.jsonl", '{"uri": "urn:x"}\n' + LINES)
        done = self.run_tool("stories", "other.jsonl", code=1)
        self.assertIn(b"1 lines are no enriched articles", done.stderr)
        self.run_tool("stories", "--min", "x", "other.jsonl", code=2)


if __name__ == "__main__":
    unittest.main()
