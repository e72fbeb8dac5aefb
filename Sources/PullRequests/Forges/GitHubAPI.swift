/// GitHub's REST API, version 2022-11-28, of github.com and of GitHub Enterprise Server.
///
///     GET   /repos/R/pulls?state=open&head=OWNER:BRANCH     POST  /repos/R/pulls
///     PATCH /repos/R/pulls/N                                POST  /repos/R/issues/N/labels, /repos/R/issues/N/comments
struct GitHubAPI: PullsAPI {
  let session: ForgeSession
  let branch: BranchName

  static func fields(_ token: ForgeToken) -> [String: String] {
    [
      "authorization": "Bearer \(token.value)", "accept": "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    ]
  }

  func find(base: String) async throws(ForgeError) -> OpenRequest? {
    let head = "\(session.place.repository.owner):\(branch)".percentEncoded
    let path = "\(root)/pulls?state=open&head=\(head)"
    return try await session.request(path, size: 100, most: 20, into: base) { item throws(ForgeError) in
      isOurs(item) ? try request(item, path, .find) : nil
    }
  }

  func add(_ labels: [String], to request: OpenRequest) async throws(ForgeError) {
    _ = try await session.send(
      .post, "\(root)/issues/\(request.number)/labels", ["labels": .texts(labels)], .label)
  }
}
