final class OpenCaseCounts: Sendable {
}
