"""test_gazetteer.py -- wiredesk gazetteer build, from outside.
SPDX-License-Identifier: Apache-2.0"""
import unittest

from tool import ToolTest

GOOD = "Hill Valley\tplace\turn:x:1\t60\nMarty McFly\tperson\turn:x:2\t80\n"


class Gazetteer(ToolTest):
    def test_tables_become_one_file(self):
        self.write("a.tsv", GOOD)
        self.write("b.tsv", "Hill Valley High\torganisation\n")
        done = self.run_tool("gazetteer", "build", "-o", "gazetteer.wdg", "a.tsv", "b.tsv")
        self.assertIn(b"3 entities", done.stderr)
        self.assertEqual(done.stdout, b"")
        self.assertFalse((self.dir / "gazetteer.wdg.part").exists())

    def test_same_tables_same_bytes(self):
        self.write("a.tsv", GOOD)
        for name in ("one", "two"):
            self.run_tool("gazetteer", "build", "-q", "-o", name, "a.tsv")
        self.assertEqual((self.dir / "one").read_bytes(), (self.dir / "two").read_bytes())

    def test_every_bad_row_is_named_with_file_and_line(self):
        self.write("a.tsv", GOOD + "Nobody\n")
        self.write("b.tsv", "# note\nX Y\tfruit\nOk Name\tperson\nZ\tperson\tQ5\n")
        done = self.run_tool("gazetteer", "build", "-o", "out.wdg", "a.tsv", "b.tsv", code=2)
        lines = done.stderr.decode().splitlines()
        self.assertEqual([line.split(": ")[0] for line in lines[:3]],
                         ["a.tsv:3", "b.tsv:2", "b.tsv:4"])
        self.assertIn("3 bad rows; nothing was written", lines[-1])
        self.assertFalse((self.dir / "out.wdg").exists())

    def test_every_bad_row_of_own_lists_is_named_in_one_run(self):
        self.write("a.tsv", GOOD + "Nobody\n")
        self.write("b.tsv", "X Y\tfruit\nOk Name\tperson\nZ\tperson\tQ5\n")
        self.write("desk.conf", "[tag]\ngazetteers = a.tsv, none.tsv, b.tsv\n")
        self.write("in.txt", "It rained in Hill Valley.\n")
        for args in (("check", "desk.conf"),
                     ("enrich", "--gazetteers", "a.tsv,none.tsv,b.tsv", "in.txt")):
            done = self.run_tool(*args, code=2)
            lines = done.stderr.decode().splitlines()
            self.assertEqual([line.split(": ")[0] for line in lines[:-1]],
                             ["a.tsv:3", "none.tsv", "b.tsv:1", "b.tsv:3"])
            self.assertIn("4 faults in the lists of names", lines[-1])

    def test_an_old_file_survives_a_bad_table(self):
        self.write("out.wdg", "as it was")
        self.write("a.tsv", "Nobody\n")
        self.run_tool("gazetteer", "build", "-o", "out.wdg", "a.tsv", code=2)
        self.assertEqual((self.dir / "out.wdg").read_bytes(), b"as it was")

    def test_what_is_missing_is_said(self):
        self.write("a.tsv", GOOD)
        for args, words in (((), "say what to do"), (("build", "a.tsv"), "-o FILE"),
                            (("build", "-o", "x"), "at least one table"),
                            (("build", "-o", "x", "none.tsv"), "none.tsv: No such file")):
            done = self.run_tool("gazetteer", *args, code=2)
            self.assertIn(words, done.stderr.decode())

    def test_own_names_are_tagged_with_their_ids(self):
        self.write("a.tsv", GOOD)
        self.run_tool("gazetteer", "build", "-q", "-o", "gazetteer.wdg", "a.tsv")
        self.write("in.txt", "Marty McFly came home to Hill Valley on Monday, his aunt said.\n")
        (document,) = self.enrich("--data-dir", ".", "in.txt")
        uris = {entity["name"]: entity.get("uri")
                for kind in ("people", "places") for entity in document[kind]}
        self.assertEqual(uris, {"Marty McFly": "urn:x:2", "Hill Valley": "urn:x:1"})

    def test_a_damaged_gazetteer_is_refused_with_its_cure(self):
        self.write("a.tsv", GOOD)
        self.run_tool("gazetteer", "build", "-q", "-o", "gazetteer.wdg", "a.tsv")
        path = self.dir / "gazetteer.wdg"
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        done = self.run_tool("enrich", "--data-dir", ".", "a.tsv", code=2)
        self.assertIn("wiredesk gazetteer build", done.stderr.decode())


unittest.main()
