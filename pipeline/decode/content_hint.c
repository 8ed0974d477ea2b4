/* content_hint.c -- what an element's name, class and id say of the text in it. Names of
 * classes are their makers' own, but they are made of English words, and a few dozen of
 * these come on most papers' pages: a word counts wherever "-", "_" or a capital letter
 * parts it from others ("c-relatedPosts__list"). None is sure; the judge asks what would
 * be left without them. SPDX-License-Identifier: Apache-2.0 */
#include "content.h"

#include <stdlib.h>

#include "base/ascii.h"

enum { WORD_MAX = 20 };

enum {
    WHOLE = 1 << 0,  /* "article", "story" … */
    PART = 1 << 1,   /* … and "body", "text": what holds an article */
    LAYOUT = 1 << 2, /* "has-sidebar": of the frame, not of what is in it */
};

/* In order, for bsearch. */
static const struct word {
    char word[WORD_MAX];
    uint8_t hint;
    uint8_t names; /* what it may name together with others */
} words[] = {
    {"ad", WD_CONTENT_HINT(ADVERTISING), 0},
    {"ads", WD_CONTENT_HINT(ADVERTISING), 0},
    {"advert", WD_CONTENT_HINT(ADVERTISING), 0},
    {"advertisement", WD_CONTENT_HINT(ADVERTISING), 0},
    {"article", WD_CONTENT_NO_HINT, WHOLE},
    {"articlebody", WD_CONTENT_NO_HINT, WHOLE | PART},
    {"bio", WD_CONTENT_HINT(BYLINE), 0},
    {"body", WD_CONTENT_NO_HINT, PART},
    {"breadcrumb", WD_CONTENT_HINT(NAVIGATION), 0},
    {"breadcrumbs", WD_CONTENT_HINT(NAVIGATION), 0},
    {"caption", WD_CONTENT_HINT(CAPTION), 0},
    {"carousel", WD_CONTENT_HINT(RELATED), 0},
    {"colophon", WD_CONTENT_HINT(NAVIGATION), 0},
    {"comment", WD_CONTENT_HINT(SOCIAL), 0},
    {"commentform", WD_CONTENT_HINT(SOCIAL), 0},
    {"comments", WD_CONTENT_HINT(SOCIAL), 0},
    {"consent", WD_CONTENT_HINT(NAVIGATION), 0},
    {"content", WD_CONTENT_NO_HINT, PART},
    {"cookie", WD_CONTENT_HINT(NAVIGATION), 0},
    {"cookies", WD_CONTENT_HINT(NAVIGATION), 0},
    {"credit", WD_CONTENT_HINT(CREDIT), 0},
    {"credits", WD_CONTENT_HINT(CREDIT), 0},
    {"disqus", WD_CONTENT_HINT(SOCIAL), 0},
    {"entry", WD_CONTENT_NO_HINT, WHOLE},
    {"footer", WD_CONTENT_HINT(NAVIGATION), 0},
    {"gdpr", WD_CONTENT_HINT(NAVIGATION), 0},
    {"grid", WD_CONTENT_NO_HINT, LAYOUT},
    {"has", WD_CONTENT_NO_HINT, LAYOUT},
    {"latest", WD_CONTENT_HINT(RELATED), 0},
    {"layout", WD_CONTENT_NO_HINT, LAYOUT},
    {"login", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"menu", WD_CONTENT_HINT(NAVIGATION), 0},
    {"nav", WD_CONTENT_HINT(NAVIGATION), 0},
    {"navbar", WD_CONTENT_HINT(NAVIGATION), 0},
    {"navigation", WD_CONTENT_HINT(NAVIGATION), 0},
    {"news", WD_CONTENT_NO_HINT, WHOLE},
    {"newsletter", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"newsletters", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"outbrain", WD_CONTENT_HINT(RELATED), 0},
    {"pagination", WD_CONTENT_HINT(NAVIGATION), 0},
    {"popular", WD_CONTENT_HINT(RELATED), 0},
    {"post", WD_CONTENT_NO_HINT, WHOLE},
    {"promo", WD_CONTENT_HINT(PROMO), 0},
    {"promos", WD_CONTENT_HINT(PROMO), 0},
    {"promotion", WD_CONTENT_HINT(PROMO), 0},
    {"readmore", WD_CONTENT_HINT(RELATED), 0},
    {"recirc", WD_CONTENT_HINT(RELATED), 0},
    {"recommendation", WD_CONTENT_HINT(RELATED), 0},
    {"recommendations", WD_CONTENT_HINT(RELATED), 0},
    {"recommended", WD_CONTENT_HINT(RELATED), 0},
    {"register", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"registration", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"related", WD_CONTENT_HINT(RELATED), 0},
    {"relatedposts", WD_CONTENT_HINT(RELATED), 0},
    {"reply", WD_CONTENT_HINT(SOCIAL), 0},
    {"respond", WD_CONTENT_HINT(SOCIAL), 0},
    {"share", WD_CONTENT_HINT(SOCIAL), 0},
    {"sharedaddy", WD_CONTENT_HINT(SOCIAL), 0},
    {"shares", WD_CONTENT_HINT(SOCIAL), 0},
    {"sharing", WD_CONTENT_HINT(SOCIAL), 0},
    {"sidebar", WD_CONTENT_HINT(RELATED), 0},
    {"signin", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"signup", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"skip", WD_CONTENT_HINT(NAVIGATION), 0},
    {"social", WD_CONTENT_HINT(SOCIAL), 0},
    {"sponsor", WD_CONTENT_HINT(ADVERTISING), 0},
    {"sponsored", WD_CONTENT_HINT(ADVERTISING), 0},
    {"story", WD_CONTENT_NO_HINT, WHOLE},
    {"subnav", WD_CONTENT_HINT(NAVIGATION), 0},
    {"subscribe", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"subscription", WD_CONTENT_HINT(SUBSCRIPTION), 0},
    {"taboola", WD_CONTENT_HINT(RELATED), 0},
    {"tags", WD_CONTENT_HINT(NAVIGATION), 0},
    {"taxonomy", WD_CONTENT_HINT(NAVIGATION), 0},
    {"teaser", WD_CONTENT_HINT(RELATED), 0},
    {"teasers", WD_CONTENT_HINT(RELATED), 0},
    {"text", WD_CONTENT_NO_HINT, PART},
    {"toolbar", WD_CONTENT_HINT(SOCIAL), 0},
    {"topics", WD_CONTENT_HINT(NAVIGATION), 0},
    {"topnav", WD_CONTENT_HINT(NAVIGATION), 0},
    {"trending", WD_CONTENT_HINT(RELATED), 0},
    {"viafoura", WD_CONTENT_HINT(SOCIAL), 0},
    {"with", WD_CONTENT_NO_HINT, LAYOUT},
};

