/// What is wrong with a mapping file, all of it at once.
public struct MappingFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public struct Fault: Hashable, Sendable {
        /// From 1; nil when it concerns the whole file.
        public var line: Int?
        /// Such as `dates.format`.
        public var field: String
        public var problem: String
    }

    public var faults: [Fault]

    public var description: String {
        faults.map { fault in
            let place = [fault.line.map { "line \($0)" }, fault.field.isEmpty ? nil : fault.field].compactMap(\.self)
            return (place + [fault.problem]).joined(separator: ": ")
        }.joined(separator: "\n")
    }
}
