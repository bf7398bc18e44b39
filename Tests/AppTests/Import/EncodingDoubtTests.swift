import Foundation
import Testing

@testable import App

@Suite struct EncodingDoubtTests {
    private func line(_ data: Data, portion: Int) -> Int? {
        var doubt = EncodingDoubt()
        var rest = [UInt8](data)[...]
        while !rest.isEmpty {
            doubt.read(Array(rest.prefix(portion)))
            rest = rest.dropFirst(portion)
        }
        return doubt.lineInUTF8
    }

    @Test(arguments: [1, 3, 4_096])
    func lettersInUTF8AreFoundInPortionsOfAnySize(portion: Int) throws {
        let text = "id;text\n1;plain\n2;Blåbær 😀\n3;plain"
        #expect(line(Data(text.utf8), portion: portion) == 3)
        #expect(line(Data("plain\n".utf8), portion: portion) == nil)
        #expect(line(Data("last line Blåbær".utf8), portion: portion) == 1)
        for encoding in [String.Encoding.isoLatin1, .windowsCP1252] {
            let other = try #require("2;Blåbær\n3;Ängö é ü ø\n4;Å".data(using: encoding))
            #expect(line(other, portion: portion) == nil)
        }
        // Each line for itself, whichever way lines end.
        for end in ["\r", "\r\n", "\n"] {
            let stray = try #require(["1;plain", "2;Bl\u{E5}", ""].joined(separator: end).data(using: .isoLatin1))
            #expect(line(stray + Data("3;Blåbær\(end)4;plain".utf8), portion: portion) == 3, "\(end.debugDescription)")
        }
        let mixed = try #require("1;Blåbær\n".data(using: .isoLatin1)) + Data("2;Blåbær\n".utf8)
        #expect(line(mixed, portion: portion) == 2)
    }
}
