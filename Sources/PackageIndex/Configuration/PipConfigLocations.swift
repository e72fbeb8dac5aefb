/// Where pip looks for its configuration, in the order in which later files override earlier ones.
///
///     system   $XDG_CONFIG_DIRS (or /etc/xdg), each with pip/pip.conf; /etc/pip.conf
///     user     ~/.pip/pip.conf; $XDG_CONFIG_HOME (or ~/.config) with pip/pip.conf
///     site     the virtual environment's pip.conf
///     named    PIP_CONFIG_FILE; then the user's own are left out, and as /dev/null it leaves out all
package enum PipConfigLocations {
  /// `exists` tells whether a file does; it is asked for PIP_CONFIG_FILE only.
  package static func paths(environment: [String: String], exists: (String) -> Bool) -> [String] {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let named = environment["PIP_CONFIG_FILE"]
    if named == "/dev/null" { return [] }
    var paths = (variable("XDG_CONFIG_DIRS") ?? "/etc/xdg").split(separator: ":").map { "\($0)/pip/pip.conf" }
    paths.append("/etc/pip.conf")
    let readsUserFiles = !(named.map { !$0.isEmpty && exists($0) } ?? false)
    if readsUserFiles {
      if let home = variable("HOME") { paths.append("\(home)/.pip/pip.conf") }
      let configuration = variable("XDG_CONFIG_HOME") ?? variable("HOME").map { "\($0)/.config" }
      if let configuration { paths.append("\(configuration)/pip/pip.conf") }
    }
    if let site = variable("VIRTUAL_ENV") { paths.append("\(site)/pip.conf") }
    if let named, !named.isEmpty { paths.append(named) }
    return paths
  }
}
