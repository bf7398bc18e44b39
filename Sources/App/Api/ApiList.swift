/// `{"items": […], "next": cursor or null}`.
struct ApiList<Item: Encodable>: Encodable {
    var items: [Item]
    @OrNull var next: String?
}

/// `limit` and `cursor`.
struct ApiPaging {
    static let greatest = 200
    var limit: Int
    var after: CaseList.Cursor?

    init(_ input: inout InputReader) throws {
        limit = input.wholeNumber("limit", in: 1...Self.greatest) ?? 50
        guard let cursor = input.line("cursor", max: 100) else { return }
        after = CaseList.Cursor(text: cursor)
        if after == nil { input.fail("cursor", "unknown") }
    }
}

/// Encoded as `null` when there is nothing, so that a reader sees it was not forgotten.
@propertyWrapper
struct OrNull<Value: Encodable>: Encodable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension OrNull: Sendable where Value: Sendable {}
