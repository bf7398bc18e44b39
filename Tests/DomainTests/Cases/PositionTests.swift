import Testing

@testable import Domain

@Suite struct PositionTests {
    @Test(arguments: [
        "58.146, 7.995", "58.146,7.995", "58,146 7,995", "58,146, 7,995", "58.146;7.995", " +58.146  7.995 ",
        "N 58.146 E 7.995", "58.146N 7.995E", "58.146° N, 7.995° Ø", "7.995 Ö, 58.146 n", "N58.146, 7.995",
    ]) func coordinatesAreRead(text: String) {
        let found = Position.coordinates(in: text)
        #expect(found?.lat == 58.146)
        #expect(found?.lon == 7.995)
    }

    @Test func southAndWestAreNegative() {
        for text in ["58.146 S, 7.995 W", "−58.146, -7.995", "7.995V 58.146S"] {
            let found = Position.coordinates(in: text)
            #expect(found?.lat == -58.146 && found?.lon == -7.995, "\(text)")
        }
    }

    @Test(arguments: [
        "", "Storgata 5", "5, 7", "12.30 13.45", "58.146", "58.146, 7.995, 3.000", "Elvegata 58.146, 7.995",
        "58.146 N 7.995 N", "58.146 X 7.995 Y", "N58.146N 7.995", "58.146 7.995 m", "58.1467.995", "٥٨.١٤٦, ٧.٩٩٥",
    ]) func anAddressIsNoCoordinates(text: String) {
        #expect(Position.coordinates(in: text) == nil)
    }

    @Test func whatIsOutOfRangeIsNoPosition() {
        let found = Position.coordinates(in: "98.146, 7.995")
        #expect(found?.lat == 98.146)
        #expect(Position(lat: 98.146, lon: 7.995) == nil)
    }
}
