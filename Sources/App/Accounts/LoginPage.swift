/// Log in for staff.
struct LoginPage: Page {
    static let template = "accounts/login"

    var frame: Frame
    var summary: ErrorSummary?
    var login: FormField
    var password: FormField
    /// The invented people one can be in the demonstration; empty otherwise.
    var demoAccounts: [DemoAccount] = []
    var demoPassword: String?
    /// Where to go afterwards, and what was being written when the session ended.
    var hidden: [HiddenValue] = []
    /// That what was written is kept.
    var kept: String?
    /// What whoever has to wait can do meanwhile.
    var waiting: String?
}

struct DemoAccount: Sendable {
    var login: String
    /// What this person does: "answers at the desk".
    var text: String
}

extension LoginPage {
    init(
        frame: Frame, words: Words, input: FormInput = .init(), demoAccounts: [DemoAccount] = [],
        demoPassword: String? = nil
    ) {
        let fields = FormFields(words: words, form: "login", input: input)
        self.init(
            frame: frame, summary: fields.summary,
            login: fields.line("login", autocomplete: "username", required: true),
            password: fields.line("password", type: "password", autocomplete: "current-password", required: true),
            demoAccounts: demoAccounts, demoPassword: demoPassword)
    }
}
