import Testing

/// Every function that goes through typed text, in one list: none takes more than its share for each further character.
@Suite struct GrowthTests {
    private static let functions =
        DomainFunctions.all + DatabaseFunctions.all + AdapterFunctions.all + AppFunctions.all

    @Test(arguments: functions) func growsWithItsText(_ function: TextFunction) {
        #expect(Growth.faults(of: function) == [], "\(function)")
    }
}
