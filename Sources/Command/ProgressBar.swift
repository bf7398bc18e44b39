import App
import Foundation

/// How far it is, on standard error: a bar on a terminal, else a line for every tenth.
struct ProgressBar {
    private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    private var toldTenths = 0
    private var hasBar = false

    mutating func show(_ progress: ImportProgress) {
        let share = progress.totalBytes > 0 ? min(1, Double(progress.bytes) / Double(progress.totalBytes)) : 1
        if isTerminal {
            let filled = Int(share * 40)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 40 - filled)
            write("\r\(bar) \(Int(share * 100)) %  \(progress.rows) rows")
            hasBar = true
        } else if Int(share * 10) > toldTenths {
            toldTenths = Int(share * 10)
            write("\(Int(share * 100)) %, \(progress.rows) rows\n")
        }
    }

    /// Leaves the bar where it is, and goes to a new line.
    mutating func end() {
        if hasBar { write("\n") }
        hasBar = false
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
