/* acronyms.c -- the letters that stand for a longer name of the article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "The African Union … the AU", "Telephone Preference Service (TPS)". Words with a
 * capital lend their first letter, joining words none, and what is an acronym itself
 * lends all ("UN Relief and Works Agency": UNRWA). Two letters are too common to speak
 * for a name that the article never introduces with them: PM, TV, AI. */
#include "tag/acronyms.h"

#define LETTERS_LEAST 3 /* of an acronym that the article does not introduce */
#define LETTERS_MOST  8
#define LENT_MOST     3  /* letters of an acronym inside the name */
#define NAME_SCORE    10 /* votes from which a name's initials are looked for */
#define CREDIT        8  /* the votes that they get */

bool wd_tag_is_acronym(const struct tag_word *word)
{
    return (word->name.shape & WD_SHAPE_CAPS) && !(word->flags & TAG_IN_CAPS) &&
           !(word->name.shape & WD_SHAPE_SINGLE);
}

static bool is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The initials of words [first, last] as a word of its own; false when they are none. */
static bool make_initials(const struct tag_context *context, uint32_t first,
                          uint32_t last, struct wd_name_word *ret_word)
{
    char letters[LETTERS_MOST];
    size_t n = 0;
    for (uint32_t i = first; i <= last; i++) {
        const struct tag_word *word = &context->words.word[i];
        struct wd_str text = wd_span_of(context->text, word->name.span);
        if (!(word->flags & TAG_IS_CAP) || word->name.kind != WD_NAME_WORD ||
            (word->hints & HINT_LEGAL))
            continue;
        size_t lent = wd_tag_is_acronym(word) && word->name.length <= LENT_MOST
                          ? word->name.length
                          : 1;
        for (size_t k = 0; lent > 0 && k < text.size; k++) {
            if (text.data[k] == '.')
                continue;
            if (n == LETTERS_MOST || !is_plain(text.data[k]))
                return false;
            letters[n++] = text.data[k];
            lent--;
        }
    }
    uint32_t at = 0;
    return n >= 2 && wd_name_word_next((struct wd_str){letters, n}, &at, ret_word);
}

/* "… Preference Service (TPS)" */
static bool is_introduced(const struct tag_words *words, uint32_t last, uint64_t acronym)
{
    const struct tag_word *next = &words->word[last + 1];
    return last + 3 < words->n_words && next[0].name.sign == '(' &&
           next[1].name.hash == acronym && wd_tag_is_acronym(&next[1]) &&
           next[2].name.sign == ')';
}

void wd_tag_add_acronyms(const struct tag_context *context, struct tag_names *names)
{
    for (uint32_t i = 0, n = names->n_names; i < n && names->n_names < names->room; i++) {
        const struct tag_name *name = &names->name[i];
        struct wd_name_word word;
        if (name->label != WD_LABEL_ORGANISATION || name->first == name->last ||
            name->votes[name->label] < NAME_SCORE ||
            !make_initials(context, name->first, name->last, &word))
            continue;
        if (word.length < LETTERS_LEAST &&
            !is_introduced(&context->words, name->last, word.hash))
            continue;
        const struct tag_found found = {.first = name->first, .last = name->first};
        struct tag_name *acronym =
            &names->name[wd_tag_names_add(names, tag_key_add(0, word.hash), &found)];
        if (acronym->votes[acronym->label] == 0)
            acronym->is_acronym = true;
        acronym->votes[WD_LABEL_ORGANISATION] += CREDIT;
        if (acronym->votes[WD_LABEL_ORGANISATION] > acronym->votes[acronym->label])
            acronym->label = WD_LABEL_ORGANISATION;
    }
}

uint32_t wd_tag_acronym_of(const struct tag_context *context,
                           const struct tag_names *names, const struct tag_name *name)
{
    struct wd_name_word word;
    if (name->label != WD_LABEL_ORGANISATION || name->first == name->last ||
        !make_initials(context, name->first, name->last, &word))
        return TAG_NO_NAME;
    uint32_t other =
        wd_tag_names_find(names, tag_key_label(tag_key_add(0, word.hash), name->label));
    bool is_acronym = other != TAG_NO_NAME &&
                      names->name[other].first == names->name[other].last &&
                      wd_tag_is_acronym(&context->words.word[names->name[other].first]);
    return is_acronym ? other : TAG_NO_NAME;
}
