"""test_binding.py -- the Python binding says what the program says.
SPDX-License-Identifier: Apache-2.0

WIREDESK names the program, WIREDESK_LIBRARY and WIREDESK_DATA what the binding loads."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "tools/python"
sys.path.insert(0, str(PACKAGE))

try:
    import cffi  # noqa: F401
except ImportError:
    print("python3-cffi is missing (script/bootstrap test); skipped")
    sys.exit(77)

import wiredesk  # noqa: E402
from wiredesk import convert, library  # noqa: E402

try:
    import spacy
except ImportError:
    spacy = None

BODY = ("Poland opened a depot for spare cable in Gdynia on Thursday, four weeks after the last line was "
        "cut.\n\nTransport Minister Aino Kallio of Finland called it “a matter for crews, not courts.” NATO has "
        "offered two ships, Kallio said, and the crews will sleep on board until the ice has gone from the "
        "harbour, which fishermen expect in the second half of March. The depot holds forty kilometres of "
        "cable and two joints for each depth, and a crew can load it within six hours.")
ENVELOPE = {"id": "NW-1", "version": "1", "title": "Gdynia opens depot", "text": BODY}


def declarations(source):
    """Types and functions of C text, each as one line of words."""
    source = re.sub(r"/\*.*?\*/", " ", source, flags=re.S)
    source = re.sub(r"^#(?:.*\\\n)*.*$", " ", source, flags=re.M)
    source = re.sub(r"\b(?:WD_API|WD_MUST_CHECK)\b", " ", source)
    found = re.findall(r"\b(?:struct|enum) \w+\s*\{[^}]*\}|[^;{}#]*\bwd_\w+\([^;{}]*\)(?=;)", source)
    return {" ".join(re.sub(r",(\s*\})", r"\1", text).split()) for text in found}


class Binding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = wiredesk.Desk()

    def test_declarations_are_those_of_the_headers(self):
        headers = declarations("".join(path.read_text() for path in
                                       (ROOT / "include/wiredesk").glob("*.h")))
        ours = declarations(library.DECLARATIONS)
        self.assertGreater(len(ours), 25)
        self.assertEqual(ours - headers, set(), "tools/python/wiredesk/library.py is out of date")

    def test_versions_agree(self):
        said = subprocess.run([os.environ["WIREDESK"], "--version"], capture_output=True, text=True)
        self.assertEqual(said.stdout.split(), ["wiredesk", wiredesk.version()])
        self.assertIn('version = "%s"' % wiredesk.version(), (PACKAGE / "pyproject.toml").read_text())

    def test_it_says_what_the_program_says(self):
        articles = [ENVELOPE, dict(ENVELOPE, id="NW-2", title="The same again")]
        lines = "\n".join(json.dumps(article) for article in articles)
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            file.write(lines)
            file.flush()
            done = subprocess.run([os.environ["WIREDESK"], "enrich", "--data-dir",
                                   os.environ["WIREDESK_DATA"], file.name], capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        desk = wiredesk.Desk()
        for line, article in zip(done.stdout.splitlines(), articles):
            theirs, ours = json.loads(line), desk.enrich(json.dumps(article).encode())
            del theirs["wiredesk"]["source"], ours["wiredesk"]["source"]
            self.assertEqual(ours, theirs)

    def test_offsets_slice_the_text(self):
        article = self.desk.enrich(BODY)
        whole = wiredesk.text(article)
        mentions = article["wiredesk"]["mentions"]
        self.assertIn("Gdynia", {mention["exact"] for mention in mentions})
        for mention in mentions:
            self.assertEqual(whole[mention["start"]:mention["end"]], mention["exact"])

    def test_both_profiles_have_a_text(self):
        for profile in ("ninjs3", "ninjs1"):
            article = wiredesk.Desk(profile=profile).enrich(ENVELOPE)
            self.assertTrue(wiredesk.text(article).startswith("Gdynia opens depot\n\nPoland opened"))

    def test_own_lists_of_names_are_taken(self):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
            file.write("Kallio\tperson\thttps://people.example/kallio\t90\n")
            file.flush()
            article = wiredesk.Desk(gazetteers=[file.name]).enrich(BODY)
        self.assertIn("https://people.example/kallio",
                      {entity.get("uri") for entity in article["wiredesk"]["entities"]})

    def test_a_desk_remembers(self):
        desk = wiredesk.Desk(tokens=False)
        verdicts = [desk.enrich(dict(ENVELOPE, id=name))["wiredesk"]["dedup"]["verdict"]
                    for name in ("a", "b")]
        self.assertEqual(verdicts, ["unique", "exact"])

    def test_a_bad_record_is_refused_and_the_desk_goes_on(self):
        desk = wiredesk.Desk()
        for value, code in (("", "empty"), (b'{"title": ', "json-syntax"), ({"id": "x"}, "no-text")):
            with self.assertRaises(wiredesk.Rejected) as caught:
                desk.enrich(value, "application/json" if isinstance(value, bytes) else None)
            self.assertEqual(caught.exception.code, code)
        self.assertEqual(desk.enrich(BODY)["wiredesk"]["sequence"], 4)

    def test_what_cannot_be_sent_is_refused_before_the_desk_sees_it(self):
        desk = wiredesk.Desk()
        for value in ("half a pair: \ud83d", {"id": "x", "text": "half a pair: \ud83d"}):
            with self.assertRaisesRegex(wiredesk.Rejected, "^invalid-utf8: half of a surrogate pair"):
                desk.enrich(value)
        for value in (None, 7, ["a", "list"]):
            with self.assertRaisesRegex(TypeError, "^an article is str, dict or bytes, not "):
                desk.enrich(value)
        self.assertEqual(desk.enrich(BODY)["wiredesk"]["sequence"], 1)

    def test_a_wrong_setting_is_named(self):
        for options in ({"profile": "ninjs9"}, {"input_format": "morse"}, {"data_dir": "/nowhere"},
                        {"gazetteers": ["/nowhere.tsv"]}, {"window": 0}, {"window": -1}):
            with self.assertRaises(wiredesk.ConfigError) as caught:
                wiredesk.Desk(**options)
            self.assertRegex(str(caught.exception), r"^[a-z-]+: .*\w")

    def test_threads_take_turns(self):
        desk, seen = wiredesk.Desk(tokens=False), []
        threads = [threading.Thread(target=lambda: seen.append(
            desk.enrich(BODY)["wiredesk"]["sequence"])) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(seen), list(range(1, 9)))

    def test_displacy_gets_what_it_draws(self):
        article = self.desk.enrich(BODY)
        drawn = wiredesk.to_displacy(article)
        self.assertEqual(drawn["text"], wiredesk.text(article))
        named = {drawn["text"][ent["start"]:ent["end"]]: ent for ent in drawn["ents"]}
        self.assertEqual(named["Finland"]["label"], "GPE")
        self.assertRegex(named["Finland"]["kb_url"], "^https://")

    def test_words_and_white_space_make_the_text_again(self):
        whole = wiredesk.text(self.desk.enrich(ENVELOPE))
        data = self.desk.enrich(ENVELOPE)["wiredesk"]["tokens"]["data"]
        words, spaces = convert._words(whole, data)
        self.assertEqual("".join(word + " " * space for word, space in zip(words, spaces)), whole)
        self.assertGreater(len(words), 50)

    @unittest.skipUnless(spacy, "spaCy is missing")
    def test_spacy_gets_words_sentences_and_entities(self):
        article = self.desk.enrich(ENVELOPE)
        doc = wiredesk.to_spacy(article)
        self.assertEqual(doc.text, wiredesk.text(article))
        self.assertEqual([[sent.start_char, sent.text.rstrip()] for sent in doc.sents],
                         [[start, doc.text[start:end]] for start, end in article["wiredesk"]["sentences"]])
        self.assertIn(("Aino Kallio", "PERSON"), {(ent.text, ent.label_) for ent in doc.ents})

    def test_types_are_told_and_hold(self):
        done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports",
                               "--cache-dir", os.devnull, PACKAGE / "wiredesk"],
                              capture_output=True, text=True)
        if "No module named mypy" in done.stderr:
            self.skipTest("mypy is missing")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_wheel_is_built_and_pip_installs_it(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "source"
            subprocess.run(["cp", "-r", PACKAGE, source], check=True)
            pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
            done = subprocess.run([*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation",
                                   "--wheel-dir", folder, source], capture_output=True, text=True)
            if "No module named" in done.stderr or "bdist_wheel" in done.stderr:
                self.skipTest("pip, setuptools or wheel is missing")
            self.assertEqual(done.returncode, 0, done.stderr)
            wheel = pathlib.Path(folder) / ("wiredesk-%s-py3-none-any.whl" % wiredesk.version())
            with zipfile.ZipFile(wheel) as archive:
                self.assertIn("wiredesk/py.typed", archive.namelist())
            subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", folder + "/site", wheel],
                           check=True)
            said = subprocess.run([sys.executable, "-c", "import wiredesk; print(wiredesk.version())"],
                                  env={**os.environ, "PYTHONPATH": folder + "/site"}, cwd=folder,
                                  capture_output=True, text=True)
            self.assertEqual(said.stdout.strip(), wiredesk.version(), said.stderr)


if __name__ == "__main__":
    unittest.main()
