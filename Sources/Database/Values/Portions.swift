extension Array {
    /// In runs of so many and a shorter last one: a statement takes so many values and no more.
    ///
    /// - Parameter count: at least 1.
    public func portions(of count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
