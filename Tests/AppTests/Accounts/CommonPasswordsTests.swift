import Foundation
import Testing

@testable import App

@Suite struct CommonPasswordsTests {
    @Test func everyLineIsFoundAndNothingElse() throws {
        let folder = try #require(Foundation.Bundle.module.resourceURL)
        let words = try String(contentsOf: folder.appending(path: "Passwords/common.txt"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let list = try CommonPasswords(resources: folder)
        #expect(words.count > 50_000)
        #expect(words.allSatisfy(list.contains))
        for word in ["", "\n", "passwort-", "password\n", "zzzzzzzzzzzzzzzz", "\u{0}", "ø", "123456\n123"] {
            #expect(!list.contains(word))
        }
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: "Passwords/LICENSE.txt").path))
        #expect(!CommonPasswords(sorted: []).contains("a") && CommonPasswords(sorted: ["a"]).contains("a"))
    }
}
