import Domain

/// `GET /categories`, `/units`, `/contractors`, `/templates`, `/people`: what a form needs, and no more.
enum DirectoryApi {
    static let routes: [Route] = [
        list("/categories") { op in
            op.directory.activeCategories(in: op.language).map { category in
                CategoryItem(
                    id: category.id, name: op.directory.name(of: category, in: op.language),
                    unit: op.directory.unit(for: category.id))
            }
        },
        list("/units") { op in op.directory.activeUnits.map { UnitItem(id: $0.id, name: $0.name, parent: $0.parent) } },
        // Those whom a case can be passed to; their logins, addresses and numbers are nobody's business here.
        list("/people") { op in
            op.directory.possibleHandlers.map { person in
                PersonItem(id: person.id, name: person.name, units: person.units.sorted())
            }
        },
        // Nor are contractors' addresses: Torg itself sends them the link.
        list("/contractors") { op in op.directory.activeContractors.map { ContractorItem(id: $0.id, name: $0.name) } },
        // Template cases come with the desk; a municipality has none until then.
        list("/templates") { _ in [] },
    ]

    private struct CategoryItem: Encodable {
        var id: ID<Category>
        var name: String
        /// Where a case with this category goes.
        var unit: ID<Unit>
    }

    private struct UnitItem: Encodable {
        var id: ID<Unit>
        var name: String
        @OrNull var parent: ID<Unit>?
    }

    private struct ContractorItem: Encodable {
        var id: ID<Contractor>
        var name: String
    }

    private struct PersonItem: Encodable {
        var id: ID<User>
        var name: String
        var units: [ID<Unit>]
    }

    private static func list(_ path: String, _ items: @escaping @Sendable (Operation) -> [any Encodable]) -> Route {
        .api(.get, path) { call, op in
            let paging = try ApiPaging(&call.input)
            try call.input.finish()
            let all = items(op)
            // The cursor is the place in the list, which is short and seldom changes.
            let start = min(all.count, max(0, Int(clamping: paging.after?.id ?? 0)))
            let page = all[start...].prefix(paging.limit).map(AnyItem.init)
            let end = start + page.count
            return try .json(ApiList(items: page, next: end < all.count ? "0.\(end)" : nil))
        }
    }

    private struct AnyItem: Encodable {
        var item: any Encodable
        func encode(to encoder: any Encoder) throws { try item.encode(to: encoder) }
    }
}
