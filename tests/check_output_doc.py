#!/usr/bin/env python3
"""check_output_doc.py -- docs/output.md names every member there is, each row of its tables has an
example, which is JSON, and the long one is valid.
SPDX-License-Identifier: Apache-2.0"""
import json
import pathlib
import re
import sys

import validate

ROOT = pathlib.Path(__file__).resolve().parent.parent


def members(schema):
    """Every property name and every value of an enumeration, anywhere in the schema."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (v for v in schema.get("enum", []) if isinstance(v, str))
        for value in schema.values():
            yield from members(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from members(value)


def rows(text):
    """The cells of each row of the tables whose last column is an example."""
    is_wanted = False
    for line in text.splitlines():
        if line.startswith("| member |"):
            is_wanted = True
        elif not line.startswith("|"):
            is_wanted = False
        elif is_wanted and not line.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def row_faults(text):
    """Rows without an example, and examples that are none. What is cut short has an ellipsis."""
    for cells in rows(text):
        examples = re.findall(r"`([^`]+)`", cells[-1])
        if len(cells) != 3 or not all(cells) or not examples:
            yield "no example for %s" % cells[0]
        for example in examples:
            try:
                json.loads(example.replace(", …", "").replace("…", ""))
            except ValueError:
                yield "%s: %s is no JSON" % (cells[0], example)


def main():
    text = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```json\n(.*?)^```$", text, re.S | re.M)
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
    named = " ".join(re.findall(r"`([^`]+)`", prose))
    faults = ["docs/output.md does not name %s" % name
              for name in sorted(set(members(validate.load(validate.SCHEMA))))
              if not re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(name), named)]
    if len(list(rows(text))) < 40:
        faults.append("docs/output.md has lost its tables")
    faults += row_faults(text)
    checker = validate.Checker()
    for block in blocks:
        faults += ["example: " + fault for fault in checker.faults(json.loads(block))]
    if not blocks:
        faults.append("docs/output.md has no example")
    print("\n".join(faults) or "every member is named; %d example is valid" % len(blocks))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
