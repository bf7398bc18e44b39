import Domain

/// The municipality's first page for citizens.
enum ShowFront {
    static let routes: [Route] = [
        .page(.front, for: .citizens) { visit, op in
            let days = op.directory.targets.feedback.workingDays(for: op.now, in: op.directory.calendar)
            return .page(
                FrontPage(
                    frame: try op.frame(visit, title: op.words("front.heading")),
                    lead: op.text("front.lead", in: op.language), promise: op.words.count("promise.days", days),
                    notices: op.citizens.citizenNotices("front.notices")))
        }
    ]
}
