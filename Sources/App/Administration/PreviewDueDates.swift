import Domain

/// `GET /{m}/admin/calendar/preview?at=…&category=…&channel=…`: when something that comes in then is due, and why.
enum PreviewDueDates {
    static let routes: [Route] = [
        .page(.adminCalendarPreview, for: .staff(.manageMunicipality)) { visit, op in
            var input = FormInput(values: visit.query)
            var preview: Preview?
            do {
                preview = try Self.preview(of: CalendarRecord(op.directory), input, op)
            } catch let errors as InputErrors {
                input.errors = errors.errors
            }
            let words = op.words
            let section = section(input, op)
            let fields = FormFields(words: words, form: "admin.calendar", input: input)
            return .page(
                FormPage(
                    frame: try op.frame(visit, title: words("admin.calendar.preview")), summary: fields.summary,
                    back: op.administration.link(to: .calendar), heading: words("admin.calendar.preview"),
                    lead: words("admin.calendar.preview.lead"), url: op.paths(.adminCalendarPreview),
                    isSearch: true, sections: [FormSection(fields: section.fields)],
                    submit: words("admin.look"), preview: preview))
        }
    ]

    /// What comes in, and when.
    static func section(_ input: FormInput, _ op: Operation) -> FormSection {
        let fields = FormFields(words: op.words, form: "admin.calendar", input: input)
        let zone = op.directory.calendar.timeZone
        let channels = Contact.Channel.allCases.map {
            FormField.Option(value: $0.rawValue, text: op.words("channel." + $0.rawValue))
        }
        return FormSection(
            legend: op.words("admin.calendar.preview"), hint: op.words("admin.calendar.preview.lead"),
            fields: [
                fields.line(
                    "at", type: "datetime-local", value: "\(op.today.iso)T\(zone.timeOfDay(of: op.now))",
                    required: true),
                fields.select("category", op.organisation.categoryOptions(), prompt: op.words("admin.calendar.any")),
                fields.select("channel", channels, prompt: op.words("admin.calendar.any")),
            ])
    }

    /// Throws `InputErrors` for a moment, category or channel that does not exist.
    static func preview(of record: CalendarRecord, _ input: FormInput, _ op: Operation) throws -> Preview {
        var reader = InputReader(form: input)
        let at = reader.moment("at", in: op) ?? op.now
        let category: ID<Category>? = reader.id("category")
        if let category, op.directory.categories[category] == nil { reader.fail("category", "unknown") }
        let channel: Contact.Channel? = reader.choice("channel")
        try reader.finish()
        let unit = op.directory.category(category)?.unit
        let targets = op.directory.targets(on: channel, unit: unit, category: category, from: record.targets)
        let reasons = DueReasons(calendar: record.calendar, words: op.words, now: op.now)
        return Preview(
            heading: op.words("admin.calendar.preview.heading", ["when": reasons.times.dayAndTime(at)]),
            text: reasons.period(at), facts: reasons.facts(targets, at))
    }
}

extension InputReader {
    /// What a field for date and time sends, in the municipality's time zone; an instant with its own is one as well.
    fileprivate mutating func moment(_ field: String, in op: Operation) -> Instant? {
        guard let text = line(field, max: 40) else { return nil }
        if let instant = Instant(iso8601: text) { return instant }
        let parts = text.split { $0 == "T" || $0 == " " }
        if parts.count == 2, let day = CivilDay(iso: String(parts[0])),
            let time = TimeOfDay(String(parts[1].prefix(5))), Country.holidayYears.contains(day.year)
        {
            return op.directory.calendar.timeZone.instant(of: day, at: time)
        }
        fail(field, "invalid_moment")
        return nil
    }
}
