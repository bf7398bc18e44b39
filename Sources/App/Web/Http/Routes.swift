extension Route {
    /// Everything that Torg answers, feature by feature.
    static let all: [Route] = {
        let cases: [Route] =
            AcknowledgeCase.routes + PassOnCase.routes + AssignCase.routes + RecodeCase.routes + GiveFeedback.routes
            + TellCitizen.routes
            + ParkCase.routes + UnparkCase.routes + AwaitCitizen.routes + EndWaiting.routes + AddMeasure.routes
            + FinishMeasure.routes + NoteOnCase.routes + LinkDeviation.routes + MarkAcute.routes + CloseCase.routes
            + ReopenCase.routes + ConfirmReporter.routes + AgreeWord.routes + ShowCase.routes + WorkLists.routes
            + LookThrough.routes + ShowSearch.routes + CaseApi.routes
        let web: [Route] =
            StartPage.routes + Health.routes + Metrics.routes + DeliveryReports.routes + PublicFiles.routes
        let citizens: [Route] =
            ShowFront.routes + SendReport.routes + FindOwnCase.routes + FollowCase.routes + OpenOwnCase.routes
            + StopUpdates.routes
            + PreviewMail.routes
        let contractors: [Route] =
            ShowContractorCase.routes + ContractorActs.routes + TellContractor.routes + SendContractorLinkAnew.routes
            + WithdrawContractorLink.routes
        let accounts: [Route] =
            LogIn.routes + LogOut.routes + ChangeAccount.routes + ChooseOwnPassword.routes + OwnTokens.routes
            + DecideSight.routes + ReadingLog.routes + EditAbsences.routes + ListAbsences.routes
            + ShowAlerts.routes + ShowWatch.routes
        return cases + RegisterContactPage.routes + ListReports.routes + ShowReport.routes + ShowFigures.routes
            + ShowContact.routes + CorrectContact.routes + ContactApi.routes + SearchApi.routes
            + DirectoryApi.routes
            + ApiDescription.routes + contractors + web + accounts + citizens + Administration.routes
    }()

    /// Where an address of a municipality's begins that search engines may show: what can be reported there. The front page
    /// is the municipality's own address.
    private static let findable: Set<String> = ["report", "accent.css"]

    /// Whatever is added is not shown by search engines until it is said that it may be: people's cases, and what is the
    /// staff's.
    static let robots: String = {
        let beginnings = Set(
            all.compactMap { route -> String? in
                let parts = route.path.split(separator: "/")
                guard parts.count > 1, parts[0] == ":municipality", !findable.contains(String(parts[1])) else {
                    return nil
                }
                return "/*/" + parts[1]
            })
        return "User-agent: *\n" + (["/api/", "/sms/"] + beginnings.sorted()).map { "Disallow: \($0)\n" }.joined()
    }()
}
