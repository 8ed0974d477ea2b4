/* english_lists.c -- what English spelling does not tell: lists of words.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Written by hand for news: the AP and Guardian style books name the abbreviations, the
 * Penn Treebank the fused words, Universal Dependencies the prefixes that keep their
 * hyphen. Months and states that are words ("Mar", "Ill") stay in the group where a
 * mistake costs least. */
#include "english_lists.h"

#include "english_chars.h"

/* clang-format off */
static const char *const titles[] = {
    "Adm", "Amb", "Asst", "Atty", "Attys", "Brig", "Capt", "Cdr", "Cllr", "Cmdr",
    "Col", "Comdr", "Cpl", "Cpt", "Dep", "Det", "Dist", "Dr", "Drs", "Ens", "Fr",
    "Frl", "Gen", "Gov", "Govs", "Hon", "Insp", "Lieut", "Lt", "Maj", "Messrs", "Mlle",
    "Mme", "Mr", "Mrs", "Ms", "Msgr", "Mt", "Ofc", "Pfc", "Pres", "Prof", "Profs",
    "Pvt", "Rep", "Reps", "Rev", "Revs", "Rt", "SSgt", "Sec", "Secy", "Sen", "Sens",
    "Sgt", "Sgts", "Sig", "Spc", "Spec", "Sra", "Srta", "St", "Ste", "Sts", "Supt",
    "TSgt", "Treas",
};

static const char *const shorts[] = {
    "Ala", "Amdt", "Apr", "Ariz", "Ark", "Assn", "Assoc", "Aug", "Ave", "Bldg", "Blvd",
    "Bros", "CORP", "Calif", "Cie", "Cir", "Co", "Colo", "Conn", "Corp", "Cos", "Ct",
    "Dec", "Del", "Dept", "Ed", "Eds", "Esq", "Feb", "Fla", "Ft", "Ga", "Gmbh", "Hwy",
    "INC", "Ill", "Inc", "Ind", "Intl", "Jan", "Jr", "Jul", "Jun", "Kan", "Ky", "LTD",
    "La", "Ltd", "M.D", "Mass", "Md", "Mfg", "Mich", "Minn", "Miss", "Mo", "Mont",
    "Natl", "Neb", "Nebr", "Nev", "Nov", "Oct", "Okla", "Ore", "PS", "PVT", "Pa", "Ph",
    "Ph.D", "Pkwy", "Plc", "Pty", "Rd", "Sep", "Sept", "Sq", "Sr", "Tel", "Tenn",
    "Tex", "Univ", "Va", "Vt", "Wash", "Wis", "Wyo", "al", "approx", "assn", "assoc",
    "bros", "ca", "cf", "co", "corp", "dept", "e.g", "ect", "ed", "eds", "est", "etc",
    "ext", "govt", "i.e", "inc", "jr", "ltd", "misc", "pvt", "sq", "sr", "univ", "v",
    "viz", "vol", "vs", "yr", "yrs",
};

static const char *const numerals[] = {
    "Art", "Arts", "Ch", "Chap", "Fig", "Figs", "Mar", "No", "Nos", "Nr", "Op", "Para",
    "Pt", "Pts", "Res", "Sect", "Vol", "Vols", "chap", "fig", "figs", "no",
    "nos", "nr", "p", "para", "pg", "pgs", "pp", "pt",
};

