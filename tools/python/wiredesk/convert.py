"""convert.py -- an enriched article as other tools want it: its text, displaCy, a spaCy Doc.
SPDX-License-Identifier: Apache-2.0"""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Article = dict[str, Any]  # as docs/output.md describes it

# The names that spaCy's English models use for the same things.
SPACY_LABELS = {"person": "PERSON", "organisation": "ORG", "place": "GPE", "event": "EVENT",
                "group": "NORP"}


def _own(article: Article) -> dict[str, Any]:
    """The key `wiredesk`, wherever the profile has it."""
    own: dict[str, Any] = article.get("wiredesk") or article["extra"]["wiredesk"]
    return own


def _follow(article: Article, pointer: str) -> str:
    """RFC 6901, as far as our own paths go: no key of ours has a slash or a tilde."""
    at: Any = article
    for word in pointer.strip("/").split("/"):
        at = at[int(word)] if isinstance(at, list) else at[word]
    return str(at)


def text(article: Article) -> str:
    """The text in which all offsets count: slice it with them as they are."""
    own = _own(article)["text"]
    return str(own["joiner"]).join(_follow(article, region["path"]) for region in own["regions"])


def _links(article: Article) -> dict[str, str]:
    return {entity["id"]: entity.get("uri", "") for entity in _own(article)["entities"]}


def to_displacy(article: Article) -> dict[str, Any]:
    """For spacy.displacy.render(…, style="ent", manual=True)."""
    links = _links(article)
    return {"text": text(article), "title": None,
            "ents": [{"start": mention["start"], "end": mention["end"],
                      "label": SPACY_LABELS[mention["label"]],
                      "kb_id": links[mention["e"]].rstrip("/").rsplit("/", 1)[-1],
                      "kb_url": links[mention["e"]] or "#"}
                     for mention in _own(article)["mentions"]]}


def _words(whole: str, data: list[int]) -> tuple[list[str], list[bool]]:
    """Words and whether a blank follows each, so that joining them gives `whole` again: what
    stands between two tokens and is no single blank becomes a token of white space, as in spaCy."""
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, length in zip(data[::2], data[1::2]):
        gap = whole[at:start]
        if gap.startswith(" ") and words:
            spaces[-1], gap = True, gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        words.append(whole[start:start + length])
        spaces.append(False)
        at = start + length
    if whole[at:]:
        words.append(whole[at:])
        spaces.append(False)
    return words, spaces


def to_spacy(article: Article, vocab: Vocab | None = None) -> Doc:
    """A spaCy Doc with our words, sentences and entities (kb_id: the URI). Needs spaCy, and an
    article with tokens."""
    import spacy
    from spacy.tokens import Doc

    own = _own(article)
    if "data" not in own["tokens"]:
        raise ValueError("the article was enriched with tokens=False")
    words, spaces = _words(text(article), own["tokens"]["data"])
    doc = Doc(vocab or spacy.blank("en").vocab, words=words, spaces=spaces)
    starts = {start for start, _ in own["sentences"]}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    links = _links(article)
    spans = [doc.char_span(mention["start"], mention["end"], label=SPACY_LABELS[mention["label"]],
                           kb_id=links[mention["e"]], alignment_mode="expand")
             for mention in own["mentions"]]
    doc.ents = spacy.util.filter_spans([span for span in spans if span is not None])
    return doc
