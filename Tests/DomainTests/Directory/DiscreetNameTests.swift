import Domain
import Testing

/// Which names of units give away something confidential about whoever has a case there.
@Suite struct DiscreetNameTests {
    @Test(arguments: [
        // Norwegian.
        "Barnevern", "Barneverntjenesten", "Barnevernvakta", "NAV Sandvik", "Sosialtjenesten", "Helse og omsorg",
        "Hjemmetjenesten", "Skolehelsetjenesten", "Legevakten", "Rus og psykisk helse", "Krisesenteret",
        "Sykehjem Nord",
        "Barn, unge og familie", "PPT",
        // Swedish.
        "Socialtjänsten", "Socialförvaltningen", "Individ- och familjeomsorg", "IFO", "Hemtjänst Öst", "Äldreboendet",
        "Vård och omsorg", "Elevhälsan", "LSS", "Barn och familj", "Missbruksvården",
        // Danish.
        "Socialforvaltningen", "Børn og familie", "Sundhedsplejen", "Hjemmeplejen", "Ældre og handicap", "Plejehjemmet",
        "Misbrugscentret", "Socialt Center",
        // English.
        "Social services", "Child protection", "Children and families", "Health", "Mental healthcare", "SOCIAL CARE",
    ])
    func aTellingNameIsKnown(_ name: String) { #expect(DiscreetName.gives(name)) }

    @Test(arguments: [
        "Innbyggertorget", "Kontaktcenter", "Vei og gatelys", "Barnehage og skole", "Kultur og idrett", "Renovasjon",
        "Sosiale medier", "Sociala medier och webb", "Navet", "Naven", "Rusta", "Byggesak", "Skola", "Børn i trafikken",
        "Customer care", "Park", "", "-", "Kommunikasjon",
    ])
    func anotherIsNot(_ name: String) { #expect(!DiscreetName.gives(name)) }
}
