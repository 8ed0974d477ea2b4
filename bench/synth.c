/* synth.c -- a grammar of a few rules over lists of words. It is no language, but it has
 * what costs time: the mix of short and long words, capitals inside sentences, curly
 * quotes, abbreviations, numbers, names in full and then by their last part, and texts
 * that repeat one another.
 * SPDX-License-Identifier: Apache-2.0 */
#include "synth.h"

#include <stdbool.h>
#include <stdio.h>

static const char *const function_words[] = {
    "the",   "of",    "to",      "and",     "a",      "in",     "that",  "is",
    "for",   "on",    "was",     "with",    "as",     "it",     "by",    "at",
    "from",  "has",   "have",    "will",    "be",     "an",     "not",   "are",
    "its",   "had",   "were",    "which",   "but",    "this",   "after", "they",
    "their", "would", "who",     "more",    "been",   "about",  "one",   "new",
    "also",  "than",  "when",    "or",      "over",   "two",    "last",  "could",
    "other", "into",  "all",     "no",      "first",  "there",  "out",   "up",
    "under", "some",  "against", "between", "during", "before", "while", "since",
};

static const char *const news_words[] = {
    "government",
    "minister",
    "people",
    "percent",
    "million",
    "officials",
    "country",
    "company",
    "market",
    "police",
    "president",
    "year",
    "week",
    "month",
    "city",
    "state",
    "group",
    "court",
    "plan",
    "agreement",
    "election",
    "party",
    "talks",
    "report",
    "workers",
    "prices",
    "security",
    "economy",
    "trade",
    "forces",
    "attack",
    "policy",
    "deal",
    "budget",
    "growth",
    "energy",
    "health",
    "school",
    "water",
    "bridge",
    "harbour",
    "storm",
    "family",
    "children",
    "students",
    "leaders",
    "statement",
    "investigation",
    "support",
    "decision",
    "vote",
    "law",
    "members",
    "public",
    "foreign",
    "national",
    "local",
    "economic",
    "political",
    "military",
    "financial",
    "early",
    "late",
    "high",
    "low",
    "strong",
    "former",
    "major",
    "recent",
    "current",
    "next",
    "several",
    "announced",
    "expected",
    "reported",
    "agreed",
    "called",
    "rose",
    "fell",
    "warned",
    "killed",
    "arrested",
    "signed",
    "rejected",
    "approved",
    "closed",
    "opened",
    "increased",
    "reduced",
    "continued",
    "began",
    "ended",
    "showed",
    "offered",
    "accused",
    "denied",
    "railway",
    "airport",
    "hospital",
    "factory",
    "bank",
    "investors",
    "quarter",
    "profit",
    "inflation",
    "interest",
    "currency",
    "exports",
    "farmers",
    "fishing",
    "forest",
    "island",
    "river",
    "weather",
    "scientists",
    "research",
    "technology",
    "computer",
    "network",
    "software",
    "football",
    "season",
    "champion",
    "coach",
    "match",
    "stadium",
    "reconstruction",
    "negotiations",
    "representatives",
    "administration",
    "constitutional",
    "administrative",
    "infrastructure",
    "unemployment",
    "international",
    "environmental",
};

static const char *const first_names[] = {
    "Anna",  "James",  "Maria", "Peter",  "Laura", "Ahmed", "Sofia",  "David",
    "Elena", "Carlos", "Grace", "Thomas", "Yuki",  "Omar",  "Ingrid", "Samuel",
    "Nadia", "Victor", "Helen", "Marcus", "Chloe", "Ivan",  "Ruth",   "Daniel",
};

static const char *const last_names[] = {
    "Whitfield", "Moreno",  "Lindqvist", "Okafor",  "Petrov",    "Tanaka", "Haddad",
    "Brennan",   "Castell", "Dupont",    "Eriksen", "Farrow",    "Gupta",  "Hollis",
    "Ivanova",   "Jansen",  "Keller",    "Larsen",  "Marchetti", "Novak",  "O'Dowd",
    "Parkes",    "Quist",   "Rahman",    "Sorel",   "Thornbury", "Ueda",   "Varga",
    "Weaver",    "Yilmaz",  "Zielinski", "Abbott",  "Bianchi",   "Clarke", "Delgado",
};

