/* habits.c -- which words take a full stop, and which begin sentences, by language.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Written by hand after the style books of the agencies and what dictionaries list as
 * abbreviations; a word that is also a common one without its full stop is left out, or
 * stands among the numerals. Add a language as a block of four lists and a row at the
 * end; what is not listed is cut with the last row, which knows a few English titles. */
#include "habits.h"

/* clang-format off */

/* ---- German */

static const char *const de_titles[] = {
    "Abb", "Abs", "Aufl", "Az", "Bd", "Bsp", "Dipl", "Dr", "Frl", "Gen", "Hl", "Hptm",
    "Hr", "Hrsg", "Ing", "Kap", "Lic", "Mag", "Mio", "Mr", "Mrd", "Mrs", "Ms", "Nr",
    "Nrn", "Prof", "Red", "St", "Str", "Tel", "Tsd", "Univ", "Ziff", "bzw", "ca",
    "ehem", "evtl", "exkl", "geb", "gem", "gest", "ggf", "hl", "inkl", "jur", "lic",
    "lt", "max", "med", "mind", "nat", "phil", "rd", "rer", "sog", "verh", "versch",
    "vgl", "zzgl", "zzt",
};
static const char *const de_shorts[] = {
    "Anm", "Apr", "Aug", "Chr", "Co", "Corp", "Dez", "Feb", "Febr", "Inc", "Jan", "Jh",
    "Jr", "Ltd", "Nov", "Okt", "Sek", "Sep", "Sept", "Sr", "Std", "etc", "jr", "jun",
    "sen", "usw",
};
static const char *const de_numerals[] = {
    "Art", "Fig", "Hs", "Jg", "No", "Rn", "Rz", "Tab", "Vol",
};
static const char *const de_starters[] = {
    "Aber", "Alle", "Allerdings", "Alles", "Als", "Also", "Am", "An", "Anders", "Auch",
    "Auf", "Aus", "Außerdem", "Bei", "Beim", "Bereits", "Bis", "Da", "Dabei", "Dadurch",
    "Dafür", "Dagegen", "Daher", "Damit", "Danach", "Dann", "Daran", "Darauf", "Darum",
    "Das", "Davon", "Dazu", "Dem", "Demnach", "Den", "Denn", "Dennoch", "Der",
    "Derzeit", "Deshalb", "Die", "Dies", "Diese", "Dieser", "Dieses", "Doch", "Dort",
    "Drei", "Durch", "Ebenso", "Ein", "Eine", "Einen", "Einer", "Er", "Erst", "Es",
    "Für", "Gegen", "Gestern", "Hat", "Heute", "Hier", "Ich", "Ihr", "Ihre", "Im", "In",
    "Insgesamt", "Inzwischen", "Ist", "Jede", "Jeder", "Jetzt", "Kein", "Keine", "Laut",
    "Man", "Manche", "Mehr", "Mit", "Nach", "Nachdem", "Nicht", "Noch", "Nun", "Nur",
    "Ob", "Obwohl", "Oder", "Ohne", "Rund", "Schon", "Sein", "Seine", "Seit", "Selbst",
    "Sie", "So", "Sobald", "Sollte", "Sowohl", "Später", "Trotz", "Um", "Und", "Unter",
    "Viele", "Vom", "Von", "Vor", "Warum", "Was", "Wegen", "Weil", "Weiter", "Weitere",
    "Wenn", "Wer", "Wie", "Wir", "Wo", "Während", "Zu", "Zudem", "Zuletzt", "Zum",
    "Zunächst", "Zur", "Zuvor", "Zwar", "Zwei", "Über",
};

/* ---- French */

