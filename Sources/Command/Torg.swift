import ArgumentParser
@main struct Torg: AsyncParsableCommand { mutating func run() async throws {} }
