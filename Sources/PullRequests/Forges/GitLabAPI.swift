/// GitLab's REST API, version 4.
///
///     GET /projects/P/merge_requests?state=opened&source_branch=BRANCH     POST /projects/P/merge_requests
///     PUT /projects/P/merge_requests/N                                     POST /projects/P/merge_requests/N/notes
struct GitLabAPI: ForgeAPI {
  let session: ForgeSession
  let branch: BranchName

  private var root: String { "/projects/\(session.place.repository.text.percentEncoded)/merge_requests" }

  /// Personal, project, group and OAuth tokens alike.
  static func fields(_ token: ForgeToken) -> [String: String] {
    ["authorization": "Bearer \(token.value)", "accept": "application/json"]
  }

  func find(base: String) async throws(ForgeError) -> OpenRequest? {
    let path = "\(root)?state=opened&source_branch=\(branch.text.percentEncoded)"
    return try await session.request(path, size: 100, most: 20, into: base) { item throws(ForgeError) in
      isOurs(item) ? try request(item, path, .find) : nil
    }
  }

  /// A fork's branch may have the same name.
  private func isOurs(_ item: JSONAnswer) -> Bool {
    guard item["source_branch"]?.text == branch.text, let source = item["source_project_id"]?.number else {
      return false
    }
    return source == item["target_project_id"]?.number
  }

  func create(title: String, body: String, base: String) async throws(ForgeError) -> OpenRequest {
    let response = try await session.send(
      .post, root,
      [
        "title": .text(title), "description": .text(body), "source_branch": .text(branch.text),
        "target_branch": .text(base),
      ], .create, .ifNothingHappened)
    return try request(session.document(of: response, root, .create), root, .create)
  }

  func update(_ request: OpenRequest, _ edit: RequestEdit) async throws(ForgeError) {
    var members: [String: JSONMember] = [:]
    members["title"] = edit.title.map { .text($0) }
    members["description"] = edit.body.map { .text($0) }
    members["target_branch"] = edit.base.map { .text($0) }
    _ = try await session.send(.put, "\(root)/\(request.number)", members, .update)
  }

  func add(_ labels: [String], to request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(
      .put, "\(root)/\(request.number)", ["add_labels": .text(labels.joined(separator: ","))], .label)
  }

  func close(_ request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(.put, "\(root)/\(request.number)", ["state_event": "close"], .close)
  }

  func comment(_ text: String, on request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(
      .post, "\(root)/\(request.number)/notes", ["body": .text(text)], .comment, .ifNothingHappened)
  }

  private func request(
    _ item: JSONAnswer, _ path: String, _ action: ForgeError.Action
  ) throws(ForgeError) -> OpenRequest {
    guard let number = item["iid"]?.number, number > 0, let title = item["title"]?.text,
      let base = item["target_branch"]?.text, let url = item["web_url"]?.text
    else { throw session.malformed("a merge request without number, title, target or address", path, action) }
    let labels = (item["labels"]?.list ?? []).compactMap(\.text)
    return OpenRequest(
      number: number, title: title, body: item["description"]?.text ?? "", base: base, labels: labels,
      url: OutsideLine.text(url))
  }
}
