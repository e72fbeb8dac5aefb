package import PythonPackaging

/// Where the requirements of builds are installed from and which of them may be taken, as pip is told.
///
/// It may hold credentials: they reach pip in a file that nobody else may read, and never a command line.
package struct BuildIndexes: Sendable, Hashable {
  /// Nil: pip's own default.
  package var indexURL: String?
  /// Indexes beside it.
  package var extraIndexURLs: [String] = []
  /// Absolute paths of directories or pages, or URLs.
  package var findLinks: [String] = []
  /// No index at all: only `findLinks`.
  package var noIndex = false
  /// Whether that is so because nothing may be fetched.
  package var isOffline = false
  /// Hosts whose certificates aren't verified.
  package var trustedHosts: [String] = []
  /// A PEM file or directory of trusted authorities.
  package var certificates: String?
  /// A PEM file with the client's certificate and key.
  package var clientCertificate: String?
  /// A proxy for every scheme, a URL.
  package var proxy: String?
  /// Whether pip may ask the keyring for passwords; nil: as pip has it.
  package var keyringProvider: KeyringProvider?
  /// The longest silence of a server.
  package var timeout: Duration?
  /// Only what was uploaded before that; nil: as pip has it.
  package var cutoff: BuildCutoff?
  /// Which kinds of distribution may be taken.
  package var formats = FormatControl()

  /// pip's own default index.
  package init() {}

  /// A pip configuration file that says this and takes back whatever another file of the machine says about indexes
  /// or about where and how to install.
  ///
  /// An option that is empty hides the same option of a file read before and then counts as not given. It must stand
  /// in both sections: pip reads `[global]`, then `[install]`.
  ///
  /// - Parameter constraints: The path of a file of constraints.
  func pipConfiguration(constraints: String?) -> String {
    let bounds = constraints.map { LocalFile.url(of: $0) } ?? ""
    var options = [
      ("index-url", BuildIndexes.word(indexURL ?? "")),
      ("extra-index-url", BuildIndexes.words(extraIndexURLs)),
      ("find-links", BuildIndexes.words(findLinks.map { $0.hasPrefix("/") ? LocalFile.url(of: $0) : $0 })),
      ("no-index", noIndex ? "true" : ""),
      ("trusted-host", BuildIndexes.words(trustedHosts)),
      ("cert", BuildIndexes.line(certificates ?? "")),
      ("client-cert", BuildIndexes.line(clientCertificate ?? "")),
      ("constraint", bounds),
      ("build-constraint", bounds),
    ]
    if let proxy { options.append(("proxy", BuildIndexes.word(proxy))) }
    if let keyringProvider { options.append(("keyring-provider", keyringProvider.rawValue)) }
    if let timeout { options.append(("timeout", String(max(1, timeout.components.seconds)))) }
    // Of an older pip, which doesn't know it, it is no error.
    if let cutoff { options.append(("uploaded-prior-to", cutoff.moment)) }
    options += formatOptions
    options += BuildIndexes.hiddenOptions.map { ($0, "") }
    let lines = options.map { "\($0) = \($1)\n" }.joined()
    return "[global]\n\(lines)\n[install]\n\(lines)"
  }

  /// The option that is about everything comes first: it would take back the other.
  private var formatOptions: [(String, String)] {
    let options = [("only-binary", formats.onlyBinary), ("no-binary", formats.noBinary)].map { name, names in
      (name, names.contains(NameSelection.all) ? NameSelection.all : names.sorted().joined(separator: ","))
    }
    return options[1].1 == NameSelection.all ? options.reversed() : options
  }

  /// The same without credentials, for programs that have no need of them.
  var withoutCredentials: BuildIndexes {
    var indexes = self
    indexes.indexURL = indexURL.map { URLAuthority.withoutUserInformation($0) }
    indexes.extraIndexURLs = extraIndexURLs.map { URLAuthority.withoutUserInformation($0) }
    indexes.findLinks = findLinks.map { URLAuthority.withoutUserInformation($0) }
    indexes.proxy = proxy.map { URLAuthority.withoutUserInformation($0) }
    indexes.clientCertificate = nil
    indexes.keyringProvider = .disabled
    return indexes
  }

  /// What may be in the way of something that is there.
  var limits: Set<BuildError.Limit> {
    var limits: Set<BuildError.Limit> = []
    if isOffline { limits.insert(.offline) }
    if cutoff != nil { limits.insert(.cutoff) }
    if !formats.isUnrestricted { limits.insert(.formats) }
    return limits
  }

  /// Every form in which a credential of these may turn up in a program's output.
  var secrets: [String] {
    ([indexURL, proxy].compactMap(\.self) + extraIndexURLs + findLinks).flatMap {
      URLAuthority.secrets(in: $0)
    }
  }

  /// Options of pip that would send what is installed elsewhere, leave half of it out, or refuse it.
  private static let hiddenOptions = [
    "dry-run", "editable", "ignore-installed", "no-build-isolation", "no-dependencies", "no-deps", "platform",
    "prefix", "python", "report", "require-hashes", "require-virtualenv", "requirement", "root", "target",
    "user",
  ]

  /// A value that stays on its line.
  private static func line(_ text: String) -> String { encoded(text) { $0 < 0x20 || $0 == 0x7F } }

  /// A value that is one of a list, which white space would divide.
  private static func word(_ text: String) -> String { encoded(text) { $0 <= 0x20 || $0 == 0x7F } }

  private static func words(_ texts: [String]) -> String { texts.map(word).joined(separator: " ") }

  private static func encoded(_ text: String, where isForbidden: (UInt8) -> Bool) -> String {
    guard text.utf8.contains(where: isForbidden) else { return text }
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isForbidden(byte) {
        bytes += [
          UInt8(ascii: "%"), hexadecimalDigit(byte >> 4, upperCase: true),
          hexadecimalDigit(byte, upperCase: true),
        ]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
