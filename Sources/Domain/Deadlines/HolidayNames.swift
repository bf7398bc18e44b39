/// A name in the languages of the user interface.
public struct DayName: Hashable, Sendable, Encodable {
    public let sv, nb, da, en: String

    /// By language code; English for a language without a name of its own.
    public subscript(language: String) -> String {
        switch language {
        case "sv": sv
        case "nb", "nn", "no": nb
        case "da": da
        default: en
        }
    }
}

extension PublicHoliday {
    public var name: DayName {
        switch self {
        case .newYearsDay: DayName(sv: "Nyårsdagen", nb: "Første nyttårsdag", da: "Nytårsdag", en: "New Year’s Day")
        case .epiphany:
            DayName(sv: "Trettondedag jul", nb: "Helligtrekongersdag", da: "Helligtrekonger", en: "Epiphany")
        case .maundyThursday:
            DayName(sv: "Skärtorsdagen", nb: "Skjærtorsdag", da: "Skærtorsdag", en: "Maundy Thursday")
        case .goodFriday: DayName(sv: "Långfredagen", nb: "Langfredag", da: "Langfredag", en: "Good Friday")
        case .easterSunday: DayName(sv: "Påskdagen", nb: "Første påskedag", da: "Påskedag", en: "Easter Sunday")
        case .easterMonday: DayName(sv: "Annandag påsk", nb: "Andre påskedag", da: "2. påskedag", en: "Easter Monday")
        case .greatPrayerDay:
            DayName(sv: "Stora bönedagen", nb: "Store bededag", da: "Store bededag", en: "Great Prayer Day")
        case .mayDay: DayName(sv: "Första maj", nb: "Første mai", da: "1. maj", en: "May Day")
        case .constitutionDay:
            DayName(sv: "Norges grundlagsdag", nb: "Grunnlovsdagen", da: "Norges grundlovsdag", en: "Constitution Day")
        case .ascensionDay:
            DayName(
                sv: "Kristi himmelsfärdsdag", nb: "Kristi himmelfartsdag", da: "Kristi himmelfartsdag",
                en: "Ascension Day")
        case .whitSunday: DayName(sv: "Pingstdagen", nb: "Første pinsedag", da: "Pinsedag", en: "Whit Sunday")
        case .whitMonday: DayName(sv: "Annandag pingst", nb: "Andre pinsedag", da: "2. pinsedag", en: "Whit Monday")
        case .nationalDay:
            DayName(
                sv: "Sveriges nationaldag", nb: "Sveriges nasjonaldag", da: "Sveriges nationaldag",
                en: "National Day of Sweden")
        case .midsummerDay:
            DayName(sv: "Midsommardagen", nb: "Midtsommerdagen", da: "Midsommerdag", en: "Midsummer Day")
        case .allSaintsDay:
            DayName(sv: "Alla helgons dag", nb: "Allehelgensdag", da: "Allehelgensdag", en: "All Saints’ Day")
        case .christmasDay: DayName(sv: "Juldagen", nb: "Første juledag", da: "Juledag", en: "Christmas Day")
        case .secondDayOfChristmas:
            DayName(sv: "Annandag jul", nb: "Andre juledag", da: "2. juledag", en: "Second Day of Christmas")
        }
    }
}

extension CustomaryDay {
    public var name: DayName {
        switch self {
        case .wednesdayBeforeEaster:
            DayName(
                sv: "Onsdagen före skärtorsdagen", nb: "Onsdag før skjærtorsdag", da: "Onsdag før skærtorsdag",
                en: "Wednesday before Maundy Thursday")
        case .danishConstitutionDay:
            DayName(
                sv: "Danmarks grundlagsdag", nb: "Danmarks grunnlovsdag", da: "Grundlovsdag",
                en: "Danish Constitution Day")
        case .midsummerEve:
            DayName(sv: "Midsommarafton", nb: "Midtsommeraften", da: "Midsommeraften", en: "Midsummer Eve")
        case .christmasEve: DayName(sv: "Julafton", nb: "Julaften", da: "Juleaftensdag", en: "Christmas Eve")
        case .newYearsEve: DayName(sv: "Nyårsafton", nb: "Nyttårsaften", da: "Nytårsaftensdag", en: "New Year’s Eve")
        }
    }
}
