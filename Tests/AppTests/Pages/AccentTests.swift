import Foundation
import Testing

@testable import App

@Suite struct AccentTests {
    private func luminance(_ hex: Substring) throws -> Double {
        let number = try #require(UInt32(hex.dropFirst(), radix: 16))
        let bytes: [UInt32] = [number >> 16, number >> 8 & 0xff, number & 0xff]
        let parts: [Double] = bytes.map { byte in
            let part = Double(byte) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private func contrast(_ one: Substring, _ two: Substring) throws -> Double {
        let (a, b) = (try luminance(one), try luminance(two))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    @Test(arguments: ["#0a5c86", "#ffcc00", "#ffffff", "#000000", "#ff0000", "#808080", "#7cc4ea"])
    func canBeReadOnLightAndDarkGround(hex: String) throws {
        let css = try #require(Accent(hex)).css
        let colours = css.matches(of: #/#[0-9a-f]{6}/#).map(\.output)
        try #require(colours.count == 4)
        #expect(try contrast(colours[0], "#f7f7f4") >= 4.5)
        #expect(try contrast(colours[0], colours[1]) >= 4.5)
        #expect(try contrast(colours[2], "#1a1f25") >= 4.5)
        #expect(try contrast(colours[2], colours[3]) >= 4.5)
    }

    @Test(arguments: ["", "0a5c86", "#0a5c8", "#0a5c86;}", "#+a5c86", "#gggggg", "#0a5c8é"])
    func refusesWhatIsNoColour(hex: String) { #expect(Accent(hex) == nil) }
}
