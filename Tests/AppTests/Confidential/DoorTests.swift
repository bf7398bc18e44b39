import Domain
import Foundation
@testable import Support
import Testing

@testable import App

/// Every role at every door, before there is a confidential case and with it: whoever may not know of it gets the same
/// answer to the last letter. Doors come from the routes, so that a new one is walked through too.
@Suite struct DoorTests {
    /// What somebody learns at a door.
    enum Grade: Int, Comparable, CustomStringConvertible {
        case nothing, exists, reads

        static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
        var description: String {
            switch self {
            case .nothing: "-"
            case .exists: "exists"
            case .reads: "reads"
            }
        }
    }

    private static let staff =
        ["agent", "handler", "leader", "plumber", "admin", "newcomer"] + SecretWorld.people.map(\.login)
    private static let citizen = "citizen"
    /// By the link to another case.
    private static let contractor = "contractor"

    /// Where somebody who may not read the case learns that it exists, and why. Nowhere else may anybody.
    private static func mayLearn(_ role: String, _ door: Door, _ world: SecretWorld) -> Bool {
        switch door.group {
        // The number, given by the caller.
        case .casePage, .number: SecretWorld.desk.contains(role) && !door.path.contains("text=")
        case .join: SecretWorld.desk.contains(role) && door.method == .post
        // One's own: what the agent registered, and in the list what the others of the desk have joined. Never by words.
        case .contact:
            !door.path.contains("text=")
                && (role == "agent" || door.path.hasPrefix("/api/v1/contacts") && SecretWorld.desk.contains(role))
        // That there is a letter, and whether it arrived.
        case .mail: ["admin", "owner"].contains(role)
        // Where nobody is named, whoever manages roles is system owner and sees who read which number.
        case .rest: role == "admin" && door.path == "/sandvik/readings"
        default: false
        }
    }

    @Test func everyRouteIsADoorOrIsAboutNoCase() async throws {
        let world = try await SecretWorld()
        let forms = world.forms
        for route in Route.all {
            let name = "\(route.method.rawValue) \(route.path)"
            if route.method == .get {
                #expect(world.looks(route) != nil, "\(name): say in Doors.swift what stands in its parts")
            } else {
                let isKnown =
                    world.acts(route) != nil || world.sent(route) != nil || forms[name] != nil
                    || SecretWorld.elsewhere.contains(name)
                #expect(isKnown, "\(name): a door that nobody walks through; see Doors.swift")
            }
        }
        await world.torg.close()
    }

    private func doors(_ world: SecretWorld) -> [Door] {
        let routes = Route.all
        let forms = world.forms
        // The login page knows the session, and the preview is for development only.
        return routes.flatMap { route -> [Door] in
            if route.method == .get { return world.looks(route) ?? [] }
            return (world.acts(route) ?? world.sent(route)).map { [$0] } ?? forms[
                "\(route.method.rawValue) \(route.path)"] ?? []
        }
    }

    @Test func everyRoleAtEveryDoor() async throws {
        var world = try await SecretWorld()
        try await world.addNewcomer()
        try await world.contract()
        let roles = Self.staff + [Self.citizen, Self.contractor]
        var visitors: [String: Visitor] = [:]
        for role in roles { visitors[role] = try await Visitor(Self.staff.contains(role) ? role : nil, world) }
        _ = try await visitors[Self.contractor]?.browser.open(world.link.address)
        var before: [String: [String: String]] = [:]
        for (role, visitor) in visitors { before[role] = try await answers(visitor, world) }
        try await world.open()
        try await world.leaveCode()
        var grades: [String: [Door.Group: Grade]] = [:]
        for role in roles {
            guard let visitor = visitors[role] else { continue }
            let after = try await answers(visitor, world)
            for door in doors(world) {
                guard let now = after[key(door, world)], let then = before[role]?[key(door, world)] else { continue }
                let grade = Self.grade(then, now, at: door, world)
                grades[role, default: [:]][door.group] = max(grades[role]?[door.group] ?? .nothing, grade)
                if SecretWorld.insiders.contains(role) { continue }
                let allowed: Grade = Self.mayLearn(role, door, world) ? .exists : .nothing
                #expect(grade <= allowed, "\(role) at \(door.name): \(grade)\n\(Self.difference(then, now))")
            }
        }
        // Even the citizen who reported it, by number and address: what opens it is the code that is sent, or the word.
        grades["reporter"] = [.follow: try await follow(world)]
        grades["key"] = [.follow: Self.grade("", try await world.shownByKey())]
        grades["registrar of two"] = [.contact: Self.grade("", try await world.shownOfMixedContact())]
        Self.print(grades, roles + ["reporter", "key", "registrar of two"])
        for role in SecretWorld.insiders {
            for group in [Door.Group.casePage, .api, .lists, .number, .words, .contact, .reports] {
                #expect(grades[role]?[group] == .reads, "\(role) \(group.rawValue)")
            }
        }
        for role in SecretWorld.desk {
            for group in [Door.Group.casePage, .number, .join] {
                #expect(grades[role]?[group] == .exists, "\(role) \(group.rawValue)")
            }
            #expect(grades[role]?[.api] == .nothing)
        }
        #expect(grades["agent"]?[.contact] == .exists)
        #expect(grades["reporter"]?[.follow] == .nothing)
        #expect(grades["key"]?[.follow] == .exists)
        #expect(grades["registrar of two"]?[.contact] == .exists)
        await world.torg.close()
    }

