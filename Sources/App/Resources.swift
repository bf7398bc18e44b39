import Foundation

/// What comes with Torg in files, read and checked once: the same for every installation in one process.
public struct Resources: Sendable {
    let templates: Templates
    let apiDescription: ApiDescription
    let publicFiles: PublicFiles
    let commonPasswords: CommonPasswords

    /// - Throws: `TemplateError` for whatever is wrong with a template; what reading a file throws.
    public init() throws {
        guard let folder = Bundle.module.resourceURL else {
            throw TemplateError(template: "-", problem: "the resources are not where they should be")
        }
        templates = try Templates(resources: folder)
        apiDescription = try ApiDescription()
        publicFiles = try PublicFiles(directory: folder.appending(path: "Public"))
        commonPasswords = try CommonPasswords(resources: folder)
    }
}
