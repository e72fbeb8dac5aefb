/// The environment git is run in: the caller's without what would lead git to another repository, another configuration or
/// a person to ask, and with a URL's credentials, which nobody sees in a list of processes.
enum GitEnvironment {
  /// Variables of git that stay as the user set them. The others may come from a hook that runs repin, which has them for
  /// the repository it is a hook of.
  private static let kept: Set<String> = [
    "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
  ]

  /// What a credential helper answers with. `printf` is the shell's own, so that the words are no process's arguments.
  private static let helper = """
    !f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$REPIN_GIT_USER" "$REPIN_GIT_PASSWORD"; }; f
    """

  /// - Parameters:
  ///   - template: what new repositories begin as, a directory.
  ///   - ceiling: where git looks no higher for a repository.
  static func variables(
    for url: GitURL, from caller: [String: String], template: String, ceiling: String
  ) -> [String: String] {
    var variables = caller.filter { name, _ in
      !name.hasPrefix("GIT_") || kept.contains(name) || name.hasPrefix("GIT_SSL_")
        || name.hasPrefix("GIT_PROXY_")
    }
    variables["LC_ALL"] = "C"
    variables["GIT_TERMINAL_PROMPT"] = "0"
    variables["GCM_INTERACTIVE"] = "never"
    // Set and empty: then neither `core.askPass` nor SSH_ASKPASS is asked.
    if variables["GIT_ASKPASS"] == nil { variables["GIT_ASKPASS"] = "" }
    variables["GIT_LFS_SKIP_SMUDGE"] = "1"
    variables["GIT_TEMPLATE_DIR"] = template
    variables["GIT_CEILING_DIRECTORIES"] = ceiling
    if let credentials = url.credentials {
      variables["REPIN_GIT_USER"] = credentials.user
      variables["REPIN_GIT_PASSWORD"] = credentials.password
    }
    return variables
  }

  /// Git's configuration for one URL, stronger than any file's: nothing of a repository is run, nothing goes on in the
  /// background, and only what the URL may lead to is reached.
  ///
  /// - Parameter patience: after how many seconds without a byte a transfer is given up.
  static func settings(for url: GitURL, patience: Int64) -> [String] {
    var settings = [
      "core.hooksPath=/dev/null", "core.fsmonitor=", "gc.auto=0", "maintenance.auto=false",
      "http.lowSpeedLimit=1", "http.lowSpeedTime=\(patience)",
    ]
    settings += url.transport.settings
    if let credentials = url.credentials {
      // A password is an answer, and no other helper gets to hear or keep it. A lone user name may be one that a helper of
      // the user's knows, else it is a token.
      let section = "credential.\(url.transport.rawValue)://\(url.host)\(url.port.map { ":\($0)" } ?? "")"
      if !credentials.password.isEmpty { settings.append("\(section).helper=") }
      settings.append("\(section).helper=\(helper)")
    }
    return settings
  }
}
