import Domain

/// `GET /{m}/admin/categories`: what people contact the municipality about, who gets it and how fast.
enum ListCategories {
    static let routes: [Route] = [
        .page(.adminCategories, for: .staff(.manageCategories)) { visit, op in
            let (words, directory) = (op.words, op.directory)
            let isFormer = visit.queried("show") == "former"
            let all = directory.categories.values.sorted(in: directory.alphabet(of: op.language)) {
                directory.name(of: $0, in: op.language)
            }
            let columns = ["category", "category.unit", "category.feedback_days", "column.about"]
                .map { words("admin." + $0) }
            let url = op.paths(.adminCategories)
            return .page(
                ListPage(
                    frame: try op.frame(visit, title: words("admin.categories")),
                    back: op.administration.administrationLink,
                    heading: words("admin.categories"), lead: words("admin.categories.about"),
                    add: Link(text: words("admin.categories.add"), url: op.paths(.adminNewCategory)),
                    filters: [
                        Filter(
                            text: words("admin.active"), url: url, count: "\(all.count(where: \.isActive))",
                            isCurrent: !isFormer),
                        Filter(
                            text: words("admin.inactive"), url: url + "?show=former",
                            count: "\(all.count { !$0.isActive })", isCurrent: isFormer),
                    ],
                    columns: columns, rows: all.filter { $0.isActive != isFormer }.map { row(for: $0, columns, op) },
                    empty: words("admin.categories.empty")))
        }
    ]

    private static func row(for category: Category, _ columns: [String], _ op: Operation) -> ListRow {
        let (words, directory) = (op.words, op.directory)
        let targets = directory.targets(unit: category.unit, category: category.id)
        let marks = [
            category.isAcute ? words("admin.category.acute") : nil,
            category.isConfidential ? words("admin.category.confidential") : nil,
            category.mustBeAnswered ? words("admin.category.must_be_answered") : nil,
            category.isComplaint ? words("admin.category.complaint") : nil,
            category.isPublic ? nil : words("admin.category.not_public"),
        ].compactMap(\.self)
        return ListRow(cells: [
            ListCell(
                column: columns[0], text: directory.name(of: category, in: op.language),
                url: op.paths(.adminCategory, category.id), isHeading: true),
            ListCell(
                column: columns[1], text: directory.name(of: directory.unit(for: category.id)),
                note: words(category.passesDirectly ? "admin.category.direct" : "admin.category.through_centre")),
            ListCell(
                column: columns[2],
                text: words.count("admin.days", targets.target(for: directory.firstAnswer(to: category.id)).workingDays)
            ),
            ListCell(column: columns[3], text: marks.joined(separator: ". ")),
        ])
    }
}
