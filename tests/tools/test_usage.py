#!/usr/bin/env python3
"""test_usage.py -- whatever is asked wrongly is answered by one sentence with the cure, at once.
SPDX-License-Identifier: Apache-2.0

Of every command: -h, --help, a flag that there is not, a flag without its argument. Then a table of
what goes wrong in the world: files, settings. What waits for brokers is in test_away.py."""
import pathlib
import re
import subprocess
import unittest

from tool import WIREDESK, ToolTest

WIREDESKD = str(pathlib.Path(WIREDESK).parent / "wiredeskd")
AWAY = "127.0.0.1:1"  # nobody listens there

# A command that would wait for its input or for a broker says what is wrong with its flags first.
MISTAKES = [
    # arguments of wiredesk, what its one line on stderr says
    (["enrich", "none.txt"], r"none\.txt: No such file or directory"),
    (["enrich", "--input-format", "morse", "a.txt"], r"there is no format morse; try auto, "),
    (["enrich", "--profile", "ninjs9", "a.txt"], r"there is no profile ninjs9; try ninjs3 or ninjs1"),
    (["enrich", "--data-dir", "none", "a.txt"], r"none/gazetteer\.wdg: "),
    (["enrich", "--gazetteers", "none.tsv", "a.txt"], r"none\.tsv: "),
    (["enrich", "--rejects", "none/r.jsonl", "a.txt"], r"none/r\.jsonl: No such file or directory"),
    (["enrich", "--state", "none/state", "a.txt"], r"none/state: No such file or directory"),
    (["enrich", "--state", "a.txt", "a.txt"], r"a\.txt: not usable as state, .*: it is not a state file"),
    (["show", "none.txt"], r"none\.txt: No such file or directory"),
    (["show", "--color", "sometimes", "a.txt"], r"--color .*sometimes"),
    (["explain", "a.txt"], r"two articles"),
    (["explain", "a.txt", "none.txt"], r"none\.txt: No such file or directory"),
    (["tokenize", "none.txt"], r"none\.txt: No such file or directory"),
    (["stories", "none.jsonl"], r"none\.jsonl: No such file or directory"),
    (["demo"], r"name a file or a folder"),
    (["demo", "none"], r"none: No such file or directory"),
    (["demo", "-X", "nonsense=1", "a.txt"], r"nonsense"),
    (["replay"], r"name a file or a folder"),
    (["replay", "-b", AWAY, "none.txt"], r"none\.txt: No such file or directory"),
    (["replay", "--rate", "fast", "a.txt"], r"--rate .*fast"),
    (["tail", "-n", "many"], r"-n takes a number up to \d+, not many"),
    (["tail", "--from", "yesterday"], r"--from takes beginning or end, not yesterday"),
    (["tail", "--where", "verdict"], r"--where verdict: "),
    (["tail", "news"], r"name a topic with --topic"),
    (["dlq"], r"say ls, show or requeue"),
    (["dlq", "burn"], r"say ls, show or requeue"),
    (["dlq", "show", "first"], r"first is no PARTITION:OFFSET, as 0:17"),
    (["dlq", "requeue"], r"say which: PARTITION:OFFSET, --where, or --all"),
    (["top", "-a", "nowhere"], r"nowhere"),
    (["top", "-a", AWAY, "--once"], r"is http\.listen set"),
    (["gazetteer"], r"wiredesk gazetteer build -o FILE TSV"),
    (["gazetteer", "build", "a.txt"], r"-o FILE"),
    (["gazetteer", "build", "-o", "out.wdg", "none.tsv"], r"none\.tsv: No such file or directory"),
    (["gazetteer", "build", "-o", "none/out.wdg", "one.tsv"], r"none/out\.wdg: No such file or directory"),
    (["model"], r"say "),
    (["topics"], r"say create or check"),
    (["topics", "burn"], r"say create or check"),
    (["doctor", "all"], r"it takes no all; name a configuration with -c"),
    (["check", "none.conf"], r"none\.conf: .*No such file or directory"),
    (["check", "a.conf", "b.conf"], r"one configuration file at a time"),
    (["completion", "tcsh"], r"say bash, zsh or fish"),
    (["enrch"], r"there is no command enrch; wiredesk help lists them"),
]