static const char *const fr_titles[] = {
    "Cap", "Capt", "Cdt", "Col", "Dr", "Drs", "Gén", "Lt", "M", "MM", "Me", "Mgr",
    "Mlle", "Mlles", "Mme", "Mmes", "Mr", "Mrs", "Ms", "Pr", "Prof", "Sgt", "St", "Ste",
    "Sts", "Tél", "apr", "art", "av", "bd", "boul", "cf", "chap", "dr", "env", "fig",
    "hab", "pp", "prof", "tél", "vol", "éd",
};
static const char *const fr_shorts[] = {
    "Cie", "Co", "Corp", "Inc", "Jr", "Ltd", "Sr", "avr", "déc", "févr", "janv", "juil",
    "nov", "oct", "sept",
};
static const char *const fr_numerals[] = {
    "no",
};
static const char *const fr_starters[] = {
    "Ainsi", "Alors", "Après", "Au", "Aucun", "Aucune", "Aussi", "Autre", "Aux",
    "Avant", "Avec", "C", "Car", "Ce", "Cela", "Cependant", "Certains", "Ces", "Cet",
    "Cette", "Chaque", "Chez", "Comme", "Contre", "D", "Dans", "De", "Depuis", "Des",
    "Deux", "Donc", "Du", "Elle", "Elles", "En", "Enfin", "Ensuite", "Entre", "Et",
    "Grâce", "Hier", "Il", "Ils", "J", "Je", "L", "La", "Le", "Les", "Leur", "Leurs",
    "Lors", "Lorsque", "Ma", "Mais", "Malgré", "Mes", "Mon", "N", "Nos", "Notre",
    "Nous", "On", "Or", "Ou", "Outre", "Où", "Par", "Parmi", "Pendant", "Plus",
    "Plusieurs", "Pour", "Pourtant", "Puis", "Qu", "Quand", "Que", "Quel", "Quelle",
    "Quelques", "Qui", "S", "Sa", "Sans", "Selon", "Ses", "Si", "Son", "Sous", "Sur",
    "Tous", "Tout", "Toute", "Toutefois", "Trois", "Un", "Une", "Vers", "Vous", "À",
    "Ça",
};

/* ---- Spanish */

static const char *const es_titles[] = {
    "AA", "Arq", "Av", "Avda", "CC", "Cap", "Cnel", "Dr", "Dra", "Dres", "Dña", "EE",
    "Excma", "Excmo", "Fr", "Gral", "HH", "Ilmo", "Ing", "Lic", "Mons", "Mr", "Mrs",
    "Ms", "Núm", "Pbro", "Prof", "Profa", "Pza", "Pág", "RR", "Sr", "Sra", "Sres",
    "Srta", "St", "Sta", "Sto", "Tel", "Tte", "Ud", "Uds", "Vd", "Vds", "aprox", "art",
    "arts", "cap", "dr", "dra", "ed", "ej", "fig", "núm", "prof", "pág", "págs", "sr",
    "sra", "sres", "srta", "tel", "vol", "vs",
};
static const char *const es_shorts[] = {
    "Co", "Corp", "Cía", "Inc", "Jr", "Ltd", "dic", "ene", "feb", "nov", "oct", "sept",
};
static const char *const es_numerals[] = {
    "no", "p", "pp",
};
static const char *const es_starters[] = {
    "Además", "Ahora", "Al", "Algunos", "Ante", "Antes", "Aquel", "Así", "Aunque",
    "Ayer", "Aún", "Cada", "Como", "Con", "Cuando", "De", "Del", "Desde", "Después",
    "Donde", "Dos", "Durante", "E", "El", "Ella", "Ellos", "En", "Entonces", "Entre",
    "Era", "Es", "Esa", "Ese", "Eso", "Esta", "Estas", "Este", "Esto", "Estos", "Fue",
    "Ha", "Han", "Hasta", "Hay", "Hoy", "La", "Las", "Le", "Les", "Lo", "Los", "Luego",
    "Mañana", "Me", "Menos", "Mi", "Mientras", "Mis", "Muchas", "Muchos", "Más", "Ni",
    "No", "Nos", "Nuestra", "Nuestro", "O", "Otra", "Otro", "Otros", "Para", "Pero",
    "Por", "Que", "Quien", "Qué", "Se", "Según", "Si", "Sin", "Sobre", "Solo", "Son",
    "Su", "Sus", "Sólo", "También", "Tampoco", "Toda", "Todas", "Todo", "Todos", "Tras",
    "Tres", "Un", "Una", "Unas", "Unos", "Usted", "Varios", "Y", "Ya", "Yo", "Él",
};

/* ---- Italian */

