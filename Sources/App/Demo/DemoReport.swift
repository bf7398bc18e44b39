/// Something that citizens of Sandvik report, and how it ends.
struct DemoReport: Sendable {
    /// Norwegian name of the category; nil when nobody has found one yet.
    var category: String?
    /// `{place}` is filled in.
    var text: String
    /// What is done about it.
    var measure: String
    /// What the citizen is told.
    var answer: String
    /// Not ours: whose it is.
    var authority: String?

    static let places = [
        "Tangvegen 4", "Storgata ved torget", "Skogsletta", "Båthavna", "Fyrvegen 12", "Nedre Sandvik skole",
        "Lyngbakken 31", "Kaivegen", "Myrdalen", "Solbakken 7", "Elvegata", "Kirkebakken", "Strandpromenaden",
        "Øvre Sandvik", "Idrettsparken", "Rådhusplassen", "Teglverkstomta", "Holmevegen 58",
    ]

    static let all: [DemoReport] = [
        DemoReport(
            category: "Gatelys", text: "Gatelyset ved {place} er mørkt. Det har vært slik i over en uke.",
            measure: "Skiftet lampe og sikring", answer: "Lampen er skiftet, og lyset virker igjen."),
        DemoReport(
            category: "Gatelys", text: "Tre lykter på rad blinker ved {place}. Det er ubehagelig å gå der om kvelden.",
            measure: "Skiftet tenner i tre master", answer: "Vi har skiftet delene som gjorde at lyktene blinket."),
        DemoReport(
            category: "Hull i veien", text: "Dypt hull i asfalten ved {place}. Jeg punkterte på sykkelen i går.",
            measure: "Fylte hullet med varm asfalt", answer: "Hullet er fylt. Takk for at du sa fra."),
        DemoReport(
            category: "Hull i veien", text: "Veiskulderen har rast ut ved {place} etter regnet.",
            measure: "Bygde opp skulderen og la ny stein", answer: "Skulderen er bygd opp igjen."),
        DemoReport(
            category: "Hull i veien", text: "Fylkesveien ved {place} er full av telehiv.", measure: "",
            answer: "Fylkeskommunen har ansvaret for denne veien. Vi har sendt meldingen din dit.",
            authority: "Fylkeskommunen, avdeling vei"),
        DemoReport(
            category: "Brøyting og strøing", text: "Det ble ikke strødd ved {place} i morges, og det var speilblankt.",
            measure: "La strekningen inn i den første runden", answer: "Veien er lagt inn i den første strørunden."),
        DemoReport(
            category: "Trafikk og skilt", text: "Skiltet om gjennomkjøring ved {place} ligger i grøfta.",
            measure: "Satte opp skiltet igjen", answer: "Skiltet står på plass igjen."),
        DemoReport(
            category: "Trafikk og skilt",
            text: "Bilene kjører altfor fort ved {place}. Kan dere sette opp fartsdumper?",
            measure: "Målte farten i to uker",
            answer: "Målingen viser at de fleste holder fartsgrensen. Vi måler igjen til våren."),
        DemoReport(
            category: "Vannlekkasje", text: "Det renner vann opp av bakken ved {place}, og det blir mer og mer.",
            measure: "Byttet en skadet ventil", answer: "Ventilen er byttet, og vannet er på igjen hos alle."),
        DemoReport(
            category: "Vannlekkasje", text: "Svakt vanntrykk i hele huset siden i går kveld, {place}.",
            measure: "Tettet lekkasje på stikkledningen", answer: "Vi fant en lekkasje og har tettet den."),
        DemoReport(
            category: "Avløp og overvann", text: "Sluket ved {place} er tett. Hele krysset står under vann.",
            measure: "Spylte og tømte sluket", answer: "Sluket er spylt og tømt."),
        DemoReport(
            category: "Avløp og overvann", text: "Det lukter kloakk fra kummen ved {place}.",
            measure: "Spylte ledningen og skiftet lokk",
            answer: "Ledningen er spylt og lokket skiftet. Lukten skal være borte."),
        DemoReport(
            category: "Parker og lekeplasser",
            text: "Den store husken på lekeplassen ved {place} henger i én kjetting.",
            measure: "Skiftet begge kjettingene", answer: "Husken har fått nye kjettinger og er trygg igjen."),
        DemoReport(
            category: "Parker og lekeplasser", text: "Benkene ved {place} er råtne. Noen kommer til å falle gjennom.",
            measure: "Byttet plankene på fire benker", answer: "Benkene har fått nye planker."),
        DemoReport(
            category: "Trær og beplantning", text: "Et stort tre ved {place} heller faretruende ut over gangveien.",
            measure: "Felte treet", answer: "Treet var sykt og er felt. Vi planter et nytt til våren."),
        DemoReport(
            category: "Trær og beplantning", text: "Hekken ved {place} dekker for sikten i krysset.",
            measure: "Klippet hekken til 60 cm", answer: "Hekken er klippet, og sikten er fri."),
        DemoReport(
            category: "Forurensning", text: "Det ligger en blank hinne på vannet ved {place}, og det lukter diesel.",
            measure: "La ut lenser og fant kilden", answer: "Kilden var en lekk tank. Den er tømt, og vannet er renset."
        ),
        DemoReport(
            category: "Avfall og gjenvinning", text: "Dunken ble ikke tømt hos oss i går, {place}.",
            measure: "Kjørte en ekstra runde", answer: "Bilen kjørte en ekstra runde i dag."),
        DemoReport(
            category: "Avfall og gjenvinning",
            text: "Glassbeholderen ved {place} er full, og det ligger knust glass rundt.",
            measure: "Tømte beholderen og feide", answer: "Beholderen er tømt, og glasset er feid opp."),
        DemoReport(
            category: "Forsøpling", text: "Noen har dumpet dekk og en sofa i skogkanten ved {place}.",
            measure: "Hentet og leverte til gjenvinning", answer: "Alt er hentet. Vi har satt opp skilt."),
        DemoReport(
            category: "Byggesak", text: "Må jeg søke om å sette opp en garasje på 40 kvadratmeter ved {place}?",
            measure: "Veiledet om reglene",
            answer: "En garasje på under 50 kvadratmeter kan du som regel bygge uten å søke. Se vedlagt veileder."),
        DemoReport(
            category: "Byggesak", text: "Naboen ved {place} bygger altan nær grensen. Er det søkt om dette?",
            measure: "Kontrollerte på stedet", answer: "Vi har vært på stedet. Altanen er i tråd med tillatelsen."),
        DemoReport(
            category: "Barnehage og skole", text: "Skoleveien ved {place} mangler gjerde mot elva.",
            measure: "Satte opp midlertidig gjerde",
            answer: "Et midlertidig gjerde er på plass, og et fast kommer i høst."),
        DemoReport(
            category: "Helse og omsorg", text: "Hjemmetjenesten kom to timer for sent både mandag og tirsdag.",
            measure: "La om ruten", answer: "Ruten er lagt om, og du skal nå få besøk til avtalt tid."),
        DemoReport(
            category: "Kultur, bibliotek og idrett", text: "Dusjene i hallen ved {place} er iskalde.",
            measure: "Byttet blandeventil", answer: "Ventilen er byttet, og det er varmt vann igjen."),
        DemoReport(
            category: nil, text: "Jeg fant en nøkkelring med et fiskemerke ved {place}. Hvem kan jeg levere den til?",
            measure: "Tok imot nøklene",
            answer: "Du kan levere den i Innbyggertorget. Vi tar vare på den i tre måneder."),
    ]

    /// What is asked and answered at once, without a case.
    static let answered: [(text: String, answer: String)] = [
        ("Når åpner svømmehallen på lørdag?", "Klokken ti."),
        ("Hvor leverer jeg gamle malingsspann?", "På gjenvinningsstasjonen, mandag til lørdag."),
        ("Hvordan søker jeg om barnehageplass?", "Med skjemaet på nettsidene, innen 1. mars."),
        ("Hva koster det å leie grendehuset?", "Det står i prislisten; vi sendte lenken."),
        ("Er det båndtvang nå?", "Ja, fra 1. april til 20. august."),
    ]

    static let names = [
        "Furu", "Lerk", "Makrell", "Torsk", "Rogn", "Bregne", "Sild", "Lyng", "Alm", "Hyse", "Osp", "Tang", "Sei",
        "Vier", "Mose", "Kveite", "Hassel", "Steinbit", "Einer", "Lange",
    ]
}
