#!/usr/bin/env python3
"""test_away.py -- what needs a broker says that none answers, and where it looked.
SPDX-License-Identifier: Apache-2.0

All at once: each waits for an answer that does not come."""
import subprocess
import unittest

from tool import WIREDESK, ToolTest

AWAY = "127.0.0.1:1"  # nobody listens there

COMMANDS = [
    ["replay", "-b", AWAY, "a.txt"],
    ["tail", "-b", AWAY],
    ["dlq", "ls", "-b", AWAY],
    ["dlq", "requeue", "--all", "-b", AWAY],
    ["demo", "-b", AWAY, "a.txt"],
    ["topics", "create", "-c", "away.conf"],
    ["topics", "check", "-c", "away.conf"],
]


class Away(ToolTest):
    def test_without_a_broker_each_command_says_so(self):
        self.write("a.txt", "A short text.\n")
        self.write("away.conf", "[kafka]\nbootstrap.servers = %s\n" % AWAY)
        waiting = [(args, subprocess.Popen([WIREDESK, *args], cwd=self.dir, text=True,
                                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE))
                   for args in COMMANDS]
        for args, child in waiting:
            said = child.communicate(timeout=300)[1]
            with self.subTest(args=args):
                self.assertEqual(child.returncode, 2)
                self.assertRegex(said, r"(?i)no broker answers at %s|is kafka\.bootstrap\.servers right" % AWAY)


if __name__ == "__main__":
    unittest.main()
