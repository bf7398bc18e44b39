import Testing

@testable import Support

/// Messages, alerts and the search index hang on the table of consequences, and on what is named here.
@Suite struct CallersTests {
    /// What tells somebody, or makes a case found.
    private static let doors = [
        "queueCitizenMessage(", "queueStaffMessage(", "sendLink(", "contractors.write(", "contractors.remind(",
        "cases.index(", "contacts.index(", "try index(", "index.put(", "settle(of:", "raise(", "queue(", "INTO alerts",
        "INTO outbox", "tell(of:", "tellAtOnce(", "SearchIndex.put(", ".put(in:",
    ]

    /// Files that use one, and why they are no consequence of an event.
    private static let others: [String: String] = [
        "Events/CarryOut.swift": "the table's own",
        "Deadlines/TellOfReminder.swift": "one consequence: whom a reminder is for",
        "Contractors/RemindContractor.swift": "the contractor's part of it",
        "Contractors/SendContractorLink.swift": "a message to a contractor whose link has expired brings a new one",
        "Outbox/QueueStaffMessage.swift": "what is acute is told at once, beside the mail",
        "Deadlines/TellAtOnce.swift": "the bell and the telephone for what is acute",
        "Outbox/QueueCitizenMessage.swift": "the outbox", "Outbox/MessageWords.swift": "the outbox",
        "Outbox/OutgoingMessage.swift": "the outbox", "Deadlines/Alert.swift": "the bell",
        "Deadlines/MailAlerts.swift": "what the bell has told is mailed later, several at a time",
        "Directory/TellOfSight.swift": "who sees what was changed, and no case",
        "Reports/MailReports.swift": "a report is due",
        "Migrations/M016ContractorAlerts.swift": "the table is made anew",
        "Cases/IndexCase.swift": "the index", "Contacts/IndexContact.swift": "the index",
        "Search/SearchedText.swift": "the index",
        "Citizens/FollowCode.swift": "a code is asked for; nothing happens to the case",
        "Cases/RenewDeadlines.swift": "the calendar or the targets have changed, and no case",
        "Rebuilds/RebuildSearch.swift": "the index is made anew",
        "Retention/EraseRows.swift": "what was written is erased, and is found no more",
        "Import/StoreImportedRequest.swift": "what happened in another system has been told by it",
        "Bench/RawInserts.swift": "measures the rows alone", "Bench/SeedLoad.swift": "fills a database for measuring",
    ]

    @Test func onlyTheTableTellsOfWhatHappened() throws {
        var used: Set<String> = []
        for file in try SourceFile.all() {
            let (name, text) = (file.path, file.text)
            let found = Self.doors.filter { door in
                text.ranges(of: door).contains { range in
                    // A call, and neither the declaration nor the end of a longer name.
                    let before = text[..<range.lowerBound]
                    return !before.hasSuffix("func ")
                        && before.last.map { door.hasPrefix(".") || !$0.isLetter && $0 != "\"" } ?? true
                }
            }
            if found.isEmpty { continue }
            used.insert(name)
            #expect(Self.others[name] != nil, "\(name) calls \(found.joined(separator: ", "))")
        }
        #expect(Set(Self.others.keys).subtracting(used).isEmpty, "named here and not needed")
    }
}
