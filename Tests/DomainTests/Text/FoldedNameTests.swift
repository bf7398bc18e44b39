import Testing

@testable import Domain

@Suite struct FoldedNameTests {
    @Test(arguments: [
        "Vei og gate", "VEI OG GATE", "Vei  og\tgate", " Vei og gate\n", "Vei\u{A0}og\u{2009}gate",
        "Vei\u{200B} og gate\u{FEFF}",
        "V\u{AD}ei og \u{200B} gate", "Vei og\u{3000}gate",
    ]) func looksTheSame(name: String) {
        #expect(name.foldedName == "vei og gate")
    }

    @Test(arguments: [
        ("Sjøåsen", "sjøa\u{30A}sen"), ("ÄLDRE", "a\u{308}ldre"), ("Nord-Torpa", "nord\u{2011}torpa"),
    ]) func lettersAndDashesHaveOneForm(one: String, other: String) {
        #expect(Array(one.foldedName.unicodeScalars) == Array(other.foldedName.unicodeScalars))
    }

    @Test(arguments: [("Vei og gate", "Veiog gate"), ("Ås", "As"), ("Sone 1", "Sone 2"), ("Vei", "Veg")])
    func whatLooksDifferentStaysSo(one: String, other: String) {
        #expect(one.foldedName != other.foldedName)
    }

    @Test func ofNothingNothingIsLeft() {
        #expect("\u{200B} \u{A0}".foldedName.isEmpty && "".foldedName.isEmpty)
    }
}
