"""wiredesk -- news articles in, facts out: libwiredesk for Python.
SPDX-License-Identifier: Apache-2.0

    desk = wiredesk.Desk()
    article = desk.enrich("text of an article, or a dict, or bytes")

What comes back is the JSON that wiredeskd and `wiredesk enrich` write, as a dict."""
from .convert import text, to_displacy, to_spacy
from .desk import ConfigError, Desk, Error, Rejected, enrich
from .library import version

__all__ = ["ConfigError", "Desk", "Error", "Rejected", "enrich", "text", "to_displacy",
           "to_spacy", "version"]
