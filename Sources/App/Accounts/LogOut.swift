/// Logging out ends the session in the database, not only in the browser.
enum LogOut {
    static let routes: [Route] = [
        .form(.post, .logout, for: .staff(nil), show: LogIn.show) { visit, op in
            try op.audit(.loggedOut, try op.user.login)
            if let token = visit.cookies[SetCookie.session] { try Session.end(token, in: op) }
            return .redirect(op.paths(.login), flash: "logged_out").with(.removing(SetCookie.session))
        }
    ]
}
