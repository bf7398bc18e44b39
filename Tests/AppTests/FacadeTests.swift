import Testing

@testable import Support

/// What one feature offers to another stands in its façade, and not on `Operation` (decision 0025).
@Suite struct FacadeTests {
    /// Files that add to `Operation` what every feature needs.
    private static let known: Set<String> = [
        "Administration/Audit.swift", "Cases/CaseRecords.swift", "Cases/Readings.swift", "Facades.swift",
        "Operation.swift", "Web/Forms/GoneChoice.swift", "Web/Pages/Flash.swift", "Web/Pages/MakeFrame.swift",
        "Web/Words/OwnWords.swift", "Web/Words/PhoneWords.swift",
    ]

    @Test func onlyWhatEveryFeatureNeedsStandsOnTheOperation() throws {
        var adding: Set<String> = []
        for file in try SourceFile.all() {
            for part in file.text.matches(of: /(?ms)^extension Operation \{$(.*?)^\}$/) {
                let members = part.1.matches(of: /(?m)^    (?:static |mutating )?(?:func|var|let|subscript)\b/)
                if !members.isEmpty { adding.insert(file.path) }
            }
        }
        #expect(adding == Self.known)
    }

    /// The list of the façades names folders that are there, and no façade is empty.
    @Test func theListOfFacadesIsTrue() throws {
        let files = try SourceFile.all()
        let list = try #require(files.first { $0.path == "Facades.swift" }).text
        let facades = list.matches(of: /\/\/\/ .* In ([A-Za-z\/, ]+)\.\nstruct (\w+): Facade/)
        #expect(facades.count > 15)
        for facade in facades {
            let folders = facade.1.split(separator: ", ").map { $0 + "/" }
            let own = files.filter { $0.text.contains("extension \(facade.2) {") }
            #expect(!own.isEmpty, "\(facade.2) offers nothing")
            for file in own {
                #expect(folders.contains { file.path.hasPrefix($0) }, "\(file.path) is not in \(facade.1)")
            }
        }
    }
}
