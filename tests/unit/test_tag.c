/* test_tag.c -- names are found, told apart, and joined within the article.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each row is a text and the entities that a reader would mark in it, in order of first
 * mention: label:name(number of mentions). Own sentences, with the real gazetteer. */
#include "cmocka_prelude.h"

#include <stdio.h>
#include <string.h>

#include "wiredesk/buf.h"
#include "wiredesk/pipeline.h"

struct row {
    const char *text;
    const char *want;
};

static struct wd_pipeline *pl;
static struct wd_article *art;

static int set_up(void **state)
{
    (void)state;
    struct wd_options opts;
    struct wd_error err;
    wd_options_init(&opts);
    opts.data_dir = WD_DATA_DIR;
    opts.clean = false;
    opts.format = WD_FORMAT_TEXT;
    art = wd_article_new();
    if (wd_pipeline_open(&opts, &pl, &err) < 0) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    return art ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    wd_pipeline_close(pl);
    wd_article_free(art);
    return 0;
}

static const struct wd_facts *run(const char *text)
{
    struct wd_record record = {
        .value = wd_str_from(text), .partition = WD_NO_PARTITION, .timestamp_ms = -1};
    wd_article_begin(art, &record);
    assert_int_equal(wd_pipeline_run(pl, art), WD_OK);
    return wd_article_facts(art);
}

/* "p:Jane Doe(2); l:Paris(1)": p, o, l, e, g for the label; with "=uri" when asked. */
static void list_entities(const struct wd_facts *facts, bool with_uri, struct wd_buf *buf)
{
    for (size_t i = 0; i < facts->n_entities; i++) {
        const struct wd_entity *entity = &facts->entities[i];
        char count[16];
        (void)snprintf(count, sizeof(count), "(%u)", entity->n_mentions);
        wd_buf_append_z(buf, i ? "; " : "");
        wd_buf_append_char(buf, "poleg"[entity->label]);
        wd_buf_append_char(buf, ':');
        wd_buf_append_str(buf, entity->name);
        wd_buf_append_z(buf, count);
        if (with_uri && entity->uri.size) {
            wd_buf_append_char(buf, '=');
            wd_buf_append_str(buf, entity->uri);
        }
    }
    wd_buf_append_char(buf, '\0');
}

static void check_rows(const struct row *rows, size_t n_rows, bool with_uri)
{
    for (size_t i = 0; i < n_rows; i++) {
        struct wd_buf got;
        wd_buf_init(&got, 1 << 16);
        list_entities(run(rows[i].text), with_uri, &got);
        if (strcmp(got.data, rows[i].want) != 0)
            fail_msg("%s\nwant %s\n got %s", rows[i].text, rows[i].want, got.data);
        wd_buf_done(&got);
    }
}

#define N_ROWS(rows)            (sizeof(rows) / sizeof((rows)[0]))
#define CHECK_ROWS(rows)        check_rows((rows), N_ROWS(rows), false)
#define CHECK_LINKED_ROWS(rows) check_rows((rows), N_ROWS(rows), true)

static const struct row basic[] = {
    {"Pete Hegseth met John Healey in Brussels on Wednesday.",
     "p:Pete Hegseth(1); p:John Healey(1); l:Brussels(1)"},
    {"The ministers of Germany and France spoke at the United Nations.",
     "l:Germany(1); l:France(1); o:United Nations(1)"},
    {"Officials in Washington, D.C., said the World Health Organization was informed.",
     "l:Washington, D.C.(1); o:World Health Organization(1)"},
    {"She studied at the University of Toronto before joining Siemens AG.",
     "o:University of Toronto(1); o:Siemens AG(1)"},
};

static void names_of_each_kind_are_found(void **state)
{
    (void)state;
    CHECK_ROWS(basic);
}

