import Database

extension Migration {
    /// Municipalities, their units, people, roles, categories and own wordings.
    static let organisation = Migration(1, "organisation") { _ in
        [
            """
            CREATE TABLE installation (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                secret TEXT NOT NULL CHECK (length(secret) >= 32)
            )
            """,
            """
            CREATE TABLE municipalities (
                id BIGINT PRIMARY KEY,
                slug TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                country TEXT NOT NULL CHECK (country IN ('SE', 'NO', 'DK')),
                time_zone TEXT NOT NULL,
                language TEXT NOT NULL,
                accent TEXT NOT NULL,
                centre BIGINT NOT NULL,
                directory_version BIGINT NOT NULL DEFAULT 1,
                created_at BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE users (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                login TEXT NOT NULL,
                name TEXT NOT NULL,
                email TEXT,
                phone TEXT,
                language TEXT,
                password TEXT,
                is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
                PRIMARY KEY (municipality, id),
                UNIQUE (municipality, login)
            )
            """,
            """
            CREATE TABLE units (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                parent_id BIGINT,
                name TEXT NOT NULL,
                leader_id BIGINT,
                receiver_id BIGINT,
                substitute_id BIGINT,
                email TEXT,
                phone TEXT,
                is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, parent_id) REFERENCES units (municipality, id),
                FOREIGN KEY (municipality, leader_id) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, receiver_id) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, substitute_id) REFERENCES users (municipality, id)
            )
            """,
            """
            CREATE TABLE memberships (
                municipality BIGINT NOT NULL,
                user_id BIGINT NOT NULL,
                unit_id BIGINT NOT NULL,
                PRIMARY KEY (municipality, user_id, unit_id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, unit_id) REFERENCES units (municipality, id)
            )
            """,
            """
            CREATE TABLE roles (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                name TEXT NOT NULL,
                permissions TEXT NOT NULL,
                PRIMARY KEY (municipality, id),
                UNIQUE (municipality, name)
            )
            """,
            """
            CREATE TABLE user_roles (
                municipality BIGINT NOT NULL,
                user_id BIGINT NOT NULL,
                role_id BIGINT NOT NULL,
                PRIMARY KEY (municipality, user_id, role_id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id),
                FOREIGN KEY (municipality, role_id) REFERENCES roles (municipality, id)
            )
            """,
            """
            CREATE TABLE categories (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                unit_id BIGINT,
                passes_directly INTEGER NOT NULL DEFAULT 0 CHECK (passes_directly IN (0, 1)),
                words TEXT NOT NULL DEFAULT '',
                is_acute INTEGER NOT NULL DEFAULT 0 CHECK (is_acute IN (0, 1)),
                is_confidential INTEGER NOT NULL DEFAULT 0 CHECK (is_confidential IN (0, 1)),
                must_be_answered INTEGER NOT NULL DEFAULT 0 CHECK (must_be_answered IN (0, 1)),
                is_public INTEGER NOT NULL DEFAULT 1 CHECK (is_public IN (0, 1)),
                is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
                acknowledge_days INTEGER CHECK (acknowledge_days BETWEEN 0 AND 365),
                feedback_days INTEGER CHECK (feedback_days BETWEEN 0 AND 365),
                feedback_holiday_days INTEGER CHECK (feedback_holiday_days BETWEEN 0 AND 365),
                close_days INTEGER CHECK (close_days BETWEEN 0 AND 365),
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, unit_id) REFERENCES units (municipality, id)
            )
            """,
            """
            CREATE TABLE category_names (
                municipality BIGINT NOT NULL,
                category_id BIGINT NOT NULL,
                language TEXT NOT NULL,
                name TEXT NOT NULL,
                notice TEXT NOT NULL DEFAULT '',
                PRIMARY KEY (municipality, category_id, language),
                FOREIGN KEY (municipality, category_id) REFERENCES categories (municipality, id)
            )
            """,
            """
            CREATE TABLE texts (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                key TEXT NOT NULL,
                language TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (municipality, key, language)
            )
            """,
        ]
    }
}
