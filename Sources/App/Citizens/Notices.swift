import Domain

extension Operation {
    /// Where not to report (R1.9), on the front page and before one writes: the municipality's own notices, and those
    /// of what is acute.
    ///
    /// - Parameter key: of the municipality's notices for the page at hand.
    func citizenNotices(_ key: String) -> [Notice] {
        let acute = publicCategories().filter(\.isAcute).compactMap { category in
            notice(of: category).map { Notice(heading: directory.name(of: category, in: language), text: $0) }
        }
        return notices(key) + acute
    }

    /// What a citizen can choose between.
    func publicCategories() -> [Category] { directory.activeCategories(in: language).filter(\.isPublic) }

    /// Where what belongs to a category is better taken.
    func notice(of category: Category) -> String? {
        category.notices[language] ?? category.notices[municipality.language]
    }
}
