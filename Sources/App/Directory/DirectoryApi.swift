import Domain

/// `GET /categories`, `/units`, `/templates`, `/people`: what a form needs.
enum DirectoryApi {
    static let routes: [Route] = [
        list("/categories") { op in
            op.directory.activeCategories(in: op.language).map { category in
                Item(
                    id: "\(category.id)", name: op.directory.name(of: category, in: op.language),
                    unit: "\(op.directory.unit(for: category.id))")
            }
        },
        list("/units") { op in op.directory.activeUnits.map { Item(id: "\($0.id)", name: $0.name) } },
        list("/people") { op in
            op.directory.activePeople.map { person in
                Item(id: "\(person.id)", name: person.name, units: person.units.sorted().map(\.description))
            }
        },
        // Template cases come with the desk; a municipality has none until then.
        list("/templates") { _ in [] },
    ]

    private struct Item: Encodable {
        var id: String
        var name: String
        var unit: String?
        var units: [String]?
    }

    private static func list(_ path: String, _ items: @escaping @Sendable (Operation) -> [Item]) -> Route {
        .api(.get, path) { call, op in
            let paging = try ApiPaging(&call.input)
            try call.input.finish()
            let all = items(op)
            // The cursor is the place in the list, which is short and seldom changes.
            let start = min(all.count, max(0, Int(clamping: paging.after?.id ?? 0)))
            let page = Array(all[start...].prefix(paging.limit))
            let end = start + page.count
            return try .json(ApiList(items: page, next: end < all.count ? "0.\(end)" : nil))
        }
    }
}