static const struct row joined[] = {
    {"Defense Secretary Pete Hegseth spoke first. Then Mr. Hegseth left; nobody had seen "
     "Hegseth\xe2\x80\x99s notes.",
     "p:Pete Hegseth(3)"},
    {"It was the first meeting of the Ukraine Defense Contact Group (UDCG). The UDCG "
     "meets "
     "again in May.",
     "o:Ukraine Defense Contact Group(3)"},
    {"The U.S. has paid its dues, and the United States will pay again.",
     "l:United States(2)"},
    {"Seven million numbers are on the Telephone Preference Service (TPS) lists. Calls "
     "to TPS numbers are banned, TPS said.",
     "o:Telephone Preference Service(4)"},
    {"The Muttahida Quami Movement won the seat in Karachi. Who lost it? MQM leaders did "
     "not say who.",
     "o:Muttahida Quami Movement(2); l:Karachi(1)"},
};

/* Clubs are called by their towns; countries are not clubs, and towns stay towns. */
static const struct row sport[] = {
    {"Southampton beat Swindon 2-1 on Saturday. The Swindon manager praised his players "
     "after the match, the third defeat of the season for the visiting club. Southampton "
     "have won twice. England play France in Leeds.",
     "o:Southampton(2); o:Swindon(2); l:England(1); l:France(1); l:Leeds(1)"},
    {"Southampton beat other towns to a new museum, officials in Southampton said.",
     "l:Southampton(2)"},
    {"Liverpool have not won the league for years, and the captain wants goals. "
     "Supporters "
     "of the club want a new striker this season. It is a test for Liverpool.",
     "o:Liverpool(2)"},
    {"The team had a 3-1 win over Evansville in the second match of the season. Its "
     "coach "
     "praised the players. Evansville came back late.",
     "o:Evansville(2)"},
};

static void towns_that_play_are_teams(void **state)
{
    (void)state;
    CHECK_ROWS(sport);
}

static void names_are_joined_within_the_article(void **state)
{
    (void)state;
    CHECK_ROWS(joined);
}

static const struct row nothing[] = {
    {"On Monday it rained, and in March it will rain again.", ""},
    {"However, nothing was said. Several people left early. Will they return?", ""},
    {"The target was missed. Apple trees grow here, and turkey is eaten in May.", ""},
};

static void ordinary_words_are_not_tagged(void **state)
{
    (void)state;
    CHECK_ROWS(nothing);
}

/* Words that may mean several things: the sentence and the article decide. */
static const struct row judged[] = {
    {"The governor of Georgia spoke in Atlanta, and Georgia voted on Tuesday.",
     "l:Georgia(2)=https://sws.geonames.org/4197000/; "
     "l:Atlanta(1)=https://sws.geonames.org/4180439/"},
    {"Tbilisi is the capital of Georgia, where people gathered again.",
     "l:Tbilisi(1)=https://sws.geonames.org/611717/; "
     "l:Georgia(1)=https://sws.geonames.org/614540/"},
    {"Georgia said on Tuesday that it would act.", "l:Georgia(1)"},
    {"Denzel Washington was in Washington on Friday, and Mr. Washington smiled.",
     "p:Denzel Washington(2)=https://www.wikidata.org/entity/Q42101; l:Washington(1)"},
    {"Paris Hilton flew to Paris, where Hilton opened a shop.",
     "p:Paris Hilton(2)=https://www.wikidata.org/entity/Q47899; "
     "l:Paris(1)=https://sws.geonames.org/2988507/"},
    {"Michael Jordan visited Jordan and saw Amman. Jordan said he was impressed.",
     "p:Michael Jordan(2)=https://www.wikidata.org/entity/Q41421; "
     "l:Jordan(1)=https://sws.geonames.org/248816/; "
     "l:Amman(1)=https://sws.geonames.org/250441/"},
    {"She lives in Cambridge.", "l:Cambridge(1)"},
    {"Apple Inc. shares rose. Apple said it had sold more. He ate an apple.",
     "o:Apple Inc.(2)"},
    {"The target was missed, Target Corp. said. Target reported a loss.",
     "o:Target Corp.(2)"},
    {"Theresa May resigned in May. May said she had no regrets. May this be the end.",
     "p:Theresa May(2)=https://www.wikidata.org/entity/Q264766"},
    {"Will Smith left early. Will he return? Smith did not say.",
     "p:Will Smith(2)=https://www.wikidata.org/entity/Q40096"},
    {"Turkey voted on Sunday, and a Turkish minister said the turkey was good.",
     "l:Turkey(1)=https://sws.geonames.org/298795/; g:Turkish(1)"},
};

