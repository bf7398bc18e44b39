import Domain
import Foundation
import Testing

@testable import App
@testable import Domain
@testable import Support

/// What follows from each kind of event, as a table: whoever adds a kind, or changes who hears of one, sees it here.
@Suite struct ConsequencesTests {
    private static let contact: ID<Contact> = ID(1)
    private static let contractor: ID<Contractor> = ID(2)
    private static let unit: ID<Domain.Unit> = ID(3)
    private static let user: ID<User> = ID(4)
    private static let moment = Instant(milliseconds: 1_784_530_000_000)

    /// One of each kind, and more where its data decide who hears of it.
    private static func facts(of kind: CaseEvent.Kind) -> [(name: String, fact: CaseFact)] {
        let reporter = CaseFact.Reporter(contact: contact)
        let linked = CaseFact.Linked(contractor: contractor)
        let measure = CaseFact.MeasureTold(measure: ID(5), kind: .corrective, what: "New lamp", who: "Lamps")
        let reminder = CaseFact.Reminded(deadline: .close, step: .missed, until: moment)
        let said = CaseFact.ContractorSaid(contractor: contractor, message: "Which?")
        return switch kind {
        case .opened: [("", .opened(.init(contact: contact, unit: unit)))]
        case .joined:
            [
                ("", .joined(.init(contact: contact))),
                ("answered", .joined(.init(contact: contact, isAnswered: true))),
                ("from outside", .joined(.init(contact: contact, wayIn: .held))),
            ]
        case .contactCorrected: [("", .contactCorrected(reporter))]
        case .reporterConfirmed: [("", .reporterConfirmed(reporter))]
        case .updatesWanted: [("", .updatesWanted(reporter))]
        case .updatesStopped: [("", .updatesStopped(reporter))]
        case .routed:
            [
                ("", .routed(.init(unit: unit, note: "Yours"))),
                ("contractor", .routed(.init(unit: unit, contractor: contractor, note: "Yours"))),
            ]
        case .acknowledged:
            [
                ("", .acknowledged(.init(handler: user))),
                ("contractor", .acknowledged(.init(contractor: contractor))),
            ]
        case .performerChanged: [("", .performerChanged(.init(handler: user)))]
        case .recoded: [("", .recoded(.init(category: ID(6), unit: unit, note: "Not mine")))]
        case .feedbackGiven:
            [
                ("", .feedbackGiven(.init(message: "Soon"))),
                ("not sent", .feedbackGiven(.init(message: "Soon", isSent: false))),
                ("contractor", .feedbackGiven(.init(message: "Soon", contractor: contractor))),
            ]
        case .parked: [("", .parked(.init(until: moment, reason: "Parts")))]
        case .unparked: [("", .unparked)]
        case .waiting: [("", .waiting(.init(message: "Which?")))]
        case .waitingEnded:
            [
                ("", .waitingEnded(.init(note: "No answer"))),
                ("citizen", .waitingEnded(.init(contact: contact, message: "The left"))),
            ]
        case .measureAdded: [("", .measureAdded(measure))]
        case .measureDone: [("", .measureDone(measure))]
        case .deviationLinked: [("", .deviationLinked(.init(reference: "Q-17")))]
        case .noted:
            [("", .noted(.init(note: "Rang"))), ("contractor", .noted(.init(note: "Done", contractor: contractor)))]
        case .markedAcute:
            [
                ("", .markedAcute(.init(what: .acute, reason: "Gas"))),
                ("not acute", .markedAcute(.init(what: .notAcute))),
            ]
        case .closed:
            [
                ("", .closed(.init(answer: "Done", outcome: .noAction))),
                ("forwarded", .closed(.init(answer: "Theirs", outcome: .forwarded))),
            ]
        case .reopened:
            [
                ("", .reopened(.init(reason: "Dark"))),
                ("citizen's words", .reopened(.init(reason: "Dark", contact: contact))),
            ]
        case .told: [("", .told(.init(until: moment)))]
        case .messageMissed:
            [
                ("", .messageMissed(message(to: .citizen, .failed))),
                ("contractor", .messageMissed(message(to: .contractor, .uncertain))),
                ("colleague", .messageMissed(message(to: .colleague, .failed))),
            ]
        case .messageArrived: [("", .messageArrived(message(to: .citizen, .delivered)))]
        case .reminded: [("", .reminded(reminder))]
        case .reminderWithdrawn: [("", .reminderWithdrawn(reminder))]
        case .contractorAsked: [("", .contractorAsked(said))]
        case .contractorTold: [("", .contractorTold(said))]
        case .contractorDone: [("", .contractorDone(.init(contractor: contractor, measure: measure)))]
        case .contractorHandedBack:
            [("", .contractorHandedBack(.init(contractor: contractor, unit: unit, reason: "No crane")))]
        case .contractorLinkSent: [("", .contractorLinkSent(linked))]
        case .contractorLinkWithdrawn: [("", .contractorLinkWithdrawn(linked))]
        case .wordAgreed: [("", .wordAgreed(reporter))]
        }
    }

