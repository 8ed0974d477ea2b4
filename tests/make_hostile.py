#!/usr/bin/env python3
"""make_hostile.py DIR -- records that are wrong on purpose, each with the verdict that is due.
SPDX-License-Identifier: Apache-2.0

Beside the files by hand in tests/hostile/, these are made by rule: a good document, broken in
each of the places where a rule can break it. What is due follows from the rule, never from what
the decoder says. Without chance or clock, so that DIR is the same everywhere; DIR/EXPECTED names
file, verdict and content type, as tests/hostile/EXPECTED does."""
import json
import pathlib
import sys

JSON = "application/json"
UTF8 = "text/plain; charset=utf-8"
NITF = "application/nitf+xml"
BODY = "The council of Oslo voted on the budget for schools, the mayor said on Friday."

rows = []  # (name, verdict, content type, bytes)


def add(name, verdict, content_type, data):
    data = data.encode() if isinstance(data, str) else data
    rows.append((name, verdict, content_type, data))


def envelope(**more):
    return json.dumps({"uri": "urn:x:1", "headline": "A vote", "body": BODY, **more})


def cut_json():
    """Cut anywhere before its end, an object is malformed."""
    text = envelope(version="2", author="Anna Berg", nested={"list": [1, 2.5, True, None]})
    for at in range(1, len(text), 5):
        add(f"cut-at-{at:03}.json", "json-syntax", JSON, text[:at])


def broken_json():
    good = envelope()
    for name, text in {
        "no-comma": good.replace(', "body"', ' "body"'), "two-commas": good.replace(", ", ",, ", 1),
        "no-colon": good.replace(": ", " ", 1), "no-quote": good.replace('"uri"', "uri"),
        "single": good.replace('"', "'"), "extra-brace": good + "}", "wrong-brace": good[:-1] + "]",
        "plus": good[:-1] + ', "n": +1}', "leading-zero": good[:-1] + ', "n": 01}',
        "hex": good[:-1] + ', "n": 0x10}', "dot": good[:-1] + ', "n": 1.}',
        "bare-dot": good[:-1] + ', "n": .5}', "bare-e": good[:-1] + ', "n": 1e}',
        "infinity": good[:-1] + ', "n": Infinity}', "undefined": good[:-1] + ', "n": undefined}',
        "true-case": good[:-1] + ', "n": True}', "bad-escape": good[:-1] + ', "n": "\\x41"}',
        "short-escape": good[:-1] + ', "n": "\\u12"}', "tab": good[:-1] + ', "n": "a\tb"}',
        "newline": good[:-1] + ', "n": "a\nb"}', "block-comment": "/* x */" + good,
        "line-comment": good + " // x", "unit-separator": good[:-1] + ', "n": "\x1f"}',
    }.items():
        add(f"broken-{name}.json", "json-syntax", JSON, text)


def surrogates():
    """Halves, in each order and place."""
    for name, escape in {
        "high": "\\ud83d", "low": "\\ude00", "swapped": "\\ude00\\ud83d", "high-high": "\\ud83d\\ud83d",
        "high-text": "\\ud83dx", "first": "\\ud800", "last-high": "\\udbff", "first-low": "\\udc00",
        "last-low": "\\udfff", "high-escape": "\\ud83d\\n", "high-bmp": "\\ud83d\\u0041",
        "after-pair": "\\ud83d\\ude00\\ude00",
    }.items():
        add(f"surrogate-{name}-value.json", "json-surrogate", JSON, '{"body": "a %s b"}' % escape)
        add(f"surrogate-{name}-key.json", "json-surrogate", JSON, '{"body": "a", "k%s": 1}' % escape)
        add(f"surrogate-{name}-deep.json", "json-surrogate", JSON, '{"body": "a", "x": [{"y": "%s"}]}' % escape)


def numbers():
    for number in ("1e309", "-1e309", "1e999", "-1E+400", "9" * 400 + ".0", "1e99999999999", "9223372036854775808",
                   "-9223372036854775809", "9" * 25):
        tag = number[:8].replace("-", "m").replace("+", "p")
        add(f"number-{tag}-{len(number)}-unread.json", "json-number", JSON, '{"body": "%s", "x": %s}' % (BODY, number))
        add(f"number-{tag}-{len(number)}-version.json", "json-number", JSON,
            '{"body": "%s", "version": %s}' % (BODY, number))
    for number in ("0", "-0", "1e-999", "4.9e-324", "9223372036854775807", "1.7976931348623157e308"):
        add(f"number-{number[:6].replace('-', 'm')}-{len(number)}-fits.json", "ok", JSON,
            '{"body": "%s", "x": %s}' % (BODY, number))