static const char *const it_titles[] = {
    "Arch", "Art", "Avv", "Cap", "Cav", "Cfr", "Col", "Comm", "Dott", "Dr", "Egr",
    "Gen", "Gent", "Geom", "Ing", "Magg", "Mons", "Mr", "Mrs", "Ms", "On", "Pag",
    "Prof", "Rag", "Rev", "Sen", "Sig", "Sigg", "Ss", "St", "Tel", "Ten", "arch", "art",
    "artt", "avv", "ca", "cap", "cav", "cfr", "cit", "dott", "es", "fig", "geom", "ing",
    "lett", "mons", "nn", "nr", "on", "pag", "pagg", "prof", "rag", "sec", "sen", "sig",
    "tel", "vol",
};
static const char *const it_shorts[] = {
    "Co", "Corp", "Inc", "Jr", "Ltd", "ago", "apr", "dic", "feb", "gen", "giu", "lug",
    "nov", "ott",
};
static const char *const it_numerals[] = {
    "L", "co", "n", "p", "v",
};
static const char *const it_starters[] = {
    "A", "Adesso", "Agli", "Ai", "Al", "Alcune", "Alcuni", "Alla", "Alle", "Allo",
    "Altri", "Altro", "Anche", "Ancora", "Che", "Chi", "Ci", "Come", "Con", "Cosa",
    "Così", "Da", "Dal", "Dalla", "Degli", "Dei", "Del", "Della", "Delle", "Dello",
    "Di", "Dopo", "Dove", "Due", "Durante", "E", "Ed", "Era", "Fra", "Già", "Gli", "Ha",
    "Hanno", "I", "Ieri", "Il", "In", "Infatti", "Infine", "Inoltre", "Intanto",
    "Invece", "Io", "L", "La", "Le", "Lei", "Lo", "Loro", "Lui", "Ma", "Mentre",
    "Molte", "Molti", "Negli", "Nei", "Nel", "Nella", "Nelle", "Nessuno", "Noi", "Non",
    "O", "Oggi", "Ogni", "Ora", "Per", "Perché", "Però", "Più", "Poi", "Prima",
    "Quando", "Quella", "Quello", "Questa", "Queste", "Questi", "Questo", "Qui",
    "Quindi", "Se", "Secondo", "Si", "Solo", "Sono", "Su", "Sua", "Sue", "Sul", "Sulla",
    "Suo", "Suoi", "Tra", "Tre", "Tutta", "Tutti", "Tutto", "Un", "Una", "Uno", "È",
};

/* ---- Portuguese */

static const char *const pt_titles[] = {
    "Arq", "Av", "Cap", "Cel", "Dr", "Dra", "Drs", "Eng", "Exma", "Exmo", "Fr", "Gen",
    "Ilmo", "Maj", "Mons", "Mr", "Mrs", "Ms", "Pe", "Prof", "Profa", "Pág", "Sgt", "Sr",
    "Sra", "Sras", "Srs", "Srta", "St", "Sta", "Sto", "Tel", "Ten", "aprox", "art",
    "arts", "cap", "dr", "dra", "fig", "núm", "prof", "pág", "págs", "sr", "sra", "tel",
    "vol",
};
static const char *const pt_shorts[] = {
    "Cia", "Co", "Corp", "Inc", "Jr", "Ltd", "Ltda", "abr", "ago", "dez", "fev", "jan",
    "jul", "jun", "nov",
};
static const char *const pt_numerals[] = {
    "no", "p", "pp",
};
static const char *const pt_starters[] = {
    "A", "Agora", "Ainda", "Alguns", "Além", "Antes", "Ao", "Aos", "Apesar", "Após",
    "Aquele", "As", "Assim", "Até", "Cada", "Com", "Como", "Da", "Das", "De", "Depois",
    "Desde", "Do", "Dois", "Dos", "Durante", "E", "Ela", "Elas", "Ele", "Eles", "Em",
    "Embora", "Enquanto", "Entre", "Então", "Era", "Essa", "Esse", "Esta", "Estas",
    "Este", "Estes", "Eu", "Foi", "Hoje", "Há", "Isso", "Isto", "Já", "Mais", "Mas",
    "Menos", "Meu", "Minha", "Muitas", "Muitos", "Na", "Nas", "Nem", "No", "Nos",
    "Nossa", "Nosso", "Num", "Numa", "Não", "Nós", "O", "Onde", "Ontem", "Os", "Ou",
    "Outra", "Outro", "Outros", "Para", "Pela", "Pelo", "Por", "Porque", "Porém",
    "Qual", "Quando", "Que", "Quem", "Se", "Segundo", "Sem", "Seu", "Seus", "Sobre",
    "Sua", "Suas", "São", "Só", "Também", "Toda", "Todas", "Todo", "Todos", "Três",
    "Um", "Uma", "Umas", "Uns", "Você", "Vários", "À", "Às", "É",
};

