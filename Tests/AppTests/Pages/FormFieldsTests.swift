import Testing

@testable import App
@testable import Support

@Suite struct FormFieldsTests {
    private func fields(_ form: String, _ input: FormInput = .init()) throws -> FormFields {
        FormFields(words: try Templates.tested.words("en"), form: form, input: input)
    }

    @Test func showsWhatWasTypedAndWhatWasWrong() throws {
        let input = FormInput(
            values: ["email": ["kim@"]], errors: [FieldError(field: "email", code: "invalid_email")])
        let email = try fields("report", input).line("email", type: "email", value: "start")
        #expect(email.input?.value == "kim@")
        #expect(email.label == "E-mail")
        #expect(email.error == "Write a whole e-mail address, like name@example.org.")
        #expect(email.describedBy == "email-hint email-error")
    }

    @Test func summaryNamesTheFieldAndLeadsToIt() throws {
        let input = FormInput(errors: [
            FieldError(field: "text", code: "required"), FieldError(field: nil, code: "form.forged"),
        ])
        let links = try #require(try fields("report", input).summary).links
        #expect(links.map(\.url) == ["#text", nil])
        #expect(links[0].text == "What is wrong? Please fill this in.")
    }

    @Test func summaryTellsWhichQuestion() throws {
        let words = try Templates.tested.words("en")
        let page = RegisterPage(
            frame: .staffSample(words, title: ""), words: words,
            input: FormInput(errors: [FieldError(field: "q2_text", code: "required")]), categories: [], units: [],
            questionCount: 2)
        #expect(page.summary?.links.first?.text == "Question 2, What is it about? Please fill this in.")
        #expect(page.questions[1].text.error != nil)
        #expect(page.questions[0].text.error == nil)
    }

    @Test func aPasswordNeverComesBack() throws {
        let input = FormInput(values: ["password": ["secret"]])
        #expect(try fields("login", input).line("password", type: "password").input?.value == "")
    }

    @Test func anUntickedBoxStaysUntickedWhenTheFormComesBack() throws {
        #expect(try fields("report").check("wants_updates", checked: true).check?.isChecked == true)
        let sent = FormInput(values: ["text": ["x"]])
        #expect(try fields("report", sent).check("wants_updates", checked: true).check?.isChecked == false)
    }

    /// A browser shows the first choice where none is selected, and would send it next.
    @Test func whatCanNoLongerBeChosenDoesNotBecomeAnother() throws {
        let options = [FormField.Option(value: "7", text: "Roads"), .init(value: "8", text: "Water")]
        for prompt in [nil, "Me"] {
            for (sent, text) in [("9", "Choose again"), ("", prompt ?? "Choose")] {
                let returned = try fields("case.recoding", FormInput(values: ["category": [sent]]))
                let field = returned.select("category", options, value: "7", prompt: prompt)
                let selected = field.select?.options.filter(\.isSelected) ?? []
                #expect(selected.map(\.value) == [sent] && selected.map(\.text) == [text])
                #expect(selected.first == field.select?.options.first)
            }
            let known = try fields("case.recoding", FormInput(values: ["category": ["8"]]))
                .select("category", options, prompt: prompt)
            #expect(known.select?.options.count == options.count + (prompt == nil ? 0 : 1))
            #expect(known.select?.options.filter(\.isSelected).map(\.value) == ["8"])
        }
        let words = try Templates(version: "test").words("en")
        let forms = CaseForms(words: words, url: "/s/cases/1", version: "2")
        for (current, first) in [("7", "7"), ("9", ""), ("", "")] {
            let category = forms.recoding(categories: options, current: current).fields[0]
            #expect(category.select?.options.first?.value == first, "withdrawn meanwhile, or none yet")
        }
    }

    @Test func whatStandsInTheFieldsOfAPageIsFound() {
        let page = """
            <p>på ja</p><input type="text" id="a" name="på" value="&lt;ja&gt; value=&quot;x"><textarea name="b" rows="4">To
            linjer &amp; mer</textarea><select><option value="8">Åtte</option><option value="9" selected>Ni</option></select>
            """
        let fields = FilledFields(in: page)
        for text in ["<ja> value=\"x", "To\nlinjer & mer", "9"] { #expect(fields.hold(text), "\(text)") }
        for text in ["på", "ja", "x", "8", "Ni", "", "To"] { #expect(!fields.hold(text), "\(text)") }
        for broken in ["<", "<textarea ", "<textarea >", "<input value=\"", "<input value=\">", ""] {
            _ = FilledFields(in: broken)
        }
    }

    @Test func formsOnOnePageKeepTheirIdsApart() throws {
        let words = try Templates.tested.words("en")
        let input = FormInput(errors: [FieldError(field: "reason", code: "closure.reason_required")])
        let forms = CaseForms(words: words, url: "/s/cases/1", version: "2", returned: "closure", input: input)
        let closure = forms.closure(hasMeasure: true)
        #expect(closure.isOpen)
        #expect(closure.fields.map(\.id) == ["closure-answer", "closure-outcome", "closure-reason"])
        #expect(forms.parking().fields.map(\.id) == ["parking-until", "parking-reason"])
        #expect(forms.parking().fields[1].error == nil)
        #expect(forms.summary?.links.first?.url == "#closure-reason")
        #expect(forms.unparking().method == "DELETE")
        #expect(forms.unparking().url == "/s/cases/1/parking")
    }
}