/* An id is right or absent. */
static const struct row linked[] = {
    {"He flew from Philadelphia to L.A. on Monday.",
     "l:Philadelphia(1)=https://sws.geonames.org/4560349/; "
     "l:Los Angeles(1)=https://sws.geonames.org/5368361/"},
    {"The storm reached Baton Rouge, La., at noon.",
     "l:Baton Rouge(1)=https://sws.geonames.org/4315588/; "
     "l:Louisiana(1)=https://sws.geonames.org/4331987/"},
    {"Soviet leader Mikhail S. Gorbachev flew home.",
     "g:Soviet(1); p:Mikhail Gorbachev(1)=https://www.wikidata.org/entity/Q30487"},
    {"Viktor Yushchenko thanked the European Union. The EU sent aid.",
     "p:Viktor Yushchenko(1)=https://www.wikidata.org/entity/Q1459699; "
     "o:European Union(2)=https://www.wikidata.org/entity/Q458"},
    {"In Brasilia, Brazil, the Liberal Party called a vote.",
     "l:Bras\xc3\xadlia(1)=https://sws.geonames.org/3469058/; "
     "l:Brazil(1)=https://sws.geonames.org/3469034/; o:Liberal Party(1)"},
    {"The economic commission of Congress heard Paul Volcker.",
     "o:Congress(1); p:Paul Volcker(1)"},
    {"The CIA and the GSA would not comment.",
     "o:Central Intelligence Agency(1)=https://www.wikidata.org/entity/Q37230; "
     "o:GSA(1)"},
    {"The Glasgow School of Art reopened. The GSA was closed for years.",
     "o:Glasgow School of Art(2)=https://www.wikidata.org/entity/Q748106"},
    {"The trains from Cologne to St. Petersburg and Newcastle were late.",
     "l:Köln(1)=https://sws.geonames.org/2886242/; "
     "l:Saint Petersburg(1)=https://sws.geonames.org/498817/; l:Newcastle(1)"},
};

/* Reported by readers of the output: wrong once. */
static const struct row mended[] = {
    {"The Commission on Elections met in Manila to count what was left of the votes.",
     "o:Commission on Elections(1); l:Manila(1)"},
    {"The Food and Agriculture Organization spoke of hunger, and so did the Organization "
     "for Security and Cooperation in Europe.",
     "o:Food and Agriculture Organization(1); "
     "o:OSCE(1)"},
    {"SEAL INC <SINC.O> 2ND QTR APRIL 30 NET\nShr profit 29 cts vs loss six cts",
     "o:SEAL INC(1)"},
    {"Sen. Maria Cantwell (D-WA) and Rep. Jane Smith, R-Texas, praised the bill.",
     "p:Maria Cantwell(1); l:WA(1); p:Jane Smith(1); l:Texas(1)"},
    {"Shops close between Memorial Day and Labor Day in New York.",
     "e:Memorial Day(1); e:Labor Day(1); l:New York(1)"},
    {"The United States Navy in the Act was meant, lawyers said.",
     "o:United States Navy(1)"},
    {"Jean-Michel Basquiat was born in Brooklyn.",
     "p:Jean-Michel Basquiat(1); l:Brooklyn(1)"},
    {"Jane Smith was there, and Jane Smith spoke. Smith left. John Smith stayed. Smith "
     "came back.",
     "p:Jane Smith(4); p:John Smith(1)"},
};

static void what_readers_reported_is_mended(void **state)
{
    (void)state;
    CHECK_ROWS(mended);
}

