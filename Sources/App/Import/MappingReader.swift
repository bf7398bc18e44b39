import Foundation
import Yams

/// Reads one level of a mapping file and notes everything that is wrong, with its line.
final class MappingReader {
    /// The faults of the whole file, shared by the readers of its parts.
    final class Notes { var faults: [MappingFaults.Fault] = [] }

    let path: String
    let line: Int?
    private let notes: Notes
    private let fields: [(name: String, line: Int?, node: Node)]
    private var asked: Set<String> = []

    private init(_ node: Node, path: String, notes: Notes) {
        self.path = path
        self.notes = notes
        // What the whole file lacks stands on no line.
        line = path.isEmpty ? nil : node.mark?.line
        guard let mapping = node.mapping else {
            fields = []
            notes.faults.append(.init(line: line, field: path, problem: "must hold fields, one on each line"))
            return
        }
        fields = mapping.compactMap { key, value in
            key.scalar.map { ($0.string, key.mark?.line, value) }
        }
    }

    /// Reads a whole file; throws `MappingFaults` with everything that was noted.
    static func read<Value>(_ yaml: String, _ body: (MappingReader) -> Value?) throws(MappingFaults) -> Value {
        let notes = Notes()
        guard let node = try compose(yaml) else {
            throw MappingFaults(faults: [.init(line: nil, field: "", problem: "the mapping is empty")])
        }
        let reader = MappingReader(node, path: "", notes: notes)
        let value = body(reader)
        reader.refuseOthers()
        guard let value, notes.faults.isEmpty else {
            throw MappingFaults(faults: notes.faults.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        return value
    }

    private static func compose(_ yaml: String) throws(MappingFaults) -> Node? {
        let fault: MappingFaults.Fault
        do {
            return try Yams.compose(yaml: yaml)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            fault = .init(line: mark.line, field: "", problem: "this is not YAML: \(problem)")
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            let list = keys.sorted().joined(separator: ", ")
            fault = .init(line: context.mark.line, field: list, problem: "stands here twice")
        } catch {
            fault = .init(line: nil, field: "", problem: "this is not YAML")
        }
        throw MappingFaults(faults: [fault])
    }

    var names: [String] { fields.map(\.name) }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    func line(of name: String) -> Int? { fields.first { $0.name == name }?.line ?? line }

    func fail(_ name: String, _ problem: String) {
        notes.faults.append(.init(line: line(of: name), field: full(name), problem: problem))
    }

    /// A text; blank counts as missing.
    func text(_ name: String, required: Bool = false, max: Int = 1_000) -> String? {
        guard let node = node(name), node.scalar.map({ !$0.string.isBlank }) ?? true else {
            if required { fail(name, "is missing") }
            return nil
        }
        guard let text = node.scalar?.string else {
            fail(name, "must be a text")
            return nil
        }
        guard text.count <= max else {
            fail(name, "is longer than \(max) characters")
            return nil
        }
        return text
    }

    /// One of the names of an enumeration.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, of _: Value.Type = Value.self, required: Bool = false
    ) -> Value? where Value.RawValue == String {
        guard let text = text(name, required: required) else { return nil }
        if let value = Value(rawValue: text) { return value }
        fail(name, "“\(text)” is not known; it is one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    /// A list of texts.
    func list(_ name: String) -> [String] {
        guard let node = node(name) else { return [] }
        if let texts = node.sequence?.map({ $0.scalar?.string }), !texts.contains(nil) {
            return texts.compactMap(\.self)
        }
        fail(name, "must be a list of texts, as in [one, two]")
        return []
    }

    /// The fields below this one.
    func part<Value>(_ name: String, required: Bool = false, _ body: (MappingReader) -> Value?) -> Value? {
        guard let node = node(name) else {
            if required { fail(name, "is missing") }
            return nil
        }
        let reader = MappingReader(node, path: full(name), notes: notes)
        let value = body(reader)
        reader.refuseOthers()
        return value
    }

    func isText(_ name: String) -> Bool { fields.first { $0.name == name }?.node.scalar != nil }

    private func node(_ name: String) -> Node? {
        asked.insert(name)
        return fields.first { $0.name == name }?.node
    }

    private func refuseOthers() {
        for field in fields where !asked.contains(field.name) {
            let known = asked.isEmpty ? "" : "; there are " + asked.sorted().joined(separator: ", ")
            notes.faults.append(
                .init(line: field.line, field: full(field.name), problem: "no such field is known here\(known)"))
        }
    }

    private func full(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
