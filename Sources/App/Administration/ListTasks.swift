import Database
import Domain

/// `GET /{m}/admin/tasks`: what Torg still has to do in the background, and what it has given up.
/// `POST …/{task}/retry` and `…/{task}/stop`: tries again at once; lets it be.
enum ListTasks {
    static let pageSize = 100

    static let routes: [Route] = [
        .page(.adminTasks, for: .staff(.manageMunicipality), show),
        .form(.post, .adminTaskRetry, for: .staff(.manageMunicipality), show: show) {
            try change(.waiting, from: [.failed, .stopped, .waiting], "task_retried", .taskRetried, $0, $1)
        },
        .form(.post, .adminTaskStop, for: .staff(.manageMunicipality), show: show) {
            try change(.stopped, from: [.waiting, .running, .failed], "task_stopped", .taskStopped, $0, $1)
        },
    ]

    /// How many there are in each state.
    static func counts(_ op: Operation) throws -> [StoredTask.State: Int] {
        let rows = try op.tx.rows(
            "SELECT state, count(*) AS total FROM tasks WHERE municipality = \(op.tenant) GROUP BY state")
        return Dictionary(
            try rows.map { (try $0["state"], try $0["total"]) }, uniquingKeysWith: { first, _ in first })
    }

    private static let show: PageHandler = { visit, op in
        let words = op.words
        let before = visit.queried("after").flatMap { ID<StoredTask>(text: $0) } ?? ID(.max)
        let rows = try op.tx.rows(
            """
            SELECT * FROM tasks WHERE municipality = \(op.tenant) AND id < \(before)
            ORDER BY id DESC LIMIT \(pageSize + 1)
            """)
        let tasks = try rows.prefix(pageSize).map(StoredTask.init)
        let columns = ["what", "since", "state"].map { words("admin.tasks." + $0) }
        let fields = FormFields(words: words, form: "admin.tasks", input: visit.form)
        var page = ListPage(
            frame: try op.frame(visit, title: words("admin.tasks")), summary: fields.summary,
            back: op.administration.administrationLink,
            heading: words("admin.tasks"), lead: words("admin.tasks.about"), columns: columns,
            actionColumn: tasks.isEmpty ? nil : words("admin.tasks.do"), rows: tasks.map { row(for: $0, columns, op) },
            empty: words("admin.tasks.empty"))
        if rows.count > pageSize, let last = tasks.last { page.next = op.paths(.adminTasks) + "?after=\(last.id)" }
        return .page(page)
    }

    private static func row(for task: StoredTask, _ columns: [String], _ op: Operation) -> ListRow {
        let words = op.words
        let times = Times(op.directory.calendar, words, op.now)
        var actions: [ActionForm] = []
        if task.state != .running {
            actions.append(
                ActionForm(
                    id: "retry-\(task.id)", title: words("admin.tasks.retry"), url: op.paths(.adminTaskRetry, task.id),
                    submit: "",
                    isPrimary: task.state == .failed))
        }
        if task.state != .stopped {
            actions.append(
                ActionForm(
                    id: "stop-\(task.id)", title: words("admin.tasks.stop"), url: op.paths(.adminTaskStop, task.id),
                    submit: ""))
        }
        let isPutOff = task.state == .waiting && task.nextAttemptAt > op.now
        let note = [
            task.attempts > 1 || task.fault != nil ? words.count("admin.tasks.attempts", task.attempts) : nil,
            isPutOff ? words("admin.tasks.next", ["when": times.dayAndTime(task.nextAttemptAt)]) : nil,
            task.fault.map { words("admin.tasks.fault", ["fault": $0]) },
        ].compactMap(\.self).joined(separator: " ")
        return ListRow(
            cells: [
                ListCell(
                    column: columns[0], text: name(of: task, words),
                    note: task.done == 0 ? nil : words.count("admin.tasks.done", task.done), isHeading: true),
                ListCell(column: columns[1], text: times.dayAndTime(task.createdAt)),
                ListCell(
                    column: columns[2], text: words("taskstate." + task.state.rawValue),
                    note: note.isEmpty ? nil : note,
                    mark: task.state.mark),
            ], actions: actions)
    }

    /// One of a kind that only another version of Torg knows has its bare name.
    private static func name(of task: StoredTask, _ words: Words) -> String {
        let key = "task." + task.kind
        return words.has(key) ? words(key) : task.kind
    }

    /// A task that is running finds at its next step that it was stopped.
    private static func change(
        _ state: StoredTask.State, from states: [StoredTask.State], _ flash: String, _ kind: AuditKind,
        _ visit: Visit, _ op: Operation
    ) throws -> Reply {
        let id: ID<StoredTask> = try visit.id("task")
        let row = try op.tx.row("SELECT * FROM tasks WHERE municipality = \(op.tenant) AND id = \(id)")
        // Done meanwhile, most likely.
        guard let task = try row.map(StoredTask.init) else { throw InputErrors(nil, "task_over") }
        let count = try op.tx.run(
            """
            UPDATE tasks SET state = \(state), next_attempt_at = \(op.now), attempts = 0
            WHERE municipality = \(op.tenant) AND id = \(id) AND state IN \(list: states.map(\.rawValue))
            """)
        guard count == 1 else { throw InputErrors(nil, "task_over") }
        try op.audit(kind, name(of: task, op.words))
        return .redirect(op.paths(.adminTasks), flash: flash)
    }
}

extension StoredTask.State {
    var mark: DueKind {
        switch self {
        case .waiting, .running: .wait
        case .failed: .late
        case .stopped: .soon
        }
    }
}
