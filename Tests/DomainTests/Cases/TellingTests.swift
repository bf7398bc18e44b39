import Testing

@testable import Domain

/// Told means told (R4.1): what a step does to the clocks depends on who has heard of it.
@Suite struct TellingTests {
    private let now = SampleCase.after(hours: 5)
    private let kari = Listener(
        contacts: [ID(1)], person: Person(name: "Kari", phone: PhoneNumber("22334455")), isReachable: false)
    private let per = Listener(
        contacts: [ID(2)], person: Person(email: EmailAddress("per@example.org")), isReachable: true)
    private let nobody = Listener(contacts: [ID(3)], person: Person(), isReachable: false)

    @Test func aStepIsToldWhenEverybodyHasHeard() throws {
        let call = Telling(.telephone, at: SampleCase.after(hours: 4))
        let lost = Telling(.nobody, at: now, note: "moved away")
        let table: [(who: [Listener], isSent: Bool, telling: Telling?, told: Told)] = [
            ([per], true, nil, .told(at: now)),
            ([kari], true, nil, .pending),
            ([kari], true, call, .told(at: call.at)),
            ([per, kari], true, nil, .pending),
            ([per, kari], true, call, .told(at: now)),
            ([nobody], true, nil, .nobody),
            ([nobody], true, call, .told(at: call.at)),
            ([per, nobody], true, nil, .told(at: now)),
            ([kari, nobody], true, nil, .pending),
            ([per], false, nil, .pending),
            ([per], false, call, .told(at: call.at)),
            ([kari], true, lost, .nobody),
            ([], true, nil, .nobody),
        ]
        for line in table {
            let heard = line.who.hearing(isSent: line.isSent, telling: line.telling, at: now)
            #expect(Told(heard) == line.told, "\(line)")
        }
        let silent = [per, kari].hearing(isSent: false, telling: nil, at: now)
        #expect(silent.map(\.toldAt) == [nil, nil] && silent.map(\.telling) == [nil, nil])
        #expect(Told(try silent.hearing(call, only: nil)) == .told(at: call.at))
    }

