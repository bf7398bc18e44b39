import App
import Foundation

extension ImportSummary {
    /// What the command says at the end.
    func lines(seconds: Double, rejected path: String) -> [String] {
        let rate = seconds > 0 ? Int(Double(read) / seconds) : 0
        var lines = [
            "rows read        \(read)",
            "added            \(added)",
            "known already    \(known)",
            "left out         \(leftOut)",
            "set aside        \(rejected)",
            "time             \(String(format: "%.1f", seconds)) s, \(rate) rows/s",
        ]
        lines += Self.table("set aside because", rejectedByReason)
        if rejected > 0 { lines.append("    they stand in \(path)") }
        lines += Self.table("understood otherwise than it stands there", remarks)
        lines += Self.table("added, by category", byCategory)
        lines += Self.table("added, by unit", byUnit)
        lines += Self.table("added, by channel", byChannel)
        lines += Self.table("added, by state in the other system", byState)
        return lines
    }

    private static func table(_ title: String, _ counts: [String: Int]) -> [String] {
        if counts.isEmpty { return [] }
        let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let width = rows.map { String($0.value).count }.max() ?? 0
        return [title + ":"]
            + rows.map { name, count in
                let number = String(repeating: " ", count: width - String(count).count) + String(count)
                return "    \(number)  \(name.isEmpty ? "(none)" : name)"
            }
    }
}
