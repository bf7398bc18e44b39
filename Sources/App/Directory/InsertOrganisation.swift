import Database
import Domain

// The rows of an organisation, as `LoadDirectory` reads them. Each has one INSERT, so that a new column is filled wherever
// a row is made. The labels name the table: a test looks at who writes what decides who sees confidential cases.

extension Transaction {
    func insert(unit: Unit, of municipality: ID<Municipality>) throws {
        try run(
            """
            INSERT INTO units (municipality, id, name, parent_id, leader_id, receiver_id, substitute_id, email, phone,
                is_active, is_discreet, acknowledge_days, feedback_days, feedback_holiday_days, close_days)
            VALUES (\(municipality), \(unit.id), \(unit.name), \(unit.parent), \(unit.leader), \(unit.receiver),
                \(unit.substitute), \(unit.email), \(unit.phone), \(unit.isActive), \(unit.isDiscreet),
                \(unit.targets.acknowledge), \(unit.targets.feedback), \(unit.targets.feedbackInHolidayPeriod),
                \(unit.targets.close))
            """)
    }

    /// - Parameters:
    ///   - password: Argon2id; nil for an account that cannot be logged in to yet.
    ///   - passwordIsGiven: whether somebody else chose it: then it must be changed at the first login.
    func insert(
        user: User, phone: String? = nil, password: String? = nil, passwordIsGiven: Bool = false
    ) throws {
        try run(
            """
            INSERT INTO users (municipality, id, login, name, email, phone, language, is_active, password,
                must_change_password)
            VALUES (\(user.municipality), \(user.id), \(user.login), \(user.name), \(user.email), \(phone),
                \(user.language), \(user.isActive), \(password), \(passwordIsGiven))
            """)
    }

    func insert(member user: ID<User>, of unit: ID<Unit>, in municipality: ID<Municipality>) throws {
        try run("INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(municipality), \(user), \(unit))")
    }

    func insert(role: Role, of municipality: ID<Municipality>) throws {
        try run(
            """
            INSERT INTO roles (municipality, id, name, permissions)
            VALUES (\(municipality), \(role.id), \(role.name), \(role.permissions.stored))
            """)
    }

    func insert(holder user: ID<User>, of role: ID<Role>, in municipality: ID<Municipality>) throws {
        try run("INSERT INTO user_roles (municipality, user_id, role_id) VALUES (\(municipality), \(user), \(role))")
    }

    /// With its names and notices.
    func insert(category: Category, of municipality: ID<Municipality>) throws {
        try run(
            """
            INSERT INTO categories (municipality, id, unit_id, passes_directly, words, is_acute, emergency_number,
                is_confidential, must_be_answered, is_complaint, is_public, is_active, acknowledge_days, feedback_days,
                feedback_holiday_days, close_days)
            VALUES (\(municipality), \(category.id), \(category.unit), \(category.passesDirectly),
                \(category.words.joined(separator: " ")), \(category.isAcute), \(category.emergencyNumber),
                \(category.isConfidential), \(category.mustBeAnswered), \(category.isComplaint), \(category.isPublic),
                \(category.isActive), \(category.targets.acknowledge), \(category.targets.feedback),
                \(category.targets.feedbackInHolidayPeriod), \(category.targets.close))
            """)
        try insert(namesOf: category, of: municipality)
    }

    /// A notice is stored with the name of its language.
    func insert(namesOf category: Category, of municipality: ID<Municipality>) throws {
        for (language, name) in category.names.sorted(by: { $0.key < $1.key }) {
            try run(
                """
                INSERT INTO category_names (municipality, category_id, language, name, notice)
                VALUES (\(municipality), \(category.id), \(language), \(name), \(category.notices[language] ?? ""))
                """)
        }
    }

    func insert(contractor: Contractor, of municipality: ID<Municipality>) throws {
        try run(
            """
            INSERT INTO contractors (municipality, id, name, email, phone, shows_contact, is_active)
            VALUES (\(municipality), \(contractor.id), \(contractor.name), \(contractor.email), \(contractor.phone),
                \(contractor.showsContact), \(contractor.isActive))
            """)
    }

    func insert(absence: Absence, of municipality: ID<Municipality>) throws {
        try run(
            """
            INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
            VALUES (\(municipality), \(absence.id), \(absence.user), \(absence.first), \(absence.last),
                \(absence.substitute))
            """)
    }
}
