import Domain
import Foundation

/// What is said with the status of a request that is not even looked at.
public struct RefusalText: Sendable {
    var type: String
    var body: String

    /// By the status, and whether a program asked for the API.
    public typealias Source = @Sendable (_ status: Int, _ isAPI: Bool) -> RefusalText

    /// Of a server that speaks no language.
    public static let plain: Source = { status, _ in RefusalText(type: "text/plain", body: "\(status)\n") }
}

extension Installation {
    /// For people in every language, since nobody knows theirs; for programs problem JSON.
    public var refusalTexts: RefusalText.Source {
        let texts = Dictionary(
            uniqueKeysWithValues: ["400", "413", "503"].map { code in
                let said = Catalogues.languages.map { language in
                    ["heading", "text", "advice"].map { words(language)("problem.\(code).\($0)") }
                }
                return (code, said.map { "\($0[0]). \($0[1]) \($0[2])\n" }.joined())
            })
        let english = words("en")
        return { status, isAPI in
            let refusal: Refusal =
                switch status {
                case 414, 431: .tooLarge
                case 400..<500: .unreadable
                default: .unavailable(retryAfter: 0)
                }
            let problem = Problem(status: status, code: refusal.code).answer(english)
            if isAPI, case .data(let data, let type) = problem.body {
                return RefusalText(type: type, body: String(decoding: data, as: UTF8.self))
            }
            return RefusalText(type: "text/plain; charset=utf-8", body: texts["\(refusal.status.code)"] ?? "")
        }
    }
}
