@testable import App

extension Templates {
    private static let read = Result { try Templates(version: "test") }

    /// All templates, read and checked once for all tests; addresses of style sheet and script stay the same.
    static var tested: Templates {
        get throws { try read.get() }
    }
}