/* ---- Dutch */

static const char *const nl_titles[] = {
    "Art", "Dr", "Drs", "Ds", "Gen", "Ing", "Ir", "Mr", "Mrs", "Ms", "Nr", "Prof", "St",
    "Tel", "art", "bijv", "blz", "burg", "bv", "ca", "dhr", "dr", "drs", "ds", "evt",
    "excl", "fig", "gen", "incl", "ing", "ir", "kap", "kol", "lt", "max", "mevr", "min",
    "mld", "mln", "mr", "mw", "nr", "nrs", "pag", "prof", "resp", "tel", "vgl", "vol",
    "vs", "wed", "zgn",
};
static const char *const nl_shorts[] = {
    "Chr", "Co", "Corp", "Inc", "Jr", "Ltd", "Sr", "apr", "aug", "dec", "feb", "jan",
    "jl", "ll", "nov", "okt", "sept",
};
static const char *const nl_numerals[] = {
    "no", "p",
};
static const char *const nl_starters[] = {
    "Aan", "Achter", "Al", "Alle", "Alleen", "Alles", "Als", "Beide", "Bij",
    "Bovendien", "Daar", "Daarmee", "Daarna", "Daarnaast", "Daarom", "Dat", "De",
    "Deze", "Die", "Dit", "Door", "Drie", "Dus", "Echter", "Een", "Eerder", "Elke",
    "En", "Er", "Geen", "Gisteren", "Haar", "Het", "Hier", "Hij", "Hoe", "Hoewel",
    "Hun", "Ieder", "Iedereen", "Ik", "In", "Inmiddels", "Intussen", "Je", "Jij",
    "Later", "Maar", "Meer", "Met", "Mijn", "Morgen", "Na", "Naast", "Nadat", "Niet",
    "Nog", "Nu", "Of", "Om", "Omdat", "Onder", "Ons", "Onze", "Ook", "Op", "Over",
    "Sinds", "Sommige", "Tegen", "Tijdens", "Toch", "Toen", "Tot", "Tussen", "Twee",
    "U", "Uit", "Van", "Vanaf", "Vandaag", "Vanwege", "Veel", "Vele", "Volgende",
    "Volgens", "Voor", "Voordat", "Vorige", "Waar", "Waarom", "Wanneer", "Want", "Wat",
    "We", "Wie", "Wij", "Ze", "Zij", "Zijn", "Zo", "Zonder",
};

/* ---- Danish */

static const char *const da_titles[] = {
    "Dr", "Dvs", "Kl", "Mr", "Mrs", "Ms", "Nr", "Prof", "Sct", "Skt", "St", "Tlf",
    "adm", "adv", "afd", "art", "ca", "cand", "dir", "dr", "dvs", "ekskl", "evt", "fig",
    "fr", "frk", "gl", "hhv", "hr", "iht", "ing", "inkl", "jf", "jvf", "kap", "kl",
    "mag", "maks", "mht", "mia", "mill", "mio", "nr", "pga", "pkt", "prof", "ss", "stk",
    "str", "tlf", "vedr", "vol", "vs",
};
static const char *const da_shorts[] = {
    "Co", "Corp", "Inc", "Jr", "Ltd", "apr", "aug", "dec", "feb", "jan", "kr", "mfl",
    "mv", "nov", "okt", "pct", "sept",
};
static const char *const da_numerals[] = {
    "s",
};
static const char *const da_starters[] = {
    "Alle", "Allerede", "Alt", "Både", "Da", "De", "Den", "Denne", "Der", "Deres",
    "Derfor", "Dermed", "Desuden", "Det", "Dette", "Disse", "Dog", "Du", "Efter",
    "Eller", "En", "Et", "Flere", "For", "Fra", "Før", "Han", "Hans", "Hendes", "Her",
    "Hos", "Hun", "Hvad", "Hvem", "Hvis", "Hvor", "Hvordan", "Hvorfor", "I", "Ifølge",
    "Ikke", "Ingen", "Jeg", "Man", "Mange", "Med", "Mellem", "Men", "Mens", "Mod",
    "Nogle", "Nu", "Når", "Og", "Også", "Om", "Over", "På", "Selv", "Selvom", "Siden",
    "Sin", "Sit", "Som", "Så", "Til", "To", "Tre", "Uden", "Under", "Ved", "Vi",
    "Vores",
};

