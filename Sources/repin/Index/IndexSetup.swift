import PackageIndex
import PythonPackaging
import RequirementsFiles

/// Where index answers come from and are kept, gathered from options, environment and pip's files.
struct IndexSetup {
  /// What options, environment and pip's files say.
  let configuration: IndexConfiguration
  /// Nil: nothing is kept.
  let cache: IndexCache?
  /// Where the cache is, and what else is kept; nil: nowhere.
  let cacheDirectory: String?
  /// Tells the time, for what is so and so old.
  let clock = IndexClock.system
  private let arguments: IndexArguments
  private let netrc: Netrc
  private let context: CommandContext

  /// - Parameter open: a cache that is open already, taken where it is the one that is meant.
  init(
    _ arguments: IndexArguments, context: CommandContext, cache open: IndexCache? = nil
  ) throws(CommandFailure) {
    self.arguments = arguments
    self.context = context
    netrc = Self.netrc(context)
    let paths = PipConfigLocations.paths(environment: context.environment) { Files.status(of: $0) != nil }
    var files: [PipConfigFile] = []
    for path in paths {
      let bytes: [UInt8]
      do throws(Files.Failure) {
        bytes = try Files.read(path, limit: Self.longestConfiguration)
      } catch {
        if case .missing = error { continue }
        throw .configuration("pip's configuration `\(path)` can't be read: \(error.reason)")
      }
      do throws(PipConfigError) {
        files.append(try PipConfigFile(path: path, text: String(decoding: bytes, as: UTF8.self)))
      } catch {
        throw .configuration(error.description)
      }
    }
    do throws(IndexConfigurationError) {
      configuration = try IndexConfiguration(
        options: arguments.options, environment: context.environment, files: files)
    } catch {
      throw .configuration(error.description, about: error.origin.option.map { MentionedOption($0) })
    }
    try Self.check(configuration.certificates, role: .authorities, context)
    try Self.check(configuration.clientCertificate, role: .client, context)
    cacheDirectory = arguments.noCache ? nil : Self.cacheDirectory(given: arguments.cacheDir, context)
    let cache = cacheDirectory.map { IndexCache(directory: $0) }
    self.cache = cache?.path == open?.path ? open : cache
  }

  /// Refuses a certificate that isn't there, also where nothing will be fetched. Where the variable of another program names
  /// it, it is enough that it is there once it is needed.
  private static func check(
    _ setting: IndexConfiguration.Setting<String>?, role: CertificateFile.Role, _ context: CommandContext
  ) throws(CommandFailure) {
    guard let setting, !setting.isOfAnotherProgram,
      Files.status(of: context.absolute(setting.value)) == nil
    else { return }
    let file = CertificateFile(
      role: role, setting: setting.origin.description, path: setting.value,
      reason: "no such file, or not readable")
    throw .usage(
      "\(file); nothing was written", hint: file.hint,
      about: setting.origin.option.map { MentionedOption($0, setting.value) })
  }

  /// A client of the indexes that the options name, the default one where they name none.
  ///
  /// - Throws: where there is no index at all, or an address is none.
  func client(
    for options: IndexOptions, defaultIndexURL: String?, builder: SourceBuilder?, git: GitClient,
    isStrict: Bool = false
  ) throws(CommandFailure) -> IndexClient {
    // Extra indexes come first, so that a private one beside the default can't be outbid by a public name.
    var addresses: [OptionValue] = []
    if !options.noIndex {
      addresses = options.extraIndexURLs
      for address in addresses { try check(address, of: configuration.extraIndexURLs?.origin) }
      if let index = options.indexURL {
        try check(index, of: configuration.indexURL?.origin)
        addresses.append(index)
      } else if let defaultIndexURL {
        addresses.append(OptionValue(defaultIndexURL))
      }
      guard !addresses.isEmpty else { throw .noIndex }
    }
    return try client(
      indexURLs: addresses.map(\.value), trustedHosts: options.trustedHosts, cache: cache, builder: builder,
      git: git, isStrict: isStrict)
  }

  /// A client for what isn't on an index: requirements files on the web.
  func documentClient() throws(CommandFailure) -> IndexClient {
    try client(indexURLs: [], trustedHosts: baseOptions.trustedHosts, cache: nil)
  }

  /// - Parameter origin: where it was said if it isn't from a requirements file.
  private func check(
    _ address: OptionValue, of origin: IndexConfiguration.Origin?
  ) throws(CommandFailure) {
    do throws(IndexError) {
      try IndexClient.checkIndexURL(address.value)
    } catch {
      let place = address.location?.description ?? origin.map { "\($0)" }
      throw .configuration(
        place.map { "\($0): \(error)" } ?? error.description,
        about: address.location == nil ? origin?.option.map { MentionedOption($0, address.written) } : nil)
    }
  }

