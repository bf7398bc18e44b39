import Domain

/// What forms let people choose among.
extension OrganisationFacade {
    /// - Parameter kept: what the form is about already belongs to, although it may have been closed since.
    func unitOptions(keeping kept: [ID<Unit>?] = []) -> [FormField.Option] {
        directory.units(keeping: kept).map { .init(value: "\($0.id)", text: $0.name) }
    }

    func categoryOptions() -> [FormField.Option] {
        directory.activeCategories(in: language).map {
            .init(value: "\($0.id)", text: directory.name(of: $0, in: language))
        }
    }

    func languageOptions() -> [FormField.Option] {
        Catalogues.languages.map { .init(value: $0, text: Language.names[$0] ?? $0) }
    }

    /// All languages, the municipality's own first: what is written in it is what must be there.
    var languagesOwnFirst: [String] {
        [municipality.language] + Catalogues.languages.filter { $0 != municipality.language }
    }
}

extension Directory {
    /// Those in use and those to keep, by name.
    func units(keeping kept: [ID<Unit>?]) -> [Unit] {
        units.values.filter { $0.isActive || kept.contains($0.id) }
            .sorted(in: alphabet, by: \.name, id: \.id.rawValue)
    }
}

extension InputReader {
    /// The code of a language that Torg speaks.
    mutating func language(required: Bool = false) -> String? {
        let language = line("language", max: 10, required: required)
        if let language, !Catalogues.languages.contains(language) { fail("language", "unknown") }
        return language
    }
}