static const char *const starters[] = {
    "A", "About", "Above", "According", "Across", "Adding", "After", "Afterwards",
    "Again", "Against", "All", "Almost", "Along", "Already", "Also", "Although",
    "Always", "Am", "Amid", "Among", "An", "Analysts", "And", "Another", "Any",
    "Apparently", "Are", "Around", "As", "Asked", "At", "Authorities", "Back", "Based",
    "Be", "Because", "Been", "Before", "Being", "Besides", "Born", "Both", "But", "By",
    "Can", "Certainly", "Citing", "Clearly", "Could", "Critics", "Currently",
    "Despite", "Did", "Do", "Does", "Doing", "Don't", "Dozens", "During", "Each",
    "Earlier", "Eight", "Either", "Elsewhere", "Especially", "Even", "Eventually",
    "Ever", "Every", "Everyone", "Everything", "Exactly", "Experts", "Few", "Finally",
    "Five", "Following", "For", "Former", "Fortunately", "Four", "From", "Further",
    "Furthermore", "Generally", "Get", "Given", "Go", "Got", "Had", "Half", "Has",
    "Have", "Having", "He", "He's", "Hence", "Her", "Here", "His", "Historically",
    "How", "However", "Hundreds", "I", "I'm", "I've", "If", "Immediately", "In",
    "Indeed", "Initially", "Instead", "Investigators", "Ironically", "Is", "Isn't",
    "It", "It's", "Its", "Just", "Last", "Lastly", "Later", "Lawyers", "Let", "Like",
    "Likewise", "Make", "Many", "Maybe", "Meanwhile", "Millions", "More", "Moreover",
    "Most", "Mostly", "Much", "My", "Naturally", "Nearly", "Neither", "Never",
    "Nevertheless", "Next", "Nine", "No", "Nobody", "None", "Nonetheless", "Nor",
    "Normally", "Not", "Nothing", "Now", "Obviously", "Occasionally", "Of",
    "Officials", "Often", "On", "Once", "One", "Only", "Or", "Originally", "Other",
    "Others", "Otherwise", "Our", "Out", "Over", "Overall", "Particularly", "People",
    "Perhaps", "Please", "Police", "Presumably", "Previously", "Probably",
    "Prosecutors", "Rather", "Recently", "Reporters", "Reporting", "Researchers",
    "Residents", "Roughly", "Sadly", "Scientists", "Seven", "Several", "She", "She's",
    "Should", "Similarly", "Simply", "Since", "Six", "So", "Some", "Somebody",
    "Someone", "Something", "Sometimes", "Soon", "Speaking", "Specifically", "Still",
    "Subsequently", "Such", "Suddenly", "Surely", "Take", "Ten", "Thank", "Thankfully",
    "Thanks", "That", "That's", "The", "Their", "Then", "There", "There's",
    "Therefore", "These", "They", "They're", "This", "Those", "Though", "Thousands",
    "Three", "Through", "Throughout", "Thus", "Till", "To", "Today", "Together",
    "Tomorrow", "Tonight", "Traditionally", "Two", "Typically", "Ultimately", "Under",
    "Unfortunately", "Unless", "Unlike", "Until", "Up", "Upon", "Usually", "Voters",
    "Was", "We", "We're", "We've", "Well", "Were", "What", "What's", "Whatever",
    "When", "Whenever", "Where", "Wherever", "Whether", "Which", "While", "Who",
    "Whoever", "Whose", "Why", "Will", "With", "Within", "Without", "Witnesses",
    "Would", "Yes", "Yesterday", "Yet", "You", "You're", "Your",
};

static const char *const speech[] = {
    "added", "admitted", "agreed", "announced", "answered", "argued", "asked", "asks",
    "asserted", "began", "boasted", "called", "claimed", "commented", "complained",
    "concluded", "continued", "countered", "cried", "declared", "demanded",
    "exclaimed", "explained", "insisted", "joked", "laughed", "mused", "noted",
    "observed", "pleaded", "pondered", "posted", "promised", "quipped", "read",
    "reads", "recalled", "remarked", "replied", "replies", "reports", "responded",
    "said", "say", "saying", "says", "screamed", "shouted", "shouts", "sighed",
    "stated", "suggested", "tells", "texted", "thinks", "thought", "thundered", "told",
    "tweeted", "urged", "wailed", "warned", "whispered", "wondered", "wonders",
    "writes", "wrote", "yelled", "yells",
};

static const char *const prefixes[] = {
    "anti", "bi", "co", "counter", "cross", "e", "eco", "ex", "hyper", "inter",
    "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "multi", "nano",
    "neo", "non", "over", "poly", "post", "pre", "pro", "proto", "pseudo", "re",
    "retro", "semi", "socio", "sub", "super", "supra", "trans", "tri", "ultra", "un",
    "uni", "vice",
};

static const char *const units[] = {
    "am", "billion", "bn", "bps", "cm", "ft", "gb", "ghz", "gw", "gwh", "hp", "hr",
    "hrs", "hz", "k", "kb", "kcal", "kg", "kgs", "khz", "km", "kmh", "kph", "kw",
    "kwh", "lb", "lbs", "m", "mb", "mg", "mhz", "million", "min", "mins", "ml", "mm",
    "mn", "mph", "mw", "mwh", "oz", "pm", "sec", "secs", "tb", "tn", "trillion", "yds",
    "yrs",
};

/* clang-format on */

const struct wd_word_list wd_english_titles = WD_WORD_LIST(titles);
const struct wd_word_list wd_english_shorts = WD_WORD_LIST(shorts);
const struct wd_word_list wd_english_numerals = WD_WORD_LIST(numerals);
const struct wd_word_list wd_english_starters = WD_WORD_LIST(starters);
const struct wd_word_list wd_english_speech = WD_WORD_LIST(speech);
const struct wd_word_list wd_english_prefixes = WD_WORD_LIST(prefixes);
const struct wd_word_list wd_english_units = WD_WORD_LIST(units);

