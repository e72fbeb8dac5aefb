/// An API as GitHub's is, which Gitea has taken over but for lists and labels.
protocol PullsAPI: ForgeAPI {
  var session: ForgeSession { get }
  var branch: BranchName { get }
}

extension PullsAPI {
  var root: String { "/repos/\(session.place.repository)" }

  /// A fork's branch may have the same name.
  func isOurs(_ item: JSONAnswer) -> Bool {
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

  func close(_ request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(.patch, "\(root)/pulls/\(request.number)", ["state": "closed"], .close)
  }

  func comment(_ text: String, on request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(
      .post, "\(root)/issues/\(request.number)/comments", ["body": .text(text)], .comment, .ifNothingHappened)
  }

  func request(
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
