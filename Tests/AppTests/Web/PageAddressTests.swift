import Domain
import Foundation
import HTTPTypes
import Testing

@testable import App

/// One set of words for a route and for the links to it.
@Suite struct PageAddressTests {
    private let paths = SitePath(municipality: "sandvik")

    @Test func aLinkIsReadBackByItsAddress() throws {
        let number = CaseNumber(year: 2026, sequence: 10_423)
        let closing = paths(.case.below("closure"), number)
        #expect(closing == "/sandvik/cases/\(number)/closure")
        #expect(
            Address.case.below(":form").values(in: closing)
                == ["municipality": "sandvik", "number": "\(number)", "form": "closure"])
        #expect(Address.followedCase.below(":form").values(in: closing) == nil)
        #expect(Address.case.values(in: closing) == nil)
        let (person, absence) = (ID<User>(5), ID<Absence>(7))
        #expect(
            Address.absence.values(in: paths(.absence, person, absence))
                == ["municipality": "sandvik", "person": "\(person)", "absence": "\(absence)"])
        #expect(paths(.front) == "/sandvik" && Address.front.values(in: paths(.front)) == ["municipality": "sandvik"])
        #expect(paths(.contractorCase, ID(7)).hasPrefix(paths.beginning(of: .contractorCase)))
    }

    @Test func whatStandsInALinkCannotLeaveItsPlace() {
        #expect(paths(.adminText, "../people?x=1#y") == "/sandvik/admin/texts/..%2Fpeople%3Fx%3D1%23y")
    }

    @Test func noTwoRoutesAnswerTheSame() {
        let same = Dictionary(grouping: Route.all) { $0.method.rawValue + " " + $0.path }.filter { $0.value.count > 1 }
        #expect(same.keys.sorted() == [])
    }

    /// Whatever the pages, in all their states, link and send to.
    @Test func everyLinkLeadsToARoute() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Snapshots")
        let pages = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "html" }
        var links: [String: Set<String>] = [:]
        for page in pages {
            let html = try String(contentsOf: page, encoding: .utf8)
            for match in html.matches(of: #/<(a|form|link)\b([^>]*?)(?:href|action)="(\/sandvik[^"?#]*)/#) {
                let isSent = match.1 == "form" && match.2.contains("method=\"post\"")
                links[(isSent ? "POST " : "GET ") + match.3, default: []].insert(page.lastPathComponent)
            }
        }
        #expect(links.count > 60, "the snapshots have been read wrongly")
        let routes = Route.all.map { route in
            // HTML forms send no DELETE; a field says so.
            ((route.method == .get ? "GET " : "POST ") + route.path).split(separator: "/").map(String.init)
        }
        for (link, pages) in links {
            let parts = link.split(separator: "/").map(String.init)
            let isThere = routes.contains { route in
                route.count == parts.count && zip(route, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
            }
            #expect(isThere, "\(link) in \(pages.sorted().first ?? "")")
        }
    }
}