/* ---- Norwegian */

static const char *const no_titles[] = {
    "Dr", "Kl", "Mr", "Mrs", "Ms", "Nr", "Prof", "St", "Sta", "Tlf", "adm", "adv",
    "ang", "art", "avd", "ca", "cand", "dir", "dr", "dvs", "ekskl", "evt", "fig", "fr",
    "frk", "gl", "hhv", "hr", "ing", "inkl", "jf", "kap", "kl", "maks", "mill", "mrd",
    "nr", "pkt", "prof", "stk", "str", "tlf", "vol", "vs",
};
static const char *const no_shorts[] = {
    "Co", "Corp", "Inc", "Jr", "Ltd", "apr", "aug", "des", "feb", "jan", "kr", "mfl",
    "mv", "nov", "okt", "pst", "sept",
};
static const char *const no_numerals[] = {
    "s",
};
static const char *const no_starters[] = {
    "Alle", "Allerede", "Alt", "Både", "Da", "De", "Den", "Denne", "Der", "Deres",
    "Derfor", "Dermed", "Dessuten", "Det", "Dette", "Disse", "Du", "Ei", "Eller", "En",
    "Et", "Etter", "Flere", "For", "Fra", "Før", "Han", "Hans", "Hennes", "Her", "Hos",
    "Hun", "Hva", "Hvem", "Hvis", "Hvor", "Hvordan", "Hvorfor", "I", "Ifølge", "Ikke",
    "Ingen", "Jeg", "Likevel", "Man", "Mange", "Med", "Mellom", "Men", "Mens", "Mot",
    "Noen", "Nå", "Når", "Og", "Også", "Om", "Over", "På", "Samtidig", "Selv", "Siden",
    "Som", "Så", "Til", "To", "Tre", "Under", "Uten", "Ved", "Vi", "Vår",
};

/* ---- Swedish */

static const char *const sv_titles[] = {
    "Ca", "Dr", "Dvs", "Jfr", "Kl", "Mr", "Mrs", "Ms", "Nr", "Prof", "St", "Tel", "Vol",
    "adm", "ang", "art", "avd", "ca", "dir", "dr", "dvs", "ev", "exkl", "fig", "fil",
    "fr", "frk", "gen", "hr", "ing", "inkl", "jfr", "kap", "kl", "max", "milj", "nr",
    "prof", "sid", "tekn", "tel", "vol", "vs",
};
static const char *const sv_shorts[] = {
    "Co", "Corp", "Inc", "Jr", "Ltd", "apr", "aug", "dec", "feb", "jan", "jr", "kr",
    "nov", "okt", "sept",
};
static const char *const sv_numerals[] = {
    "s",
};
static const char *const sv_starters[] = {
    "Alla", "Allt", "Både", "De", "Den", "Denna", "Deras", "Dessa", "Dessutom", "Det",
    "Detta", "Dock", "Du", "Där", "Därför", "Därmed", "Då", "Efter", "Eller", "En",
    "Enligt", "Ett", "Flera", "Från", "För", "Före", "Han", "Hans", "Hennes", "Hon",
    "Hos", "Hur", "Här", "I", "Ingen", "Inte", "Jag", "Man", "Med", "Medan", "Mellan",
    "Men", "Mot", "Många", "Nu", "När", "Några", "Och", "Också", "Om", "På", "Redan",
    "Samtidigt", "Sedan", "Sin", "Själv", "Som", "Så", "Till", "Tre", "Två", "Under",
    "Utan", "Vad", "Var", "Varför", "Vem", "Vi", "Vid", "Vår", "Över",
};

