/// The rules for a new password: long enough and not the login itself. No demand for odd characters.
public enum NewPassword {
    public static let lengths = 10...200

    /// The code of what is wrong, or nil.
    public static func fault(in password: String, login: String) -> String? {
        if password.count < lengths.lowerBound { return "password_too_short" }
        if password.utf8.count > lengths.upperBound * 4 || password.count > lengths.upperBound { return "too_long" }
        if password.lowercased() == login.lowercased() { return "password_is_login" }
        return nil
    }
}
