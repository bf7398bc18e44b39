import Crypto
import Database
import Foundation

/// The installation's secret: signs form tokens, visitor cookies and the keys by which citizens follow their cases.
struct Secret: Sendable {
    /// Has taken in the key, and nothing else yet.
    private let keyed: HMAC<SHA256>

    init(hex: String) { keyed = HMAC(key: SymmetricKey(data: Data(hex.utf8))) }

    /// Reads the secret, which the first start makes.
    static func load(from database: Database) async throws -> Secret {
        let fresh = Secret.random(bytes: 32)
        let hex: String? = try await database.write(tenant: nil) { tx in
            try tx.run("INSERT INTO installation (id, secret) VALUES (1, \(fresh)) ON CONFLICT (id) DO NOTHING")
            return try tx.value("SELECT secret FROM installation WHERE id = 1")
        }
        return Secret(hex: hex ?? fresh)
    }

    /// 128 bits over `text`, for `purpose` only. URL-safe.
    func signature(of text: String, for purpose: String) -> String {
        var code = keyed
        code.update(data: Data("\(purpose)\u{0}\(text)".utf8))
        return Data(code.finalize().prefix(16)).base64URL
    }

    /// So many digits out of `text`, for `purpose` only: nobody without the secret can work them out.
    func digits(_ count: Int, of text: String, for purpose: String) -> String {
        var code = keyed
        code.update(data: Data("\(purpose)\u{0}\(text)".utf8))
        var number = code.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var digits = ""
        for _ in 0..<count {
            digits = "\(number % 10)" + digits
            number /= 10
        }
        return digits
    }

    func isValid(_ signature: String, of text: String, for purpose: String) -> Bool {
        Self.isSame(signature, self.signature(of: text, for: purpose))
    }

    /// `text` as only Torg can read it, URL-safe.
    func sealed(_ text: String, for purpose: String) throws -> String {
        guard let box = try AES.GCM.seal(Data(text.utf8), using: key(for: purpose)).combined else { return "" }
        return box.base64URL
    }

    /// Nil for what was not sealed here, for this purpose.
    func opened(_ sealed: String, for purpose: String) -> String? {
        guard let data = Data(base64URL: sealed), let box = try? AES.GCM.SealedBox(combined: data),
            let text = try? AES.GCM.open(box, using: key(for: purpose))
        else { return nil }
        return String(validating: text, as: UTF8.self)
    }

    private func key(for purpose: String) -> SymmetricKey {
        var code = keyed
        code.update(data: Data("sealed\u{0}\(purpose)".utf8))
        return SymmetricKey(data: Data(code.finalize()))
    }

    /// Takes as long for a near miss as for a wild guess.
    static func isSame(_ given: String, _ expected: String) -> Bool {
        SHA256.hash(data: Data(given.utf8)) == SHA256.hash(data: Data(expected.utf8))
    }

    /// Unguessable and URL-safe.
    static func random(bytes: Int) -> String {
        SymmetricKey(size: SymmetricKeySize(bitCount: bytes * 8)).withUnsafeBytes { Data($0) }.base64URL
    }

    /// What is stored instead of a token.
    static func hash(_ token: String) -> String { hash(Data(token.utf8)) }

    static func hash(_ data: Data) -> String { Data(SHA256.hash(data: data)).base64URL }
}

extension Data {
    var base64URL: String {
        let bytes = base64EncodedData().compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    init?(base64URL text: String) {
        let plain = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - plain.count % 4) % 4)
        self.init(base64Encoded: Data(plain + padding))
    }
}
