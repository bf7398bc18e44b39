import Domain
import Testing

/// Which names of units give away something confidential about whoever has a case there.
@Suite struct DiscreetNameTests {
    @Test(arguments: [
        // Norwegian.
        "Barnevern", "Barneverntjenesten", "Barnevernvakta", "NAV Sandvik", "Sosialtjenesten", "Helse og omsorg",
        "Hjemmetjenesten", "Skolehelsetjenesten", "Legevakten", "Rus og psykisk helse", "Krisesenteret",
        "Sykehjem Nord",
        "Barn, unge og familie", "PPT", "Rusteamet", "Ruskonsulenten", "Barne- og ungdomstjenesten", "Gjeldsrådgivning",
        "Barn og unge", "Flyktningtjenesten", "Sjukeheimen", "Barne\u{AD}vern", "B\u{200B}arnevernet",
        // Swedish.
        "Socialtjänsten", "Socialförvaltningen", "Individ- och familjeomsorg", "IFO", "Hemtjänst Öst", "Äldreboendet",
        "Vård och omsorg", "Elevhälsan", "LSS", "Barn och familj", "Missbruksvården",
        "Ekonomiskt bistånd", "Socialservice", "Vuxenenheten", "Enheten för barn och unga", "Mottagningsenheten",
        "Överförmyndaren", "Barn- och ungdomsenheten", "Sjuksköterskor",
        // Danish.
        "Socialforvaltningen", "Børn og familie", "Sundhedsplejen", "Hjemmeplejen", "Ældre og handicap", "Plejehjemmet",
        "Misbrugscentret", "Socialt Center", "Familieafdelingen", "Børn og Unge", "Jobcenter", "Voksenenheden",
        "Gældsrådgivningen", "Sygeplejen",
        // English.
        "Social services", "Child protection", "Children and families", "Health", "Mental healthcare", "SOCIAL CARE",
    ])
    func aTellingNameIsKnown(_ name: String) { #expect(DiscreetName.gives(name)) }

    @Test(arguments: [
        "Innbyggertorget", "Kontaktcenter", "Vei og gatelys", "Barnehage og skole", "Kultur og idrett", "Renovasjon",
        "Sosiale medier", "Sociala medier och webb", "Navet", "Naven", "Rusta", "Byggesak", "Skola", "Børn i trafikken",
        "Customer care", "Park", "", "-", "Kommunikasjon", "Russefeiring", "Prustning", "Naturvård",
        "Vuxenutbildningen", "Boendeparkering", "Sykkel og gange", "Digital utvikling", "Økonomi", "Eldhus",
    ])
    func anotherIsNot(_ name: String) { #expect(!DiscreetName.gives(name)) }
}