    /// The same before and after, although the contact and the mail have come meanwhile.
    private func key(_ door: Door, _ world: SecretWorld) -> String {
        door.name.replacing("\(world.contact)", with: "CONTACT").replacing("\(world.mail)", with: "MAIL")
    }

    /// One role with a browser and a program.
    private struct Visitor {
        var role: String?
        var browser: TestClient
        var program: TestClient

        init(_ role: String?, _ world: SecretWorld) async throws {
            self.role = role
            browser = try await world.browser(of: role)
            program = TestClient(world.torg)
            if let role { try await program.useToken(of: role) }
        }

        /// Those who may read it would change it; that they can is tested elsewhere. The forms of citizens are theirs.
        func tries(_ door: Door) -> Bool {
            guard let role else { return !door.isAPI && (door.isPublic || door.method == .get) }
            // What is the same for everybody is looked at by two.
            if door.method == .get { return door.group != .rest || role == "agent" }
            return !SecretWorld.insiders.contains(role) && !door.isPublic
        }
    }

    /// What each door answers, but for what differs each time.
    private func answers(_ visitor: Visitor, _ world: SecretWorld) async throws -> [String: String] {
        var answers: [String: String] = [:]
        let page = visitor.role == nil ? "/sandvik/report" : "/sandvik/account"
        // What is refused does not use it up.
        let token = try await visitor.browser.get(page).formToken
        for door in doors(world) where visitor.tries(door) {
            let answer: TestClient.Answer
            if door.isAPI {
                answer = try await visitor.program.call(
                    door.method, String(door.path.dropFirst("/api/v1".count)),
                    door.method == .get ? nil : Self.json(door))
            } else if door.method == .get {
                answer = try await visitor.browser.get(door.path)
            } else {
                answer = try await visitor.browser.submit(
                    door.path, from: page, door.fields, token: door.group == .acts ? token : nil)
            }
            answers[key(door, world)] = Self.plain(answer, world)
        }
        return answers
    }

    private static func json(_ door: Door) -> [String: Any] {
        guard door.group == .join else { return door.fields }
        return [
            "channel": "telephone",
            "questions": [["text": door.fields["q1_text"] ?? "", "case": door.fields["q1_case"] ?? ""]],
        ]
    }

    private static func plain(_ answer: TestClient.Answer, _ world: SecretWorld) -> String {
        // What was typed is sealed anew each time.
        let body = answer.body.replacing(/name="form" value="[^"]*"/, with: "")
            .replacing(/name="kept" value="[^"]*"/, with: "")
            .replacing(/name="_errors" value="[^"]*"/, with: "")
        return "\(answer.status) \(answer.location ?? "")\n\(body)"
            .replacing("\(world.contact)", with: "CONTACT").replacing("\(world.mail)", with: "MAIL")
    }

    private static func grade(_ before: String, _ after: String, at door: Door, _ world: SecretWorld) -> Grade {
        if before == after { return .nothing }
        // The audit has grown by what was refused in between.
        let isNumberNew = after.contains("\(world.number)") && !before.contains("\(world.number)")
        if door.path.contains("/admin/audit"), !isNumberNew { return .nothing }
        return grade(before, after)
    }

    private static func grade(_ before: String, _ after: String) -> Grade {
        SecretWorld.words.contains { after.contains($0) && !before.contains($0) } ? .reads : .exists
    }

    private static func difference(_ before: String, _ after: String) -> String {
        let old = Set(before.split(separator: "\n"))
        return after.split(separator: "\n").filter { !old.contains($0) }.prefix(5).joined(separator: "\n")
    }

    private func follow(_ world: SecretWorld) async throws -> Grade {
        let citizen = try await world.browser(of: nil)
        let sent = try await citizen.submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": "\(world.number)", "contact": SecretWorld.email])
        guard let location = sent.location else { return .nothing }
        return try await citizen.get(location).body.contains("Zebrafisk") ? .reads : .exists
    }

    private static func print(_ grades: [String: [Door.Group: Grade]], _ roles: [String]) {
        let groups = Door.Group.allCases
        func padded(_ text: String, _ width: Int) -> String {
            text.padding(toLength: width, withPad: " ", startingAt: 0)
        }
        var lines = [padded("", 12) + groups.map { padded($0.rawValue, 15) }.joined()]
        for role in roles {
            let cells = groups.map { padded(grades[role]?[$0].map(\.description) ?? "", 15) }
            lines.append(padded(role, 12) + cells.joined())
        }
        Swift.print(lines.joined(separator: "\n"))
    }
}
