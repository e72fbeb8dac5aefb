extension LockfileContents {
  /// The hashes of each pin by version, `name==version`, that can be kept as they are: pins that have hashes, all of them
  /// SHA-256.
  package var reusableHashes: [String: Set<String>] {
    var hashes: [String: Set<String>] = [:]
    for entry in entries {
      guard let name = entry.pin.name, let version = entry.pin.version, !entry.pin.hashes.isEmpty,
        entry.pin.hashes.allSatisfy({ $0.hasPrefix("sha256:") })
      else { continue }
      hashes["\(name)==\(version)", default: []].formUnion(entry.pin.hashes)
    }
    return hashes
  }
}
