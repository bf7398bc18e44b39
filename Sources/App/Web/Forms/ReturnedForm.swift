import Domain
import Foundation

/// A page that answers a form has no address by which a link could show it in another language: what was typed would be
/// lost. There the choice of the language is a button of that very form, which sends all that stands in it and carries
/// nothing out.
struct ReturnedForm: Sendable {
    var id: String
    var url: String
    /// Whether the form stands on the page; else what was sent stands hidden beside the choice.
    var isOnPage = true
    var hidden: [HiddenValue] = []
    /// What was wrong with it, sealed: it is to be said in the other language as well.
    var errors: String?

    /// The field by which the language is chosen. `language` is a person's own, in the administration.
    static let language = "_language"
    private static let errors = "_errors"
    /// What only this choice sends along.
    static let own: Set<String> = [language, errors]

    /// - Parameter path: where it was sent to, without the query.
    init(to path: String, query: String = "") {
        // Templates name the forms so.
        id = "to:" + path
        url = path + (query.isEmpty ? "" : "?" + query)
    }
}

extension ReturnedForm {
    /// What was wrong with the form before the language was chosen.
    static let errorsBefore: @Sendable (Visit, Operation) throws -> [FieldError] = { visit, op in
        guard let sealed = visit.form.first(errors),
            let text = op.installation.secret.opened(sealed, for: purpose(op.tenant))
        else { return [] }
        return (try? JSONDecoder().decode([FieldError].self, from: Data(text.utf8))) ?? []
    }

    mutating func seal(_ errors: [FieldError], of municipality: ID<Municipality>, _ secret: Secret) throws {
        guard !errors.isEmpty else { return }
        self.errors = try secret.sealed(
            String(decoding: JSON.encode(errors), as: UTF8.self), for: Self.purpose(municipality))
    }

    private static func purpose(_ municipality: ID<Municipality>) -> String { "errors \(municipality)" }
}

extension Reply {
    /// Has the languages chosen by the form that the page came back from; of a page that shows something once, such as a
    /// new password, there is no choice, since it could not be shown again.
    mutating func offerLanguages(_ returned: ReturnedForm, sent: FormInput? = nil, _ templates: Templates) {
        guard case .page(var page) = body else { return }
        var returned = returned
        returned.isOnPage = templates.render(page).contains("id=\"\(EscapedText().escapeText(returned.id))\"")
        if !returned.isOnPage {
            guard let sent else {
                page.frame.languages = []
                return body = .page(page)
            }
            returned.hidden = KeptForm(of: sent.values).hidden
        }
        page.frame.returned = returned
        body = .page(page)
    }
}
