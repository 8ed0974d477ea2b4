"""test_manual.py -- the manual and the completions say what the tables of the commands say.
SPDX-License-Identifier: Apache-2.0"""
import pathlib
import re
import shutil
import subprocess
import unittest

from tool import TESTS, WIREDESK, ToolTest

SHELLS = ("bash", "zsh", "fish")


def commands(usage):
    return re.findall(r"^  ([a-z]+) ", usage, re.M)


def options(usage):
    """The long options that a usage names, without --help."""
    return re.findall(r"^ +(?:-\w, )?--(?!help)([a-z0-9-]+)", usage, re.M)


class Manual(ToolTest):
    def usage(self, *args):
        return self.run_tool(*args).stdout.decode()

    def completion(self, shell):
        return self.write("completion." + shell, self.run_tool("completion", shell).stdout)

    def ask(self, shell, script):
        if not shutil.which(shell):
            self.skipTest("there is no %s here" % shell)
        done = subprocess.run([shell, "-c", script], capture_output=True, text=True,
                              cwd=self.dir, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def complete_in_bash(self, *words):
        self.completion("bash")
        return self.ask("bash", "source ./completion.bash; COMP_WORDS=(%s); COMP_CWORD=%d;"
                        "_wiredesk; echo ${COMPREPLY[@]}"
                        % (" ".join("'%s'" % word for word in words), len(words) - 1)).split()

    def test_every_command_and_option_is_in_the_manual_and_the_completions(self):
        texts = {shell: self.completion(shell).read_text() for shell in SHELLS}
        texts["manual"] = self.usage("manual").replace("\\-", "-")
        names = commands(self.usage("help"))
        self.assertIn("enrich", names)
        for name in names:
            flags = options(self.usage(name, "-h"))
            for where, text in texts.items():
                self.assertIn(name, text, where)
                for flag in flags:
                    want = "-l %s" % flag if where == "fish" else "--%s" % flag
                    self.assertIn(want, text, "%s: %s" % (where, name))

    def test_manual_pages_have_no_fault(self):
        if not shutil.which("mandoc"):
            self.skipTest("there is no mandoc here")
        self.write("wiredesk.1", self.run_tool("manual").stdout)
        pages = [self.dir / "wiredesk.1", *(TESTS.parent / "docs/man").glob("*.[58]")]
        self.assertEqual(len(pages), 3)
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages],
                              capture_output=True, text=True, timeout=60)
        faults = [line for line in done.stdout.splitlines() if "missing date" not in line]
        self.assertEqual(faults, [])

    def test_the_daemons_page_names_its_options(self):
        daemon = pathlib.Path(WIREDESK).parent / "wiredeskd"
        usage = subprocess.run([daemon, "-h"], capture_output=True, text=True).stdout
        page = (TESTS.parent / "docs/man/wiredeskd.8").read_text().replace("\\-", "-")
        flags = options(usage)
        self.assertGreater(len(flags), 5)
        self.assertEqual([flag for flag in flags if "--" + flag not in page], [],
                         "docs/man/wiredeskd.8 does not explain them")

    def test_bash_completes_commands_options_values_and_verbs(self):
        self.assertEqual(self.complete_in_bash("wiredesk", "enr"), ["enrich"])
        self.assertEqual(self.complete_in_bash("wiredesk", "enrich", "--no-t"), ["--no-tokens"])
        self.assertEqual(self.complete_in_bash("wiredesk", "enrich", "--clean", ""), ["on", "off"])
        self.assertEqual(self.complete_in_bash("wiredesk", "topics", "c"), ["create", "check"])
        self.assertEqual(self.complete_in_bash("wiredesk", "show", "article"), [])  # a file

    def test_fish_completes_the_same(self):
        self.completion("fish")

        def ask(line):
            found = self.ask("fish", "source completion.fish; complete -C '%s'" % line)
            return [row.split("\t")[0] for row in found.splitlines()]
        self.assertEqual(ask("wiredesk enr"), ["enrich"])
        self.assertEqual(ask("wiredesk enrich --no-t"), ["--no-tokens"])
        self.assertEqual(ask("wiredesk enrich --clean o"), ["off", "on"])

    def test_zsh_can_read_its_own(self):
        self.completion("zsh")
        self.ask("zsh", "autoload -U compinit; zsh -n completion.zsh")

    def test_another_shell_is_refused(self):
        self.assertIn(b"say bash, zsh or fish", self.run_tool("completion", "csh", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
