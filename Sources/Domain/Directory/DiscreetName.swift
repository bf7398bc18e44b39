/// Whether the name of a unit alone tells something confidential about whoever has a case there: social services, child
/// protection, health. A proposal, which the municipality may change for each unit.
///
/// Compared are words in lower case. The lists also make the condition for units that were there before.
public enum DiscreetName {
    /// Anywhere in a word: in Nordic compounds what matters often stands last, as in Skolehelsetjenesten.
    public static let parts = [
        // Health.
        "helse", "hälso", "hälsa", "sundhed", "health", "psykiatr", "psykisk", "psykolog", "psychiatr",
        "psycholog", "sykehjem", "sykepleie", "sygepleje", "sjukvård", "sjuksköt", "hjemmetjenest", "hjemmesykepleie",
        "hemtjänst", "hemsjukvård", "hjemmepleje", "hjemmehjælp", "legevakt", "legekontor", "vårdcentral", "læge",
        "läkar", "sjukhus", "sykehus", "sygehus", "omsorg", "äldrevård", "äldreboende", "ældre", "plejehjem",
        "plejecenter", "demens",
        "jordmor", "barnmorsk", "fysioterap", "ergoterap", "tannlege", "tandvård", "tandlæge", "tandpleje",
        // Addiction.
        "rusomsorg", "rustjenest", "rusvern", "missbruk", "misbrug", "beroende", "addiction",
        // Social services.
        "socialtj", "sosialtj", "socialkont", "sosialkont", "socialförv", "socialforv", "sosialforv", "socialsekr",
        "socialnämnd", "socialafdel", "socialområd", "socialcent", "sosialsent", "socialjour", "socialvagt",
        "sosialvakt", "socialråd", "sosialråd", "socialpsyk", "socialpæd", "biståndshand", "försörjningsstöd",
        "funktionsneds", "funksjonsneds", "handicap", "boendestöd", "bostøtte", "bostöd", "habilit",
        // Child protection, families, violence.
        "barnevern", "barnvern", "børnebeskyt", "familievern", "familjerätt", "familierådgiv", "familjerådgiv",
        "familiecent", "familjecent", "familjehem", "plejefamilie", "fosterhjem", "krisesent", "krisecent",
        "kvinnojour", "kvinnofrid", "kvindekris", "ungdomsmottagning", "voldsmott", "barnahus", "asylmott",
    ]
    /// The whole word.
    public static let words = [
        "nav", "ifo", "lss", "ppt", "ppr", "social", "sosial", "socialt", "sosialt", "sociala", "sociale", "sosiale",
        "vård", "pleje", "care", "welfare", "rus",
    ]
    /// Several words one after the other.
    public static let phrases = [
        "child protection", "child services", "children and families", "barn och familj", "barn og familie",
        "børn og familie", "barn unge og familie", "børn unge og familie",
    ]
    /// What such words stand in that keeps nobody's secret.
    public static let exceptions = [
        "sociala medier", "sosiale medier", "sociale medier", "social media", "customer care",
    ]

    /// Looks at no more than 200 characters, twice what a name may have.
    public static func gives(_ name: String) -> Bool {
        // Every exception is taken out where it stands; a space each side, so that words end where names do.
        var text = spaced(name)
        for exception in exceptions { text = text.replacing(" " + exception + " ", with: " ") }
        return parts.contains { text.contains($0) } || words.contains { text.contains(" " + $0 + " ") }
            || phrases.contains { text.contains(" " + $0 + " ") }
    }

    /// Lower case; whatever is no letter or digit is one space, also before and after.
    private static func spaced(_ name: String) -> String {
        let words = name.prefix(200).lowercased().split { !$0.isLetter && !$0.isNumber }
        return " " + words.joined(separator: " ") + " "
    }
}
