import App
import ArgumentParser

/// `torg token create`: lets a program act as a user.
struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tokens for the API.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token that acts as its user, and prints it, once.")

        @OptionGroup var settings: SettingsOptions
        @Option(help: "The municipality's short name, such as sandvik.") var municipality: String
        @Option(help: "The user's login.") var user: String
        @Option(help: "What the program is called, to know its token by later.") var name: String?

        func run() async throws {
            try await settings.withInstallation { installation in
                do {
                    let token = CreateToken(municipality: municipality, login: user, name: name)
                    say(try await token.perform(in: installation))
                } catch let refusal as CreateToken.Refused {
                    throw Failure.refused(refusal.description)
                }
            }
        }
    }
}
