/// Whether the name of a unit alone tells something confidential about whoever has a case there: social services, child
/// protection, health. A proposal, which the municipality may change for each unit.
///
/// Compared are words in lower case. The lists also make the condition for units that were there before.
public enum DiscreetName {
    /// Anywhere in the name: in Nordic compounds what matters often stands last, as in Skolehelsetjenesten. Rather one too
    /// many than one too few, since a mark is easily taken away.
    public static let parts = [
        // Health.
        "helse", "hälso", "hälsa", "sundhed", "health", "psyk", "psych", "syke", "syge", "sjuk", "sköters",
        "hjemmetjenest", "hemtjänst", "hjemmepleje", "hjemmehjælp", "legevakt", "legekontor", "fastlege",
        "vårdcentral", "læge", "läkar", "hospi", "omsorg", "äldrevård", "äldreboende", "ældre", "plejehjem",
        "plejecenter", "demens", "jordmor", "barnmorsk", "fysioterap", "ergoterap", "tannlege", "tandvård",
        "tandlæge", "tandpleje", "palliativ", "smittevern", "smittskydd", "vaksin", "vaccin", "habilit",
        // Addiction.
        "rusarb", "rusavd", "rusbeh", "rusenh", "rusfag", "rusfore", "rusinst", "rusklin", "ruskons", "ruskoor",
        "rusmid", "rusmott", "ruspol", "rusråd", "rusteam", "rustj", "rusvern", "avrus", "missbruk", "misbrug",
        "misbruk", "beroende", "addiction", "alkohol", "narkotika", "ludomani",
        // Social services.
        "social", "sosial", "bistånd", "bistand", "försörjningsstöd", "kontanthj", "jobcent", "ydelsescent",
        "gjeldsråd", "gældsråd", "skuldråd", "hemlös", "hjemløs", "bostedsløs", "härbärge", "flykt", "flygtning",
        "asyl", "nyanländ", "funktionsneds", "funksjonsneds", "handicap", "handikap", "utvecklingsst",
        "utviklingshem", "udviklingshæm", "boendestöd", "bostøtte", "bostöd", "gruppboende", "särskilt boende",
        "bofælles", "botilbud", "avlastning", "støttekontakt", "kontaktperson", "överförmynd", "vergemål", "værgemål",
        "vuxenenh", "vuxenst", "vuxensekt", "vuxengrupp", "voksenenh", "voksenafd", "mottagningsenh", "utredningsenh",
        "kurator",
        // Child protection, families, violence.
        "barnevern", "barnvern", "barneværn", "barnavård", "barnenh", "barneenh", "børnebeskyt", "børneafd",
        "børneenh", "barn och ung", "barn og ung", "barne og ung", "børn og ung", "børne og ung", "barn unga",
        "barn unge", "børn unge", "ungdomsenh", "ungdomsmott", "ungeenh", "famil", "fosterhjem", "fosterhem",
        "forældrest", "föräldrast", "foreldrest", "barnehjem", "barnhem", "børnehjem", "mødrehjem", "krisesent",
        "krisecent", "kriseteam", "kvinnojour", "kvinnofrid", "kvindekris", "våld", "voldsmott", "voldsuts",
        "voldsram", "mot vold", "mod vold", "barnahus", "bekymringsm", "orosanmäl", "underretning",
        "child protection", "child services", "children and young",
    ]
    /// The whole word.
    public static let words = [
        "nav", "ifo", "lss", "ppt", "ppr", "bup", "ssp", "bpa", "vård", "pleje", "care", "welfare", "rus",
    ]
    /// What such words stand in that keeps nobody's secret.
    public static let exceptions = [
        "sociala medier", "sosiale medier", "sociale medier", "social media", "customer care",
    ]
    /// What nobody sees within a word: it parts none.
    public static let invisible = ["\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}"]

    /// Looks at no more than 200 characters, twice what a name may have.
    public static func gives(_ name: String) -> Bool {
        // Every exception is taken out where it stands; a space each side, so that words end where names do.
        var text = spaced(name)
        for exception in exceptions { text = text.replacing(" " + exception + " ", with: " ") }
        return parts.contains { text.contains($0) } || words.contains { text.contains(" " + $0 + " ") }
    }

    /// Lower case; whatever is no letter or digit is one space, also before and after.
    private static func spaced(_ name: String) -> String {
        var seen = String.UnicodeScalarView()
        seen.append(contentsOf: name.unicodeScalars.prefix(200).filter { $0.properties.generalCategory != .format })
        let words = String(seen).lowercased().split { !$0.isLetter && !$0.isNumber }
        return " " + words.joined(separator: " ") + " "
    }
}