def duplicate_keys():
    for key in ("uri", "headline", "body", "x", "", "\\u0061", "ключ", " "):
        tag = f"{sum(key.encode()):04}"
        add(f"duplicate-{tag}.json", "json-duplicate-key", JSON,
            '{"body2": "b", "%s": "%s", "%s": "c"}' % (key, BODY, key))
        add(f"duplicate-{tag}-nested.json", "json-duplicate-key", JSON,
            '{"body": "b", "z": [{"%s": 1, "q": 2, "%s": 3}]}' % (key, key))
    add("duplicate-by-escape.json", "json-duplicate-key", JSON, '{"body": "b", "a": 1, "\\u0061": 2}')


def nuls():
    for name, text in {
        "value": '{"body": "a\\u0000b"}', "key": '{"body": "b", "a\\u0000b": 1}', "alone": '{"body": "\\u0000"}',
        "unread": '{"body": "b", "x": ["\\u0000"]}', "upper": '{"body": "b", "x": "\\u0000\\u0041"}',
    }.items():
        add(f"nul-{name}.json", "nul-byte", JSON, text)
    for at in (0, 1, 10, len(BODY) - 1, len(BODY)):
        add(f"nul-at-{at}.txt", "nul-byte", UTF8, BODY[:at] + "\0" + BODY[at:])


def depths():
    """The limit is 64 levels, of whatever kind."""
    for levels in (62, 63, 64, 65, 66, 100, 3000):
        verdict = "ok" if levels <= 64 else "json-depth"
        inner = levels - 1  # the envelope is one
        for name, opening, closing in (("list", "[", "]"), ("object", '{"a":', "}")):
            core = "1" if name == "object" else ""
            add(f"depth-{levels}-{name}.json", verdict, JSON,
                '{"body": "%s", "x": %s%s%s}' % (BODY, opening * inner, core, closing * inner))


def bad_utf8():
    """Malformed in each of the ways of RFC 3629, at the start, amid and at the end of a text that
    is UTF-8 otherwise."""
    for name, piece in {
        "continuation": b"\x80", "continuations": b"\xbf\xbf", "cut-2": b"\xc3", "cut-3": b"\xe2\x82", "cut-4": b"\xf0\x9f\x98",
        "overlong-slash": b"\xc0\xaf", "overlong-2": b"\xc1\xbf", "overlong-3": b"\xe0\x9f\xbf", "overlong-4": b"\xf0\x8f\xbf\xbf",
        "overlong-nul": b"\xc0\x80", "surrogate-first": b"\xed\xa0\x80", "surrogate-last": b"\xed\xbf\xbf",
        "surrogate-pair": b"\xed\xa0\xbd\xed\xb8\x80", "beyond": b"\xf4\x90\x80\x80", "five": b"\xf8\x88\x80\x80\x80",
        "six": b"\xfc\x84\x80\x80\x80\x80", "fe": b"\xfe", "ff": b"\xff", "bad-second": b"\xe2\x28\xa1",
    }.items():
        whole = f"Caf\u00e9 M\u00fcller \u2013 {BODY} \u201cYes\u201d \u20ac5 \U0001f600".encode()
        middle = whole.index(b"council")
        for place, at in (("start", 0), ("amid", middle), ("end", len(whole))):
            add(f"utf8-{name}-{place}.txt", "invalid-utf8", UTF8, whole[:at] + piece + whole[at:])
        add(f"utf8-{name}.json", "invalid-utf8", JSON + "; charset=utf-8",
            b'{"body": "' + whole[:middle] + piece + whole[middle:] + b'"}')