/* Who has a role, stands between commas; initials and surnames that sentences cut. */
static const struct row people[] = {
    {"Estonia's defense minister, Kaarel Rand, named three commanders on Tuesday. Rand "
     "will speak again.",
     "l:Estonia(1); p:Kaarel Rand(2)"},
    {"The company's chief executive, Goldman Wells, said sales had risen.",
     "p:Goldman Wells(1)"},
    {"Chief Justice of India D Y Chandrachud opened the session. In India D Y "
     "Chandrachud "
     "is well known. The court in India, D Y Chandrachud said, works.",
     "l:India(3); p:D Y Chandrachud(3)"},
    {"Robert Kilroy-Silk said he wanted change. Mr Kilroy-Silk, who recently quit, left. "
     "On Thursday Mr Kilroy-Silk spoke.",
     "p:Robert Kilroy-Silk(3)"},
    {"Boats north of Stad stayed in harbor on Wednesday.", "l:Stad(1)"},
    {"Liam Fox was the first to speak. Dr Fox accused nobody.", "p:Liam Fox(2)"},
};

static const struct row nicknames[] = {
    {"Robert \"Bob\" Smith of Denver came. Smith left early; Bob Smith slept.",
     "p:Robert \"Bob\" Smith(3); l:Denver(1)"},
    {"Joaquín “El Chapo” Guzmán was caught. Guzmán did not speak.",
     "p:Joaquín “El Chapo” Guzmán(2)"},
    {"Stephen King \"The Stand\" Doubleday, 1978.", "p:Stephen King(1)"},
};

static void people_are_found_whole(void **state)
{
    (void)state;
    CHECK_ROWS(people);
    CHECK_ROWS(nicknames);
}

/* Names that are shared are not linked to the one that the list happens to hold. */
static const struct row unlinked[] = {
    {"The Deli on the corner was full, and so was the Valley.", "l:Deli(1); l:Valley(1)"},
    {"The House of Commons met. The House rose at noon, said Theresa May.",
     "o:House of Commons(1)=https://www.wikidata.org/entity/Q11005; o:House(1); "
     "p:Theresa May(1)=https://www.wikidata.org/entity/Q264766"},
    {"The Labour Party met in Oslo, and so did Norway's unions.",
     "o:Labour Party(1); l:Oslo(1)=https://sws.geonames.org/3143244/; "
     "l:Norway(1)=https://sws.geonames.org/3144096/"},
    {"Hospitals in Toronto and Ottawa sent nurses to Kingston, Ontario.",
     "l:Toronto(1)=https://sws.geonames.org/6167865/; "
     "l:Ottawa(1)=https://sws.geonames.org/6094817/; "
     "l:Kingston(1)=https://sws.geonames.org/5992500/; "
     "l:Ontario(1)=https://www.wikidata.org/entity/Q1904"},
    {"Geoff Hoon stood in Ashfield. London and Leeds voted Labour, said the British "
     "press.",
     "p:Geoff Hoon(1)=https://www.wikidata.org/entity/Q332385; l:Ashfield(1); "
     "l:London(1)=https://sws.geonames.org/2643743/; "
     "l:Leeds(1)=https://sws.geonames.org/2644688/; "
     "o:Labour Party(1)=https://www.wikidata.org/entity/Q9630; g:British(1)"},
    {"The flame was lit at Olympia, officials in Athens and Thessaloniki said, and "
     "Greece "
     "cheered.",
     "l:Olympia(1); l:Athens(1)=https://sws.geonames.org/264371/; "
     "l:Thessalon\xc3\xadki(1)=https://sws.geonames.org/734077/; "
     "l:Greece(1)=https://sws.geonames.org/390903/"},
    {"Alza Corp. reported a loss, and shares of Alza fell.", "o:Alza Corp.(2)"},
    {"They met at the Waldorf-Astoria in Chicago.",
     "l:Waldorf-Astoria(1); l:Chicago(1)=https://sws.geonames.org/4887398/"},
    {"It was fought on September 11, 1862, near Richmond, Virginia.",
     "e:September 11(1); l:Richmond(1); "
     "l:Virginia(1)=https://sws.geonames.org/6254928/"},
    {"She moved from Portland, Maine, to Paris, Texas.",
     "l:Portland(1); l:Maine(1)=https://sws.geonames.org/4971068/; l:Paris(1); "
     "l:Texas(1)=https://sws.geonames.org/4736286/"},
};

