/* phrases.c -- the notices of the trade.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What sites and agencies put around articles is written in a few hundred turns of
 * phrase, the same from Oslo to Sydney. Each row says where in a line the phrase must
 * stand, how long the line may be, where on the page, and whether it may be a sentence:
 * "Follow …" and "Read …" begin true sentences, too, and those are long, or end with a
 * full stop, or stand in the middle. Add a row when a feed brings a new one, and its line
 * to tests/cases/clean. */
#include "rules.h"

enum match {
    IS,     /* the line is the phrase, but for marks */
    STARTS, /* … begins with it */
    ENDS,
    HOLDS,
};

enum {
    ANY = WD_ZONE_ANY,
    OUT = WD_ZONE_TOP | WD_ZONE_END,
    END = WD_ZONE_END,
};

struct phrase {
    const char *text; /* small letters, typewriter quotes and dashes */
    uint8_t match;
    uint8_t kind;
    uint8_t zones;
    uint8_t words_max; /* of the line */
    bool is_label;     /* only where the line is no sentence */
};

static const struct phrase phrases[] = {
    /* advertising */
    {"advertisement", IS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {"advertisements", IS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {"advertising", IS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {"advertisement -", STARTS, WD_FURNITURE_ADVERTISING, ANY, 10, true},
    {"article continues below", STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {"story continues below", STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {"story continues after", STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {"article continues after", STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {"continue reading below", STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {"continue reading", IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {"scroll to continue", STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {"skip advertisement", STARTS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {"skip ad", IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {"sponsored content", STARTS, WD_FURNITURE_ADVERTISING, ANY, 6, true},
    {"sponsored", IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {"paid content", IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {"promoted content", IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {"this advertisement has not loaded yet", STARTS, WD_FURNITURE_ADVERTISING, ANY, 20,
     false},
    {"loading...", IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {"werbung", IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {"anzeige", IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {"publicidad", IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {"publicit\xc3\xa9", IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},

    /* syndication notes */
    {"this article originally appeared", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {"this story originally appeared", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {"this post originally appeared", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {"this article first appeared", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {"this story first appeared", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40, false},
    {"this article was originally published", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY,
     40, false},
    {"this story was originally published", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY,
     40, false},
    {"this article was first published", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {"this story was first published", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {"this article is republished", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60,
     false},
    {"this article has been republished", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60,
     false},
    {"this story was produced by", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60, false},
    {"this article was produced by", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60,
     false},
    {"this story is part of", STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 60, false},
    {"originally published", STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {"originally appeared", STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {"first published", STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {"republished with permission", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 30,
     false},
    {"reprinted with permission", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 30, false},
    {"reproduced with permission", STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 30, false},
    {"distributed by", STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 16, false},
    {"visit the original", STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {"read the original article", STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},

    /* copyright and its small print */
    {"copyright \xc2\xa9", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"copyright (c)", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"copyright &copy", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"copyright 19", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"copyright 20", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"\xc2\xa9", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"c) 19", STARTS, WD_FURNITURE_COPYRIGHT, OUT, 30, false},
    {"c) 20", STARTS, WD_FURNITURE_COPYRIGHT, OUT, 30, false},
    {"&copy;", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"all rights reserved", HOLDS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"all rights reserved", ENDS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {"may not be published, broadcast, rewritten", HOLDS, WD_FURNITURE_COPYRIGHT, ANY, 90,
     false},
    {"this material may not be published", STARTS, WD_FURNITURE_COPYRIGHT, ANY, 120,
     false},
    {"click here for reprint permission", HOLDS, WD_FURNITURE_COPYRIGHT, ANY, 60, false},
    {"our standards: the thomson reuters trust principles", STARTS,
     WD_FURNITURE_SOURCE_LINE, ANY, 14, false},

    /* related links and promotion */
    {"read more", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"read more:", STARTS, WD_FURNITURE_RELATED, ANY, 40, false},
    {"read more on", STARTS, WD_FURNITURE_RELATED, ANY, 14, true},
    {"read more about", STARTS, WD_FURNITURE_RELATED, ANY, 14, true},
    {"read more from", STARTS, WD_FURNITURE_RELATED, ANY, 14, true},
    {"read also", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"also read", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"see also", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"see also:", STARTS, WD_FURNITURE_RELATED, ANY, 30, false},
    {"related", IS, WD_FURNITURE_RELATED, ANY, 3, false},
    {"related:", STARTS, WD_FURNITURE_RELATED, ANY, 40, false},
    {"related article", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"related articles", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"related stories", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"related story", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"related topics", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"related content", STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {"related coverage", STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {"related news", STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {"recommended", IS, WD_FURNITURE_RELATED, ANY, 3, false},
    {"recommended for you", IS, WD_FURNITURE_RELATED, ANY, 5, false},
    {"recommended stories", IS, WD_FURNITURE_RELATED, ANY, 5, false},
    {"you might also like", STARTS, WD_FURNITURE_RELATED, ANY, 10, false},
    {"you may also like", STARTS, WD_FURNITURE_RELATED, ANY, 10, false},
    {"more on this story", STARTS, WD_FURNITURE_RELATED, ANY, 10, false},
    {"more on this", IS, WD_FURNITURE_RELATED, ANY, 5, false},
    {"more from", STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {"more to read", IS, WD_FURNITURE_RELATED, ANY, 5, false},
    {"more stories", STARTS, WD_FURNITURE_RELATED, ANY, 8, true},
    {"more news", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"more coverage", STARTS, WD_FURNITURE_RELATED, ANY, 8, true},
    {"most read", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"most popular", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"most viewed", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"trending", IS, WD_FURNITURE_RELATED, ANY, 3, false},
    {"trending now", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"latest stories", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"latest news", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"top news", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"top stories", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"editors' picks", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"editor's picks", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"don't miss", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"up next", IS, WD_FURNITURE_RELATED, ANY, 4, false},
    {"explore more on these topics", IS, WD_FURNITURE_RELATED, ANY, 8, false},
    {"read our complete coverage", STARTS, WD_FURNITURE_RELATED, ANY, 14, false},
    {"full coverage", STARTS, WD_FURNITURE_RELATED, ANY, 12, true},
    {"watch:", STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {"watch live:", STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {"watch more", STARTS, WD_FURNITURE_RELATED, ANY, 16, true},
    {"watch the video", STARTS, WD_FURNITURE_RELATED, ANY, 12, true},
    {"listen:", STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {"listen to this article", STARTS, WD_FURNITURE_RELATED, ANY, 12, false},
    {"flashback:", STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {"in pictures:", STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {"in case you missed it", STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {"read the full article", STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {"read the full story", STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {"read full article", STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {"read full story", STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {"continue reading at", STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {"click here to", STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {"click here for", STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {"click to read", STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {"click for more", STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {"click to hide", IS, WD_FURNITURE_PROMO, ANY, 5, false},
    {"for more information, visit", STARTS, WD_FURNITURE_PROMO, END, 30, false},
    {"for more information visit", STARTS, WD_FURNITURE_PROMO, END, 30, false},
    {"for more news", STARTS, WD_FURNITURE_PROMO, OUT, 30, false},
    {"for more stories", STARTS, WD_FURNITURE_PROMO, OUT, 30, false},
    {"download our app", STARTS, WD_FURNITURE_PROMO, ANY, 20, false},
    {"download the", STARTS, WD_FURNITURE_PROMO, OUT, 16, true},
    {"get the app", STARTS, WD_FURNITURE_PROMO, ANY, 10, false},
    {"check out what's clicking", HOLDS, WD_FURNITURE_PROMO, ANY, 30, false},
    {"have a story tip?", STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {"have a news tip?", STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {"have a tip?", STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {"got a tip?", STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {"got a story", STARTS, WD_FURNITURE_PROMO, END, 40, false},
    {"send tips to", STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {"contact the author", STARTS, WD_FURNITURE_PROMO, ANY, 20, false},
    {"contact the reporter", STARTS, WD_FURNITURE_PROMO, ANY, 20, false},
    {"contact us", STARTS, WD_FURNITURE_PROMO, OUT, 20, true},
    {"information you can trust", IS, WD_FURNITURE_PROMO, ANY, 5, false},
    {"donate", IS, WD_FURNITURE_PROMO, ANY, 3, false},
    {"donate now", IS, WD_FURNITURE_PROMO, ANY, 3, false},
    {"support independent journalism", STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {"support our journalism", STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {"purchase licensing rights", HOLDS, WD_FURNITURE_PROMO, ANY, 8, false},
    {"the associated press is an independent global news organization", STARTS,
     WD_FURNITURE_PROMO, ANY, 90, false},
    {"reuters, the news and media division of thomson reuters", STARTS,
     WD_FURNITURE_PROMO, ANY, 120, false},

    /* subscription */
    {"sign up", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, false},
    {"sign in", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, false},
    {"log in", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, false},
    {"register", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, false},
    {"subscribe", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, false},
    {"sign up for our", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {"sign up for the", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"sign up to", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"sign up here", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"sign up now", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"subscribe to", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"subscribe now", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"subscribe for", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"subscribe today", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {"already a subscriber", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {"already have an account", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {"for subscribers", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 4, false},
    {"join our newsletter", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {"get our newsletter", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {"get the latest", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {"delivered to your inbox", HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 80, false},
    {"delivered to you", HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 16, false},
    {"in your inbox", HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {"straight to your inbox", HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 80, false},
    {"enter your email", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 120, false},
    {"please enter a valid email", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {"by entering your email", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 80, false},
    {"by signing up", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {"by subscribing", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {"after newsletter promotion", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 5, false},
    {"privacy notice:", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 90, false},
    {"thank you for subscribing", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {"thanks for signing up", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {"this article is free to access", STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {"newsletter", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, false},
    {"newsletter", ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 4, true},
    {"sign up to receive", HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 50, false},
    {"for access to this content", HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 16, false},
    {"i'm in", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, false},
    {"stay informed", IS, WD_FURNITURE_SUBSCRIPTION, ANY, 4, false},
    {"with your account - free of charge", ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 40,
     false},

    /* social */
    {"share", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"share this", STARTS, WD_FURNITURE_SOCIAL, ANY, 10, true},
    {"share this article", STARTS, WD_FURNITURE_SOCIAL, ANY, 10, false},
    {"share this story", STARTS, WD_FURNITURE_SOCIAL, ANY, 10, false},
    {"share on", STARTS, WD_FURNITURE_SOCIAL, ANY, 8, true},
    {"share via", STARTS, WD_FURNITURE_SOCIAL, ANY, 8, true},
    {"tweet", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"facebook", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"twitter", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"instagram", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"linkedin", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"whatsapp", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"telegram", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"reddit", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"email", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"print", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"copy link", STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {"link copied", STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {"save this story", STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {"save article", STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {"follow us", STARTS, WD_FURNITURE_SOCIAL, ANY, 24, false},
    {"like us on", STARTS, WD_FURNITURE_SOCIAL, ANY, 24, false},
    {"join us on", STARTS, WD_FURNITURE_SOCIAL, OUT, 24, false},
    {"comments", IS, WD_FURNITURE_SOCIAL, ANY, 3, false},
    {"view comments", STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {"leave a comment", STARTS, WD_FURNITURE_SOCIAL, ANY, 8, false},
    {"leave a reply", STARTS, WD_FURNITURE_SOCIAL, ANY, 8, true},
    {"join the conversation", STARTS, WD_FURNITURE_SOCIAL, ANY, 12, false},
    {"please read our comment policy", STARTS, WD_FURNITURE_SOCIAL, ANY, 12, false},

    /* navigation */
    {"back", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"back to top", IS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {"menu", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"home", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"search", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"next", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"previous", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"next article", STARTS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {"previous article", STARTS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {"skip to", STARTS, WD_FURNITURE_NAVIGATION, ANY, 6, true},
    {"show more", IS, WD_FURNITURE_NAVIGATION, ANY, 4, false},
    {"load more", STARTS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {"close", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"close alert", IS, WD_FURNITURE_NAVIGATION, ANY, 3, false},
    {"accessibility statement", IS, WD_FURNITURE_NAVIGATION, ANY, 4, false},
    {"privacy policy", IS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {"terms of use", IS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {"terms of service", IS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {"cookie policy", IS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {"we use cookies", STARTS, WD_FURNITURE_NAVIGATION, ANY, 60, false},
    {"this site uses cookies", STARTS, WD_FURNITURE_NAVIGATION, ANY, 60, false},
    {"this website uses cookies", STARTS, WD_FURNITURE_NAVIGATION, ANY, 60, false},
    {"filed under", STARTS, WD_FURNITURE_NAVIGATION, ANY, 30, true},
    {"tags:", STARTS, WD_FURNITURE_NAVIGATION, ANY, 40, true},
    {"topics:", STARTS, WD_FURNITURE_NAVIGATION, ANY, 40, true},
    {"category:", STARTS, WD_FURNITURE_NAVIGATION, ANY, 20, true},
    {"categories:", STARTS, WD_FURNITURE_NAVIGATION, ANY, 20, true},
    {"opens new tab", HOLDS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {"autos", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"books", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"business", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"climate", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"companies", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"culture", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"economy", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"education", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"entertainment", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"environment", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"finance", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"food", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"health", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"lifestyle", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"lifestyles", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"markets", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"media", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"music", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"obituaries", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"opinion", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"photos", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"podcast", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"podcasts", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"politics", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"science", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"shop", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"sport", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"sports", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"style", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"summary", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"tech", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"technology", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"travel", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"u.s", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"us", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"video", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"videos", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"weather", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"world", IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {"breaking news", IS, WD_FURNITURE_NAVIGATION, OUT, 4, false},

    /* where it is from */
    {"source:", STARTS, WD_FURNITURE_SOURCE_LINE, END, 10, true},
    {"sources:", STARTS, WD_FURNITURE_SOURCE_LINE, END, 16, true},
    {"with inputs from", STARTS, WD_FURNITURE_SOURCE_LINE, OUT, 10, false},
    {"with files from", STARTS, WD_FURNITURE_SOURCE_LINE, OUT, 20, false},
    {"ap", IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, false},
    {"afp", IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, false},
    {"cnn", IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, false},
    {"dpa", IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, false},
    {"reuters", IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, false},
    {"bloomberg", IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, false},
    {"associated press", IS, WD_FURNITURE_SOURCE_LINE, ANY, 2, false},
    {"the associated press", IS, WD_FURNITURE_SOURCE_LINE, ANY, 3, false},
    {"with agencies", IS, WD_FURNITURE_SOURCE_LINE, OUT, 4, false},

    /* corrections stay in the text */
    {"correction:", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"correction -", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"corrections:", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"clarification:", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"editor's note:", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"editors' note:", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"an earlier version of this", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"a previous version of this", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"this article has been updated", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"this article was amended", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"this story has been updated", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"this story has been corrected", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {"this article has been corrected", STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
};

static bool phrase_fits(const struct phrase *phrase, const struct wd_key *key)
{
    switch ((enum match)phrase->match) {
    case IS:
        return wd_key_is(key, phrase->text);
    case STARTS:
        return wd_key_starts(key, phrase->text);
    case ENDS:
        return wd_key_ends(key, phrase->text);
    case HOLDS:
        return wd_key_holds(key, phrase->text);
    }
    return false;
}

/* "Follow The Star's Jane Doe on X or Facebook." */
static bool is_follow_line(const struct wd_line *line, const struct wd_key *key)
{
    static const char *const networks[] = {
        "on x",       "on twitter",  "on facebook", "on instagram", "on threads",
        "on youtube", "on linkedin", "on tiktok",   "on telegram",  "on whatsapp",
        "on bluesky", "on mastodon", "on \"x\"",    "truth social",
    };
    if (line->n_words > 30 || !wd_key_starts(key, "follow"))
        return false;
    /* „” turned round: some sites write ”X”. */
    for (size_t k = 0; k < sizeof(networks) / sizeof(networks[0]); k++) {
        if (wd_key_holds(key, networks[k]))
            return true;
    }
    return false;
}

bool wd_rule_phrase(struct wd_proof *proof, size_t i, const struct wd_key *key,
                    unsigned zones)
{
    const struct wd_line *line = &proof->lines[i];

    if (is_follow_line(line, key)) {
        wd_proof_drop(proof, i, WD_FURNITURE_SOCIAL, true);
        return true;
    }
    for (size_t k = 0; k < sizeof(phrases) / sizeof(phrases[0]); k++) {
        const struct phrase *phrase = &phrases[k];
        if (line->n_words > phrase->words_max || (phrase->zones & zones) != zones ||
            (phrase->is_label && (line->flags & WD_LINE_STOP) != 0) ||
            !phrase_fits(phrase, key))
            continue;
        if (phrase->kind == WD_FURNITURE_CORRECTION) {
            wd_proof_mark(proof, i, WD_FURNITURE_CORRECTION);
            return true;
        }
        wd_proof_drop(proof, i, (enum wd_furniture_kind)phrase->kind, true);
        return true;
    }
    return false;
}