def charsets():
    for name in ("utf-9", "x-user-defined", "none", "cp0", "utf-8-but-not-really"):
        add(f"charset-{name}.txt", "content-type", f"text/plain; charset={name}", BODY)
    for name, codec in (("iso-8859-1", "latin-1"), ("iso-8859-15", "iso-8859-15"), ("windows-1252", "cp1252"),
                        ("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("shift_jis", "shift_jis"), ("euc-jp", "euc-jp"),
                        ("gb18030", "gb18030"), ("big5", "big5"), ("euc-kr", "euc-kr"), ("utf-16le", "utf-16-le"),
                        ("utf-16be", "utf-16-be")):
        word = {"cp1251": "Москва ", "koi8-r": "Москва ", "shift_jis": "東京 ", "euc-jp": "東京 ", "gb18030": "北京 ",
                "big5": "台北 ", "euc-kr": "서울 "}.get(codec, "Genève ")
        add(f"charset-{name}.txt", "ok", f"text/plain; charset={name}", (word + BODY).encode(codec))
    add("charset-odd-utf16.txt", "invalid-utf8", "text/plain; charset=utf-16le", BODY.encode("utf-16-le") + b"x")
    add("charset-half-utf16.txt", "invalid-utf8", "text/plain; charset=utf-16le", BODY.encode("utf-16-le") + b"\x3d\xd8")


def markup():
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    story = ("<nitf><head><title>A vote</title></head><body><body.content><p>%s</p>"
             "</body.content></body></nitf>" % BODY)
    add("nitf-good.xml", "ok", NITF, head + story)
    for at in range(30, len(head + story) - 1, 12):
        add(f"nitf-cut-{at:03}.xml", "xml-syntax", NITF, (head + story)[:at])
    for name, broken in {
        "crossed": story.replace("</p></body.content>", "</body.content></p>"), "no-end": story.replace("</title>", ""),
        "bare-amp": story.replace("council", "council & co"), "bare-less": story.replace("council", "coun<cil"),
        "no-quote": story.replace("<p>", "<p a=b>"), "twice": story.replace("<p>", '<p a="1" a="2">'),
        "control": story.replace("council", "coun\x01cil"), "reference": story.replace("council", "&#1;"),
        "reference-beyond": story.replace("council", "&#x110000;"), "two-roots": story + "<p/>",
    }.items():
        add(f"nitf-{name}.xml", "xml-syntax", NITF, head + broken)
    entities = {
        "undeclared": "",
        "laughs": "<!DOCTYPE nitf [<!ENTITY a \"ha\"><!ENTITY b \"%s\"><!ENTITY e \"%s\">]>" % ("&a;" * 100, "&b;" * 100),
        "file": '<!DOCTYPE nitf [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "net": '<!DOCTYPE nitf [<!ENTITY e SYSTEM "http://127.0.0.1:1/x">]>',
        "public": '<!DOCTYPE nitf [<!ENTITY e PUBLIC "-//x" "file:///etc/hostname">]>',
        "recursive": '<!DOCTYPE nitf [<!ENTITY e "&f;"><!ENTITY f "&e;">]>',
        "parameter": '<!DOCTYPE nitf [<!ENTITY % p "<!ENTITY e \'x\'>"> %p;]>',
    }
    for name, declared in entities.items():
        add(f"entity-{name}.xml", "xml-entity", NITF, head + declared + story.replace("council", "&e;" * 3))
    plain = '<!DOCTYPE nitf [<!ENTITY e "%s">]>'
    add("entity-internal.xml", "ok", NITF, head + plain % "x" + story.replace("council", "&e;"))
    add("entity-quadratic.xml", "xml-entity", NITF,
        head + plain % ("x" * 20000) + story.replace("council", "&e;" * 20000))
    for levels in (300, 5000, 50000):
        add(f"markup-depth-{levels}.xml", "markup-depth", NITF,
            head + story.replace("<p>", "<p>" + "<em>" * levels).replace("</p>", "</em>" * levels + "</p>"))


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for make in (cut_json, broken_json, surrogates, numbers, duplicate_keys, nuls, depths, bad_utf8, charsets, markup):
        make()
    names = [row[0] for row in rows]
    assert len(set(names)) == len(names), "two files of one name"
    for name, _, _, data in rows:
        (folder / name).write_bytes(data)
    (folder / "EXPECTED").write_text("".join(f"{name} {verdict} {kind}\n" for name, verdict, kind, _ in rows))
    print(len(rows), "hostile files")


main()