static const char *const places[] = {
    "London", "Paris",  "Berlin",  "Washington", "Tokyo",   "Nairobi", "Cairo",
    "Delhi",  "Madrid", "Warsaw",  "Kyiv",       "Ottawa",  "Lagos",   "Sydney",
    "Lima",   "Athens", "Jakarta", "Brussels",   "Chicago", "Texas",   "Germany",
    "France", "Brazil", "Kenya",   "Norway",     "Japan",   "Canada",  "Ukraine",
};

static const char *const organisations[] = {
    "United Nations",
    "European Union",
    "World Bank",
    "Ministry of Finance",
    "Central Bank",
    "Supreme Court",
    "Harbour Authority",
    "NATO",
    "Northern Rail Group",
    "City Council",
    "Health Organization",
    "Red Cross",
    "Senate",
    "Fisheries Board",
    "Metro Energy Corp.",
    "Trade Commission",
};

static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

/* Of these, words are made that no list has: a vocabulary has a long tail. */
static const char *const syllables[] = {
    "bar", "cor",  "del", "fen", "gal", "hel", "jor", "kel", "lom", "mar", "nor",
    "pel", "quin", "ros", "sar", "tal", "ven", "wil", "yor", "zan", "ber", "cal",
    "dor", "fal",  "gor", "han", "kor", "lin", "mel", "nel", "por", "ram", "sel",
};

#define COUNT(array)       (sizeof(array) / sizeof((array)[0]))
#define N_CAST             4
#define ARTICLES_PER_EVENT 8
#define N_TAIL_WORDS       30000
#define N_TOPIC_WORDS      24

