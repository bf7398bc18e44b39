import Testing

@testable import Domain

@Suite struct AlphabetTests {
    private static let names: [(Alphabet, [String])] = [
        (
            .swedish,
            [
                "Avlopp", "Bygglov", "Hål", "Hälsa", "idé", "Idéer", "Uppsala", "Vatten", "Västerås", "Wallin",
                "Xylofon",
                "Yllefabriken", "Üxküll", "Zinkgruvan", "Åkerjord", "Åre", "Ägarfrågor", "Ærø", "Öar", "Østre",
                "Öxabäck",
            ]
        ),
        (
            .danishNorwegian,
            [
                "Avløp", "Bygg", "Vann", "Wergeland", "Xylofon", "Übung", "Ytre", "Zoo", "Ängen", "Ærfugl", "Ætt",
                "Økern", "Öland",
                "Østre", "Å", "Ågade", "Aalborg", "Ålesund", "Åsen", "Aasen",
            ]
        ),
        (.english, ["Ærø", "Åre", "Areas", "Ost", "Øst", "Østre", "Zoo"]),
        (.swedish, ["Sone 2", "Sone 2 b", "sone 10", "Sone 010 a", "Sone 101", "Sonen"]),
        (.danishNorwegian, ["Vei og gate", "Vei-tilsyn", "Veien", "veiene"]),
        (.swedish, ["anna", "Anna", "Ánna", "Anna B", "Annas", "Bo"]),
    ]

    @Test(arguments: names.indices) func namesStandWherePeopleLookForThem(_ index: Int) {
        let (alphabet, names) = Self.names[index]
        #expect(names.shuffled().sorted(in: alphabet, by: \.self) == names)
    }

    @Test func howALetterWasTypedDoesNotMatter() {
        let composed = Alphabet.swedish.key("Åre")
        let apart = Alphabet.swedish.key("A\u{30A}re")
        #expect(Alphabet.swedish.key("Öar") > apart && Alphabet.swedish.key("Zoo") < apart && composed != apart)
    }

    @Test func whatHasTheSameNameStandsByItsID() {
        let people = (1...20).map { (name: "Anne Hansen", id: Int64($0)) }
        #expect(people.shuffled().sorted(in: .danishNorwegian, by: \.name, id: \.id).map(\.id) == people.map(\.id))
    }

    @Test func languagesHaveTheirAlphabets() {
        #expect(
            ["sv", "nb", "nn", "da", "en", "fi"].map { Alphabet(language: $0) }
                == [.swedish, .danishNorwegian, .danishNorwegian, .danishNorwegian, .english, nil])
    }
}
