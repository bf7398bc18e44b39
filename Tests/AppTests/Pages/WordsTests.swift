import Testing

@testable import App
@testable import Support

@Suite struct WordsTests {
    private let words = Words(
        language: "en",
        texts: ["hello": "Hello {name}, {name}!", "cases.one": "{count} case", "cases.other": "{count} cases"])

    @Test func fillsInPlaceholders() {
        #expect(words("hello", ["name": "Kim"]) == "Hello Kim, Kim!")
        #expect(words("hello", ["name": "{count}"]) == "Hello {count}, {count}!", "a value is not filled in again")
        #expect(words("hello", ["other": "x"]) == "Hello {name}, {name}!", "what has no value is left to be seen")
        #expect(Words.fill("an open { brace", ["x": "y"]) == "an open { brace")
    }

    @Test func choosesThePlural() {
        #expect(words.count("cases", 1) == "1 case")
        #expect(words.count("cases", 0) == "0 cases")
        #expect(words.count("cases", 21) == "21 cases")
        #expect(words.count("cases", 1_234_567) == "1,234,567 cases")
    }
}

@Suite struct DateWordsTests {
    @Test(arguments: [
        ("sv", "torsdag den 23 juli", "torsdag den 23 juli klockan 15.30"),
        ("nb", "torsdag 23. juli", "torsdag 23. juli klokken 15.30"),
        ("da", "torsdag den 23. juli", "torsdag den 23. juli klokken 15.30"),
        ("en", "Thursday 23 July", "Thursday 23 July at 15:30"),
    ])
    func saysDaysAsPeopleDo(language: String, day: String, dayAndTime: String) throws {
        let dates = DateWords(words: try Templates.tested.words(language))
        #expect(dates.day(.sample) == day)
        #expect(dates.dayAndTime(.sample) == dayAndTime)
        #expect(dates.dayAndYear(.sample) == day + " 2026")
    }

    @Test func saysNearDaysByName() throws {
        let dates = DateWords(words: try Templates.tested.words("en"))
        #expect(dates.relative(.sample, days: 0, thisYear: 2026) == "today at 15:30")
        #expect(dates.relative(.earlierSample, days: -1, thisYear: 2026) == "yesterday at 9:12")
        #expect(dates.relativeDay(.sample, days: 1, thisYear: 2026) == "tomorrow")
        #expect(dates.relativeDay(.sample, days: 5, thisYear: 2026) == "Thursday 23 July")
        #expect(dates.relativeDay(.sample, days: 300, thisYear: 2025) == "Thursday 23 July 2026")
    }

    @Test func saysDeadlinesInWords() throws {
        let deadlines = DeadlineWords(words: try Templates.tested.words("en"))
        #expect(deadlines.due(.answer, .sample, days: 3, thisYear: 2026) == "Answer by Thursday 23 July")
        #expect(deadlines.due(.answer, .sample, days: 0, thisYear: 2026) == "Answer today at 15:30")
        #expect(deadlines.due(.parking, .sample, days: 1, thisYear: 2026) == "Parked until tomorrow")
    }

    /// A deadline that passed on Friday afternoon was not "since 15:30" on Sunday.
    @Test(arguments: [
        (1, 1, "1 working day late"), (2, 4, "2 working days late"), (0, 0, "late since 15:30"),
        (0, 1, "late since yesterday"), (0, 3, "late since Thursday 23 July"),
    ])
    func saysHowLateInWords(workingDays: Int, days: Int, text: String) throws {
        let deadlines = DeadlineWords(words: try Templates.tested.words("en"))
        let late = deadlines.late(workingDays: workingDays, since: .sample, days: days, thisYear: 2026)
        #expect(late == text)
        #expect(deadlines.late(.acknowledge, late) == "Acknowledgement: " + text)
    }
}
