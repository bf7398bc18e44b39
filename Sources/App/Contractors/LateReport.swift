import Database
import Domain

/// What a contractor sends after the case was taken back, closed or reported done: it changes nothing about the case,
/// but whoever has it now learns of it. The work may have been done all the same.
struct LateReport {
    let link: ContractorLink
    let text: String

    /// What was written, whichever form it stood in; on which day it was done goes with it.
    init(_ visit: Visit, by link: ContractorLink, in op: Operation) throws {
        var input = InputReader(form: visit.form)
        let written = ["message", "what", "reason"].compactMap { input.text($0, max: 8_000) }
        let doneAt = input.past("done_at", in: op)
        try input.finish()
        let words = op.installation.words(op.municipality.language)
        let day = doneAt.map {
            words("contractor.late.done", ["day": Times(op.directory.calendar, words, op.now).day($0)])
        }
        self.link = link
        text = (written + [written.isEmpty ? nil : day].compactMap(\.self)).joined(separator: "\n")
    }

    func perform(_ visit: Visit, in op: Operation) throws -> Reply {
        // "I have it" without a word says nothing any more.
        guard !text.isEmpty else { return try ShowContractorCase.show(visit, op) }
        try Throttle.contractor.count("\(link.id)", in: op)
        let op = op.acting(as: .contractor(link.contractor), for: visit)
        guard let number = try op.cases([link.subject], in: .everything).values.first?.number else {
            throw Refusal.notFound
        }
        let (changed, event) = try op.change(number, in: .key(to: number)) {
            try $0.note(text, by: link.contractor)
        }
        try op.tellOfContractor(link.contractor, changed, "late", text, because: event, alert: "contractor_late")
        var page = try ContractorEndPage("late", visit, op)
        page.frame.written = [text]
        return .page(page)
    }
}
