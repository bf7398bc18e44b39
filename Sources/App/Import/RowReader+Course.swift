import Domain

extension RowReader {
    /// What had become of a request when it was exported.
    func course(
        _ state: RequestMapping.State, _ created: Moment, in row: Row, _ remarks: inout [String]
    ) throws(RowFault) -> ImportedRequest.Course {
        switch state {
        case .new: return .new
        case .passedOn: return .passedOn
        case .underway:
            // Nobody wrote down when somebody took it; by the last change at the latest.
            let updated: Moment? =
                if let column = mapping.updated { try moment(column, in: row) } else { nil }
            return .underway(since: max(updated?.instant ?? created.instant, created.instant))
        case .closed(let end):
            let closed = try closing(row, created, &remarks)
            let done = try end.measure.flatMap { measure throws(RowFault) in
                try self.done(measure, row, created, closed, &remarks)
            }
            return .closed(try closure(end, done, row, created, closed), at: closed.instant, done: done)
        }
    }

    private func closing(_ row: Row, _ created: Moment, _ remarks: inout [String]) throws(RowFault) -> Moment {
        guard let columns = mapping.closed else { return created }
        let closed = try moment(columns.column, in: row).map { notBefore($0, created) }
        if let closed, closed.instant >= created.instant { return closed }
        if let column = columns.otherwise, let instead = try moment(column, in: row).map({ notBefore($0, created) }),
            instead.instant >= created.instant
        {
            let why = closed == nil ? "is empty" : "lies before \(mapping.created)"
            remarks.append("\(columns.column) \(why); \(column) was taken")
            return instead
        }
        guard closed != nil else { throw .empty(columns.column) }
        throw .invalid(columns.column, row[columns.column], "lies before \(mapping.created)")
    }

    /// A day without a time may be the very day it came in.
    private func notBefore(_ moment: Moment, _ created: Moment) -> Moment {
        guard moment.isDayOnly, moment.day == created.day else { return moment }
        return Moment(day: moment.day, instant: max(moment.instant, created.instant), isDayOnly: true)
    }

    /// What was done, if the row tells on which day. It was done while the case was open: what the day says beyond
    /// that was a plan, or written down afterwards.
    private func done(
        _ measure: RequestMapping.Measure, _ row: Row, _ created: Moment, _ closed: Moment, _ remarks: inout [String]
    ) throws(RowFault) -> ImportedRequest.Done? {
        guard let day = try moment(measure.done, in: row, mayBeAhead: true) else { return nil }
        let at = min(max(day.instant, created.instant), closed.instant)
        if day.day < created.day || day.day > closed.day {
            remarks.append(
                "\(measure.done) lies outside the time in which the case was open; the nearest moment was taken")
        }
        let what = fill(measure.what, row, created, closed)
        let who = fill(measure.who, row, created, closed)
        guard !what.isEmpty, !who.isEmpty else { return nil }
        return ImportedRequest.Done(what: what, who: who, at: at)
    }

    private func closure(
        _ end: RequestMapping.End, _ done: ImportedRequest.Done?, _ row: Row, _ created: Moment, _ closed: Moment
    ) throws(RowFault) -> Closure {
        func filled(_ template: RowTemplate?) -> String? { template.map { fill($0, row, created, closed) } }
        var closure = Closure(
            answer: fill(end.answer, row, created, closed), outcome: end.outcome, reason: filled(end.reason),
            authority: filled(end.authority))
        if closure.outcome == .measuresTaken, done == nil, let measure = end.measure {
            guard let reason = filled(measure.reasonWithout) else { throw .empty(measure.done) }
            closure.outcome = .noAction
            closure.reason = reason
        }
        return closure
    }

    // MARK: Person and place

    func person(_ row: Row) throws(RowFault) -> Person {
        guard let columns = mapping.person else { return Person() }
        var person = Person()
        if let column = columns.name { person.name = try optional(column, row, max: 200) }
        if let column = columns.email, let text = try optional(column, row, max: 254) {
            person.email = EmailAddress.typed(text)
            if person.email == nil { throw .invalid(column, text, "is no e-mail address") }
        }
        if let column = columns.phone, let text = try optional(column, row, max: 60) {
            person.phone = PhoneNumber.typed(text)
            if person.phone == nil { throw .invalid(column, text, "is no telephone number") }
        }
        return person
    }

    func place(_ row: Row) throws(RowFault) -> Place? {
        guard let columns = mapping.place else { return nil }
        let address: String? =
            if let column = columns.address { try optional(column, row, max: 300) } else { nil }
        return Place(text: address, position: try position(columns, row))
    }

    private func position(_ columns: RequestMapping.Place, _ row: Row) throws(RowFault) -> Position? {
        guard let latitude = columns.latitude, let longitude = columns.longitude else { return nil }
        if row[latitude].isEmpty && row[longitude].isEmpty { return nil }
        let lat = try degrees(latitude, row)
        let lon = try degrees(longitude, row)
        guard let position = Position(lat: lat, lon: lon) else {
            throw RowFault(
                "the position is not in degrees (WGS 84)", "the position \(lat), \(lon) is not in degrees (WGS 84)")
        }
        return position
    }

    /// With a point or a comma for the decimals.
    private func degrees(_ column: String, _ row: Row) throws(RowFault) -> Double {
        let text = row[column]
        if text.isEmpty { throw .empty(column) }
        guard let number = Double(text.replacing(",", with: ".")), number.isFinite else {
            throw .invalid(column, text, "is no number")
        }
        return number
    }

    private func optional(_ column: String, _ row: Row, max: Int) throws(RowFault) -> String? {
        let text = try text(column, in: row, max: max)
        return text.isEmpty ? nil : text
    }
}