    private static func message(
        to audience: CaseFact.Message.Audience, _ outcome: CaseFact.Message.Outcome
    ) -> CaseFact.Message {
        .init(
            message: ID(11), about: ID(9), audience: audience, recipient: audience == .citizen ? contact : nil,
            medium: .mail, outcome: outcome)
    }

    /// A case that stays as it is, and what may have become of it by the same event.
    private static func changes(_ fact: CaseFact) -> [(name: String, change: Change)] {
        var subject = Case(
            id: ID(7), number: CaseNumber(year: 26, sequence: 10_001), createdAt: moment, title: "Dark", category: nil,
            unit: ID(8))
        subject.isConfidential = fact.wayIn == .held
        var passed = subject
        (passed.unit, passed.state) = (unit, .passedOn)
        var acute = passed
        acute.isAcute = true
        let line = [Change.Line(id: ID(9), event: CaseEvent(fact, state: nil))]
        return [("", subject), ("passed on", passed), ("passed on, acute", acute)].map { name, after in
            (name, Change(before: fact.kind == .opened ? nil : subject, after: after, events: line))
        }
    }

    @Test func theTableOfConsequences() throws {
        let actors: [(String, Actor)] = [
            ("colleague", .user(User(id: Self.user, municipality: ID(10), login: "kari", name: "Kari"))),
            ("citizen", .citizen),
        ]
        var lines: [String] = []
        for kind in CaseEvent.Kind.allCases {
            for (variant, fact) in Self.facts(of: kind) {
                #expect(fact.kind == kind)
                var told: [String: [String]] = [:]
                for (actor, who) in actors {
                    for (became, change) in Self.changes(fact) {
                        let all = Consequences.of(fact, change, by: who) + Consequences.ofAny(change)
                        let text = all.map(Self.text).joined(separator: ", ")
                        told[text, default: []].append([actor, became].filter { !$0.isEmpty }.joined(separator: ", "))
                    }
                }
                lines.append("## \(kind.rawValue)" + (variant.isEmpty ? "" : ": \(variant)"))
                lines += told.sorted { $0.value[0] < $1.value[0] }.map { text, whens in
                    "- \(whens.count == 6 ? "always" : whens.joined(separator: "; ")): \(text.isEmpty ? "nothing" : text)"
                }
            }
        }
        let asked = ContactEvent.registered(.init(channel: .telephone, direction: .incoming, questions: []))
        for event in [asked, .corrected] {
            let told = Consequences.of(event).map { consequence in
                switch consequence {
                case .index: "index"
                }
            }
            lines += ["## contact: \(event.kind.rawValue)", "- always: \(told.joined(separator: ", "))"]
        }
        var snapshots = Snapshots(ending: "md")
        try snapshots.check("consequences", lines.joined(separator: "\n") + "\n")
    }

    private static func text(_ consequence: Consequence) -> String {
        switch consequence {
        case .citizen(let mail, let only): "citizen\(only == nil ? "" : " of the contact") \(mail.kind.rawValue)"
        case .holder(let mail, let note): "holder \(mail)\(note == nil ? "" : " with note")"
        case .bell(let news, let isMailed): "bell \(news.kind.rawValue)\(isMailed ? "" : ", mailed with others")"
        case .contractorLink: "contractor link"
        case .contractor: "contractor message"
        case .contractorAcute: "contractor acute"
        case .reminder: "reminder"
        case .settleAlerts: "settle alerts"
        case .index: "index"
        case .indexContacts: "index contacts"
        }
    }
}
