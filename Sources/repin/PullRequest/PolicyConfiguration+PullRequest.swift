import PullRequests
import TOMLReading

extension PolicyConfiguration {
  /// Takes the table `[pull-request]`.
  mutating func takePullRequest(_ item: TOMLItem, _ file: String) throws(CommandFailure) {
    let table = try PolicyTable(item, named: "pull-request", file: file)
    try table.refuseOthers(than: PullRequestSettings.Key.allCases.map(\.rawValue))
    var settings = PullRequestSettings()
    settings.place = "\(file):\(table.table.place)"
    func value<Value>(
      _ key: PullRequestSettings.Key, _ read: (String) throws(PullRequestValueError) -> Value
    ) throws(CommandFailure) -> Value? {
      guard let item = table.item(key.rawValue) else { return nil }
      return try table.text(item, of: key.rawValue, read)
    }
    settings.forge = try value(.forge) { text throws(PullRequestValueError) in try Forge(text) }
    settings.api = try value(.api) { text throws(PullRequestValueError) in try APIAddress(text) }
    settings.repository = try value(.repository) { text throws(PullRequestValueError) in
      try RepositoryPath(text)
    }
    if let remote = try value(.remote, { text throws(PullRequestValueError) in try RemoteName(text) }) {
      settings.remote = remote
    }
    if let branch = try value(.branch, { text throws(PullRequestValueError) in try BranchName(text) }) {
      settings.branch = branch
    }
    settings.base = try value(.base) { text throws(PullRequestValueError) in try BranchName(text) }
    settings.author = try value(.author) { text throws(PullRequestValueError) in try CommitAuthor(text) }
    if let item = table.item(PullRequestSettings.Key.labels.rawValue) {
      settings.labels = try labels(item, in: table)
    }
    if let base = settings.base, base == settings.branch {
      throw table.failure("`branch` and `base` are both `\(base)`, expected two branches")
    }
    pullRequest = settings
  }

  private func labels(
    _ item: TOMLItem, in table: PolicyTable
  ) throws(CommandFailure) -> [RequestLabel] {
    let key = PullRequestSettings.Key.labels.rawValue
    guard case .array(let items) = item.value else {
      throw table.unexpected(item, of: key, expected: "an array of labels")
    }
    var labels: [RequestLabel] = []
    for item in items {
      let label = try table.text(item, of: key) { text throws(PullRequestValueError) in
        try RequestLabel(text)
      }
      if !labels.contains(label) { labels.append(label) }
    }
    return labels
  }
}
