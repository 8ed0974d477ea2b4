/* lexicon.c -- word lists of the tagger, and a small hash table over them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Own work: the closed classes of English and the nouns that end the names of
 * institutions, places and events in newspapers. To teach the tagger a word, add it to
 * its list. What a list is worth for each kind of name is decided in cues.c. */
#include "tag/lexicon.h"

#include <stdlib.h>

#include "base/hash.h"
#include "gazetteer/name_words.h"

struct word_list {
    uint32_t hint;
    const char *words; /* folded, parted by spaces */
};

static const struct word_list lists[] = {
    {HINT_JOIN, "of for and the & de"},
    {HINT_JOIN_BODY, "on"},
    {HINT_JOIN_BARE, "at to in"},
    {HINT_PARTICLE, "de la le du da dos das di del della van von der den ter ten bin ibn "
                    "al el ul ur y e "
                    "zu af av abu ould san"},
    {HINT_PLACE_PREP, "in near outside across throughout inside around toward towards"},
    {HINT_PREP, "from to at into of through between via against over off leaving left "
                "visited visit reached"},
    {HINT_SPEECH,
     "said says saying told tells adds added wrote writes asked argued argues warned "
     "warns "
     "noted notes announced tweeted insisted insists replied acknowledged explained "
     "explains concluded testified recalled recalls declined denied admitted thinks "
     "believes thought knew hopes hoped joked urged vowed pledged resigned died married "
     "born smiled laughed testifies suggested stressed complained claimed claims called"},
    {HINT_ORG_HEAD,
     "inc corp corporation co company companies ltd limited llc llp plc gmbh ag sa nv bv "
     "ab "
     "asa oyj spa kk group groups holdings holding partners industries enterprises "
     "associates technologies technology systems solutions services service laboratories "
     "labs pharmaceuticals motors airlines airways air records studios pictures "
     "entertainment media press news times post journal herald tribune gazette guardian "
     "telegraph magazine review weekly daily broadcasting network networks radio "
     "television "
     "tv channel publishing books university college institute institution school "
     "academy "
     "seminary hospital clinic museum gallery library orchestra opera theatre theater "
     "foundation trust fund charity ministry department agency administration authority "
     "bureau office commission committee subcommittee council board cabinet parliament "
     "assembly congress senate house court tribunal police force forces army navy guard "
     "corps command brigade division battalion regiment squadron militia fleet bank "
     "exchange union federation confederation association alliance coalition league "
     "society club party movement front organization organisation conference forum "
     "network "
     "institute center centre cooperative consortium fc cf sc ac afc united rovers "
     "wanderers rangers athletic hotspur team church diocese archdiocese synod "
     "fraternity "
     "brothers sons bros insurance financial capital securities investments energy oil "
     "gas "
     "petroleum electric power steel chemical foods stores brands hotels resorts "
     "software "
     "semiconductor telecom communications wireless mobile aerospace aviation railways "
     "railroad shipping logistics pac caucus secretariat directorate inspectorate "
     "registry registrar observer chronicle examiner inquirer dispatch bulletin sentinel "
     "courier gleaner conservancy syndicate cartel symphony philharmonic choir ballet "
     "constabulary gendarmerie polytechnic bancorp savings mining mines minerals "
     "resources refining telekom telecoms biotech therapeutics cement textiles breweries "
     "brewing tobacco rubber plantations properties realty trading construction "
     "engineering assurance reinsurance leasing finance bourse bhd berhad pty tbk jsc "
     "pjsc oao sarl sdn"},
    {HINT_LEGAL,
     "inc corp corporation co company ltd limited llc llp plc gmbh ag sa nv bv ab "
     "asa oyj spa kk holdings bhd berhad pty tbk jsc pjsc oao sarl sdn"},
    {HINT_ORG_FIRST,
     "ministry department university college institute bank bureau office committee "
     "council "
     "board academy association federation union court church museum league society "
     "organization organisation house national international royal american federal "
     "european united commission agency center centre school friends brotherhood order "
     "students doctors reporters movement front party church chamber parliament"},
    {HINT_PLACE_HEAD,
     "river lake county city town township village island islands isle isles street st "
     "avenue ave road rd boulevard blvd drive lane highway airport province region "
     "mountain mountains mount hills valley park beach bridge square bay sea ocean gulf "
     "strait straits peninsula desert coast heights forest falls creek harbor harbour "
     "point canyon district palace tower towers stadium arena building plaza castle "
     "republic kingdom state states territory oblast prefecture canton parish borough "
     "basin delta plateau reef cape springs strip hall garden gardens field cemetery "
     "cathedral mosque temple monastery abbey station terminal prison jail base camp "
     "refuge reservation canal dam center centre speedway raceway ranch villa hotel"},
    {HINT_PLACE_FIRST, "lake mount mt fort ft port cape santa saint st new los las rio "
                       "gulf strait republic "
                       "city kingdom province isle camp bay sea university el puerto sao "
                       "ciudad villa state "
                       "island islands valley district town borough county region"},
    {HINT_PLACE_AFTER,
     "region province city district county peninsula border borders area coast capital "
     "village town island islands airport suburb suburbs neighborhood neighbourhood "
     "river "
     "shore territory territories streets resident residents native natives"},
    {HINT_EVENT_HEAD,
     "war wars olympics games summit cup championship championships election "
     "elections festival revolution uprising massacre awards bowl series open marathon "
     "tournament playoffs finals conference expo biennale crisis genocide holocaust "
     "referendum intifada spring grandprix prix derby regatta "
     "campaign offensive battle siege bombing bombings attacks earthquake tsunami "
     "hurricane "
     "primary caucuses convention trial trials movement"},
    {HINT_EVENT_FIRST,
     "hurricane typhoon cyclone operation battle siege storm superstorm tornado"},
    {HINT_ORG_AFTER,
     "spokesman spokeswoman spokesperson shares employees headquarters subsidiary stock "
     "ceo "
     "executives executive chairman chairwoman coach fans players striker goalkeeper "
     "midfielder defender quarterback manager officials lawmakers members membership "
     "troops fighters militants analyst analysts economist economists reporter "
     "correspondent professor researchers scientists customers users investors "
     "shareholders website report reported"},
    {HINT_PERSON_AFTER, "who whose whom himself herself jr sr aged"},
    {HINT_THE, "the"},
    {HINT_COMPASS,
     "north south east west northern southern eastern western northeast northwest "
     "southeast "
     "southwest northeastern northwestern southeastern southwestern central upper lower "
     "greater downtown new old"},
    {HINT_FUNCTION,
     "a an the this that these those he she it we they i you me him her us them my your "
     "his "
     "its our their mine yours hers ours theirs who whom whose which what where when why "
     "how "
     "if although though while because since until unless after before during despite "
     "but "
     "and or nor so yet for as than then there here not no yes none nothing everything "
     "something anything some any all both each every either neither many much more most "
     "few less least several another other others such same one two three four five six "
     "seven eight nine ten in on at by with from to of about against between into "
     "through "
     "over under again further once only own too very just also even still now today "
     "tomorrow yesterday tonight is are was were be been being am do does did done doing "
     "have has had having will would shall should can could may might must ought dont "
     "doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt shouldnt hasnt "
     "havent "
     "hadnt im ive id hed itd theyd youd whod itll theyll youll youre youve hes shes "
     "theyre theyve weve whats thats theres heres "
     "lets "
     "however moreover meanwhile therefore thus instead according among along amid upon "
     "within without toward towards per via oh ok okay well mr mrs ms dr never always "
     "often "
     "sometimes perhaps maybe first second third last next new"},
    {HINT_KIN, "wife husband son daughter brother sister mother father cousin uncle aunt "
               "nephew niece "
               "widow fiancee boyfriend girlfriend friend colleague named"},
    {HINT_SPORT,
     "match matches goal goals goalless league season cup coach striker midfielder "
     "defender goalkeeper tournament champions championship quarterback touchdown "
     "touchdowns innings inning wicket wickets playoff playoffs semifinal semifinals "
     "quarterfinal semi-final halftime penalty referee squad team teams player players "
     "club clubs fixture fixtures rugby soccer football basketball baseball hockey "
     "cricket "
     "striker rebounds pitcher homer substitute offside relegation unbeaten kickoff"},
    {HINT_TEAM_BEFORE,
     "beat beats beating defeated faces thrashed edged downed hosted hosting "
     "versus vs v against "
     "eliminated trounced routed crushed hammered overcame outlasted blanked"},
    {HINT_TEAM_AFTER,
     "manager coach striker midfielder defender goalkeeper winger captain boss "
     "quarterback pitcher fans supporters supporter skipper stalwart defence "
     "midfield squad beat won lost drew scored defeated thrashed play played "
     "plays host hosts face faces visit visits"},
    {HINT_MANY, "are have were"},
    {HINT_RESULT,
     "win wins won victory victories triumph loss losses lost defeat defeats "
     "draw upset rout"},
    {HINT_TEAM_OVER, "over against to at with past by"},
    {HINT_VOTE, "election elections referendum referendums primaries runoff"},
    {HINT_VOTE_KIND,
     "presidential general parliamentary legislative federal local municipal regional "
     "provincial gubernatorial congressional mayoral midterm primary state runoff snap "
     "national constitutional independence leadership council assembly communal"},
    {HINT_OUTRAGE,
     "attack attacks riot riots bombing bombings massacre uprising insurrection coup "
     "shooting shootings earthquake quake tsunami disaster assault siege storming"},
    {HINT_GENERIC,
     "article chapter figure table section part page vol volume no number act title "
     "phase "
     "room gate flight route interstate channel type class grade level step resolution "
     "bill proposition amendment week day"},
};

