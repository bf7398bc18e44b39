import Foundation
import NIOCore
import Testing

@testable import App

@Suite struct JSONParserTests {
    private func parse(_ text: String) -> [String: InputValue]? { JSON.object(ByteBuffer(string: text)) }

    @Test func valuesAreRead() {
        let read = parse(
            #" {"a": "x\n\"\u00e5\ud83d\ude00", "b": [1, -2.5e-1, 0, true, false, null, {}, []], "": {"c": "å"}} "#)
        #expect(
            read == [
                "a": .text("x\n\"å😀"),
                "b": .list([
                    .number(1), .number(-0.25), .number(0), .flag(true), .flag(false), .null, .object([:]), .list([]),
                ]),
                "": .object(["c": .text("å")]),
            ])
    }

    @Test(arguments: [
        "", " ", "null", "[]", "\"x\"", "1", "{", "}", "{]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}", "{'a':1}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}",
        "{\"a\":-}", "{\"a\":1e}", "{\"a\":1e400}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":tru}", "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"\t\"}", "{\"a\":\"x}", "{\"a\":1}x", "{\"a\":1}{}", "{\"a\":1,\"a\":2}",
        "\u{feff}{}", "// x\n{}",
    ])
    func whatIsNoObjectIsRefused(text: String) {
        #expect(parse(text) == nil)
    }

    @Test func bytesThatAreNoTextAreRefused() {
        for bytes: [UInt8] in [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]] {
            let body = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
            #expect(JSON.object(ByteBuffer(bytes: body)) == nil)
            let escaped = Array("{\"a\":\"\\n".utf8) + bytes + Array("\"}".utf8)
            #expect(JSON.object(ByteBuffer(bytes: escaped)) == nil)
        }
    }

    @Test func nestingHasAnEnd() {
        func nested(_ depth: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        #expect(parse(nested(15)) != nil)
        #expect(parse(nested(16)) == nil)
        #expect(parse(nested(500_000)) == nil)
    }

    /// The same as Foundation's reader for whatever both take.
    @Test func itAgreesWithFoundation() throws {
        let text = #"{"s":"a\/b\\\u0000\u001f","n":[0.1,1e3,123456789012345678,-0,1E-7],"o":{"x":{"y":null}}}"#
        let own = try #require(parse(text))
        let theirs = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(own["s"] == .text(theirs["s"] as? String ?? ""))
        #expect(own["n"] == .list((theirs["n"] as? [NSNumber] ?? []).map { InputValue.number($0.doubleValue) }))
    }
}
