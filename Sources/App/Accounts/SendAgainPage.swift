import Domain

/// Let in again, with what was being written: nothing is lost, and nothing is sent without another press.
struct SendAgainPage: Page {
    static let template = "accounts/send-again"

    var frame: Frame
    var heading: String
    /// Which form it was, where that can be told.
    var lead: RunningText
    var url: String
    /// What is sent along, as it was.
    var values: [HiddenValue]
    /// The same for people: what was filled in where.
    var facts: [Fact]
    /// Where one goes who does not want to send it.
    var skip: String
}

extension SendAgainPage {
    static func samples(_ words: Words) -> [Sample<SendAgainPage>] {
        let frame = Frame.staffSample(words, title: words("again.heading"))
        let message = "Vi har bestilt en ny lampe."
        return [
            Sample(
                "written",
                .init(
                    frame: frame, heading: words("again.heading"),
                    lead: RunningText(
                        words("again.lead.case", ["title": words("case.feedback"), "number": "26-10423-4"])),
                    url: "/sandvik/cases/26-10423-4/feedback",
                    values: [.init(name: "message", value: message), .init(name: "version", value: "4")],
                    facts: [Fact(term: words("case.feedback.message"), text: message)],
                    skip: "/sandvik/cases/26-10423-4"))
        ]
    }
}

extension KeptForm {
    /// The page that asks whether it shall be sent after all.
    ///
    /// - Parameter url: where it was going.
    func page(to url: String, heading: String, _ visit: Visit, in op: Operation) throws -> SendAgainPage {
        let followed = Address.followedCase.below(":form").values(in: url)
        let ofCase = followed ?? Address.case.below(":form").values(in: url)
        let number = ofCase?["number"].flatMap { CaseNumber(text: $0) }
        var form = url == op.paths(.contacts) ? "register" : nil
        if number != nil, let name = ofCase?["form"] { form = followed == nil ? caseForm(name) : "follow." + name }
        let title = form.flatMap { [$0, $0 + ".heading"].first(where: op.words.has) }.map { op.words($0) }
        let lead = title.map { title in
            number.map { op.words("again.lead.case", ["title": title, "number": "\($0)"]) }
                ?? op.words("again.lead.form", ["title": title])
        }
        return SendAgainPage(
            frame: try op.frame(visit, title: heading), heading: heading,
            lead: RunningText(lead ?? op.words("again.lead")), url: url, values: hidden,
            facts: hidden.compactMap { fact($0.name, $0.value, form, op) },
            skip: try number.map { op.paths(followed == nil ? .case : .followedCase, $0) }
                ?? op.accounts.home(of: op.user))
    }

    /// The words of the case page's form. Two forms may go to the same address.
    private func caseForm(_ path: String) -> String {
        if values["_method"] == ["DELETE"] { return path == "closure" ? "case.reopening" : "case." + path }
        return values["outcome"] == ["forwarded"] ? "case.forwarding" : "case." + path
    }

    /// A value with the label of its field; codes and ids in words. Nil for what says nothing to anybody.
    private func fact(_ name: String, _ value: String, _ form: String?, _ op: Operation) -> Fact? {
        let field = String(name.trimmingPrefix(/q\d_/))
        let label = [form.map { $0 + "." + field }, form.map { $0 + ".question." + field }].compactMap(\.self)
            .first(where: op.words.has)
        guard !value.isBlank, let label else {
            return value.contains(where: \.isWhitespace) && !value.isBlank ? Fact(term: "", text: value) : nil
        }
        let code = (field == "kind" ? "measure" : field) + "." + value
        let text =
            switch field {
            case _ where op.words.has(code): op.words(code)
            case "unit": ID<Unit>(text: value).map { op.directory.name(of: $0) } ?? value
            case "handler": ID<User>(text: value).map { op.directory.name(of: $0) } ?? value
            case "category": op.directory.name(ofCategory: ID(text: value), in: op.language) ?? value
            case _ where value == "true": op.words("form.yes")
            default: value
            }
        return Fact(term: op.words(label), text: text)
    }
}
