/// GitHub's REST API, version 2022-11-28, of github.com and of GitHub Enterprise Server.
///
///     GET   /repos/R/pulls?state=open&head=OWNER:BRANCH     POST  /repos/R/pulls
///     PATCH /repos/R/pulls/N                                POST  /repos/R/issues/N/labels, /repos/R/issues/N/comments
struct GitHubAPI: ForgeAPI {
  let session: ForgeSession
  let branch: BranchName

  private var root: String { "/repos/\(session.place.repository)" }

  static func fields(_ token: ForgeToken) -> [String: String] {
    [
      "authorization": "Bearer \(token.value)", "accept": "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    ]
  }

  func find(base: String) async throws(ForgeError) -> OpenRequest? {
    let head = "\(session.place.repository.owner):\(branch)".percentEncoded
    let path = "\(root)/pulls?state=open&head=\(head)"
    var found: OpenRequest?
    try await session.pages(path, size: 100, most: 20, .find) { items throws(ForgeError) in
      for item in items where isOurs(item) {
        let request = try request(item, path, .find)
        if request.base == base {
          found = request
          return true
        }
        found = found ?? request
      }
      return false
    }
    return found
  }

  /// A fork's branch may have the same name.
  private func isOurs(_ item: JSONAnswer) -> Bool {
    guard let head = item["head"], head["ref"]?.text == branch.text else { return false }
    return head["repo"]?["full_name"]?.text?.lowercased() == session.place.repository.text.lowercased()
  }

  func create(title: String, body: String, base: String) async throws(ForgeError) -> OpenRequest {
    let path = "\(root)/pulls"
    let response = try await session.send(
      .post, path,
      ["title": .text(title), "body": .text(body), "head": .text(branch.text), "base": .text(base)],
      .create, .ifNothingHappened)
    return try request(session.document(of: response, path, .create), path, .create)
  }

  func update(_ request: OpenRequest, _ edit: RequestEdit) async throws(ForgeError) {
    var members: [String: JSONMember] = [:]
    members["title"] = edit.title.map { .text($0) }
    members["body"] = edit.body.map { .text($0) }
    members["base"] = edit.base.map { .text($0) }
    _ = try await session.send(.patch, "\(root)/pulls/\(request.number)", members, .update)
  }

  func add(_ labels: [String], to request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(
      .post, "\(root)/issues/\(request.number)/labels", ["labels": .texts(labels)], .label)
  }

  func close(_ request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(.patch, "\(root)/pulls/\(request.number)", ["state": "closed"], .close)
  }

  func comment(_ text: String, on request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(
      .post, "\(root)/issues/\(request.number)/comments", ["body": .text(text)], .comment, .ifNothingHappened)
  }

  private func request(
    _ item: JSONAnswer, _ path: String, _ action: ForgeError.Action
  ) throws(ForgeError) -> OpenRequest {
    guard let number = item["number"]?.number, number > 0, let title = item["title"]?.text,
      let base = item["base"]?["ref"]?.text, let url = item["html_url"]?.text
    else { throw session.malformed("a pull request without number, title, base or address", path, action) }
    let labels = (item["labels"]?.list ?? []).compactMap { $0["name"]?.text }
    return OpenRequest(
      number: number, title: title, body: item["body"]?.text ?? "", base: base, labels: labels,
      url: OutsideLine.text(url))
  }
}
