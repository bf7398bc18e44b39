import Database
import Domain
import Foundation

/// Finds the categories and units that rows name, and makes those that are missing.
struct ImportDirectory {
    private var categories: [String: ID<Domain.Category>] = [:]
    private var units: [String: ID<Unit>] = [:]
    private var people: [String: ID<User>] = [:]
    private let centre: ID<Unit>

    init(_ directory: Directory) {
        centre = directory.municipality.centre
        for (id, unit) in directory.units { units[unit.name.foldedName] = id }
        for user in directory.activePeople { people[Login.folded(user.login)] = user.id }
        for (id, category) in directory.categories {
            for name in category.names.values { categories[name.foldedName] = id }
        }
    }

    func unit(_ request: ImportedRequest) -> ID<Unit>? {
        guard let name = request.unit else { return centre }
        return units[name.foldedName]
    }

    func category(_ request: ImportedRequest) -> ID<Domain.Category>? {
        request.allCategoryNames.lazy.compactMap { categories[$0.foldedName] }.first
    }

    func performer(_ request: ImportedRequest) -> ID<User>? { request.performer.flatMap { people[Login.folded($0)] } }

    func lacksSomething(for request: ImportedRequest) -> Bool {
        unit(request) == nil || (request.category != nil && category(request) == nil)
    }

    /// Makes what is missing for these requests, in one transaction.
    ///
    /// A new category belongs to the unit of the first row that has it, and goes straight there.
    static func complete(for requests: [ImportedRequest], in op: Operation) throws {
        // Two imports at once make a name once: the second waits here and then finds it.
        try op.organisation.touch()
        guard let current = try Directory.load(op.tenant, in: op.tx, at: op.now) else { return }
        var directory = ImportDirectory(current)
        for request in requests {
            if let name = request.unit, directory.unit(request) == nil {
                directory.units[name.foldedName] = try op.makeUnit(name)
            }
            guard request.category != nil, directory.category(request) == nil else { continue }
            let id = try op.makeCategory(
                request.namesOfNewCategory(in: op.municipality.language), directory.unit(request))
            for name in request.allCategoryNames { directory.categories[name.foldedName] = id }
        }
    }
}

extension ImportedRequest {
    /// The names by which the category may be known, the mapping's before the other system's own.
    fileprivate var allCategoryNames: [String] {
        categoryNames.sorted { $0.key < $1.key }.map(\.value) + [category].compactMap(\.self)
    }

    /// At least in the municipality's own language.
    fileprivate func namesOfNewCategory(in language: String) -> [String: String] {
        var names = categoryNames
        let own = names.removeValue(forKey: "")
        if names[language] == nil { names[language] = own ?? names["en"] ?? category }
        return names
    }

    /// For the tables at the end.
    func categoryName(in language: String) -> String {
        category == nil ? "" : namesOfNewCategory(in: language)[language] ?? ""
    }
}

extension Operation {
    fileprivate func makeUnit(_ name: String) throws -> ID<Unit> {
        let unit = Unit(id: newID(), name: name, isDiscreet: DiscreetName.gives(name))
        try tx.insert(unit: unit, of: tenant)
        try audit(.unitAdded, name)
        return unit.id
    }

    fileprivate func makeCategory(_ names: [String: String], _ unit: ID<Unit>?) throws -> ID<Domain.Category> {
        let category = Domain.Category(
            id: newID(), names: names, unit: unit == municipality.centre ? nil : unit, passesDirectly: true)
        try tx.insert(category: category, of: tenant)
        try audit(.categoryAdded, names[municipality.language] ?? "")
        return category.id
    }
}