struct slot {
    uint64_t hash;
    uint32_t hints;
};

#define N_SLOTS 4096

struct tag_lexicon {
    struct slot slots[N_SLOTS];
};

static struct slot *find_slot(struct tag_lexicon *lexicon, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (N_SLOTS - 1);
    while (lexicon->slots[i].hash && lexicon->slots[i].hash != hash)
        i = (i + 1) & (N_SLOTS - 1);
    return &lexicon->slots[i];
}

int wd_tag_lexicon_new(struct tag_lexicon **ret_lexicon)
{
    struct tag_lexicon *lexicon = calloc(1, sizeof(*lexicon));
    if (!lexicon)
        return WD_ENOMEM;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct wd_str text = wd_str_from(lists[i].words);
        struct wd_name_word word;
        for (uint32_t at = 0; wd_name_word_next(text, &at, &word);) {
            struct slot *slot = find_slot(lexicon, word.hash);
            slot->hash = word.hash;
            slot->hints |= lists[i].hint;
        }
    }
    *ret_lexicon = lexicon;
    return WD_OK;
}

void wd_tag_lexicon_free(struct tag_lexicon *lexicon)
{
    free(lexicon);
}

uint32_t wd_tag_lexicon_hints(const struct tag_lexicon *lexicon, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & (N_SLOTS - 1);
    for (; lexicon->slots[i].hash; i = (i + 1) & (N_SLOTS - 1)) {
        if (lexicon->slots[i].hash == hash)
            return lexicon->slots[i].hints;
    }
    return 0;
}
