extension Unicode.Scalar {
    /// Takes no room on the page: soft hyphens, zero-width signs, marks of direction, and what chooses how a sign looks.
    /// They come along with what is pasted, and nobody can type or delete them on purpose.
    public var isInvisible: Bool {
        if value < 0xAD { return false }
        return properties.generalCategory == .format || 0xFE00...0xFE0F ~= value || value == 0x34F
    }

    /// A hyphen, a dash or a minus sign, breaking or not.
    public var isDash: Bool {
        switch value {
        case 0x2D, 0x2010...0x2015, 0x2043, 0x2212, 0xFE58, 0xFE63, 0xFF0D: true
        default: false
        }
    }

    /// A space of any width, breaking or not; no line end.
    public var isSpace: Bool {
        value == 0x20 || value == 9 || (value >= 0xA0 && properties.generalCategory == .spaceSeparator)
    }

    /// 0–9.
    public var isDigit: Bool { 0x30...0x39 ~= value }

    /// As it is typed in the West: input methods of East Asia give the signs of ASCII the width of theirs.
    public var halfWidth: Unicode.Scalar {
        0xFF01...0xFF5E ~= value ? Unicode.Scalar(value - 0xFEE0) ?? self : self
    }

    /// A letter or digit of any script, or a mark on one.
    public var isWordPart: Bool {
        if value < 0x80 { return isDigit || 0x61...0x7A ~= value || 0x41...0x5A ~= value }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
            return true
        default: return false
        }
    }

    /// In lower case, where that is one sign.
    public var lowercased: Unicode.Scalar {
        if value < 0x80 { return 0x41...0x5A ~= value ? Unicode.Scalar(UInt8(value) + 32) : self }
        let lower = properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first ?? self : self
    }
}

extension String {
    /// The words in it, in small letters. Invisible signs within a word are no part of it.
    public var words: [Substring] {
        let shown = unicodeScalars.contains(where: \.isInvisible) ? withoutInvisibleSigns : self
        return shown.lowercased().split { !$0.isLetter }
    }

    private var withoutInvisibleSigns: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isInvisible }))
    }
}
