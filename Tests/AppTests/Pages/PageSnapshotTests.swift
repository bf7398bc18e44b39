import Testing

@testable import App
@testable import Support

/// Every sample of every page looks as it did when somebody last looked at it.
@Suite struct PageSnapshotTests {
    /// What is said of law, and in place of what was erased, is looked at in every language.
    private static let inAll: Set = ["retention", "erased"]

    /// All samples in Norwegian, which has the longest words, and one of each page in the other languages.
    private static func check<Content: Page>(
        _ page: Content.Type, _ templates: Templates, _ snapshots: inout Snapshots
    ) throws {
        for language in Catalogues.languages {
            let samples = page.samples(templates.words(language))
            for (index, sample) in samples.enumerated()
            where language == "nb" || index == samples.count - 1 || inAll.contains(sample.name) {
                try snapshots.check(
                    "\(page.template.replacing("/", with: "-")).\(sample.name).\(language)",
                    templates.render(sample.page) + "\n")
            }
        }
    }

    @Test func everyPageLooksAsBefore() throws {
        let templates = try Templates.tested
        var snapshots = Snapshots(ending: "html")
        for page in Templates.pages { try Self.check(page, templates, &snapshots) }
        try snapshots.checkThatNoneIsLeft()
    }
}
