/// The environment variables of a build's programs: the user's, without those that would change what Python imports,
/// what pip installs, where from and where to.
///
/// Of `PYTHON*` and `PIP_*` only what is known to be harmless stays. `TMPDIR` leads into the build's own directory.
struct BuildVariables: Sendable {
  private let inherited: [String: String]

  /// - Parameters:
  ///   - certificates: The trusted authorities, if they are set: pip would rather take those of a variable.
  ///   - hasCutoff: Whether pip is told a cutoff: it would rather take a variable's.
  init(
    inheriting variables: [String: String], temporaryDirectory: String, certificates: String? = nil,
    hasCutoff: Bool = false
  ) {
    var kept = variables.filter { BuildVariables.isKept($0.key) }
    if let certificates {
      for name in BuildVariables.ofCertificates { kept[name] = nil }
      kept["REQUESTS_CA_BUNDLE"] = certificates
    }
    if hasCutoff { kept[BuildVariables.cutoff] = nil }
    kept["TMPDIR"] = temporaryDirectory
    kept["NO_COLOR"] = "1"
    // Else what a program wrote before it was ended would be lost with it.
    kept["PYTHONUNBUFFERED"] = "1"
    if kept["PATH"] == nil { kept["PATH"] = "/usr/local/bin:/usr/bin:/bin" }
    inherited = kept
  }

  /// For a program that reads this pip configuration file, should it be or start pip, and finds programs in this
  /// directory before others.
  func values(pipConfiguration: String, programs: String? = nil) -> [String: String] {
    var values = inherited
    values["PIP_CONFIG_FILE"] = pipConfiguration
    if let programs, let path = values["PATH"] { values["PATH"] = "\(programs):\(path)" }
    return values
  }

  /// Credentials in the addresses of proxies.
  var secrets: [String] {
    inherited.filter { $0.key.lowercased().hasSuffix("_proxy") }.flatMap {
      URLAuthority.secrets(in: $0.value)
    }
  }

  private static func isKept(_ name: String) -> Bool {
    // What no program can be given: a name that is none.
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
      !name.utf8.contains(UInt8(ascii: "="))
    else { return false }
    if name.hasPrefix("PYTHON") { return keptOfPython.contains(name) }
    if name.hasPrefix("PIP_") { return keptOfPip.contains(name) }
    return !removedPrefixes.contains { name.hasPrefix($0) } && !removed.contains(name)
  }

  private static let keptOfPython: Set<String> = [
    "PYTHONCOERCECLOCALE", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONIOENCODING",
    "PYTHONNOUSERSITE",
    "PYTHONUSERBASE", "PYTHONUTF8",
  ]
  private static let keptOfPip: Set<String> = [
    "PIP_CACHE_DIR", "PIP_DEFAULT_TIMEOUT", "PIP_NO_CACHE_DIR", "PIP_PREFER_BINARY", "PIP_PROXY",
    "PIP_RESUME_RETRIES", "PIP_RETRIES", "PIP_TIMEOUT", cutoff, "PIP_USE_DEPRECATED", "PIP_USE_FEATURE",
  ]
  private static let cutoff = "PIP_UPLOADED_PRIOR_TO"
  /// What `requests` and OpenSSL read.
  private static let ofCertificates = [
    "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE",
  ]
  /// `REPIN_*` may hold an index's credentials.
  private static let removedPrefixes = ["REPIN_", "_PIP_", "_PYPROJECT_HOOKS_", "PEP517_"]
  private static let removed: Set<String> = [
    "CLICOLOR_FORCE", "FORCE_COLOR", "VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT", "__PYVENV_LAUNCHER__",
  ]
}
