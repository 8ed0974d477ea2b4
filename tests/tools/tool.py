"""tool.py -- what the tests of wiredesk(1) share.
SPDX-License-Identifier: Apache-2.0"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))
import validate  # noqa: E402

WIREDESK = os.environ["WIREDESK"]  # the program under test
SHARED = TESTS.parent.parent / "shared/schema"


def schema(name):
    path = SHARED / name
    return path if path.exists() else None


CHECKER = validate.Checker(ninjs=schema("ninjs-schema_3.1.json"),
                           ninjs1=schema("ninjs-schema_1.6.json"))


class ToolTest(unittest.TestCase):
    """Each test has a folder of its own, self.dir, in which the program runs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="wiredesk-test.")
        self.addCleanup(folder.cleanup)
        self.dir = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_tool(self, *args, code=0, stdin=b"", env=None):
        """The finished process; its exit code must be `code`; None: 0 or 1."""
        done = subprocess.run([WIREDESK, *map(str, args)], input=stdin, capture_output=True,
                              cwd=self.dir, timeout=300, env={**os.environ, **(env or {})})
        self.assertIn(done.returncode, (0, 1) if code is None else (code,),
                      done.stderr.decode(errors="replace"))
        self.assertNotIn(b"Sanitizer", done.stderr)
        return done

    def enrich(self, *args, code=0, stdin=b""):
        """The documents of one run, each held against the schemas."""
        done = self.run_tool("enrich", *args, code=code, stdin=stdin)
        documents = [json.loads(line, object_pairs_hook=validate.no_duplicate_keys)
                     for line in done.stdout.splitlines()]
        for document in documents:
            self.assertEqual(CHECKER.faults(document), [])
        return documents


def article(n, words=40):
    """A made-up report; no two are alike, and the words of each are many enough."""
    places = ["Lisbon", "Oslo", "Graz", "Turin", "Cork", "Basel", "Gdansk", "Porto"]
    acts = ["opened a bridge", "closed its harbour", "counted its votes", "hired ten nurses",
            "sold an old tram", "painted the town hall", "planted limes", "moved a statue"]
    body = " ".join("On day %d of case %d the city of %s %s." %
                    (i * 7 + n, n * 31 + i, places[(n * 5 + i * 3) % 8], acts[(n + i * i) % 8])
                    for i in range(words // 12 + 1))
    return "Report %d from %s\n\n%s\n" % (n, places[n % 8], body)