/* The sizes that titles and shorts have, by their first letter: bit 0 is one byte. Asked
 * at every full stop, and it spares most words the search. tests/unit/test_english.c
 * holds it to the lists. */
static const uint8_t abbreviation_sizes[128] = {
    ['A'] = 0x1c, ['B'] = 0x08, ['C'] = 0x1e, ['D'] = 0x0e, ['E'] = 0x06, ['F'] = 0x06,
    ['G'] = 0x0e, ['H'] = 0x04, ['I'] = 0x0c, ['J'] = 0x06, ['K'] = 0x06, ['L'] = 0x16,
    ['M'] = 0x2e, ['N'] = 0x0c, ['O'] = 0x0c, ['P'] = 0x1e, ['R'] = 0x0e, ['S'] = 0x0e,
    ['T'] = 0x1c, ['U'] = 0x08, ['V'] = 0x02, ['W'] = 0x0c, ['a'] = 0x3a, ['b'] = 0x08,
    ['c'] = 0x0a, ['d'] = 0x08, ['e'] = 0x06, ['g'] = 0x08, ['i'] = 0x04, ['j'] = 0x02,
    ['l'] = 0x04, ['m'] = 0x08, ['p'] = 0x04, ['s'] = 0x02, ['u'] = 0x08, ['v'] = 0x07,
    ['y'] = 0x06,
};

bool wd_english_is_abbreviation(struct wd_str word)
{
    unsigned char first = (unsigned char)word.data[0];
    bool may_be = first < 128 && word.size <= WD_ABBREVIATION_BYTES &&
                  (abbreviation_sizes[first] >> (word.size - 1) & 1) != 0;
    return may_be && (wd_list_has(&wd_english_titles, word) ||
                      wd_list_has(&wd_english_shorts, word));
}

struct wd_str wd_english_lookup(struct wd_str text, size_t at)
{
    size_t end = at;
    while (end - at < WD_FOLD_SIZE &&
           (wd_is_alnum(wd_byte_at(text, end)) || wd_byte_at(text, end) == '\''))
        end++;
    return (struct wd_str){text.data + at, end - at};
}

/* "cant" and its like are misspelt, and common in quoted posts. "wont", "its", "were" and
 * "well" are words of their own. */
static const struct {
    char word[10];
    uint8_t first;
} fused[] = {
    {"im", 1},      {"ive", 1},     {"cant", 2},     {"dont", 2},   {"isnt", 2},
    {"weve", 2},    {"arent", 3},   {"didnt", 3},    {"dunno", 3},  {"gimme", 3},
    {"gonna", 3},   {"gotta", 3},   {"hadnt", 3},    {"hasnt", 3},  {"heres", 4},
    {"lemme", 3},   {"outta", 3},   {"thats", 4},    {"wanna", 3},  {"wasnt", 3},
    {"whats", 4},   {"youre", 3},   {"youve", 3},    {"cannot", 3}, {"doesnt", 4},
    {"havent", 4},  {"theres", 5},  {"theyre", 4},   {"theyve", 4}, {"werent", 4},
    {"couldnt", 5}, {"wouldnt", 5}, {"shouldnt", 6},
};

/* Where the words of each size begin; they are in order of size. */
enum { FUSED_SIZE_MAX = 8 };
static const uint8_t fused_from[FUSED_SIZE_MAX + 2] = {
    [2] = 0, [3] = 1, [4] = 2, [5] = 6, [6] = 23, [7] = 30, [8] = 32, [9] = 33};

size_t wd_english_split_fused(struct wd_str word)
{
    char room[WD_FOLD_SIZE], first = (char)(word.data[0] | 0x20);
    /* NOLINTNEXTLINE(*.UndefinedBinaryOperatorResult): the sizes are 2 to 8 */
    for (size_t i = fused_from[word.size]; i < fused_from[word.size + 1]; i++) {
        if (fused[i].word[0] != first)
            continue;
        struct wd_str folded = wd_english_fold(word, room);
        if (memcmp(fused[i].word, folded.data, word.size) == 0)
            return fused[i].first;
    }
    return 0;
}

struct wd_str wd_english_fold(struct wd_str word, char room[WD_FOLD_SIZE])
{
    size_t size = 0;
    for (size_t i = 0; i < word.size && size < WD_FOLD_SIZE; size++) {
        if (word.size - i >= 3 && memcmp(word.data + i, "\xe2\x80\x99", 3) == 0) {
            room[size] = '\'';
            i += 3;
        } else {
            char c = word.data[i++];
            room[size] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
    }
    return (struct wd_str){room, size < WD_FOLD_SIZE ? size : 0};
}
