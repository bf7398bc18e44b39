import Foundation

/// `GET /openapi.json`: the API describes itself, without a token. The file is kept by hand; tests compare it with the
/// routes and with what they answer.
struct ApiDescription: Sendable {
    static let routes: [Route] = [
        Route(.get, "/api/v1/openapi.json", isAPI: true) { _, installation in
            Reply(status: .ok, body: .data(installation.apiDescription.document, type: "application/json"))
        }
    ]

    let document: Data

    /// Throws when the file is not among the resources.
    init() throws {
        guard let url = Bundle.module.url(forResource: "openapi", withExtension: "json") else {
            throw CocoaError(.fileNoSuchFile)
        }
        document = try Data(contentsOf: url)
    }
}
