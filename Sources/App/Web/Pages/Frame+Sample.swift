extension Frame {
    /// A page for citizens.
    static func citizenSample(_ words: Words, title: String, isDemo: Bool = false) -> Frame {
        Frame(
            language: words.language, languages: languageSamples(words), municipality: "Sandvik kommune",
            base: "/sandvik", title: title, form: "sample", isDemo: isDemo)
    }

    /// A page for staff.
    static func staffSample(
        _ words: Words, title: String, current: String = "", search: String = "", flash: String? = nil
    ) -> Frame {
        let item = { (text: String, path: String, count: String) in
            NavigationItem(
                text: text, url: "/sandvik/" + path, count: count.isEmpty ? nil : count, isCurrent: path == current)
        }
        return Frame(
            language: words.language, languages: languageSamples(words), municipality: "Sandvik", base: "/sandvik",
            title: title,
            user: FrameUser(name: "Ingrid Ås", unit: "Innbyggertorget", home: "/sandvik/intake", registers: true),
            bell: Bell(
                count: current == "mine" ? nil : "3", text: words.count("alerts.unread", 3),
                isCurrent: current == "alerts"),
            navigation: [
                NavigationGroup(items: [
                    item(words("navigation.intake"), "intake", "12"), item(words("navigation.mine"), "mine", "9"),
                ]),
                NavigationGroup(
                    heading: "Mine enheter",
                    items: [
                        item("Vei og gatelys", "units/7", "37"),
                        item("Vann-, avløps- og renovasjonsavdelingen", "units/8", "4"),
                    ]),
                NavigationGroup(
                    heading: words("navigation.follow_up"),
                    items: [
                        item(words("navigation.watch"), "watch", ""),
                        item(words("navigation.not_acknowledged"), "open?show=not_acknowledged", "6"),
                        item(words("navigation.awaiting_feedback"), "open?show=awaiting_feedback", "14"),
                        item(words("navigation.parked"), "open?show=parked", "3"),
                        item(words("navigation.late"), "open?show=late", "4"),
                    ]),
                NavigationGroup(
                    heading: nil, items: [item(words("navigation.administration"), "admin", "")]),
            ],
            search: search, form: "sample", flash: flash,
            printed: words("frame.printed", ["day": DateWords(words: words).dayAndYear(.sample)]))
    }

    private static func languageSamples(_ words: Words) -> [LanguageLink] {
        [("sv", "Svenska"), ("nb", "Norsk"), ("da", "Dansk"), ("en", "English")].map { code, name in
            LanguageLink(code: code, name: name, url: "?language=" + code, isCurrent: code == words.language)
        }
    }
}

extension DateWords.Moment {
    /// Thursday 23 July 2026 at 15.30.
    static let sample = Self(year: 2026, month: 7, day: 23, weekday: 4, hour: 15, minute: 30)
    /// Monday 20 July 2026 at 9.12.
    static let earlierSample = Self(year: 2026, month: 7, day: 20, weekday: 1, hour: 9, minute: 12)
}
