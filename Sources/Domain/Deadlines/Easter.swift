enum Easter {
    /// Easter Sunday of a Gregorian year from 1583 on: the Sunday after the ecclesiastical full moon on or after
    /// 21 March. The anonymous Gregorian computus (Nature 1876; Meeus, Astronomical Algorithms, chapter 8).
    static func sunday(in year: Int) -> CivilDay {
        let golden = year % 19
        let (century, yearOfCentury) = (year / 100, year % 100)
        let moonCorrection = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - moonCorrection + 15) % 30
        let toSunday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let lateMoon = (golden + 11 * epact + 22 * toSunday) / 451
        let fromMarch = epact + toSunday - 7 * lateMoon + 114
        return CivilDay(knownYear: year, month: fromMarch / 31, day: fromMarch % 31 + 1)
    }
}