/* ---- Finnish */

static const char *const fi_titles[] = {
    "Dr", "Esim", "Klo", "Ks", "Mr", "Mrs", "Ms", "Prof", "Puh", "St", "em", "esim",
    "klo", "ko", "ks", "nro", "ns", "os", "prof", "puh", "tri", "vrt",
};
static const char *const fi_shorts[] = {
    "Co", "Inc", "Ltd", "jne", "mm", "ym", "yms",
};
static const char *const fi_numerals[] = {
    "s",
};
static const char *const fi_starters[] = {
    "Ei", "Eivät", "Että", "He", "Hän", "Ja", "Jos", "Kaikki", "Kaksi", "Koska",
    "Kuitenkin", "Kun", "Me", "Minä", "Monet", "Moni", "Mutta", "Myös", "Ne", "Niin",
    "Nyt", "Nämä", "Oli", "Olivat", "On", "Ovat", "Se", "Sen", "Siinä", "Siksi",
    "Sitten", "Te", "Tämä", "Tässä", "Vaikka", "Vielä", "Yksi",
};

/* ---- Polish */

static const char *const pl_titles[] = {
    "Art", "Dr", "Gen", "Ks", "Mr", "Mrs", "Ms", "Np", "Nr", "Prof", "St", "Tel", "Ul",
    "abp", "al", "art", "asp", "bp", "dot", "dr", "dyr", "ew", "gen", "godz", "hab",
    "hr", "im", "insp", "inż", "kom", "kpt", "ks", "mec", "mgr", "mjr", "nadkom", "np",
    "nr", "ok", "os", "pkt", "pl", "por", "poz", "ppłk", "prof", "proj", "prok", "pt",
    "płk", "red", "rys", "str", "tab", "tel", "tzn", "tzw", "tłum", "ul", "ur", "ust",
    "wg", "ww", "wyd", "zm", "zob", "Św", "św",
};
static const char *const pl_shorts[] = {
    "Inc", "Ltd", "gr", "itd", "itp", "mld", "mln", "proc", "tys",
};
static const char *const pl_numerals[] = {
    "s",
};
static const char *const pl_starters[] = {
    "A", "Ale", "Bo", "Był", "Była", "Choć", "Co", "Czy", "Dla", "Dlatego", "Do",
    "Dziś", "Gdy", "Gdzie", "I", "Ich", "Inne", "Ja", "Jak", "Jednak", "Jego", "Jej",
    "Jest", "Jeśli", "Już", "Każdy", "Kiedy", "Kto", "Lecz", "My", "Na", "Nad", "Nasz",
    "Nie", "O", "Obecnie", "Od", "On", "Ona", "Oni", "Oraz", "Po", "Pod", "Ponadto",
    "Potem", "Przed", "Przy", "Również", "Są", "Ta", "Tak", "Także", "Te", "Ten",
    "Teraz", "Też", "To", "Tylko", "W", "Wczoraj", "Według", "Więc", "Wszyscy",
    "Wszystko", "Wtedy", "Z", "Za", "Zaś", "Zdaniem",
};

/* ---- Czech */

