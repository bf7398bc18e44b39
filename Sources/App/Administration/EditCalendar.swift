import Database
import Domain
import HTTPTypes

/// `/{m}/admin/calendar`: when the office is open, which days are no working days, and how much time things may take.
enum EditCalendar {
    static let routes: [Route] = [
        .page(.adminCalendar, for: .staff(.manageMunicipality), show),
        .form(.post, .adminCalendar, for: .staff(.manageMunicipality), show: show, perform: save),
        .form(
            .post, .adminUsualDays, for: .staff(.manageMunicipality), form: "usual", show: show,
            perform: reset),
    ]

    private static let show: PageHandler = { visit, op in
        let words = op.words
        // What came back may be the other form of the page.
        let input = visit.returnedForm == nil ? visit.form : FormInput()
        let record = CalendarRecord(op.directory)
        let fields = CalendarFields(record, input, op)
        var page = FormPage(
            frame: try op.frame(visit, title: words("admin.calendar")), summary: fields.fields.summary,
            back: op.administration.administrationLink, heading: words("admin.calendar"),
            lead: words("admin.calendar.lead"),
            notes: [
                FormNote(
                    text: words("admin.calendar.preview.about"),
                    link: Link(text: words("admin.calendar.preview"), url: op.paths(.adminCalendarPreview)))
            ],
            url: op.paths(.adminCalendar), version: record.values(words).version(on: visit),
            sections: fields.sections + [PreviewDueDates.section(input, op)],
            submit: words("form.save"), look: words("admin.look"))
        if input.first("preview") != nil, input.errors.isEmpty {
            var reader = InputReader(form: input)
            let typed = CalendarRecord(&reader, visit, in: op)
            var answer = visit
            answer.form.errors = reader.errors
            guard reader.errors.isEmpty else { return try show(answer, op).with(.unprocessableContent) }
            page.preview = try PreviewDueDates.preview(of: typed, input, op)
        }
        let own = FormFields(words: words, form: "admin.calendar.usual", idPrefix: "usual-")
        page.actions = [
            ActionForm(
                id: "usual", title: words("admin.calendar.usual"), hint: words("admin.calendar.usual.about"),
                url: op.paths(.adminUsualDays), fields: [own.check("own_days")],
                submit: words("admin.calendar.usual.submit"))
        ]
        return .page(page)
    }

    private static let save: PageHandler = { visit, op in
        if visit.form.first("preview") != nil { return try show(visit, op) }
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        let record = CalendarRecord(&input, visit, in: op)
        try input.finish()
        let before = CalendarRecord(op.directory).values(op.words)
        try before.check(visit)
        try record.save(in: op)
        try op.organisation.present().deadlines.renew(since: op.directory.rules)
        try op.audit(
            .calendarChanged, op.municipality.name, fields: op.changes(from: before, to: record.values(op.words)))
        return .redirect(op.paths(.adminCalendar), flash: "calendar_saved")
    }

    /// Back to what the country begins with; the municipality's own days stay unless it is said that they go too.
    private static let reset: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        let removesOwnDays = input.flag("own_days")
        try input.finish()
        let before = CalendarRecord(op.directory)
        var record = before
        record.calendar = .standard(before.calendar.country)
        record.calendar.timeZone = before.calendar.timeZone
        if !removesOwnDays {
            record.calendar.closingDays = before.calendar.closingDays
            record.calendar.halfDays = before.calendar.halfDays
            record.calendar.dayNames = before.calendar.dayNames
        }
        record.targets = ServiceTargets()
        try record.save(in: op)
        try op.organisation.present().deadlines.renew(since: op.directory.rules)
        try op.audit(
            .calendarReset, op.municipality.name,
            fields: op.changes(from: before.values(op.words), to: record.values(op.words)))
        return .redirect(op.paths(.adminCalendar), flash: "calendar_saved")
    }
}

extension Reply {
    func with(_ status: HTTPResponse.Status) -> Reply {
        var reply = self
        reply.status = status
        return reply
    }
}