/* One name, many things: the article decides, and where it does not, nothing is linked.
 */
static const struct row shared[] = {
    {"Police in Springfield, Mo., arrested two men, the mayor of Springfield said.",
     "l:Springfield(2); l:Missouri(1)=https://sws.geonames.org/4398678/"},
    {"Smoke lay across Victoria on Friday, and Melbourne was dark.",
     "l:Victoria(1); l:Melbourne(1)=https://sws.geonames.org/2158177/"},
    {"The ferry from Vancouver to Victoria, British Columbia, was late, Canadian "
     "officials "
     "said.",
     "l:Vancouver(1)=https://sws.geonames.org/6173331/; "
     "l:Victoria(1)=https://sws.geonames.org/6174041/; "
     "l:British Columbia(1)=https://www.wikidata.org/entity/Q1974; g:Canadian(1)"},
    {"Abraham Lincoln was born in Kentucky. Lincoln died in 1865.",
     "p:Abraham Lincoln(2)=https://www.wikidata.org/entity/Q91; "
     "l:Kentucky(1)=https://sws.geonames.org/6254925/"},
    {"Police in Lincoln, England, arrested a man.",
     "l:Lincoln(1)=https://sws.geonames.org/2644487/; "
     "l:England(1)=https://www.wikidata.org/entity/Q21"},
    {"Chelsea beat Arsenal 2-1 on Saturday, and Chelsea manager Jose Mourinho was "
     "pleased.",
     "o:Chelsea(2); o:Arsenal(1); p:Jose Mourinho(1)"},
    {"President Juan Manuel Santos of Colombia met rebels in Havana. Santos said peace "
     "was "
     "near.",
     "p:Juan Manuel Santos(2); l:Colombia(1)=https://sws.geonames.org/3686110/; "
     "l:Havana(1)=https://sws.geonames.org/3553478/"},
    {"Dock workers went on strike in Santos and in Sao Paulo.",
     "l:Santos(1)=https://sws.geonames.org/3449433/; "
     "l:S\xc3\xa3o Paulo(1)=https://sws.geonames.org/3448439/"},
    {"Aid workers left Kinshasa for the east of Congo.",
     "l:Kinshasa(1)=https://sws.geonames.org/2314302/; "
     "l:Democratic Republic of the Congo(1)=https://sws.geonames.org/203312/"},
    {"Officials in Brazzaville said Congo would send troops.",
     "l:Brazzaville(1)=https://sws.geonames.org/2260535/; "
     "l:Republic of the Congo(1)=https://sws.geonames.org/2260494/"},
    {"Troops were sent to Congo.", "l:Congo(1)"},
    {"South Korea and North Korea held talks. Korea has been divided since 1945.",
     "l:South Korea(1)=https://sws.geonames.org/1835841/; "
     "l:North Korea(1)=https://sws.geonames.org/1873107/; l:Korea(1)"},
    {"The mayor of Birmingham spoke.", "l:Birmingham(1)"},
    {"Clashes broke out in Tripoli between Libyan militias, and Benghazi was calm.",
     "l:Tripoli(1)=https://sws.geonames.org/2210247/; g:Libyan(1); "
     "l:Benghazi(1)=https://sws.geonames.org/88319/"},
    {"Gunmen fired in Tripoli, in northern Lebanon, the Lebanese army said in Beirut.",
     "l:Tripoli(1); l:Lebanon(1)=https://sws.geonames.org/272103/; g:Lebanese(1); "
     "l:Beirut(1)=https://sws.geonames.org/276781/"},
    {"He visited France, Germany and Spain in May.",
     "l:France(1)=https://sws.geonames.org/3017382/; "
     "l:Germany(1)=https://sws.geonames.org/2921044/; "
     "l:Spain(1)=https://sws.geonames.org/2510769/"},
    {"The list has Albania, Croatia, Georgia, Macedonia and the United States.",
     "l:Albania(1)=https://sws.geonames.org/783754/; "
     "l:Croatia(1)=https://sws.geonames.org/3202326/; "
     "l:Georgia(1)=https://sws.geonames.org/614540/; "
     "l:North Macedonia(1)=https://sws.geonames.org/718075/; "
     "l:United States(1)=https://sws.geonames.org/6252001/"},
    {"Britain and London's banks joined a meeting in Washington.",
     "l:United Kingdom(1)=https://sws.geonames.org/2635167/; "
     "l:London(1)=https://sws.geonames.org/2643743/; l:Washington(1)"},
    {"Lebanon, Pennsylvania, was hit by a storm.",
     "l:Lebanon(1); l:Pennsylvania(1)=https://sws.geonames.org/6254927/"},
    {"The Chicago Bulls said Jordan would play on Friday.",
     "o:Chicago Bulls(1)=https://www.wikidata.org/entity/Q128109; l:Jordan(1)"},
};

