import Database
import Domain

/// What a contractor sends after the case was taken back, closed or reported done: it changes nothing about the case,
/// but whoever has it now learns of it. The work may have been done all the same.
struct LateReport {
    let link: ContractorLink
    let text: String

    /// What was written, whichever form it stood in. On which day it was done goes with it, and how whoever reported it was
    /// told: nobody asks the contractor again.
    init(_ visit: Visit, by link: ContractorLink, in op: Operation) throws {
        var input = InputReader(form: visit.form)
        var written = ["message", "what", "reason"].compactMap { input.text($0, max: 8_000) }
        let doneAt = input.past("done_at", in: op)
        let how = input.line("told_how", max: 40).flatMap(TellingWay.init)
        let toldAt = input.past("told_at", in: op) ?? op.now
        let note = input.text("told_note", max: 1_000)
        try input.finish()
        let words = op.installation.words(op.municipality.language)
        let times = Times(op.directory.calendar, words, op.now)
        if let doneAt, !written.isEmpty {
            written.append(words("contractor.late.done", ["day": times.day(doneAt)]))
        }
        if let how {
            let values = ["how": words("telling." + how.rawValue).startingSmall, "day": times.day(toldAt)]
            written.append(words("contractor.late.told", values))
        }
        if let note { written.append(note) }
        self.link = link
        text = written.joined(separator: "\n")
    }

    func perform(_ visit: Visit, in op: Operation) throws -> Reply {
        // "I have it" without a word says nothing any more.
        guard !text.isEmpty else { return try ShowContractorCase.show(visit, op) }
        try Throttle.contractor.count("\(link.id)", in: op)
        let op = op.acting(as: .contractor(link.contractor), for: visit)
        guard let number = try op.cases.load([link.subject], in: .everything).values.first?.number else {
            throw Refusal.notFound
        }
        try op.cases.change(number, in: .key(to: number)) { try $0.note(text, by: link.contractor) }
        var page = try ContractorEndPage("late", visit, op)
        page.frame.written = [text]
        return .page(page)
    }
}