struct writer {
    uint64_t seed;
    size_t topic[N_TOPIC_WORDS]; /* tail words that belong to the event */
    struct wd_buf *buf;
    const char *first[N_CAST];
    const char *last[N_CAST];
    bool is_named[N_CAST]; /* in full, once */
    const char *place[3];
    const char *organisation[2];
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(struct writer *writer)
{
    uint64_t z = writer->seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static size_t below(struct writer *writer, size_t bound)
{
    return (size_t)(draw(writer) % bound);
}

/* Earlier ones more often, roughly as words of a language are. */
static size_t below_skewed(struct writer *writer, size_t bound)
{
    return below(writer, below(writer, bound) + 1);
}

static void put(struct writer *writer, const char *text)
{
    wd_buf_append_z(writer->buf, text);
}

static void put_number(struct writer *writer)
{
    char text[32];
    switch (below(writer, 3)) {
    case 0:
        (void)snprintf(text, sizeof(text), "%zu", 2 + below(writer, 97));
        break;
    case 1:
        (void)snprintf(text, sizeof(text), "%zu.%zu", below(writer, 30),
                       below(writer, 10));
        break;
    default:
        (void)snprintf(text, sizeof(text), "%zu,%03zu", 1 + below(writer, 400),
                       below(writer, 1000));
        break;
    }
    put(writer, text);
}

/* Tail word `number`, with an ending that tells the parts of speech apart. */
static void put_tail_word(struct writer *writer, size_t number)
{
    static const char *const endings[] = {"", "s", "ed", "ing", "er", "ment", "ly"};
    for (size_t rest = number + COUNT(syllables); rest; rest /= COUNT(syllables))
        put(writer, syllables[rest % COUNT(syllables)]);
    put(writer, endings[number % COUNT(endings)]);
}

static void put_content_word(struct writer *writer)
{
    switch (below(writer, 8)) {
    case 0:
    case 1:
        put_tail_word(writer, writer->topic[below_skewed(writer, N_TOPIC_WORDS)]);
        break;
    case 2:
        put_tail_word(writer, below_skewed(writer, N_TAIL_WORDS));
        break;
    default:
        put(writer, news_words[below(writer, COUNT(news_words))]);
        break;
    }
}

static void put_words(struct writer *writer, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++) {
        if (i)
            put(writer, " ");
        if (below(writer, 24) == 0)
            put_number(writer);
        else if (i % 2 == 0)
            put(writer, function_words[below_skewed(writer, COUNT(function_words))]);
        else
            put_content_word(writer);
    }
}

static void put_person(struct writer *writer)
{
    size_t i = below(writer, N_CAST);
    if (!writer->is_named[i]) {
        put(writer, writer->first[i]);
        put(writer, " ");
        writer->is_named[i] = true;
    } else if (below(writer, 3) == 0) {
        put(writer, below(writer, 2) ? "Mr. " : "Ms. ");
    }
    put(writer, writer->last[i]);
}

static void put_sentence(struct writer *writer)
{
    size_t length = 7 + below(writer, 18);
    switch (below(writer, 6)) {
    case 0:
        put_person(writer);
        put(writer, " said ");
        put_words(writer, length);
        break;
    case 1:
        put(writer, "\xe2\x80\x9cWe ");
        put_words(writer, length);
        put(writer, ",\xe2\x80\x9d ");
        put_person(writer);
        put(writer, " said on ");
        put(writer, weekdays[below(writer, COUNT(weekdays))]);
        break;
    case 2:
        put(writer, "In ");
        put(writer, writer->place[below(writer, 3)]);
        put(writer, ", ");
        put_words(writer, length);
        break;
    case 3:
        put(writer, "The ");
        put(writer, writer->organisation[below(writer, 2)]);
        put(writer, "\xe2\x80\x99s ");
        put_words(writer, length);
        break;
    default:
        put(writer, "The ");
        put_words(writer, length);
        put(writer, " in ");
        put(writer, writer->place[below(writer, 3)]);
        break;
    }
    put(writer, ".");
}

/* All that the articles of an event have in common. */
static void choose_event(struct writer *writer)
{
    for (size_t i = 0; i < N_TOPIC_WORDS; i++)
        writer->topic[i] = below(writer, N_TAIL_WORDS);
    for (size_t i = 0; i < N_CAST; i++) {
        writer->first[i] = first_names[below(writer, COUNT(first_names))];
        writer->last[i] = last_names[below(writer, COUNT(last_names))];
        writer->is_named[i] = false;
    }
    for (size_t i = 0; i < COUNT(writer->place); i++)
        writer->place[i] = places[below(writer, COUNT(places))];
    for (size_t i = 0; i < COUNT(writer->organisation); i++)
        writer->organisation[i] = organisations[below(writer, COUNT(organisations))];
}

static void put_headline(struct writer *writer)
{
    put(writer, writer->place[0]);
    put(writer, " ");
    put_words(writer, 5 + below(writer, 4));
    put(writer, "\n\n");
}

void synth_article(uint64_t number, struct wd_buf *buf)
{
    bool is_reprint = number % 10 == 9;
    uint64_t original = is_reprint ? number - 5 : number;
    uint64_t event = original / ARTICLES_PER_EVENT;
    struct writer writer = {.seed = ~event * UINT64_C(0xd1342543de82ef95), .buf = buf};

    wd_buf_clear(buf);
    choose_event(&writer);
    writer.seed = original * UINT64_C(0x5851f42d4c957f2d);
    put_headline(&writer);
    put(&writer, writer.place[0]);
    put(&writer, " \xe2\x80\x94 ");
    size_t n_paragraphs = 4 + below(&writer, 16) + below(&writer, 8);
    if (is_reprint)
        n_paragraphs -= n_paragraphs / 4;
    for (size_t i = 0; i < n_paragraphs; i++) {
        size_t n_sentences = 1 + below(&writer, 3);
        for (size_t j = 0; j < n_sentences; j++) {
            put(&writer, j ? " " : "");
            put_sentence(&writer);
        }
        put(&writer, "\n");
    }
}
