/// What an `IndexClient` asks, and how.
package struct IndexClientConfiguration: Sendable {
  /// In order of search. `https://user:password@…`
  /// sends those credentials to that server alone.
  package var indexURLs: [String]
  /// Which of them a name may come from.
  package var strategy = IndexStrategy.firstIndex
  /// What the cache may answer.
  package var mode: CacheMode = .normal
  /// Nil: nothing is remembered beyond this client.
  package var cache: IndexCache?
  /// How connections are made.
  package var network = NetworkConfiguration()
  /// Credentials by host, for those an index URL doesn't give.
  package var netrc = Netrc()
  /// Asked for passwords once a server has answered 401; nil: it isn't.
  package var keyring: KeyringAnswers?
  /// Decides what is fresh and how long retries wait.
  package var clock = IndexClock.system
  /// Longest project page, in bytes after decompression.
  package var longestPage = 256 << 20
  /// Largest wheel or source distribution downloaded whole, in bytes.
  package var largestFile = 1 << 30
  /// Whether an HTML page that neither says it is a project's nor links to a file is an error, as what a server that wants a
  /// login answers; else it is a project without files. For those who tell what is gone from what was never told.
  package var isStrict = false
  /// Runs the builds of what only a build tells the metadata of; nil: nothing is built.
  package var builder: SourceBuilder?
  /// Fetches what lies in repositories; nil: nothing does.
  package var git: GitClient?

  /// Everything else has its default.
  package init(indexURLs: [String], cache: IndexCache? = nil) {
    self.indexURLs = indexURLs
    self.cache = cache
  }
}
