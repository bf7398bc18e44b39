import Domain

extension Operation {
    /// A telephone number as people say it.
    func grouped(_ phone: String) -> String {
        PhoneNumber(phone)?.grouped(in: municipality.country) ?? phone
    }
}