DAEMON_MISTAKES = [
    (["--frobnicate"], r"^wiredeskd: there is no option --frobnicate; try wiredeskd -h$"),
    (["-Z"], r"^wiredeskd: there is no option -Z; try wiredeskd -h$"),
    (["-c"], r"^wiredeskd: an argument is missing after -c; try wiredeskd -h$"),
    (["--set"], r"^wiredeskd: an argument is missing after --set; try wiredeskd -h$"),
    (["-c", "none.conf"], r"none\.conf: .*No such file or directory"),
    (["-c", ".", "--check"], r"\.: "),
    (["stray"], r"it takes no stray; settings come with -c or --set"),
    (["--topics", "burn"], r"--topics takes create or check, not burn"),
    (["--config-reference=pdf"], r"takes markdown, man or sample"),
    (["--set", "desk.worker=2", "--check"], r"desk\.worker.*is desk\.workers meant"),
    (["--set", "desk.workers", "--check"], r"desk\.workers: is not section\.key=value"),
    (["--set", "desk.workers=many", "--check"], r"desk\.workers"),
    (["--data-dir", "none", "--check"], r"none/gazetteer\.wdg: "),
]


class Usage(ToolTest):
    def setUp(self):
        super().setUp()
        self.write("a.txt", "A short text.\n")
        self.write("one.tsv", "Aino Kallio\tperson\n")

    def commands(self):
        return re.findall(r"^  ([a-z]+) ", self.run_tool("help").stdout.decode(), re.M)

    def fails(self, program, args, want):
        """One line on stderr that says `want`, nothing on stdout, status 2."""
        done = subprocess.run([program, *args], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, cwd=self.dir, timeout=300)
        with self.subTest(args=args):
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            # The program, or the place of a fault in the settings.
            self.assertRegex(done.stderr, r"^(wiredeskd?|--set|\S*conf|\.): ")
            self.assertRegex(done.stderr, want)

    def test_help_is_there_and_the_long_one_says_no_less(self):
        for name in self.commands():
            short, long = (self.run_tool(name, flag) for flag in ("-h", "--help"))
            self.assertTrue(short.stdout.startswith(b"usage: wiredesk %s" % name.encode()), name)
            self.assertEqual(short.stderr + long.stderr, b"")
            self.assertLessEqual(set(short.stdout.splitlines()), set(long.stdout.splitlines()), name)
            self.assertLessEqual(max(len(line.decode()) for line in long.stdout.splitlines()[1:]), 90, name)
        for flag in ("-h", "--help"):
            said = subprocess.run([WIREDESKD, flag], capture_output=True, text=True)
            self.assertEqual((said.returncode, said.stderr), (0, ""))

    def test_a_flag_that_there_is_not_is_named(self):
        for name in self.commands():
            for words in (["--frobnicate"], ["a.txt", "-Z"]):
                self.fails(WIREDESK, [name, *words], "^wiredesk: %s: there is no option %s; "
                           "try wiredesk %s -h$" % (name, words[-1], name))

    def test_a_flag_without_its_argument_is_named(self):
        for name in self.commands():
            said = self.run_tool(name, "-h").stdout.decode()
            for flag in re.findall(r"(--[a-z-]+) [A-Z]", said)[-1:]:
                self.fails(WIREDESK, [name, flag],
                           "^wiredesk: %s: an argument is missing after %s; try" % (name, flag))

    def test_mistakes_are_told_in_one_sentence(self):
        for args, want in MISTAKES:
            self.fails(WIREDESK, args, want)

    def test_mistakes_with_the_daemon_are_told_in_one_sentence(self):
        for args, want in DAEMON_MISTAKES:
            self.fails(WIREDESKD, args, want)


if __name__ == "__main__":
    unittest.main()
