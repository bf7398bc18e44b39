/// A category of the demonstration, with words in all languages of the user interface.
struct DemoCategory: Sendable {
    var names: [String: String]
    var unit: String
    /// Words by which a text is recognised.
    var words: String
    var notices: [String: String] = [:]
    var passesDirectly = false
    var isAcute = false
    var emergencyNumber: String?
    var isConfidential = false
    var closeDays: Int?

    var name: String { names["nb"] ?? "" }

    private init(
        _ sv: String, _ nb: String, _ da: String, _ en: String, to unit: String, words: String,
        notices: [String: String] = [:], passesDirectly: Bool = false, isAcute: Bool = false,
        emergencyNumber: String? = nil,
        isConfidential: Bool = false, closeDays: Int? = nil
    ) {
        names = ["sv": sv, "nb": nb, "da": da, "en": en]
        self.unit = unit
        self.words = words
        self.notices = notices
        self.passesDirectly = passesDirectly
        self.isAcute = isAcute
        self.emergencyNumber = emergencyNumber
        self.isConfidential = isConfidential
        self.closeDays = closeDays
    }

    static let all: [DemoCategory] = [
        DemoCategory(
            "Gatubelysning", "Gatelys", "Gadebelysning", "Street lights", to: "Vei og gatelys",
            words: """
                gatelys gatelyset lyktestolpe lykt lampe mørkt gatubelysning gatlykta lyktstolpe mörkt gadelygte \
                gadelys streetlight lamp light lights dark
                """),
        DemoCategory(
            "Hål i vägen", "Hull i veien", "Huller i vejen", "Potholes", to: "Vei og gatelys",
            words: "hull asfalt veien hål vägen hul vejen pothole road",
            notices: [
                "sv": "Riksvägar och fylkesvägar sköter Statens vegvesen och fylkeskommunen. Ring 175 om dem.",
                "nb": "Riksveier og fylkesveier har Statens vegvesen og fylkeskommunen ansvar for. Ring 175 om dem.",
                "da": "Riksveje og fylkesveje hører til Statens vegvesen og fylkeskommunen. Ring 175 om dem.",
                "en": "National and county roads belong to the road authority and the county. Call 175 about them.",
            ]),
        DemoCategory(
            "Snöröjning och sandning", "Brøyting og strøing", "Snerydning og glatføre", "Snow and ice",
            to: "Vei og gatelys", words: "brøyting brøytet strøing glatt snø snöröjning sandning sne salt snow ice"),
        DemoCategory(
            "Trafik och skyltar", "Trafikk og skilt", "Trafik og skilte", "Traffic and signs", to: "Vei og gatelys",
            words: "skilt fartsdump trafikk fart skylt trafik skylte sign traffic"),
        DemoCategory(
            "Vattenläcka", "Vannlekkasje", "Vandlækage", "Water leak", to: "Vann og avløp",
            words: "vannlekkasje lekkasje rørbrudd vattenläcka läcka lækage leak", passesDirectly: true, isAcute: true,
            closeDays: 5),
        DemoCategory(
            "Avlopp och dagvatten", "Avløp og overvann", "Kloak og regnvand", "Drains and sewers", to: "Vann og avløp",
            words: "avløp kloakk kum sluk overvann avlopp brunn kloak rist drain sewer", passesDirectly: true),
        DemoCategory(
            "Parker och lekplatser", "Parker og lekeplasser", "Parker og legepladser", "Parks and playgrounds",
            to: "Park og natur", words: "park lekeplass huske benk lekplats gunga bänk legeplads gynge bænk playground"),
        DemoCategory(
            "Träd och grönska", "Trær og beplantning", "Træer og beplantning", "Trees and plants", to: "Park og natur",
            words: "tre trær hekk grein træd träd häck gren hæk tree hedge"),
        DemoCategory(
            "Föroreningar", "Forurensning", "Forurening", "Pollution", to: "Park og natur",
            words: "forurensning olje utslipp fisk förorening olja utsläpp forurening olie udslip pollution oil",
            notices: [
                "sv": "Är det akut? Ring 110 först. Anmäl sedan här, så följer vi upp.",
                "nb": "Er det akutt? Ring 110 først. Meld fra her etterpå, så følger vi opp.",
                "da": "Er det akut? Ring 110 først. Meld det her bagefter, så følger vi op.",
                "en": "Is it urgent? Call 110 first. Then report it here, and we follow it up.",
            ], passesDirectly: true, isAcute: true, emergencyNumber: "110", closeDays: 10),
        DemoCategory(
            "Sopor och återvinning", "Avfall og gjenvinning", "Affald og genbrug", "Waste and recycling",
            to: "Renovasjon", words: "søppel avfall dunk gjenvinning hentet sopor tunna affald skrald waste bin"),
        DemoCategory(
            "Nedskräpning", "Forsøpling", "Henkastet affald", "Littering", to: "Renovasjon",
            words: "forsøpling dumpet skrot nedskräpning dumpat henkastet litter dumped"),
        DemoCategory(
            "Bygglov", "Byggesak", "Byggesag", "Building permits", to: "Byggesak",
            words: "byggesak byggesøknad garasje søknad bygglov byggesag permit building",
            notices: [
                "sv":
                    "Synpunkter på en detaljplan lämnas i planärendet, inte här. Planerna finns på kommunens webbplats.",
                "nb":
                    "Merknader til en reguleringsplan sendes i plansaken, ikke her. Planene står på kommunens nettsider.",
                "da":
                    "Indsigelser mod en lokalplan sendes i plansagen, ikke her. Planerne står på kommunens hjemmeside.",
                "en": "Comments on a zoning plan belong to the plan itself, not here. The plans are on our web pages.",
            ], closeDays: 40),
        DemoCategory(
            "Förskola och skola", "Barnehage og skole", "Daginstitution og skole", "Nurseries and schools",
            to: "Barnehage og skole", words: "skole barnehage sfo skoleveien skola förskola børnehave school nursery"),
        DemoCategory(
            "Hälsa och omsorg", "Helse og omsorg", "Sundhed og omsorg", "Health and care", to: "Helse og omsorg",
            words: "hjemmetjeneste hjemmehjelp sykehjem omsorg hemtjänst hjemmepleje care",
            notices: [
                "sv": "Är det fara för liv? Ring 113. Skriv inte mer om hälsa än vad vi behöver för att hjälpa dig.",
                "nb": "Er det fare for liv? Ring 113. Skriv ikke mer om helse enn vi trenger for å hjelpe deg.",
                "da": "Er der fare for liv? Ring 113. Skriv ikke mere om helbred, end vi behøver for at hjælpe dig.",
                "en": "Is life in danger? Call 113. Do not write more about health than we need to help you.",
            ], isConfidential: true),
        DemoCategory(
            "Kultur, bibliotek och idrott", "Kultur, bibliotek og idrett", "Kultur, bibliotek og idræt",
            "Culture, library and sports", to: "Kultur og idrett",
            words: "bibliotek idrett hall svømmehall kultur idrott simhall idræt svømmehal library sports pool"),
    ]
}
