#!/usr/bin/env python3
"""test_rights.py -- wiredesk doctor for a user with few rights, by TLS and SCRAM.
SPDX-License-Identifier: Apache-2.0

KAFKA names the listener without TLS, whose users may do everything; WD_KAFKA_SECURE is the port of
the other one, WD_KAFKA_DIR the folder of script/kafka. The user "clerk" begins with no right at
all, and gets what the doctor's cures give her, word by word."""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
from tool import TESTS, WIREDESK, ToolTest  # noqa: E402

KAFKA, FOLDER, PORT = (os.environ[name] for name in ("KAFKA", "WD_KAFKA_DIR", "WD_KAFKA_SECURE"))


class Rights(ToolTest):
    def setUp(self):
        super().setUp()
        self.desk = "r%d-%d" % (os.getpid(), time.time_ns())
        self.input, self.output = self.desk + ".raw", self.desk + ".out"
        names = "[input]\ntopics = %s\n[output]\ntopic = %s\n[desk]\ngroup = %s\n[kafka]\n" % (
            self.input, self.output, self.desk)
        self.write("all.conf", names + "bootstrap.servers = %s\n" % KAFKA)
        password = pathlib.Path(FOLDER, "tls/password").read_text().strip()
        self.write("clerk.conf", names + "bootstrap.servers = localhost:%s\n"
                   "security.protocol = sasl_ssl\nsasl.mechanisms = SCRAM-SHA-256\n"
                   "sasl.username = clerk\nsasl.password = %s\nssl.ca.location = %s/tls/ca.pem\n"
                   % (PORT, password, FOLDER)).chmod(0o600)

    def doctor(self, codes):
        done = subprocess.run([WIREDESK, "doctor", "-c", "clerk.conf"], cwd=self.dir,
                              capture_output=True, text=True, timeout=120)
        self.assertIn(done.returncode, codes, done.stdout + done.stderr)
        return done.stdout

    def acls(self, *words):
        """kafka-acls.sh as an administrator calls it."""
        done = subprocess.run([TESTS.parent / "script/kafka", "acls", "--dir", FOLDER, "--", *words],
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def doctor_until(self, is_due):
        """What the doctor says, and each fault with its cure, when is_due(both): a broker obeys a rule a
        moment after kafka-acls.sh has said that it is made."""
        deadline = time.monotonic() + 60
        while True:
            said = self.doctor((0, 2))
            faults = re.findall(r"\nFAULT +(.*)\n +→ (.*)", said)
            if is_due(said, faults):
                return said, faults
            self.assertLess(time.monotonic(), deadline, said)

    def test_each_missing_right_is_named_and_its_cure_cures(self):
        self.run_tool("topics", "create", "-c", "all.conf")
        cured, faults = [], [("", "")]
        while faults:  # who may not see a topic cannot be told what else she lacks
            said, faults = self.doctor_until(
                lambda said, faults: all(cure not in cured for _, cure in faults))
            cures = [cure for _, cure in faults if cure.startswith("kafka-acls.sh ")]
            self.assertTrue(cures or not faults, said)
            for cure in cures:
                self.acls(*shlex.split(cure)[1:])
            cured += cures
            self.assertLess(len(cured), 20)
        self.assertNotIn("FAULT", said)
        sketch, lease = self.output + ".sketch", self.desk + "-lease"
        for operation, resource, name in (
                ("Read", "topic", self.input), ("Write", "topic", self.output),
                ("Write", "topic", self.output + ".dlq"), ("Write", "topic", sketch),
                ("Write", "topic", self.output + ".clusters"),
                ("Read", "topic", sketch), ("Read", "group", self.desk), ("Read", "group", lease)):
            self.assertRegex(said, r"\nok +rights +%s on %s %s\n" % (operation, resource, re.escape(name)))
        self.assertRegex(said, r"\nok +transactions ")

        for operation, resource, name in (("Write", "topic", sketch), ("Read", "group", lease)):
            rule = ("--allow-principal", "User:clerk", "--operation", operation, "--" + resource, name)
            self.acls("--remove", "--force", *rule)
            _, faults = self.doctor_until(lambda said, faults: len(faults) == 1 and name in faults[0][0])
            self.assertRegex(faults[0][0], r"^rights +%s on %s %s: " % (operation, resource, re.escape(name)))
            self.assertEqual(faults[0][1], "kafka-acls.sh --add " + " ".join(rule))
            self.acls("--add", *rule)

        # A rule for the desk's own transactional id is as good as one for all that begin like it.
        prefixed = next(shlex.split(cure)[2:] for cure in cured if "--transactional-id" in cure)
        exact = prefixed[:prefixed.index("--resource-pattern-type")]
        self.acls("--remove", "--force", *prefixed)
        self.acls("--add", *exact)
        own = r"\nok +transactions .*\(as %s\)" % re.escape(exact[-1])
        self.doctor_until(lambda said, faults: not faults and re.search(own, said))

    def test_who_is_not_let_in_hears_why(self):
        text = (self.dir / "clerk.conf").read_text()
        for wrong, want in (
                (re.sub("password = .*", "password = guessed", text), "Authentication failed"),
                (text.replace("localhost", "127.0.0.1"), "is for another host name"),
                (text.replace("tls/ca.pem", "tls/stranger.pem"), "is not from an authority")):
            self.write("clerk.conf", wrong)
            self.assertRegex(self.doctor((2,)), r"\nFAULT +broker +none answers at \S+: .*%s.*\n +→ check" % want)

    def test_nothing_is_written_by_a_try(self):
        self.run_tool("topics", "create", "-c", "all.conf")
        self.assertNotIn("FAULT", self.run_tool("doctor", "-c", "all.conf").stdout.decode())
        for topic in [self.output + end for end in ("", ".dlq", ".clusters", ".sketch")]:
            done = self.run_tool("tail", "-b", KAFKA, "-t", topic, "-X", "isolation.level=read_uncommitted",
                                 "--json", "--from", "beginning")
            self.assertEqual(done.stdout, b"")


if __name__ == "__main__":
    unittest.main()
