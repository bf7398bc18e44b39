/// `GET /{m}/admin/texts`: every text the municipality may word itself, its own ones marked.
enum ListTexts {
    static let routes: [Route] = [
        .page(.adminTexts, for: .staff(.manageTexts)) { visit, op in
            let words = op.words
            let group = visit.queried("show").flatMap(EditableText.Group.init)
            let isOwn = visit.queried("show") == "own"
            let own = EditableText.all.filter { op.directory.texts[$0.key] != nil }
            let chosen = isOwn ? own : EditableText.all.filter { group == nil || $0.group == group }
            let columns = [words("admin.text"), words("admin.column.state")]
            let url = op.paths(.adminTexts)
            var filters = [
                Filter(text: words("list.filter.all"), url: url, isCurrent: group == nil && !isOwn),
                Filter(
                    text: words("admin.text.changed"), url: url + "?show=own", count: "\(own.count)", isCurrent: isOwn),
            ]
            filters += EditableText.Group.allCases.map {
                Filter(
                    text: words("admin.text." + $0.rawValue), url: url + "?show=" + $0.rawValue, isCurrent: group == $0)
            }
            return .page(
                ListPage(
                    frame: try op.frame(visit, title: words("admin.texts")), back: op.administration.administrationLink,
                    heading: words("admin.texts"), lead: words("admin.texts.lead"), filters: filters,
                    columns: columns, rows: chosen.map { row(for: $0, columns, op) },
                    empty: words("admin.texts.empty")))
        }
    ]

    /// What tells one text from the others: not "Hello!", with which every mail begins.
    private static func beginning(of text: String) -> String {
        let lines = text.split(separator: "\n").filter { !$0.isBlank }
        let isGreeted = lines.count > 1 && lines[0].count < 30 && (lines[0].hasSuffix("!") || lines[0].hasSuffix(","))
        return lines.dropFirst(isGreeted ? 1 : 0).joined(separator: " ")
    }

    private static func row(for text: EditableText, _ columns: [String], _ op: Operation) -> ListRow {
        let own = op.directory.texts[text.key]?.keys.sorted() ?? []
        let languages = own.compactMap { Language.names[$0] }.joined(separator: ", ")
        let start = beginning(of: op.administration.shownText(text, in: op.language))
        let missing = op.words("admin.text.none")
        return ListRow(cells: [
            ListCell(
                column: columns[0], text: text.name(op.words), url: op.paths(.adminText, text.key),
                note: start.count > 90 ? start.prefix(90) + "…" : start, isHeading: true),
            ListCell(
                column: columns[1],
                text: own.isEmpty
                    ? (text.hasDefault ? op.words("admin.text.default") : missing) : op.words("admin.text.changed"),
                note: languages.isEmpty ? nil : languages),
        ])
    }
}

extension AdministrationFacade {
    /// A text as it stands in a language, its placeholders left open; empty for a notice nobody wrote.
    func shownText(_ text: EditableText, in language: String) -> String {
        if let own = directory.texts[text.key]?[language] { return own }
        return text.hasDefault ? installation.words(language)(text.key) : ""
    }
}
