import Domain

/// The fields of the calendar's form.
struct CalendarFields {
    let fields: FormFields
    private let record: CalendarRecord
    private let op: Operation

    init(_ record: CalendarRecord, _ input: FormInput, _ op: Operation) {
        self.record = record
        self.op = op
        let words = op.words
        var labels: [String: String] = [:]
        for weekday in Weekday.allCases {
            labels["hours_\(weekday.rawValue)"] = words("weekday.\(weekday.rawValue)").capitalized
        }
        for day in CustomaryDay.allCases {
            let name = day.name[op.language]
            labels["custom_" + day.rawValue] = name
            labels["half_" + day.rawValue] = words("admin.calendar.half", ["day": name])
        }
        for channel in Contact.Channel.allCases {
            labels["channel_" + channel.rawValue] = words("channel." + channel.rawValue)
        }
        for number in 1...CalendarRecord.maximumPeriods {
            for part in ["name", "from", "through"] {
                labels["period_\(number)_\(part)"] = words("admin.calendar.period_" + part, ["number": "\(number)"])
            }
        }
        fields = FormFields(words: words, form: "admin.calendar", input: input, labels: labels)
    }

    var sections: [FormSection] { [hours, customary, closingDays, periods, targets, channels] }

    /// What may be left empty is not called optional: the hint says what it means.
    private func section(
        _ key: String, quotes: [Preview] = [], isGrid: Bool = true, _ fields: [FormField]
    ) -> FormSection {
        let fields = fields.map { field in
            var field = field
            field.isConditional = !field.isRequired
            return field
        }
        return FormSection(
            legend: op.words("admin.calendar." + key), hint: op.words("admin.calendar.\(key).about"), quotes: quotes,
            isGrid: isGrid, fields: fields)
    }

    private var hours: FormSection {
        section(
            "hours",
            Weekday.allCases.map {
                fields.line("hours_\($0.rawValue)", value: CalendarText.text(record.calendar.week[$0]))
            })
    }

    private var customary: FormSection {
        let calendar = record.calendar
        let options = CustomaryHours.allCases.map {
            FormField.Option(value: $0.rawValue, text: op.words("admin.calendar.day_" + $0.rawValue))
        }
        var customary = section(
            "customary", quotes: publicHolidays,
            calendar.shownCustomaryDays.flatMap { day in
                let chosen = calendar.customaryHours(on: day).rawValue
                let half = calendar.customaryHalfDays[day]?.description ?? ""
                return [
                    fields.select("custom_" + day.rawValue, options, value: chosen, required: true),
                    fields.line("half_" + day.rawValue, value: half),
                ]
            })
        customary.isPaired = true
        return customary
    }

    /// By law, so there is nothing to choose: of this year and the next.
    private var publicHolidays: [Preview] {
        let times = Times(record.calendar, op.words, op.now)
        return [op.today.year, op.today.year + 1].filter(Country.holidayYears.contains).map { year in
            let lines = record.calendar.country.publicHolidays(in: year).map { day, holiday in
                op.words("admin.calendar.holiday", ["day": times.day(day), "name": holiday.name[op.language]])
            }
            return Preview(
                heading: op.words("admin.calendar.holidays", ["year": "\(year)"]),
                text: lines.joined(separator: "\n"), isFolded: true)
        }
    }

    private var closingDays: FormSection {
        section(
            "own", isGrid: false,
            [fields.area("closing_days", value: CalendarText.closingDays(of: record.calendar), rows: 6)])
    }

    /// Those there are, and room for two more.
    private var periods: FormSection {
        let periods = record.calendar.holidayPeriods
        let sent = (1...CalendarRecord.maximumPeriods).filter { fields.input.first("period_\($0)_name") != nil }.max()
        let count = min(CalendarRecord.maximumPeriods, max(periods.count + 2, sent ?? 0))
        return section(
            "periods",
            (1...count).flatMap { number in
                let period = number <= periods.count ? periods[number - 1] : nil
                let prefix = "period_\(number)_"
                return [
                    fields.line(prefix + "name", value: period?.name ?? ""),
                    fields.line(prefix + "from", value: period.map { CalendarText.text($0.first, op.words) } ?? ""),
                    fields.line(prefix + "through", value: period.map { CalendarText.text($0.last, op.words) } ?? ""),
                ]
            })
    }

    private var targets: FormSection {
        var lines = CalendarRecord.targets.flatMap { field, path in
            let target = record.targets[keyPath: path]
            let usual = fields.line(field, value: "\(target.workingDays)", required: true)
            guard let holiday = CalendarRecord.inHolidays[field] else { return [usual] }
            return [usual, fields.line(holiday, value: "\(target.inHolidayPeriod)", required: true)]
        }
        lines.append(fields.line("escalate_after", value: "\(record.targets.escalateAfter)", required: true))
        return section("targets", lines)
    }

    private var channels: FormSection {
        section(
            "channels",
            Contact.Channel.allCases.map { channel in
                let days = record.targets.byChannel[channel]?.workingDays
                return fields.line("channel_" + channel.rawValue, value: days.map(String.init) ?? "")
            })
    }
}
