import Domain

extension CitizenFacade {
    /// Where not to report (R1.9), on the front page and before one writes: the municipality's own notices, and those
    /// of what is acute.
    ///
    /// - Parameters:
    ///   - key: of the municipality's notices for the page at hand.
    ///   - isCalling: the page says whom to call in danger anyway.
    ///   - told: whose notice the page tells elsewhere.
    func citizenNotices(_ key: String, isCalling: Bool = false, besides told: ID<Category>? = nil) -> [Notice] {
        let acute = publicCategories().filter { $0.isAcute && $0.id != told }.compactMap { category -> Notice? in
            guard let text = notice(of: category) else { return nil }
            var shown = Notice(heading: directory.name(of: category, in: language), text: text)
            shown.category = "\(category.id)"
            return shown
        }
        var call = Notice(
            heading: words("emergency.heading"), text: op.contacts.emergencyCall(about: nil).text)
        call.isCall = true
        return (isCalling ? [] : [call]) + op.administration.notices(key) + acute
    }

    /// What is told where a category is chosen: of one that is acute whom to call first, then its notice (R1.9).
    ///
    /// - Parameter line: whom to call, as it is said here.
    func categoryNotes(_ categories: [Category], saying line: (Category?) -> String) -> [CategoryNote] {
        categories.flatMap { category in
            let call =
                category.isAcute
                ? CategoryNote(category: "\(category.id)", text: line(category), isEmergency: true) : nil
            return [call, notice(of: category).map { CategoryNote(category: "\(category.id)", text: $0) }]
                .compactMap(\.self)
        }
    }

    /// What a citizen can choose between.
    func publicCategories() -> [Category] { directory.activeCategories(in: language).filter(\.isPublic) }

    /// Where what belongs to a category is better taken.
    func notice(of category: Category) -> String? {
        category.notices[language] ?? category.notices[municipality.language]
    }
}
