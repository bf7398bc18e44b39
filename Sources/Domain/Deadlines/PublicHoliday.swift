/// The public holidays of Sweden, Norway and Denmark, right for the years 1970–2200 as the law stands today.
///
/// - Sweden: Lag (1989:253) om allmänna helgdagar; its amendment SFS 2004:1320 took out Whit Monday and put in the
///   National Day, from 2005 on. The days were the same under the law before it, since 1953.
/// - Norway: Lov om helligdager og helligdagsfred (1995-02-24 no. 12) § 2; 1 and 17 May by Lov om 1 og 17 mai som
///   høgtidsdager (1947-04-26 no. 1).
/// - Denmark: the holidays of the national church as they stand since the holiday reform of 1770 (Helligdagsanordningen);
///   store bededag until and including 2023, abolished from 1 January 2024 by Lov om konsekvenser ved afskaffelsen af
///   store bededag som helligdag.
///
/// Ordinary Sundays, which are holidays by law too, are left to the office hours.
public enum PublicHoliday: String, CaseIterable, Sendable, Codable {
    case newYearsDay = "new_years_day"
    case epiphany
    case maundyThursday = "maundy_thursday"
    case goodFriday = "good_friday"
    case easterSunday = "easter_sunday"
    case easterMonday = "easter_monday"
    case greatPrayerDay = "great_prayer_day"
    case mayDay = "may_day"
    case constitutionDay = "constitution_day"
    case ascensionDay = "ascension_day"
    case whitSunday = "whit_sunday"
    case whitMonday = "whit_monday"
    case nationalDay = "national_day"
    case midsummerDay = "midsummer_day"
    case allSaintsDay = "all_saints_day"
    case christmasDay = "christmas_day"
    case secondDayOfChristmas = "second_day_of_christmas"

    public var rule: DayRule {
        switch self {
        case .newYearsDay: .date(month: 1, day: 1)
        case .epiphany: .date(month: 1, day: 6)
        case .maundyThursday: .easter(-3)
        case .goodFriday: .easter(-2)
        case .easterSunday: .easter(0)
        case .easterMonday: .easter(1)
        case .greatPrayerDay: .easter(26)  // the fourth Friday after Easter
        case .mayDay: .date(month: 5, day: 1)
        case .constitutionDay: .date(month: 5, day: 17)
        case .ascensionDay: .easter(39)  // the sixth Thursday after Easter
        case .whitSunday: .easter(49)
        case .whitMonday: .easter(50)
        case .nationalDay: .date(month: 6, day: 6)
        case .midsummerDay: .weekday(.saturday, from: 20, month: 6)
        case .allSaintsDay: .weekday(.saturday, from: 31, month: 10)
        case .christmasDay: .date(month: 12, day: 25)
        case .secondDayOfChristmas: .date(month: 12, day: 26)
        }
    }

    /// The years in which `country` keeps it.
    func isKept(in country: Country, year: Int) -> Bool {
        switch self {
        case .newYearsDay, .goodFriday, .easterSunday, .easterMonday, .ascensionDay, .whitSunday, .christmasDay,
            .secondDayOfChristmas:
            true
        case .epiphany, .midsummerDay, .allSaintsDay: country == .sweden
        case .nationalDay: country == .sweden && year >= 2005
        case .whitMonday: country != .sweden || year <= 2004
        case .mayDay: country != .denmark
        case .maundyThursday: country != .sweden
        case .constitutionDay: country == .norway
        case .greatPrayerDay: country == .denmark && year <= 2023
        }
    }
}

extension Country {
    /// The years for which the rules are right.
    public static let holidayYears = 1970...2200

    /// In the order of the calendar. Two may fall on one day, as Ascension Day and 1 May in 2008.
    public func publicHolidays(in year: Int) -> [(day: CivilDay, holiday: PublicHoliday)] {
        PublicHoliday.all.filter { $0.isKept(in: self, year: year) }
            .map { (day: $0.rule.day(in: year), holiday: $0) }
            .sorted { $0.day < $1.day }
    }

    /// The first in the order of `publicHolidays(in:)`, where two fall on one day.
    public func publicHoliday(on day: CivilDay) -> PublicHoliday? {
        let year = day.year
        guard Country.holidayYears.contains(year) else {
            return publicHolidays(in: year).first { $0.day == day }?.holiday
        }
        return Country.holidays[self]?[day]
    }

    /// Every deadline is counted past many days, and each asks.
    private static let holidays: [Country: [CivilDay: PublicHoliday]] = Dictionary(
        uniqueKeysWithValues: allCases.map { country in
            let days = holidayYears.flatMap { country.publicHolidays(in: $0) }.map { ($0.day, $0.holiday) }
            return (country, Dictionary(days, uniquingKeysWith: { first, _ in first }))
        })
}

extension PublicHoliday {
    /// `allCases` builds a new array each time it is asked.
    fileprivate static let all = allCases
}
