import Domain

extension Operation {
    /// Says by name what was chosen and can no longer be: whoever reads it has long looked at something else.
    func naming(_ error: FieldError, in form: FormInput) -> FieldError {
        guard error.code == "unknown", let sent = error.field.flatMap(form.first),
            let id = ID<FieldError>(text: sent)?.rawValue,
            let name = choiceName(id)
        else { return error }
        var named = error
        named.code = "choice_gone"
        named.values["name"] = name
        return named
    }

    /// Citizens are told of nothing but what they could choose.
    private func choiceName(_ id: Int64) -> String? {
        if let category = directory.categories[ID(id)] {
            guard actor.userID != nil || category.isPublic else { return nil }
            return directory.name(of: category, in: language)
        }
        guard actor.userID != nil else { return nil }
        return directory.units[ID(id)]?.name ?? directory.people[ID(id)]?.user.name
            ?? directory.contractors[ID(id)]?.name ?? directory.roles[ID(id)]?.name
    }
}
