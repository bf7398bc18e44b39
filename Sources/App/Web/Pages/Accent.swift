import Foundation

/// A municipality's colour, made to be read: darker on light ground, lighter on dark, until its contrast is enough
/// (WCAG 2.2, 1.4.3: 4.5 to 1).
struct Accent: Sendable {
    private let colour: Colour

    /// - Parameter hex: "#0a5c86". nil when it is not six hexadecimal digits after a number sign.
    init?(_ hex: String) {
        guard hex.utf8.count == 7, hex.first == "#", hex.dropFirst().allSatisfy(\.isHexDigit),
            let number = UInt32(hex.dropFirst(), radix: 16)
        else { return nil }
        colour = Colour(
            red: Double(number >> 16) / 255, green: Double(number >> 8 & 0xff) / 255, blue: Double(number & 0xff) / 255)
    }

    /// What `/{municipality}/accent.css` holds.
    var css: String {
        let light = readable(on: .lightGround, towards: .black)
        let dark = readable(on: .darkGround, towards: .white)
        return """
            :root { --accent: \(light.hex); --accent-ink: \(ink(on: light).hex); }
            @media (prefers-color-scheme: dark) {
              :root { --accent: \(dark.hex); --accent-ink: \(ink(on: dark).hex); }
            }

            """
    }

    /// The colour as it is used on light ground, and on dark.
    var onLight: String { readable(on: .lightGround, towards: .black).hex }
    var onDark: String { readable(on: .darkGround, towards: .white).hex }

    private func readable(on ground: Colour, towards end: Colour) -> Colour {
        // A little more than asked for, since the ground varies with hover and cards, and digits are rounded.
        for share in stride(from: 0.0, through: 1, by: 0.05) {
            let mixed = colour.mixed(with: end, share: share)
            if mixed.contrast(to: ground) >= 5.2 { return mixed }
        }
        return end
    }

    private func ink(on colour: Colour) -> Colour {
        colour.contrast(to: .white) >= colour.contrast(to: .black) ? .white : .black
    }
}

/// A colour in sRGB, each part 0–1.
private struct Colour: Sendable {
    var red: Double
    var green: Double
    var blue: Double

    static let white = Colour(red: 1, green: 1, blue: 1)
    static let black = Colour(red: 0, green: 0, blue: 0)
    /// The darkest of the style sheet's light grounds, and the lightest of its dark ones.
    static let lightGround = Colour(red: 0.937, green: 0.949, blue: 0.961)
    static let darkGround = Colour(red: 0.137, green: 0.165, blue: 0.192)

    func mixed(with other: Colour, share: Double) -> Colour {
        Colour(
            red: red + (other.red - red) * share, green: green + (other.green - green) * share,
            blue: blue + (other.blue - blue) * share)
    }

    /// Relative luminance as WCAG defines it.
    private var luminance: Double {
        let linear = { (part: Double) in part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    func contrast(to other: Colour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    var hex: String {
        "#"
            + [red, green, blue].map { part in
                let byte = String(Int((part * 255).rounded()), radix: 16)
                return byte.count == 1 ? "0" + byte : byte
            }.joined()
    }
}
