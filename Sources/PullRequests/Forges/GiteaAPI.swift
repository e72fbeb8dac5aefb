/// The REST API of Gitea and Forgejo, version 1.
///
///     GET   /repos/R/pulls?state=open     POST  /repos/R/pulls              GET, POST /repos/R/labels
///     PATCH /repos/R/pulls/N              POST  /repos/R/issues/N/labels    POST /repos/R/issues/N/comments
struct GiteaAPI: PullsAPI {
  let session: ForgeSession
  let branch: BranchName

  static func fields(_ token: ForgeToken) -> [String: String] {
    ["authorization": "token \(token.value)", "accept": "application/json"]
  }

  func find(base: String) async throws(ForgeError) -> OpenRequest? {
    let path = "\(root)/pulls?state=open"
    // The list can't be narrowed to a branch.
    return try await session.request(path, size: 50, most: 100, into: base) { item throws(ForgeError) in
      isOurs(item) ? try request(item, path, .find) : nil
    }
  }

  /// Labels go by their numbers, and are made where there are none of their names, as the other forges do by themselves.
  func add(_ labels: [String], to request: OpenRequest) async throws(ForgeError) {
    let path = "\(root)/labels"
    var numbers: [String: Int] = [:]
    try await session.pages(path, size: 50, most: 20, .label) { items throws(ForgeError) in
      for item in items {
        guard let name = item["name"]?.text, let number = item["id"]?.number else {
          throw session.malformed("a label without name or number", path, .label)
        }
        numbers[name] = numbers[name] ?? number
      }
      return labels.allSatisfy { numbers[$0] != nil }
    }
    var wanted: [Int] = []
    for label in labels {
      if let number = numbers[label] {
        wanted.append(number)
        continue
      }
      let response = try await session.send(
        .post, path, ["name": .text(label), "color": "#ededed"], .label, .ifNothingHappened)
      guard let number = try session.document(of: response, path, .label)["id"]?.number else {
        throw session.malformed("a label without number", path, .label)
      }
      wanted.append(number)
    }
    _ = try await session.send(
      .post, "\(root)/issues/\(request.number)/labels", ["labels": .numbers(wanted)], .label)
  }
}
