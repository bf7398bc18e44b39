import Adapters
import Domain
@testable import Support
import Testing

@testable import App

/// Whatever a citizen is told carries the link by which it stops.
@Suite struct CitizenMessageTests {
    /// One of each; the first test fails when one is missing.
    static let kinds: [CitizenMessage] = [
        .receipt, .passedOn, .acknowledged, .parked(until: TestTorg.start.adding(days: 14)),
        .feedback("The lamp is ordered."), .question("Which lamp is it?"), .reminder("Which lamp is it?"), .answer,
        .forwarded, .reopened,
    ]

    /// Mails to staff and contractors, who have other ways to say what they want.
    private static let others: Set = [
        "acute", "address_changed", "address_changed_other", "alerts", "case_reopened", "category_moved",
        "category_opened", "citizen_wrote", "contact_joined",
        "contracted", "contractor_case", "contractor_did", "contractor_reminder", "contractor_told", "owner_changed",
        "passed_on", "report_leader", "report_open", "report_open.none", "report_overdue", "sight_confirmed",
        "sight_doubted", "sight_refused", "sight_wanted", "unit_closed", "unit_named",
    ]

    /// Queues one of each kind to a citizen with an address of its own, and says what they got.
    static func queue(in torg: TestTorg, _ person: (Int) -> Person) async throws -> [OutboxMessage] {
        try await torg.report()
        var installation = torg.installation
        installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        let people = Self.kinds.indices.map(person)
        try await installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE municipalities SET sms_to_citizens = 1 WHERE id = \(op.tenant)")
            try op.organisation.touch()
        }
        try await installation.write(torg.sandvik) { op in
            let number: Int64 = try #require(
                try op.tx.value("SELECT number FROM cases WHERE municipality = \(op.tenant)"))
            let event: ID<CaseEvent> = try #require(
                try op.tx.value("SELECT id FROM events WHERE municipality = \(op.tenant) AND case_id IS NOT NULL"))
            var subject = try op.cases.load(CaseNumber(sortKey: number), in: .everything)
            for (kind, person) in zip(Self.kinds, people) {
                Self.bring(&subject, to: kind)
                let citizen = Recipient(contact: op.newID(), person: person, text: "It is dark")
                try op.outbox.queueCitizenMessage(kind, about: subject, because: event, to: [citizen])
            }
        }
        return try await Array(torg.mails().dropFirst())
    }

    /// What the case is like when such a mail goes out.
    private static func bring(_ subject: inout Case, to kind: CitizenMessage) {
        switch kind {
        case .passedOn: subject.state = .passedOn
        case .acknowledged, .feedback, .reopened: subject.state = .underway
        case .parked: subject.state = .parked
        case .question, .reminder: subject.state = .awaitingCitizen
        case .answer:
            subject.state = .closed
            subject.closure = Closure(answer: "The lamp is lit again.", outcome: .measuresTaken)
        case .forwarded:
            subject.closure = Closure(answer: "", outcome: .forwarded, authority: "The county")
        case .receipt: break
        }
    }

    @Test func theListIsWhole() throws {
        let words = try #require(try Templates.tested.catalogues["nb"])
        let written = words.keys
            .filter { $0.hasPrefix("mail.") && $0.hasSuffix(".body") && !$0.hasPrefix("mail.confidential.") }
            .map { String($0.dropFirst(5).dropLast(5)) }
        #expect(Set(written).subtracting(Self.others) == Set(Self.kinds.map(\.kind.rawValue)))
    }

    @Test func everyMailCanBeStopped() async throws {
        let torg = try await TestTorg()
        let mails = try await Self.queue(in: torg) {
            Person(name: nil, email: EmailAddress("kim\($0)@example.org"), wantsUpdates: true)
        }
        #expect(mails.map(\.kind) == Self.kinds.map(\.kind))
        let municipality = try await torg.installation.read(torg.sandvik) { $0.municipality }
        for mail in mails {
            let contact = try #require(mail.contact)
            let link = StopLink(contact, of: municipality, in: torg.installation).url
            #expect(mail.body.hasSuffix("\n" + link), "\(mail.kind)")
            let claim = OutboxClaim(
                installation: torg.installation, municipality: municipality, replyTo: nil, message: mail,
                lanes: Lane.allCases)
            #expect(try claim.compose().headers.contains(.init("List-Unsubscribe", "<\(link)>")), "\(mail.kind)")
        }
        await torg.close()
    }

    @Test func everyTextMessageOfAStepCanBeStopped() async throws {
        let torg = try await TestTorg()
        let mails = try await Self.queue(in: torg) {
            Person(name: nil, phone: PhoneNumber("4123456\($0)"), wantsUpdates: true)
        }
        #expect(mails.map(\.medium) == Self.kinds.map { _ in .sms })
        for (kind, mail) in zip(Self.kinds, mails) {
            #expect(mail.body.contains("/sandvik/stop/") == (kind.isStatus || kind.isReceipt), "\(mail.kind)")
            #expect(mail.body.contains("/sandvik/follow/"), "\(mail.kind)")
        }
        await torg.close()
    }
}