static const char *const cs_titles[] = {
    "Bc", "Doc", "Dr", "Ing", "JUDr", "MUDr", "Mgr", "Mr", "Mrs", "Ms", "Např", "PhDr",
    "Prof", "St", "Sv", "Tel", "Tj", "Tzv", "cca", "dr", "ev", "gen", "hod", "kpt",
    "max", "mgr", "min", "mj", "např", "nám", "obr", "odst", "plk", "por", "prof",
    "písm", "resp", "srov", "str", "sv", "tab", "tel", "tj", "tzv", "tř", "ul", "zejm",
    "Č", "č", "čl",
};
static const char *const cs_shorts[] = {
    "Inc", "Ltd", "apod", "atd", "mil", "mld", "tis",
};
static const char *const cs_numerals[] = {
    "s",
};
static const char *const cs_starters[] = {
    "A", "Ale", "Byl", "Byla", "Co", "Dnes", "Do", "I", "Jak", "Je", "Jeho", "Jejich",
    "Její", "Jen", "Ještě", "Již", "Jsou", "Já", "Každý", "Kde", "Kdo", "Když", "Letos",
    "Loni", "My", "Můj", "Na", "Nad", "Ne", "Nyní", "Náš", "O", "Od", "On", "Ona",
    "Oni", "Pak", "Po", "Pod", "Podle", "Podobně", "Potom", "Pro", "Proto", "Protože",
    "Před", "Při", "S", "Se", "Ta", "Tak", "Také", "Tedy", "Ten", "To", "Už", "V", "Ve",
    "Včera", "Však", "Všechno", "Všichni", "Z", "Za", "Ze", "Zítra",
};

/* ---- Russian */

static const char *const ru_titles[] = {
    "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Акад", "Проф", "Ул", "акад", "ген", "доц",
    "им", "кв", "напр", "полк", "пос", "проф", "рис", "св", "см", "ср", "стр", "табл",
    "тел", "ул",
};
static const char *const ru_shorts[] = {
    "вв", "долл", "др", "коп", "млн", "млрд", "пр", "руб", "тыс",
};
static const char *const ru_numerals[] = {
    "с",
};
static const char *const ru_starters[] = {
    "А", "В", "Во", "Все", "Всё", "Вчера", "Вы", "Где", "Для", "Его", "Если", "Её",
    "За", "Завтра", "И", "Их", "Каждый", "Как", "Когда", "Кроме", "Кто", "Мы", "На",
    "Над", "Наш", "Не", "Но", "О", "Об", "Однако", "Он", "Она", "Они", "От", "Перед",
    "По", "Под", "Потом", "Потому", "Поэтому", "При", "С", "Сегодня", "Сейчас", "Со",
    "Согласно", "Так", "Также", "Только", "Уже", "Что", "Эта", "Эти", "Это", "Этот",
    "Я",
};

/* ---- any other */

static const char *const any_titles[] = {
    "Dr", "Mr", "Mrs", "Ms", "Prof", "St",
};

/* clang-format on */

enum {
    ORDINALS = WD_HABIT_ORDINALS,
    PARTICLES = WD_HABIT_PARTICLES,
    SMALL_INITIALS = WD_HABIT_SMALL_INITIALS,
};

#define HABITS(language, lists, flags)                                                   \
    {                                                                                    \
        language, WD_WORD_LIST(lists##_titles), WD_WORD_LIST(lists##_shorts),            \
            WD_WORD_LIST(lists##_numerals), WD_WORD_LIST(lists##_starters), flags        \
    }

const struct wd_habits wd_habits[] = {
    HABITS("cs", cs, 0),
    HABITS("da", da, 0),
    HABITS("de", de, ORDINALS | SMALL_INITIALS),
    HABITS("es", es, PARTICLES | SMALL_INITIALS),
    HABITS("fi", fi, 0),
    HABITS("fr", fr, PARTICLES | SMALL_INITIALS),
    HABITS("it", it, PARTICLES | SMALL_INITIALS),
    HABITS("nb", no, 0),
    HABITS("nl", nl, PARTICLES | SMALL_INITIALS),
    HABITS("nn", no, 0),
    HABITS("no", no, 0),
    HABITS("pl", pl, 0),
    HABITS("pt", pt, PARTICLES | SMALL_INITIALS),
    HABITS("ru", ru, 0),
    HABITS("sv", sv, 0),
    {"", WD_WORD_LIST(any_titles), {NULL, 0}, {NULL, 0}, {NULL, 0}, 0},
};

const size_t wd_n_habits = sizeof(wd_habits) / sizeof(wd_habits[0]);

const struct wd_habits *wd_habits_of(struct wd_str language)
{
    const struct wd_habits *habits = wd_habits;
    for (; habits->language[0] != '\0'; habits++) {
        if (language.size >= 2 && memcmp(language.data, habits->language, 2) == 0 &&
            (language.size == 2 || language.data[2] == '-'))
            break;
    }
    return habits;
}