static int compare_word(const void *key, const void *word)
{
    return strcmp(key, ((const struct word *)word)->word);
}

/* What the words of class and id say so far. */
struct said {
    uint8_t hint; /* the first of them */
    uint8_t names;
};

static void hear_word(struct said *said, char *word, size_t size)
{
    if (size < 2 || size == WORD_MAX)
        return;
    word[size] = '\0';
    const struct word *known = bsearch(word, words, sizeof(words) / sizeof(words[0]),
                                       sizeof(words[0]), compare_word);
    if (!known)
        return;
    said->names |= known->names;
    if (!said->hint)
        said->hint = known->hint;
}

/* Reads the value of an attribute, if there is one, word by word. */
static void hear(struct said *said, const char *value)
{
    char word[WORD_MAX];
    size_t size = 0;
    for (char before = '\0'; value && *value; before = *value++) {
        const char small = wd_ascii_small(*value);
        bool is_letter = wd_ascii_is_letter(*value);
        bool is_next = small != *value && wd_ascii_is_letter(before) &&
                       wd_ascii_small(before) == before;
        if (!is_letter || is_next) {
            hear_word(said, word, size);
            size = 0;
        }
        if (is_letter && size < WORD_MAX)
            word[size++] = small;
    }
    hear_word(said, word, size);
}

/* Not a mark within the page, as cross-heads have one to be found by. */
static bool leads_away(const char *const *attributes)
{
    const char *href = wd_html_attribute(attributes, "href");
    return href && *href != '#';
}

static uint8_t hint_of_role(enum wd_tag_role role, enum wd_content_reach reach,
                            bool is_own)
{
    const bool is_wire = reach == WD_CONTENT_TAGS;
    switch (role) {
    case WD_TAG_ROLE_CAPTION:
        return WD_CONTENT_HINT(CAPTION);
    case WD_TAG_ROLE_MENU:
        return WD_CONTENT_HINT(NAVIGATION);
    case WD_TAG_ROLE_FOOTER:
        return is_own ? WD_CONTENT_NO_HINT : WD_CONTENT_HINT(NAVIGATION);
    case WD_TAG_ROLE_ASIDE:
        return is_wire ? WD_CONTENT_NO_HINT : WD_CONTENT_HINT(RELATED);
    case WD_TAG_ROLE_FORM:
        return is_wire ? WD_CONTENT_NO_HINT : WD_CONTENT_HINT(SUBSCRIPTION);
    case WD_TAG_ROLE_NONE:
    case WD_TAG_ROLE_ARTICLE:
    case WD_TAG_ROLE_QUOTE:
    case WD_TAG_ROLE_TEXT:
        break;
    }
    return WD_CONTENT_NO_HINT;
}

static uint8_t traits_of_role(enum wd_tag_role role, enum wd_tag_effect effect)
{
    if (role == WD_TAG_ROLE_ARTICLE)
        return WD_CONTENT_OWN | WD_CONTENT_BOX | WD_CONTENT_NAMED;
    if (role == WD_TAG_ROLE_QUOTE)
        return WD_CONTENT_OWN;
    return effect == WD_TAG_BLOCK && role != WD_TAG_ROLE_TEXT ? WD_CONTENT_BOX : 0;
}

void wd_content_read(struct wd_content_level *level, const char *name,
                     enum wd_tag_effect effect, const char *const *attributes,
                     enum wd_content_reach reach, bool is_own)
{
    struct said said = {.hint = WD_CONTENT_NO_HINT};
    if (effect == WD_TAG_INLINE) {
        bool is_link = wd_ascii_compare(name, "a") == 0 && leads_away(attributes);
        level->traits = is_link ? WD_CONTENT_LINK : 0;
        return;
    }
    const enum wd_tag_role role = wd_tag_role(name);
    level->hint = hint_of_role(role, reach, is_own);
    level->traits = traits_of_role(role, effect);
    if (reach == WD_CONTENT_TAGS)
        return;
    hear(&said, wd_html_attribute(attributes, "class"));
    hear(&said, wd_html_attribute(attributes, "id"));
    hear(&said, wd_html_attribute(attributes, "itemprop"));
    if (!level->hint && (said.names & LAYOUT) == 0)
        level->hint = said.hint;
    if ((level->traits & WD_CONTENT_BOX) && (said.names & WHOLE) && (said.names & PART))
        level->traits |= WD_CONTENT_NAMED;
}
