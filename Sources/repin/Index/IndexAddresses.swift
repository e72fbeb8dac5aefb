import PythonPackaging

/// Some indexes by their addresses: what tells them apart are neither slashes at the end nor credentials.
struct IndexAddresses: Sendable {
  private let addresses: Set<String>

  init(_ addresses: [String]) { self.addresses = Set(addresses.map(Self.bare)) }

  func contains(_ address: String) -> Bool {
    !addresses.isEmpty && addresses.contains(Self.bare(address))
  }

  /// An address without what doesn't tell it from another.
  static func bare(_ address: String) -> String {
    var rest = URLCredentials.redacted(address)[...]
    while rest.utf8.last == UInt8(ascii: "/") { rest.removeLast() }
    return String(rest)
  }
}
