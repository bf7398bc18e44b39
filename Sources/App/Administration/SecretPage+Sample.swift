extension SecretPage {
    static func samples(_ words: Words) -> [Sample<SecretPage>] {
        [
            Sample(
                "password",
                SecretPage(
                    frame: .staffSample(words, title: words("admin.password"), current: "admin"),
                    heading: words("admin.password.shown", ["name": "Aud Ås"]), lead: words("admin.password.once"),
                    label: words("admin.password"), secret: "k7mp-x2qa-9tfw-h4dn",
                    next: Link(text: words("admin.people"), url: "/sandvik/admin/people")))
        ]
    }
}
