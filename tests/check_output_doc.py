#!/usr/bin/env python3
"""check_output_doc.py -- docs/output.md names every member there is, and its example is valid.
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


def main():
    text = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```json\n(.*?)^```$", text, re.S | re.M)
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
    named = " ".join(re.findall(r"`([^`]+)`", prose))
    faults = ["docs/output.md does not name %s" % name
              for name in sorted(set(members(validate.load(validate.SCHEMA))))
              if not re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(name), named)]
    checker = validate.Checker()
    for block in blocks:
        faults += ["example: " + fault for fault in checker.faults(json.loads(block))]
    if not blocks:
        faults.append("docs/output.md has no example")
    print("\n".join(faults) or "every member is named; %d example is valid" % len(blocks))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