    @Test func whoHadNotHeardIsWrittenDownLater() throws {
        let call = Telling(.telephone, at: now)
        let before = [per, kari, nobody].hearing(isSent: true, telling: nil, at: now)
        let after = try before.hearing(call, only: nil)
        #expect(after.map(\.telling?.how) == [nil, .telephone, .nobody])
        #expect(Told(after) == .told(at: now))
        #expect(throws: CaseRefusal.alreadyTold) {
            try [per].hearing(isSent: true, telling: nil, at: now).hearing(call, only: nil)
        }
        #expect(throws: CaseRefusal.alreadyTold) { try before.hearing(call, only: ID(2)) }
        // Somebody whom nobody could tell has come by after all.
        let came = try [nobody].hearing(isSent: true, telling: nil, at: now).hearing(call, only: nil)
        #expect(Told(came) == .told(at: now))
        #expect(throws: CaseRefusal.alreadyTold) {
            try [nobody].hearing(isSent: true, telling: nil, at: now).hearing(Telling(.nobody, at: now), only: nil)
        }
    }

    @Test func feedbackCountsWhenItIsTold() throws {
        var subject = try SampleCase.make(.underway)
        let pending = try subject.giveFeedback("We come on Friday", told: .pending, at: now)
        #expect(subject.feedbackAt == nil && subject.untoldSince == now && pending.hearing?.told == .pending)
        #expect(subject.kinds.contains(.feedback) && !subject.kinds.contains(.tell))
        let call = Telling(.telephone, at: SampleCase.after(hours: 6))
        let told = try subject.tell(call, nil, heard: (.feedback, .told(at: call.at)), at: SampleCase.after(hours: 7))
        #expect(subject.feedbackAt == call.at && subject.untoldSince == nil)
        #expect(told.kind == .told && told.hearing?.how == .telephone && told.hearing?.toldAt == call.at)
        #expect(!subject.kinds.contains(.feedback))
        _ = try subject.giveFeedback("Not on Friday", told: .pending, at: SampleCase.after(hours: 8))
        #expect(subject.feedbackAt == call.at && subject.kinds.contains(.tell), "what was told before stays told")
        #expect(throws: CaseRefusal.toldTooEarly) {
            try subject.tell(
                Telling(.visit, at: SampleCase.after(days: -3)), nil, heard: (.feedback, .told(at: now)), at: now)
        }
    }

    @Test func whereNobodyIsToBeToldItIsSettledAndNotCounted() throws {
        var subject = try SampleCase.make(.underway)
        _ = try subject.giveFeedback("We come on Friday", told: .nobody, at: now)
        #expect(subject.feedbackAt == nil && subject.settledAt == now && subject.untoldSince == nil)
        #expect(!subject.kinds.contains(.feedback) && !subject.kinds.contains(.tell))
        var closed = try SampleCase.make(.underway)
        _ = try closed.close(SampleCase.refused, measures: [], told: .nobody, by: nil, at: now)
        #expect(closed.feedbackAt == nil && closed.kinds.isEmpty)
    }

    @Test func aQuestionThatNobodyHeardStopsNoClock() throws {
        for told in [Told.pending, .nobody] {
            var subject = try SampleCase.make(.underway)
            let before = subject.kinds
            _ = try subject.awaitCitizen("Which lamp?", told: told, calendar: SampleCase.calendar, at: now)
            #expect(subject.state == .awaitingCitizen && subject.askedAt == nil)
            #expect(subject.kinds == before)
            let later = SampleCase.after(hours: 8)
            _ = try subject.tell(Telling(.visit, at: later), nil, heard: (.question, .told(at: later)), at: later)
            #expect(subject.askedAt == later && subject.kinds == [.awaitingCitizen])
            _ = try subject.resume(note: nil, calendar: SampleCase.calendar, at: SampleCase.after(hours: 9))
            #expect(subject.askedAt == nil && subject.waitingSince == nil)
        }
        var given = try SampleCase.make(.underway)
        _ = try given.awaitCitizen("Which lamp?", told: .pending, calendar: SampleCase.calendar, at: now)
        _ = try given.resume(note: nil, calendar: SampleCase.calendar, at: SampleCase.after(hours: 9))
        #expect(given.untoldSince == nil, "what is not waited for any more need not be asked")
    }

    @Test func aClosedCaseHasADeadlineUntilSomebodyHasHeard() throws {
        var subject = try SampleCase.make(.underway)
        _ = try subject.close(SampleCase.refused, measures: [], told: .pending, by: nil, at: now)
        #expect(subject.kinds == [.tell] && subject.feedbackAt == nil)
        var reopened = subject
        _ = try reopened.reopen(reason: "still dark", at: SampleCase.after(days: 1))
        #expect(reopened.untoldSince == nil && !reopened.kinds.contains(.tell))
        _ = try subject.tell(Telling(.letter, at: now), nil, heard: (.closing, .told(at: now)), at: now)
        #expect(subject.kinds.isEmpty && subject.feedbackAt == now)
        // Somebody who joined later makes nothing untold.
        _ = try subject.tell(Telling(.visit, at: now), ID(9), heard: (.closing, .pending), at: now)
        #expect(subject.kinds.isEmpty)
    }

    @Test func aMeasuresDayIsWatchedUntilItIsDone() throws {
        let (first, second) = (SampleCase.after(days: 3), SampleCase.after(days: 40))
        var mend = Measure(id: ID(1), kind: .corrective, what: "lamp", who: "crew", dueAt: first)
        let prevent = Measure(id: ID(2), kind: .preventive, what: "cable", who: "crew", dueAt: second)
        var subject = try SampleCase.make(.underway)
        _ = try subject.add(mend, to: [])
        _ = try subject.add(prevent, to: [mend])
        #expect(subject.measuresDue == [first, second])
        _ = try subject.awaitCitizen("Which?", told: .told(at: now), calendar: SampleCase.calendar, at: now)
        #expect(
            subject.kinds == [.awaitingCitizen, .measure, .measure]
                || subject.kinds == [.measure, .awaitingCitizen, .measure])
        _ = try subject.close(SampleCase.refused, measures: [], told: .told(at: now), by: nil, at: now)
        #expect(subject.kinds == [.measure, .measure])
        _ = try subject.finish(&mend, of: [mend, prevent], at: SampleCase.after(days: 4))
        #expect(subject.measuresDue == [second] && subject.kinds == [.measure])
    }

    @Test func whatWasDoneBeforeTheReopeningIsNotEnough() throws {
        let done = Measure(id: ID(1), kind: .corrective, what: "lamp", who: "crew", doneAt: SampleCase.after(hours: 1))
        let closure = Closure(answer: "Mended", outcome: .measuresTaken)
        var subject = try SampleCase.make(.underway)
        #expect(subject.counts(done))
        _ = try subject.close(closure, measures: [done], told: .told(at: now), by: nil, at: now)
        _ = try subject.reopen(reason: "still dark", at: SampleCase.after(hours: 6))
        var spent = done
        spent.isSpent = true
        let table: [(doneAt: Instant?, isSpent: Bool, counts: Bool)] = [
            (SampleCase.after(hours: 1), false, false), (SampleCase.after(hours: 6), false, true),
            (SampleCase.after(hours: 6), true, false), (SampleCase.after(hours: 7), false, true), (nil, false, false),
        ]
        for line in table {
            let measure = Measure(
                id: ID(2), kind: .corrective, what: "lamp", who: "crew", doneAt: line.doneAt, isSpent: line.isSpent)
            #expect(subject.counts(measure) == line.counts, "\(line)")
            var closing = subject
            var refusal: CaseRefusal?
            do throws(CaseRefusal) {
                _ = try closing.close(closure, measures: [done, spent, measure], told: .nobody, by: nil, at: now)
            } catch {
                refusal = error
            }
            #expect(refusal == (line.counts ? nil : .measureRequired))
        }
    }

    @Test func onePersonIsOneReporter() {
        func person(_ name: String?, _ email: String?, _ phone: String?) -> Person {
            Person(name: name, email: email.flatMap(EmailAddress.init), phone: phone.flatMap(PhoneNumber.init))
        }
        let people = [
            person("Kari", "kari@example.org", "22334455"), person(nil, nil, nil), person(nil, nil, "+47 22 33 44 55"),
            person("Ola", nil, "22334455"), person(nil, nil, nil), person("KARI", nil, "22334455"),
            person("Other", "kari@example.org", nil),
        ]
        #expect(Person.grouped(people, in: .norway) == [[0, 2, 5, 6], [1], [3], [4]])
    }
}

extension Case {
    var kinds: [DeadlineKind] {
        clocks.running(ServiceTargets(), SampleCase.calendar).map(\.kind)
    }
}
