import PackageIndex
import PythonPackaging

/// Which source of advisories is gone by.
enum AdvisoryChoice: Equatable {
  /// None: nothing is known of advisories, and nothing is said of them.
  case none
  /// The records of OSV's files at an address, kept in the cache.
  case kept(String)
  /// OSV's API at an address.
  case api(String)
  /// What each index says of its own releases.
  case index
  /// A directory or a zip of records.
  case files(String)

  /// OSV's public files.
  static let osvFiles = "https://osv-vulnerabilities.storage.googleapis.com"
  /// OSV's public API.
  static let osvAPI = "https://api.osv.dev"

  /// What says which source is meant: an option, else `REPIN_ADVISORIES_SOURCE`, else repin.toml; nil: nothing does.
  ///
  /// - Parameter option: its name, as it is shown, and its value.
  static func words(
    _ option: (name: String, value: String?), configuration: PolicyConfiguration, context: CommandContext
  ) -> (text: String, place: String)? {
    if let value = option.value { return (value, "`\(option.name)`") }
    let name = "REPIN_ADVISORIES_SOURCE"
    if let value = context.variable(name) { return (value, name) }
    return configuration.advisorySource.map { ($0.text, "\($0.place): `source`") }
  }

  /// What is configured, by `place`.
  init(_ text: String, place: String, context: CommandContext) throws(CommandFailure) {
    switch text {
    case "none": self = .none
    case "osv": self = .kept(Self.osvFiles)
    case "osv-api": self = .api(Self.osvAPI)
    case "pypi": self = .index
    case _ where text.hasPrefix("osv-api+"):
      let address = String(text.dropFirst("osv-api+".count))
      try Self.check(address, text, place)
      self = .api(address)
    case _ where text.contains("://"):
      try Self.check(text, text, place)
      self = .kept(text)
    default:
      let path = context.absolute(text)
      guard Files.status(of: path) != nil else { throw Self.refusal(of: text, place) }
      self = .files(path)
    }
  }

  private static func check(_ address: String, _ text: String, _ place: String) throws(CommandFailure) {
    do throws(IndexError) {
      try IndexClient.checkIndexURL(address)
    } catch {
      throw refusal(of: text, place)
    }
  }

  private static func refusal(of text: String, _ place: String) -> CommandFailure {
    .usage(
      "\(place): found `\(PrintableText.escaped(URLCredentials.redacted(text), limit: 300))`, expected osv, osv-api, "
        + "pypi, none, an http or https address, or a directory or zip that is there")
  }
}
