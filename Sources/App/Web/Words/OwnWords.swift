extension Operation {
    /// A text as the municipality words it, else as it comes with Torg.
    func text(_ key: String, in language: String, _ values: [String: String] = [:]) -> String {
        if let own = directory.texts[key]?[language] { return Words.fill(own, values) }
        return installation.words(language)(key, values)
    }
}
