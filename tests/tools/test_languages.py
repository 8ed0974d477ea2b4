#!/usr/bin/env python3
"""test_languages.py -- articles in other languages than English, from outside.
SPDX-License-Identifier: Apache-2.0

They get tokens, sentences, a verdict, and the names that the gazetteer knows."""
import json
import unittest

from tool import ToolTest

# Each: code, sentences, names that are found, and the sentence that an editor adds.
ARTICLES = [
    ("de", ["In Hamburg hat der Rat am Dienstag beschlossen, die alte Fähre weiterfahren zu lassen.",
            "Siemens liefert dafür einen neuen Motor, sagte ein Sprecher in Berlin.",
            "Die Brücke wird nach Angaben des Rates erst im nächsten Sommer fertig.",
            "Anwohner hatten sich über Lärm und Staub beschwert und um Aufschub gebeten.",
            "Der Bürgermeister erwiderte, die Straße sei nicht mehr sicher."],
     {"Hamburg", "Berlin", "Siemens"}),
    ("fr", ["Le conseil du port a décidé mardi de garder le vieux bac jusqu’à la fin de l’hiver.",
            "Le pont ne sera pas achevé à temps, a déclaré un ingénieur venu de Paris.",
            "Les riverains se plaignent depuis des mois du bruit et de la poussière.",
            "Le maire de Marseille a répondu que la route n’était plus sûre du tout.",
            "Une nouvelle réunion est prévue au printemps avec les habitants du quai."],
     {"Paris", "Marseille"}),
    ("uk", ["Рада порту вирішила у вівторок зберегти старий пором на всю зиму.",
            "Міст через річку не буде готовий вчасно, сказав головний інженер.",
            "Мешканці набережної вже кілька місяців скаржаться на шум і пил.",
            "Мер відповів, що дорога більше не безпечна для автобусів.",
            "Наступна зустріч з мешканцями відбудеться навесні."], set()),
    ("ja", ["港湾委員会は火曜日、古い渡し船を冬の間も運航させることを決めた。",
            "橋は期限までに完成しないと技師は述べた。",
            "岸壁の住民は数か月前から騒音とほこりに苦情を言っている。",
            "市長は、道路はもう安全ではないと答えた。"], set()),
]


class OtherLanguages(ToolTest):
    def articles(self):
        """Each article twice: as it is, and once more under another id."""
        for code, sentences, _ in ARTICLES:
            for copy in ("first", "again"):
                yield {"id": f"urn:{code}:{copy}", "text": " ".join(sentences)}

    def test_tokens_sentences_names_and_verdicts(self):
        records = "".join(json.dumps(a) + "\n" for a in self.articles())
        documents = self.enrich("--input-format", "json", "-", stdin=records.encode())
        for (code, sentences, names), first, again in zip(ARTICLES, documents[::2],
                                                          documents[1::2]):
            with self.subTest(language=code):
                self.assertEqual(first["language"].split("-")[0], code)
                facts = first["wiredesk"]
                self.assertEqual(len(facts["sentences"]), len(sentences))
                self.assertGreaterEqual(facts["tokens"]["count"], len(" ".join(sentences).split()))
                found = {e["name"] for e in facts["entities"]}
                self.assertLessEqual(names, found)
                self.assertEqual(facts["dedup"]["verdict"], "unique")
                self.assertEqual(again["wiredesk"]["dedup"]["verdict"], "exact")
                self.assertEqual(again["wiredesk"]["dedup"]["of"], first["uri"])


if __name__ == "__main__":
    unittest.main()