static void shared_names_are_what_the_article_says(void **state)
{
    (void)state;
    CHECK_LINKED_ROWS(shared);
}

static void ids_are_sure_or_absent(void **state)
{
    (void)state;
    CHECK_LINKED_ROWS(linked);
}

/* A president is not his wife, a paper not its owner, a club not the one behind "and". */
static const struct row apart[] = {
    {"President Reagan met reporters. Nancy Reagan was there, and Nancy Reagan smiled. "
     "President Reagan left.",
     "p:Reagan(2); p:Nancy Reagan(2)"},
    {"President Reagan met reporters. Ronald Reagan was tired.",
     "p:Ronald Reagan(2)=https://www.wikidata.org/entity/Q9960"},
    {"Earvin \"Magic\" Johnson won. Magic Johnson smiled.",
     "p:Magic Johnson(2)=https://www.wikidata.org/entity/Q134183"},
    {"Thomson Reuters bought a rival, the agency Reuters reported.",
     "o:Thomson Reuters(1); o:Reuters(1)=https://www.wikidata.org/entity/Q130879"},
    {"Facebook said so, and General Electric denied it.",
     "o:Facebook(1)=https://www.wikidata.org/entity/Q355; "
     "o:General Electric(1)=https://www.wikidata.org/entity/Q54173"},
    {"Shares of KFC and of ABB rose in Zurich.",
     "o:KFC(1); o:ABB(1); "
     "l:Zürich(1)=https://sws.geonames.org/2657896/"},
    {"The cup goes to Chelsea, Manchester United and Arsenal, whose fans cheered.",
     "o:Chelsea(1); o:Manchester United F.C.(1)=https://www.wikidata.org/entity/Q18656; "
     "o:Arsenal(1)"},
};

static void neighbours_and_namesakes_are_told_apart(void **state)
{
    (void)state;
    CHECK_LINKED_ROWS(apart);
}

static void shared_names_are_not_linked(void **state)
{
    (void)state;
    CHECK_LINKED_ROWS(unlinked);
}

static void meaning_is_taken_from_the_context(void **state)
{
    (void)state;
    CHECK_LINKED_ROWS(judged);
}

static const struct row lines[] = {
    {"BERLIN (AP) \xe2\x80\x94 Emmanuel Macron spoke on Monday.",
     "l:Berlin(1); o:Associated Press(1); p:Emmanuel Macron(1)"},
    {"KYIV, Ukraine \xe2\x80\x94 It rained on Monday.", "l:Kyiv(1); l:Ukraine(1)"},
    {"TRUMP SAYS RUSSIA MUST END WAR IN UKRAINE",
     "p:TRUMP(1); l:Russia(1); l:Ukraine(1)"},
    {"Trump Says Europe Must Take More Responsibility for Its Defense",
     "p:Trump(1); l:Europe(1)"},
};

static void datelines_and_headlines_are_read(void **state)
{
    (void)state;
    CHECK_ROWS(lines);
}

