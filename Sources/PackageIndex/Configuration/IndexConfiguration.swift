/// Which indexes to use and how to reach them, gathered from options, environment and pip's configuration.
///
/// For each setting the first of these that gives it wins, and gives all of it (lists aren't joined):
///
///     the command line
///     REPIN_INDEX_URL, REPIN_EXTRA_INDEX_URL, REPIN_FIND_LINKS, …
///     PIP_INDEX_URL, PIP_EXTRA_INDEX_URL, PIP_FIND_LINKS, …
///     pip's files, last to first: section [install], then [global]
///
/// `[install]` is the section pip itself uses to resolve; others are another command's. An empty value counts
/// as not given, as it does for pip. Each setting knows where it came from. A missing `indexURL` is for the
/// caller to settle: it asks the interpreter's pip.
package struct IndexConfiguration: Sendable, Hashable {
  /// A value and where it was set.
  package struct Setting<Value: Sendable & Hashable>: Sendable, Hashable {
    /// As the program uses it.
    package var value: Value
    /// For messages about it.
    package var origin: Origin

    /// Whether a variable sets it that neither pip nor repin owns.
    package var isOfAnotherProgram: Bool {
      guard case .environment(let name) = origin else { return false }
      return !name.hasPrefix("REPIN_") && !name.hasPrefix("PIP_")
    }
  }

  /// Where a value was set.
  package enum Origin: Sendable, Hashable, CustomStringConvertible {
    case option(String)
    case environment(String)
    case file(path: String, line: Int)

    /// `--index-url`, `PIP_INDEX_URL` or `pip.conf:3`.
    package var description: String {
      switch self {
      case .option(let name): "--\(name)"
      case .environment(let name): name
      case .file(let path, let line): "\(path):\(line)"
      }
    }
  }

  /// What the command line says; nil or empty: nothing.
  package struct Options: Sendable, Hashable {
    /// `--index-url`.
    package var indexURL: String?
    /// `--extra-index-url`, in the order given.
    package var extraIndexURLs: [String] = []
    /// `--find-links`, in the order given.
    package var findLinks: [String] = []
    /// `--no-index`.
    package var noIndex = false
    /// `--cert`, a path.
    package var certificates: String?
    /// `--client-cert`, a path.
    package var clientCertificate: String?
    /// `--trusted-host`, each `name` or `name:port`.
    package var trustedHosts: [String] = []
    /// `--keyring-provider`, one of `KeyringProvider`'s names.
    package var keyringProvider: String?
    /// Seconds.
    package var timeout: String?
    /// `--proxy`, a URL.
    package var proxy: String?

    /// Nothing given.
    package init() {}
  }

  /// The index searched last; nil: not set anywhere.
  package var indexURL: Setting<String>?
  /// Indexes searched first, in the order given.
  package var extraIndexURLs: Setting<[String]>?
  /// Pages or directories of files, in the order given.
  package var findLinks: Setting<[String]>?
  /// No index at all: only `findLinks`.
  package var noIndex: Setting<Bool>?
  /// Packages to take as source distributions only, separated by commas.
  package var noBinary: Setting<String>?
  /// Packages to take as wheels only, separated by commas.
  package var onlyBinary: Setting<String>?
  /// A PEM file or directory of trusted authorities.
  package var certificates: Setting<String>?
  /// A PEM file with the client's certificate and key.
  package var clientCertificate: Setting<String>?
  /// Hosts whose certificates aren't verified.
  package var trustedHosts: Setting<[String]>?
  /// Whether the keyring may be asked for passwords.
  package var keyringProvider: Setting<KeyringProvider>?
  /// The longest silence of a server.
  package var timeout: Setting<Duration>?
  /// For every scheme, in place of `HTTPS_PROXY` and its kin.
  package var proxy: Setting<String>?
  /// By scheme.
  package var proxies: ProxySettings

  /// The indexes in order of search, as uv has it: extra ones come first, so that a private index given
  /// beside the default one can't be outbid by a public package of the same name.
  package var searchOrder: [String] {
    if noIndex?.value == true { return [] }
    var seen: Set<String> = []
    return ((extraIndexURLs?.value ?? []) + (indexURL.map { [$0.value] } ?? [])).filter {
      seen.insert($0).inserted
    }
  }

  /// - Parameter files: pip's, in `PipConfigLocations`' order.
  /// - Throws: `IndexConfigurationError` for a value that is no number, switch, provider or proxy.
  package init(
    options: Options, environment: [String: String], files: [PipConfigFile]
  ) throws(IndexConfigurationError) {
    let sources = Sources(environment: environment, files: files)
    func text(_ name: String, _ option: String?) -> Setting<String>? {
      if let option, !option.isEmpty { return Setting(value: option, origin: .option(name)) }
      return sources.setting(name)
    }
    func list(_ name: String, _ option: [String]) -> Setting<[String]>? {
      if !option.isEmpty { return Setting(value: option, origin: .option(name)) }
      guard let setting = sources.setting(name) else { return nil }
      let values = setting.value.split(whereSeparator: \.isWhitespace).map(String.init)
      return values.isEmpty ? nil : Setting(value: values, origin: setting.origin)
    }
    indexURL = text("index-url", options.indexURL)
    extraIndexURLs = list("extra-index-url", options.extraIndexURLs)
    findLinks = list("find-links", options.findLinks)
    noBinary = text("no-binary", nil)
    onlyBinary = text("only-binary", nil)
    trustedHosts = list("trusted-host", options.trustedHosts)
    clientCertificate = text("client-cert", options.clientCertificate)
    certificates = text("cert", options.certificates) ?? sources.certificatesOfOthers()
    proxy = text("proxy", options.proxy)

    if options.noIndex {
      noIndex = Setting(value: true, origin: .option("no-index"))
    } else if let setting = sources.setting("no-index") {
      guard let value = IndexConfiguration.boolean(setting.value) else {
        throw IndexConfigurationError(origin: setting.origin, name: "no-index", expected: .boolean)
      }
      noIndex = Setting(value: value, origin: setting.origin)
    }
    if let setting = text("keyring-provider", options.keyringProvider) {
      guard let provider = KeyringProvider(setting.value) else {
        throw IndexConfigurationError(
          origin: setting.origin, name: "keyring-provider", expected: .keyringProvider)
      }
      keyringProvider = Setting(value: provider, origin: setting.origin)
    }
    // pip's option has two names, and its variable is PIP_DEFAULT_TIMEOUT.
    if let setting = text("timeout", options.timeout) ?? sources.setting("default-timeout") {
      guard let seconds = Double(setting.value), seconds > 0, seconds <= 86400 else {
        throw IndexConfigurationError(origin: setting.origin, name: "timeout", expected: .seconds)
      }
      timeout = Setting(value: .milliseconds(Int64(seconds * 1000)), origin: setting.origin)
    }
    do throws(IndexError) {
      proxies = try ProxySettings(environment: environment, everything: proxy?.value)
    } catch {
      guard case .invalidProxy(let name) = error else { preconditionFailure("proxies have no other error") }
      throw IndexConfigurationError(
        origin: proxy?.origin ?? .environment(name), name: "proxy", expected: .proxyURL)
    }
  }

  /// As much of it as concerns connections.
  package var network: NetworkConfiguration {
    var network = NetworkConfiguration()
    network.certificates = certificates?.value
    network.clientCertificate = clientCertificate?.value
    if let origin = certificates?.origin { network.certificatesSetting = origin.description }
    if let origin = clientCertificate?.origin { network.clientCertificateSetting = origin.description }
    network.trustedHosts = trustedHosts?.value ?? []
    network.proxies = proxies
    if let timeout = timeout?.value {
      network.readTimeout = timeout
      network.connectTimeout = min(timeout, network.connectTimeout)
    }
    return network
  }

  /// As Python's `distutils` reads a switch; nil if it is none.
  private static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "y", "yes", "t", "true", "on", "1": true
    case "n", "no", "f", "false", "off", "0": false
    default: nil
    }
  }

  /// The places below the command line.
  private struct Sources {
    var environment: [String: String]
    var files: [PipConfigFile]

    func setting(_ name: String) -> Setting<String>? {
      let suffix = String(name.uppercased().map { $0 == "-" ? "_" : $0 })
      for variable in ["REPIN_" + suffix, "PIP_" + suffix] {
        if let value = environment[variable]?.trimmed, !value.isEmpty {
          return Setting(value: String(value), origin: .environment(variable))
        }
      }
      for section in ["install", "global"] {
        for file in files.reversed() {
          // What stands in [DEFAULT] belongs to every section there is (Python's configparser).
          guard let options = file.sections[section],
            let option = options[name] ?? file.sections["DEFAULT"]?[name]
          else { continue }
          // An empty value hides the same option of a file before, and then counts as not given.
          if option.value.isEmpty { break }
          return Setting(value: option.value, origin: .file(path: file.path, line: option.line))
        }
      }
      return nil
    }

    /// Variables of curl, Python's requests and OpenSSL that name the authorities to trust.
    func certificatesOfOthers() -> Setting<String>? {
      for variable in ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
        if let value = environment[variable], !value.isEmpty {
          return Setting(value: value, origin: .environment(variable))
        }
      }
      return nil
    }
  }
}

/// A setting whose value isn't one.
package struct IndexConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What a value must be.
  package enum Expectation: String, Sendable, Hashable {
    case boolean = "a switch (`true` or `false`)"
    case seconds = "a number of seconds"
    case proxyURL = "a proxy's URL"
    case keyringProvider = "`auto`, `subprocess` or `disabled`"
  }

  /// Where the value was set.
  package var origin: IndexConfiguration.Origin
  /// The option's name, without dashes.
  package var name: String
  /// What it must be.
  package var expected: Expectation

  /// One line without a full stop; the value isn't in it, since it may be a secret.
  package var description: String { "\(origin): `\(name)` must be \(expected.rawValue)" }
}
