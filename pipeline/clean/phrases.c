/* phrases.c -- the notices of the trade.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What sites and agencies put around articles is written in a few hundred turns of
 * phrase, the same from Oslo to Sydney. Each row says where in a line the phrase must
 * stand, how long the line may be, where on the page, and whether it may be a sentence:
 * "Follow …" and "Read …" begin true sentences, too, and those are long, or end with a
 * full stop, or stand in the middle. Add a row when a feed brings a new one, and its line
 * to tests/unit/test_clean.c. */
#include "rules.h"

#include <assert.h>

#include "lanes.h"

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
    NO_ZONE = 0, /* asked for: any phrase will do */
};

struct phrase {
    struct wd_str text; /* small letters, typewriter quotes and dashes */
    uint8_t match;
    uint8_t kind;
    uint8_t zones;
    uint8_t words_max; /* of the line */
    bool is_label;     /* only where the line is no sentence */
};

#define T(text)                                                                          \
    {                                                                                    \
        text, sizeof(text) - 1                                                           \
    }

static const struct phrase phrases[] = {
    /* advertising */
    {T("advertisement"), IS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {T("advertisements"), IS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {T("advertising"), IS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {T("advertisement -"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 10, true},
    {T("article continues below"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {T("story continues below"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {T("story continues after"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {T("article continues after"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {T("continue reading below"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {T("continue reading"), IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {T("scroll to continue"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 8, false},
    {T("skip advertisement"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 6, false},
    {T("skip ad"), IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {T("sponsored content"), STARTS, WD_FURNITURE_ADVERTISING, ANY, 6, true},
    {T("sponsored"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {T("paid content"), IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {T("promoted content"), IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {T("this advertisement has not loaded yet"), STARTS, WD_FURNITURE_ADVERTISING, ANY,
     20, false},
    {T("loading..."), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {T("werbung"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {T("anzeige"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {T("publicidad"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {T("publicit\xc3\xa9"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},

    {T("ad feedback"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {T("video ad feedback"), IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {T("sponsored links"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    {T("from our partners"), IS, WD_FURNITURE_ADVERTISING, ANY, 4, false},
    {T("report ad"), IS, WD_FURNITURE_ADVERTISING, ANY, 3, false},
    /* syndication notes */
    {T("this article originally appeared"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY,
     40, false},
    {T("this story originally appeared"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {T("this post originally appeared"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {T("this article first appeared"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {T("this story first appeared"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {T("this article was originally published"), STARTS, WD_FURNITURE_SYNDICATION_NOTE,
     ANY, 40, false},
    {T("this story was originally published"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY,
     40, false},
    {T("this article was first published"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY,
     40, false},
    {T("this story was first published"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {T("this article is republished"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60,
     false},
    {T("this article has been republished"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY,
     60, false},
    {T("this story was produced by"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60,
     false},
    {T("this article was produced by"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60,
     false},
    {T("this story is part of"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 60, false},
    {T("originally published"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {T("originally appeared"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {T("first published"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {T("republished with permission"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 30,
     false},
    {T("reprinted with permission"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 30,
     false},
    {T("reproduced with permission"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 30,
     false},
    {T("distributed by"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 16, false},
    {T("visit the original"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    {T("read the original article"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20,
     false},

    {T("a version of this article"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60,
     false},
    {T("a version of this story"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 60, false},
    {T("except for the headline, this story has not been edited"), STARTS,
     WD_FURNITURE_SYNDICATION_NOTE, ANY, 40, false},
    {T("this story has been published from a"), STARTS, WD_FURNITURE_SYNDICATION_NOTE,
     ANY, 40, false},
    {T("this report is auto-generated"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {T("this content was published by"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 40,
     false},
    {T("published under licence"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, ANY, 30, false},
    {T("syndicated from"), STARTS, WD_FURNITURE_SYNDICATION_NOTE, OUT, 20, false},
    /* copyright and its small print */
    {T("copyright \xc2\xa9"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("copyright (c)"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("copyright &copy"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("copyright 19"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("copyright 20"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("\xc2\xa9"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("c) 19"), STARTS, WD_FURNITURE_COPYRIGHT, OUT, 30, false},
    {T("c) 20"), STARTS, WD_FURNITURE_COPYRIGHT, OUT, 30, false},
    {T("&copy;"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("all rights reserved"), HOLDS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("all rights reserved"), ENDS, WD_FURNITURE_COPYRIGHT, ANY, 90, false},
    {T("may not be published, broadcast, rewritten"), HOLDS, WD_FURNITURE_COPYRIGHT, ANY,
     90, false},
    {T("this material may not be published"), STARTS, WD_FURNITURE_COPYRIGHT, ANY, 120,
     false},
    {T("click here for reprint permission"), HOLDS, WD_FURNITURE_COPYRIGHT, ANY, 60,
     false},
    {T("our standards: the thomson reuters trust principles"), STARTS,
     WD_FURNITURE_SOURCE_LINE, ANY, 14, false},

    /* related links and promotion */
    {T("read more"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("read more:"), STARTS, WD_FURNITURE_RELATED, ANY, 40, false},
    {T("read more on"), STARTS, WD_FURNITURE_RELATED, ANY, 14, true},
    {T("read more about"), STARTS, WD_FURNITURE_RELATED, ANY, 14, true},
    {T("read more from"), STARTS, WD_FURNITURE_RELATED, ANY, 14, true},
    {T("read also"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("also read"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("see also"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("see also:"), STARTS, WD_FURNITURE_RELATED, ANY, 30, false},
    {T("related"), IS, WD_FURNITURE_RELATED, ANY, 3, true},
    {T("related:"), STARTS, WD_FURNITURE_RELATED, ANY, 40, false},
    {T("related article"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("related articles"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("related stories"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("related story"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("related topics"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("related content"), STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {T("related coverage"), STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {T("related news"), STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {T("recommended"), IS, WD_FURNITURE_RELATED, ANY, 3, true},
    {T("recommended for you"), IS, WD_FURNITURE_RELATED, ANY, 5, true},
    {T("recommended stories"), IS, WD_FURNITURE_RELATED, ANY, 5, true},
    {T("you might also like"), STARTS, WD_FURNITURE_RELATED, ANY, 10, false},
    {T("you may also like"), STARTS, WD_FURNITURE_RELATED, ANY, 10, false},
    {T("more on this story"), STARTS, WD_FURNITURE_RELATED, ANY, 10, false},
    {T("more on this"), IS, WD_FURNITURE_RELATED, ANY, 5, true},
    {T("more from"), STARTS, WD_FURNITURE_RELATED, ANY, 10, true},
    {T("more to read"), IS, WD_FURNITURE_RELATED, ANY, 5, true},
    {T("more stories"), STARTS, WD_FURNITURE_RELATED, ANY, 8, true},
    {T("more news"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("more coverage"), STARTS, WD_FURNITURE_RELATED, ANY, 8, true},
    {T("most read"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("most popular"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("most viewed"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("trending"), IS, WD_FURNITURE_RELATED, ANY, 3, true},
    {T("trending now"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("latest stories"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("latest news"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("top news"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("top stories"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("editors' picks"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("editor's picks"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("don't miss"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("up next"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("explore more on these topics"), IS, WD_FURNITURE_RELATED, ANY, 8, true},
    {T("read our complete coverage"), STARTS, WD_FURNITURE_RELATED, ANY, 14, false},
    {T("full coverage"), STARTS, WD_FURNITURE_RELATED, ANY, 12, true},
    {T("watch:"), STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {T("watch live:"), STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {T("watch more"), STARTS, WD_FURNITURE_RELATED, ANY, 16, true},
    {T("watch the video"), STARTS, WD_FURNITURE_RELATED, ANY, 12, true},
    {T("listen:"), STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {T("listen to this article"), STARTS, WD_FURNITURE_RELATED, ANY, 12, false},
    {T("flashback:"), STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {T("in pictures:"), STARTS, WD_FURNITURE_RELATED, ANY, 24, true},
    {T("in case you missed it"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("read the full article"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("read the full story"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("read full article"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("read full story"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("continue reading at"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("click here to"), STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {T("click here for"), STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {T("click to read"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("click for more"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("click to hide"), IS, WD_FURNITURE_PROMO, ANY, 5, true},
    {T("for more information, visit"), STARTS, WD_FURNITURE_PROMO, END, 30, false},
    {T("for more information visit"), STARTS, WD_FURNITURE_PROMO, END, 30, false},
    {T("for more news"), STARTS, WD_FURNITURE_PROMO, OUT, 30, false},
    {T("for more stories"), STARTS, WD_FURNITURE_PROMO, OUT, 30, false},
    {T("download our app"), STARTS, WD_FURNITURE_PROMO, ANY, 20, false},
    {T("download the"), STARTS, WD_FURNITURE_PROMO, OUT, 16, true},
    {T("get the app"), STARTS, WD_FURNITURE_PROMO, ANY, 10, false},
    {T("check out what's clicking"), HOLDS, WD_FURNITURE_PROMO, ANY, 30, false},
    {T("have a story tip?"), STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {T("have a news tip?"), STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {T("have a tip?"), STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {T("got a tip?"), STARTS, WD_FURNITURE_PROMO, ANY, 40, false},
    {T("got a story"), STARTS, WD_FURNITURE_PROMO, END, 40, false},
    {T("send tips to"), STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {T("contact the author"), STARTS, WD_FURNITURE_PROMO, ANY, 20, false},
    {T("contact the reporter"), STARTS, WD_FURNITURE_PROMO, ANY, 20, false},
    {T("contact us"), STARTS, WD_FURNITURE_PROMO, OUT, 20, true},
    {T("information you can trust"), IS, WD_FURNITURE_PROMO, ANY, 5, true},
    {T("copy link"), STARTS, WD_FURNITURE_SOCIAL, ANY, 4, false},
    {T("click to get the"), STARTS, WD_FURNITURE_PROMO, ANY, 10, true},
    {T("updated [hour]"), STARTS, WD_FURNITURE_TIMESTAMP, ANY, 12, false},
    {T("published [hour]"), STARTS, WD_FURNITURE_TIMESTAMP, ANY, 12, false},
    {T("donate"), IS, WD_FURNITURE_PROMO, ANY, 3, true},
    {T("donate now"), IS, WD_FURNITURE_PROMO, ANY, 3, true},
    {T("support independent journalism"), STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {T("support our journalism"), STARTS, WD_FURNITURE_PROMO, ANY, 30, false},
    {T("purchase licensing rights"), HOLDS, WD_FURNITURE_PROMO, ANY, 8, false},
    {T("the associated press is an independent global news organization"), STARTS,
     WD_FURNITURE_PROMO, ANY, 90, false},
    {T("reuters, the news and media division of thomson reuters"), STARTS,
     WD_FURNITURE_PROMO, ANY, 120, false},

    {T("read next"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("read this next"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("most read from"), STARTS, WD_FURNITURE_RELATED, ANY, 6, true},
    {T("popular reads"), IS, WD_FURNITURE_RELATED, ANY, 3, true},
    {T("you may like"), IS, WD_FURNITURE_RELATED, ANY, 4, true},
    {T("see more on:"), STARTS, WD_FURNITURE_RELATED, ANY, 30, true},
    {T("what to read next"), IS, WD_FURNITURE_RELATED, ANY, 5, true},
    {T("newyou can now listen"), STARTS, WD_FURNITURE_PROMO, ANY, 14, false},
    {T("you can now listen to"), STARTS, WD_FURNITURE_PROMO, ANY, 12, false},
    {T("write to"), STARTS, WD_FURNITURE_PROMO, END, 14, false},
    {T("become a member"), STARTS, WD_FURNITURE_PROMO, OUT, 20, false},
    {T("source: cnn"), ENDS, WD_FURNITURE_CAPTION, ANY, 24, false},
    {T("now playing"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 8, true},

    /* subscription */
    {T("sign up"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, true},
    {T("sign in"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, true},
    {T("log in"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, true},
    {T("register"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, true},
    {T("subscribe"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, true},
    {T("sign up for our"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {T("sign up for the"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("sign up to"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("sign up here"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("sign up now"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("subscribe to"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("subscribe now"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("subscribe for"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("subscribe today"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 40, false},
    {T("already a subscriber"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {T("already have an account"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {T("for subscribers"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 4, true},
    {T("join our newsletter"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {T("get our newsletter"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {T("get the latest news"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {T("get the latest updates"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {T("get the latest stories"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {T("delivered to your inbox"), HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 80, false},
    {T("delivered to you"), ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 16, true},
    {T("delivered to you. i'm in"), ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 16, false},
    {T("in your inbox"), ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {T("to your inbox"), ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {T("straight to your inbox"), HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 80, false},
    {T("enter your email"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 120, false},
    {T("please enter a valid email"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {T("by entering your email"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 80, false},
    {T("by signing up, you"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {T("by signing up you"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {T("by subscribing, you"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {T("by subscribing you"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 60, false},
    {T("after newsletter promotion"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 5, true},
    {T("privacy notice:"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 90, false},
    {T("thank you for subscribing"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {T("thanks for signing up"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 20, false},
    {T("this article is free to access"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30,
     false},
    {T("newsletter"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, true},
    {T("newsletter"), ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 4, true},
    {T("sign up to receive it"), HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 50, false},
    {T("for access to this content"), HOLDS, WD_FURNITURE_SUBSCRIPTION, ANY, 16, false},
    {T("i'm in"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 3, true},
    {T("stay informed"), IS, WD_FURNITURE_SUBSCRIPTION, ANY, 4, true},
    {T("with your account - free of charge"), ENDS, WD_FURNITURE_SUBSCRIPTION, ANY, 40,
     false},

    {T("to continue reading"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {T("subscribe to continue"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30, false},
    {T("this article is for subscribers"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 30,
     false},
    {T("already a member"), STARTS, WD_FURNITURE_SUBSCRIPTION, ANY, 12, false},

    /* social */
    {T("share"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("share this"), STARTS, WD_FURNITURE_SOCIAL, ANY, 10, true},
    {T("share this article"), STARTS, WD_FURNITURE_SOCIAL, ANY, 10, false},
    {T("share this story"), STARTS, WD_FURNITURE_SOCIAL, ANY, 10, false},
    {T("share on"), STARTS, WD_FURNITURE_SOCIAL, ANY, 8, true},
    {T("share via"), STARTS, WD_FURNITURE_SOCIAL, ANY, 8, true},
    {T("tweet"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("facebook"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("twitter"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("instagram"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("linkedin"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("whatsapp"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("telegram"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("reddit"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("email"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("print"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("copy link"), STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {T("link copied"), STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {T("save this story"), STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {T("save article"), STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {T("follow us"), STARTS, WD_FURNITURE_SOCIAL, ANY, 24, false},
    {T("like us on"), STARTS, WD_FURNITURE_SOCIAL, ANY, 24, false},
    {T("join us on"), STARTS, WD_FURNITURE_SOCIAL, OUT, 24, false},
    {T("comments"), IS, WD_FURNITURE_SOCIAL, ANY, 3, true},
    {T("view comments"), STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {T("leave a comment"), STARTS, WD_FURNITURE_SOCIAL, ANY, 8, false},
    {T("leave a reply"), STARTS, WD_FURNITURE_SOCIAL, ANY, 8, true},
    {T("join the conversation"), STARTS, WD_FURNITURE_SOCIAL, ANY, 12, false},
    {T("please read our comment policy"), STARTS, WD_FURNITURE_SOCIAL, ANY, 12, false},

    {T("share full article"), STARTS, WD_FURNITURE_SOCIAL, ANY, 6, true},
    {T("copy/paste the link"), STARTS, WD_FURNITURE_SOCIAL, ANY, 12, false},
    {T("add as preferred source"), STARTS, WD_FURNITURE_SOCIAL, ANY, 10, true},

    /* navigation */
    {T("back"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("back to top"), IS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("menu"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("home"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("search"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("next"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("previous"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("next article"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("previous article"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("skip to"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 6, true},
    {T("show more"), IS, WD_FURNITURE_NAVIGATION, ANY, 4, true},
    {T("load more"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("close"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("close alert"), IS, WD_FURNITURE_NAVIGATION, ANY, 3, true},
    {T("accessibility statement"), IS, WD_FURNITURE_NAVIGATION, ANY, 4, true},
    {T("privacy policy"), IS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("terms of use"), IS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("terms of service"), IS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("cookie policy"), IS, WD_FURNITURE_NAVIGATION, ANY, 5, true},
    {T("we use cookies"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 60, false},
    {T("this site uses cookies"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 60, false},
    {T("this website uses cookies"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 60, false},
    {T("filed under"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 30, true},
    {T("tags:"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 40, true},
    {T("topics:"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 40, true},
    {T("category:"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 20, true},
    {T("categories:"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 20, true},
    {T("opens new tab"), ENDS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {T("opens new tab"), STARTS, WD_FURNITURE_NAVIGATION, ANY, 5, false},
    {T("autos"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("books"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("business"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("climate"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("companies"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("culture"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("economy"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("education"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("entertainment"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("environment"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("finance"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("food"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("health"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("lifestyle"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("lifestyles"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("markets"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("media"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("music"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("obituaries"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("opinion"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("photos"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("podcast"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("podcasts"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("politics"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("science"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("shop"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("sport"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("sports"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("style"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("summary"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("tech"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("technology"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("travel"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("u.s"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, false},
    {T("us"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("video"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("videos"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("weather"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("world"), IS, WD_FURNITURE_NAVIGATION, ANY, 2, true},
    {T("breaking news"), IS, WD_FURNITURE_NAVIGATION, OUT, 4, true},

    /* where it is from */
    {T("source:"), STARTS, WD_FURNITURE_SOURCE_LINE, END, 10, true},
    {T("sources:"), STARTS, WD_FURNITURE_SOURCE_LINE, END, 16, true},
    {T("with inputs from"), STARTS, WD_FURNITURE_SOURCE_LINE, OUT, 10, false},
    {T("with files from"), STARTS, WD_FURNITURE_SOURCE_LINE, OUT, 20, false},
    {T("ap"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, true},
    {T("afp"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, true},
    {T("cnn"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, true},
    {T("dpa"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, true},
    {T("reuters"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, true},
    {T("bloomberg"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 1, true},
    {T("associated press"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 2, true},
    {T("the associated press"), IS, WD_FURNITURE_SOURCE_LINE, ANY, 3, true},
    {T("with agencies"), IS, WD_FURNITURE_SOURCE_LINE, OUT, 4, true},

    /* captions that have no credit */
    {T("media caption"), STARTS, WD_FURNITURE_CAPTION, ANY, 60, false},
    {T("hide caption"), ENDS, WD_FURNITURE_CAPTION, ANY, 90, false},
    {T("toggle caption"), ENDS, WD_FURNITURE_CAPTION, ANY, 90, false},
    {T("getty images"), IS, WD_FURNITURE_CREDIT, ANY, 3, true},
    {T("afp via getty images"), IS, WD_FURNITURE_CREDIT, ANY, 5, true},
    {T("shutterstock"), IS, WD_FURNITURE_CREDIT, ANY, 2, true},
    {T("ap photo"), IS, WD_FURNITURE_CREDIT, ANY, 3, true},
    {T("stock photo"), IS, WD_FURNITURE_CREDIT, ANY, 3, true},
    {T("file photo:"), STARTS, WD_FURNITURE_CAPTION, ANY, 90, false},
    {T("file photo -"), STARTS, WD_FURNITURE_CAPTION, ANY, 90, false},
    {T("file -"), STARTS, WD_FURNITURE_CAPTION, ANY, 90, false},
    {T("image caption"), STARTS, WD_FURNITURE_CAPTION, ANY, 60, false},
    {T("purchase licensing rights"), ENDS, WD_FURNITURE_CAPTION, ANY, 90, false},
    {T("... more"), ENDS, WD_FURNITURE_CAPTION, ANY, 90, false},
    {T("view image in fullscreen"), IS, WD_FURNITURE_CAPTION, ANY, 6, true},

    /* An agency's sign-off: its clients print it as the last line of the article, so it
     * stays in the text. */
    {T("reporting by"), STARTS, WD_FURNITURE_BYLINE, ANY, 60, false},
    {T("additional reporting by"), STARTS, WD_FURNITURE_BYLINE, ANY, 60, false},
    {T("with reporting by"), STARTS, WD_FURNITURE_BYLINE, ANY, 60, false},
    {T("writing by"), STARTS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("editing by"), STARTS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("compiled by"), STARTS, WD_FURNITURE_BYLINE, ANY, 40, true},
    {T("r\xc3\xa9"
       "dig\xc3\xa9 par"),
     STARTS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("edited by"), STARTS, WD_FURNITURE_BYLINE, END, 14, false},
    {T("with assistance from"), STARTS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("contributed to this report"), ENDS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("contributed to this story"), ENDS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("contributed to this article"), ENDS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("contributed reporting"), ENDS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("contributed reporting from"), HOLDS, WD_FURNITURE_BYLINE, ANY, 40, false},
    {T("contributed to this report from"), HOLDS, WD_FURNITURE_BYLINE, ANY, 40, false},

    /* corrections stay in the text */
    {T("correction:"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("correction -"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("corrections:"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("clarification:"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("update:"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("editor's note:"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("editors' note:"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("updates with"), STARTS, WD_FURNITURE_CORRECTION, OUT, 30, false},
    {T("an earlier version of this"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("a previous version of this"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("this article has been updated"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200,
     false},
    {T("this article was amended"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("this story has been updated"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200, false},
    {T("this story has been corrected"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200,
     false},
    {T("this article has been corrected"), STARTS, WD_FURNITURE_CORRECTION, ANY, 200,
     false},
};

#define N_PHRASES (sizeof(phrases) / sizeof(phrases[0]))

static_assert(N_PHRASES <= WD_PHRASES_MAX, "the book has room for all phrases");

/* ---- phrases within a line
 *
 * Any of a dozen is looked for in all of the prose, so most of it must be leapt over: Wu
 * and Manber's way (1994), over the first WINDOW bytes of each. The last four bytes under
 * the window say how far it may move on. */

enum { WINDOW = 18, GRAM = 4 };

/* The GRAM bytes that end at `last`, case aside, as a number below WD_PHRASE_GRAMS. */
static inline unsigned gram_at(const char *last)
{
    uint32_t gram;
    memcpy(&gram, last - (GRAM - 1), GRAM);
    /* Bit 5 makes capitals small, and does to other bytes what it does in phrases. */
    return (gram | UINT32_C(0x20202020)) * UINT32_C(0x9e3779b1) >> 20;
}

static void book_add_window(struct wd_phrase_book *book, struct wd_str phrase)
{
    assert(phrase.size >= WINDOW);
    book->openings[gram_at(phrase.data + GRAM - 1)] = 1;
    for (unsigned k = GRAM - 1; k < WINDOW; k++) {
        uint8_t *skip = &book->skips[gram_at(phrase.data + k)];
        if (*skip > WINDOW - 1 - k)
            *skip = (uint8_t)(WINDOW - 1 - k);
    }
}

/* The first place from `at` on where a phrase may begin; text.size when there is none. */
static size_t next_candidate(const struct wd_phrase_book *book, struct wd_str text,
                             size_t at)
{
    for (at += WINDOW - 1; at < text.size;) {
        unsigned skip = book->skips[gram_at(text.data + at)];
        at += skip;
        if (skip > 0)
            continue;
        if (book->openings[gram_at(text.data + at - (WINDOW - GRAM))])
            return at - (WINDOW - 1);
        at++;
    }
    return text.size;
}

/* ---- the book */

static void book_add(struct wd_phrase_book *book, size_t k)
{
    struct wd_str text = phrases[k].text;
    unsigned n = text.size < WD_CHUNK ? (unsigned)text.size : WD_CHUNK;
    book->masks[book->n_ordered] = wd_lanes_below(n);
    book->chunks[book->n_ordered] = wd_chunk_read(text.data, text.size);
    book->ordered[book->n_ordered++] = (uint16_t)k;
}

/* Those that are looked for at the start of a line go by their first byte. The few for
 * its end and for its inside stay in one list each. */
void wd_phrase_book_init(struct wd_phrase_book *book)
{
    *book = (struct wd_phrase_book){.n_ends = 0};
    memset(book->skips, WINDOW - GRAM + 1, sizeof(book->skips));
    for (unsigned c = 0; c < 256; c++) {
        book->starts[c].from = (uint16_t)book->n_ordered;
        for (size_t k = 0; k < N_PHRASES; k++) {
            if ((unsigned char)phrases[k].text.data[0] == c &&
                (phrases[k].match == IS || phrases[k].match == STARTS))
                book_add(book, k);
        }
        book->starts[c].to = (uint16_t)book->n_ordered;
    }
    book->holds.from = (uint16_t)book->n_ordered;
    for (size_t k = 0; k < N_PHRASES; k++) {
        if (phrases[k].match == ENDS)
            book->ends[book->n_ends++] = (uint16_t)k;
        if (phrases[k].match == HOLDS) {
            book_add(book, k);
            book_add_window(book, phrases[k].text);
        }
    }
    book->holds.to = (uint16_t)book->n_ordered;
}

static bool phrase_allows(const struct phrase *phrase, const struct wd_line *line,
                          unsigned zones)
{
    return line->n_words <= phrase->words_max && (phrase->zones & zones) == zones &&
           (!phrase->is_label || (line->flags & WD_LINE_STOP) == 0);
}

/* The first phrase in `range` with which the key begins. */
static const struct phrase *find_first(const struct wd_phrase_book *book,
                                       struct wd_phrase_range range,
                                       const struct wd_line *line,
                                       const struct wd_key *key, unsigned zones)
{
    uint64_t chunk = wd_chunk_read(key->head, WD_CHUNK);
    for (unsigned n = range.from; n < range.to; n++) {
        if ((chunk & book->masks[n]) != book->chunks[n])
            continue;
        const struct phrase *phrase = &phrases[book->ordered[n]];
        if (phrase_allows(phrase, line, zones) &&
            (phrase->match == IS ? wd_key_is(key, phrase->text)
                                 : wd_key_starts(key, phrase->text)))
            return phrase;
    }
    return NULL;
}

static const struct phrase *find_end(const struct wd_phrase_book *book,
                                     const struct wd_line *line, const struct wd_key *key,
                                     unsigned zones)
{
    struct wd_str tail = wd_key_bare_tail(key);
    for (unsigned n = 0; n < book->n_ends; n++) {
        const struct phrase *phrase = &phrases[book->ends[n]];
        struct wd_str text = phrase->text;
        if (tail.size >= text.size &&
            tail.data[tail.size - 1] == text.data[text.size - 1] &&
            wd_key_at(tail, tail.size - text.size, text) &&
            phrase_allows(phrase, line, zones))
            return phrase;
    }
    return NULL;
}

static const struct phrase *find_within(const struct wd_phrase_book *book,
                                        const struct wd_line *line, struct wd_str text,
                                        unsigned zones)
{
    struct wd_key key;
    for (size_t at = 0; (at = next_candidate(book, text, at)) < text.size; at++) {
        if (at > 0 && wd_key_is_word_byte((char)(text.data[at - 1] | 0x20)))
            continue;
        wd_key_make_head((struct wd_str){text.data + at, text.size - at}, &key);
        const struct phrase *phrase = find_first(book, book->holds, line, &key, zones);
        if (phrase)
            return phrase;
    }
    return NULL;
}

static const struct phrase *find_phrase(const struct wd_phrase_book *book,
                                        const struct wd_line *line, struct wd_str text,
                                        const struct wd_key *key, unsigned zones)
{
    const struct phrase *phrase = NULL;
    if (key->head_size > 0)
        phrase =
            find_first(book, book->starts[(unsigned char)key->head[0]], line, key, zones);
    if (!phrase)
        phrase = find_end(book, line, key, zones);
    if (phrase)
        return phrase;
    /* Where white space is odd, its folded form is searched instead. */
    if (!(line->flags & WD_LINE_GAPS))
        return find_within(book, line, text, zones);
    phrase = find_within(book, line, (struct wd_str){key->head, key->head_size}, zones);
    if (!phrase && !key->is_whole)
        phrase =
            find_within(book, line, (struct wd_str){key->tail, key->tail_size}, zones);
    return phrase;
}

/* "Follow The Star's Jane Doe on X or Facebook." */
static bool is_follow_line(const struct wd_line *line, const struct wd_key *key)
{
    static const struct wd_str networks[] = {
        T("on x"),        T("on twitter"),   T("on facebook"), T("on instagram"),
        T("on threads"),  T("on youtube"),   T("on linkedin"), T("on tiktok"),
        T("on telegram"), T("on whatsapp"),  T("on bluesky"),  T("on mastodon"),
        T("on \"x\""),    T("truth social"),
    };
    if (line->n_words > 30 || !wd_key_starts(key, WD_STR("follow")))
        return false;
    for (size_t k = 0; k < sizeof(networks) / sizeof(networks[0]); k++) {
        if (wd_key_holds(key, networks[k]))
            return true;
    }
    return false;
}

bool wd_phrase_may_match(const struct wd_phrase_book *book, const struct wd_proof *proof,
                         size_t i, const struct wd_key *key)
{
    const struct wd_line *line = &proof->lines[i];
    return is_follow_line(line, key) ||
           find_phrase(book, line, wd_proof_line(proof, i), key, NO_ZONE) != NULL;
}

bool wd_rule_phrase(const struct wd_phrase_book *book, struct wd_proof *proof, size_t i,
                    const struct wd_key *key, unsigned zones)
{
    const struct wd_line *line = &proof->lines[i];
    if (is_follow_line(line, key)) {
        wd_proof_drop(proof, i, WD_FURNITURE_SOCIAL, true);
        return true;
    }
    const struct phrase *phrase =
        find_phrase(book, line, wd_proof_line(proof, i), key, zones);
    if (!phrase)
        return false;
    if (phrase->kind == WD_FURNITURE_CORRECTION || phrase->kind == WD_FURNITURE_BYLINE)
        wd_proof_mark(proof, i, (enum wd_furniture_kind)phrase->kind);
    else
        wd_proof_drop(proof, i, (enum wd_furniture_kind)phrase->kind, true);
    return true;
}
