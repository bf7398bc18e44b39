import Domain

extension Installation {
    /// What is said to people whose request is not even looked at, by its status: in every language, for nobody knows
    /// theirs.
    public var refusalTexts: @Sendable (_ status: Int) -> String {
        let texts = Dictionary(
            uniqueKeysWithValues: ["400", "413", "503"].map { code in
                let said = Catalogues.languages.map { language in
                    ["heading", "text", "advice"].map { words(language)("problem.\(code).\($0)") }
                }
                return (code, said.map { "\($0[0]). \($0[1]) \($0[2])\n" }.joined())
            })
        return { status in
            let code =
                switch status {
                case 414, 431: "413"
                case 400..<500, 505: "400"
                default: "503"
                }
            return texts[code] ?? ""
        }
    }
}