  private func client(
    indexURLs: [String], trustedHosts: [String], cache: IndexCache?, builder: SourceBuilder? = nil,
    git: GitClient? = nil, isStrict: Bool = false
  ) throws(CommandFailure) -> IndexClient {
    var settings = IndexClientConfiguration(indexURLs: indexURLs, cache: cache)
    settings.mode = arguments.mode
    settings.strategy = arguments.indexStrategy ?? .firstIndex
    settings.network = configuration.network
    settings.network.trustedHosts = trustedHosts
    settings.isStrict = isStrict
    settings.builder = builder
    settings.git = git
    settings.netrc = netrc
    if configuration.keyringProvider?.value != .disabled { settings.keyring = context.keyring }
    do throws(IndexError) {
      return try IndexClient(settings)
    } catch {
      throw .configuration(error.description)
    }
  }

  /// Where pip gets what builds need: the same places as repin's own, and offline those on this machine.
  func buildIndexes(
    for options: IndexOptions, defaultIndexURL: String?, absolute: (String) -> String
  ) -> BuildIndexes {
    var indexes = BuildIndexes()
    indexes.indexURL = options.indexURL?.value ?? defaultIndexURL
    indexes.extraIndexURLs = options.extraIndexURLs.map(\.value)
    indexes.findLinks = options.findLinks.map { $0.value.contains("://") ? $0.value : absolute($0.value) }
    indexes.noIndex = options.noIndex
    if arguments.mode == .offline {
      indexes.isOffline = true
      indexes.indexURL = nil
      indexes.extraIndexURLs = []
      indexes.findLinks.removeAll { $0.contains("://") && !$0.hasPrefix("file:") }
      indexes.noIndex = true
    }
    indexes.trustedHosts = options.trustedHosts
    // Builds run elsewhere.
    indexes.certificates = configuration.certificates.map { absolute($0.value) }
    indexes.clientCertificate = configuration.clientCertificate.map { absolute($0.value) }
    indexes.keyringProvider = configuration.keyringProvider?.value == .disabled ? .disabled : .subprocess
    indexes.proxy = configuration.proxy?.value
    indexes.timeout = configuration.timeout?.value
    return indexes
  }

  /// What requirements files start from: the options of the command line, the environment and the files of configuration.
  var baseOptions: IndexOptions {
    var options = IndexOptions()
    options.indexURL = configuration.indexURL.map { address($0.value) }
    options.extraIndexURLs = (configuration.extraIndexURLs?.value ?? []).map(address)
    options.findLinks = (configuration.findLinks?.value ?? []).map(address)
    options.trustedHosts = configuration.trustedHosts?.value ?? []
    options.noIndex = configuration.noIndex?.value ?? false
    if let value = configuration.noBinary?.value { options.formatControl.addNoBinary(value) }
    if let value = configuration.onlyBinary?.value { options.formatControl.addOnlyBinary(value) }
    return options
  }

  /// An address with its variables, as a requirements file may have them.
  func address(_ written: String) -> OptionValue {
    OptionValue(
      value: EnvironmentVariable.expanded(written) { context.environment[$0] }, written: written)
  }

  /// Passwords that no log may have, whatever writes it.
  var secrets: @Sendable () -> [String] {
    { [netrc, keyring = context.keyring] in netrc.secrets + keyring.secrets }
  }

  private static func netrc(_ context: CommandContext) -> Netrc {
    guard let path = context.variable("NETRC") ?? context.variable("HOME").map({ "\($0)/.netrc" }),
      let bytes = try? Files.read(context.absolute(path), limit: longestConfiguration)
    else { return Netrc() }
    return Netrc(String(decoding: bytes, as: UTF8.self))
  }

  private static let longestConfiguration = 1 << 20

  /// Where the cache is, by what was said of it, else by what is usual; nil: there is no place for one.
  static func cacheDirectory(given: String?, _ context: CommandContext) -> String? {
    if let given = given ?? context.variable("REPIN_CACHE_DIR") {
      return context.absolute(given)
    }
    if let shared = context.variable("XDG_CACHE_HOME"), shared.hasPrefix("/") { return "\(shared)/repin" }
    return context.variable("HOME").map { "\($0)/.cache/repin" }
  }
}

extension IndexConfiguration.Origin {
  /// The option's name, where an option said it.
  fileprivate var option: String? {
    if case .option(let name) = self { name } else { nil }
  }
}
