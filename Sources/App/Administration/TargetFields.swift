import Domain

/// The times that a unit or category sets for itself, as its form holds them: a number of working days each, or nothing.
enum TargetFields {
    static let all: [(field: String, path: any WritableKeyPath<TargetOverride, Int?> & Sendable)] = [
        ("acknowledge_days", \.acknowledge), ("feedback_days", \.feedback),
        ("feedback_holiday_days", \.feedbackInHolidayPeriod), ("close_days", \.close),
    ]

    /// By the keys of the labels.
    static func values(of targets: TargetOverride, in form: String) -> [String: String?] {
        all.reduce(into: [:]) { $0["\(form).\($1.field)"] = targets[keyPath: $1.path].map(String.init) }
    }

    static func read(_ input: inout InputReader) -> TargetOverride {
        var targets = TargetOverride()
        for (field, path) in all { targets[keyPath: path] = input.days(field) }
        return targets
    }

    /// - Parameter usual: what holds where nothing is filled in.
    static func section(
        _ targets: TargetOverride, otherwise usual: ServiceTargets, _ fields: FormFields, _ words: Words
    ) -> FormSection {
        FormSection(
            legend: words("admin.category.targets"), hint: words("admin.category.targets.hint"),
            fields: all.map { field, path in
                let count =
                    switch field {
                    case "acknowledge_days": usual.acknowledge.workingDays
                    case "feedback_days": usual.feedback.workingDays
                    case "feedback_holiday_days": usual.feedback.inHolidayPeriod
                    default: usual.close.workingDays
                    }
                return fields.line(field, value: targets[keyPath: path].map(String.init) ?? "")
                    .with(hint: words.count("admin.category.usual", count))
            })
    }

    /// "Acknowledge within: 2. Close within: 30." for a list; nil where nothing is set.
    static func summary(_ targets: TargetOverride, _ words: Words) -> String? {
        let parts = all.compactMap { field, path in
            targets[keyPath: path].map { "\(words("admin.category." + field)): \($0)." }
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

extension InputReader {
    /// A number of working days.
    mutating func days(_ field: String, in range: ClosedRange<Int> = 0...365, required: Bool = false) -> Int? {
        guard let text = line(field, max: 10, required: required) else { return nil }
        guard let days = Int(text), range.contains(days) else {
            fail(field, "invalid_number", ["min": "\(range.lowerBound)", "max": "\(range.upperBound)"])
            return nil
        }
        return days
    }
}
