import Database
import Domain
import Foundation
import NIOHTTP1
import Support

@testable import App

/// Every function of the application that goes through typed text. A new one is added here.
enum AppFunctions {
    private static func read(_ body: (inout InputReader) -> Void, _ text: String) {
        var input = InputReader(["field": .text(text)], from: .form)
        body(&input)
    }

    static let all: [TextFunction] = [
        TextFunction("AcuteWords") { _ = AcuteWords($0) },
        TextFunction("AcuteWords.match") { _ = AcuteWords("brann, gass").match($0) },
        TextFunction("QuestionInput.title") { _ = QuestionInput.title(of: $0) },
        TextFunction("OutboxFacade.withoutGaps") { _ = OutboxFacade.withoutGaps($0) },
        TextFunction("Words.fill") { _ = Words.fill($0, ["name": "x"]) },
        TextFunction("EncodingDoubt") { text in
            var doubt = EncodingDoubt()
            doubt.read(Array(text.utf8))
        },
        TextFunction("FilledFields") { _ = FilledFields(in: "<textarea >" + $0).hold($0) },
        TextFunction("FilledFields, within a field") { _ = FilledFields(in: "<input name=\"" + $0 + "\">") },
        TextFunction("RunningText") { _ = RunningText($0) },
        TextFunction("EscapedText") { _ = EscapedText().escapeText($0) },
        TextFunction("KeptForm") { _ = KeptForm(of: ["text": [$0]]).texts },
        TextFunction("Secret.sealed") { text in
            let secret = Secret(hex: "00")
            _ = (try? secret.sealed(text, for: "growth")).flatMap { secret.opened($0, for: "growth") }
        },
        TextFunction("Secret.opened") { _ = Secret(hex: "00").opened($0, for: "growth") },
        TextFunction("CommonPasswords.contains") { _ = CommonPasswords(sorted: ["dragon", "password"]).contains($0) },
        TextFunction("Language.choose") { _ = Language.choose(chosen: nil, accepted: $0, default: nil) },
        TextFunction("Accent") { _ = Accent($0) },
        TextFunction("JSONParser") { text in
            _ = Data(("{\"text\": \"" + text).utf8).withUnsafeBytes { JSONParser.value($0) }
        },
        TextFunction("JSONParser, text within") { text in
            _ = (try? JSONEncoder().encode(["text": text]))?.withUnsafeBytes { JSONParser.value($0) }
        },
        TextFunction("URLEncoded.parse") { _ = URLEncoded.parse($0) },
        TextFunction("URLEncoded.encode") { _ = URLEncoded.encode($0) },
        TextFunction("LocalPath.isTarget") { _ = LocalPath.isTarget("/" + $0) },
        TextFunction("ClientAddress") { _ = ClientAddress(peer: nil, forwarded: [$0]) },
        TextFunction("ContentCoding.isCoded") { _ = ContentCoding.isCoded([$0]) },
        TextFunction("InputReader.text") { read({ _ = $0.text("field", max: 20_000) }, $0) },
        TextFunction("InputReader.text, long") { read({ _ = $0.text("field", max: 1_000_000) }, $0) },
        TextFunction("InputReader.email") { read({ _ = $0.email("field") }, $0) },
        TextFunction("InputReader.phone") { read({ _ = $0.phone("field") }, $0) },
        TextFunction("InputReader.caseNumber") { read({ _ = $0.caseNumber("field", year: 2026) }, $0) },
        TextFunction("InputReader.number") { read({ _ = $0.number("field", in: 0...10) }, $0) },
        TextFunction("CSVReader") { text in
            var chunks = [Array(text.utf8)]
            var reader = CSVReader { chunks.popLast() ?? [] }
            while let record = try? reader.next() { _ = record }
        },
        TextFunction("CSVFile.field") { _ = CSVFile.field($0) },
        TextFunction("CalendarText.hours") { _ = CalendarText.hours($0) },
        TextFunction("CalendarText.time") { _ = CalendarText.time($0) },
        TextFunction("CalendarText.closingDay") { _ = CalendarText.closingDay($0) },
        TextFunction("CalendarText.rule") { _ = CalendarText.rule($0, isLast: false) },
        TextFunction("RowTemplate") { _ = RowTemplate($0).names },
        TextFunction("Visit.split") { _ = Visit.split($0) },
        // Of the domain, whose tests are to be quick; goes through a name a hundred times.
        TextFunction("DiscreetName.gives") { _ = DiscreetName.gives($0) },
        TextFunction("CaseList.Cursor") { _ = CaseList.Cursor(text: $0) },
        TextFunction("withoutKey") { _ = withoutKey($0) },
        TextFunction("Visit.cookies") { _ = Visit.cookies([$0, $0 + ";" + $0], below: "/sandvik") },
        TextFunction("Visit.cookies, many") { text in
            _ = Visit.cookies([text.unicodeScalars.map { "\($0)=\($0)" }.joined(separator: ";")], below: nil)
        },
        TextFunction("SecureName.plain") { _ = SecureName.plain("__Host-" + $0 + "_sandvik", base: "/sandvik") },
        TextFunction("Flash.code") { text in
            _ = Flash.code(in: text + ".1.x", below: "/sandvik", Secret(hex: "00"), at: Instant(milliseconds: 0))
        },
        TextFunction("RequestFault.of") { text in
            var limits = ConnectionLimits()
            limits.target = .max
            let headers = HTTPHeaders([("host", text), ("expect", text), ("transfer-encoding", text)])
            let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/" + text, headers: headers)
            _ = RequestFault.of(head, limits)
        },
        TextFunction("SendReport.words") { _ = SendReport.words(in: $0) },
        TextFunction("Notice.all") { _ = Notice.all(in: $0) },
        TextFunction("EditableText.fault") { text in
            let subject = EditableText(key: "front.lead", group: .front, needed: ["answer"])
            _ = subject.fault(in: text, field: "text")
            _ = subject.fault(in: "{" + text.map { "\($0){" }.joined(), field: "text")
        },
        TextFunction("OutboxClaim.oneLine") { _ = OutboxClaim.oneLine($0) },
        TextFunction("SMSReportFormat.read") { text in
            let report = InputValue.object(["id": .text(text + "-" + text), "status": .text(text)])
            _ = SMSReportFormat(secret: "0123456789abcdef")?.read(report)
        },
    ]
}