static const struct row events[] = {
    {"Hurricane Katrina struck New Orleans in 2005.",
     "e:Hurricane Katrina(1); l:New Orleans(1)"},
    {"He fought in World War II and saw the 2012 Summer Olympics in London.",
     "e:World War II(1); e:2012 Summer Olympics(1); l:London(1)"},
    {"Typhoon Longwang reached Taiwan before Christmas, and Operation Medusa began.",
     "e:Typhoon Longwang(1); l:Taiwan(1); e:Christmas(1); e:Operation Medusa(1)"},
    {"The 2012 Olympic bid failed, but the Olympics came to Sochi.",
     "e:Olympics(1); l:Sochi(1)"},
    {"The 2016 Philippine presidential election was close. In 2019 general elections "
     "were held again.",
     "e:2016 Philippine presidential election(1)"},
    {"The 2024 U.S. presidential election decided it.", "l:United States(1)"},
    {"Brazil's January 8 riots recalled the Sept. 11, 2001, attacks. On January 9 riots "
     "broke out elsewhere.",
     "l:Brazil(1); e:January 8 riots(1); e:Sept. 11(1)"},
};

static void events_are_found_whole(void **state)
{
    (void)state;
    CHECK_ROWS(events);
}

/* Only what the gazetteer knows: no "Montag", no "Vertrag". */
static const struct row foreign[] = {
    {"Bundeskanzlerin Angela Merkel traf am Montag in Berlin den Pr\xc3\xa4sidenten "
     "Emmanuel "
     "Macron. Die Regierung will den Vertrag noch im Sommer pr\xc3\xbc"
     "fen, sagte ein Sprecher.",
     "p:Angela Merkel(1); l:Berlin(1); p:Emmanuel Macron(1)"},
    {"Die Polizei sperrte bei Hannover mehrere Stra\xc3\x9f"
     "en. Der Verkehr staute sich am Abend, und der Regen machte die Arbeit schwer.",
     "l:Hannover(1)"},
    {"La police a interpell\xc3\xa9 vingt personnes \xc3\xa0 Marseille. "
     "L\xe2\x80\x99\xc3\xa9"
     "quipe de la ville a perdu, selon Le Monde. La Croix-Rouge attend la fin de la "
     "semaine.",
     "l:Marseille(1); o:Le Monde(1)"},
    {"La presidenta lleg\xc3\xb3 el domingo a Santiago. La Marina cerr\xc3\xb3 los "
     "puertos "
     "de Chile, y el Gobierno de Argentina ofreci\xc3\xb3 ayuda a la poblaci\xc3\xb3n.",
     "l:Santiago(1); l:Chile(1); l:Argentina(1)"},
};

static void other_languages_have_listed_names_only(void **state)
{
    (void)state;
    CHECK_ROWS(foreign);
}

static void spans_lie_on_words_and_point_to_entities(void **state)
{
    (void)state;
    const struct wd_facts *facts =
        run("Camille Grand spoke. \xe2\x80\x9cWe agree,\xe2\x80\x9d Grand\xe2\x80\x99s "
            "aide said.");
    assert_int_equal(facts->n_mentions, 2);
    assert_int_equal(facts->n_entities, 1);
    assert_int_equal(facts->mentions[1].entity, 0);
    struct wd_str word = wd_span_of(facts->text, facts->mentions[1].span);
    assert_true(wd_str_equal(word, WD_STR("Grand")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_each_kind_are_found),
        cmocka_unit_test(names_are_joined_within_the_article),
        cmocka_unit_test(towns_that_play_are_teams),
        cmocka_unit_test(ordinary_words_are_not_tagged),
        cmocka_unit_test(meaning_is_taken_from_the_context),
        cmocka_unit_test(ids_are_sure_or_absent),
        cmocka_unit_test(what_readers_reported_is_mended),
        cmocka_unit_test(people_are_found_whole),
        cmocka_unit_test(neighbours_and_namesakes_are_told_apart),
        cmocka_unit_test(shared_names_are_not_linked),
        cmocka_unit_test(shared_names_are_what_the_article_says),
        cmocka_unit_test(datelines_and_headlines_are_read),
        cmocka_unit_test(events_are_found_whole),
        cmocka_unit_test(other_languages_have_listed_names_only),
        cmocka_unit_test(spans_lie_on_words_and_point_to_entities),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
