import PackageIndex
import PinHistory
import PythonPackaging
import RequirementsFiles

/// Which index is asked about which pins.
///
/// A lockfile that names an index of its own is asked about there, so that a private name goes to nobody else. One that names
/// the default index, or none, is asked about at the indexes that options, environment and configuration give.
struct CheckedIndexes {
  let setup: IndexSetup
  let target: CompileRun.Target

  /// The projects to ask for and their pinned versions, by the index that lockfiles name; nil is that of the configuration.
  ///
  /// - Parameter past: what was pinned once; which index it was from isn't known.
  func questions(
    of locks: [LockfileToCheck], past: [Pin]
  ) -> [(index: String?, pinned: [PackageName: Set<Version>])] {
    var questions: [String?: [PackageName: Set<Version>]] = [:]
    var homes: [PackageName: String?] = [:]
    for lock in locks {
      for (pin, _, index) in lock.indexPins {
        homes[pin.package] = .some(self.index(index))
        questions[self.index(index), default: [:]][pin.package, default: []].insert(pin.version)
      }
    }
    // A name that no lockfile has any more might be a private one: it is asked about only where all are asked about at the
    // same place.
    let only = questions.count == 1 ? questions.keys.first : nil
    for pin in past {
      guard let home = homes[pin.package] ?? only else { continue }
      questions[home, default: [:]][pin.package, default: []].insert(pin.version)
    }
    return questions.map { (index: $0.key, pinned: $0.value) }.sorted { ($0.index ?? "") < ($1.index ?? "") }
  }

  /// A client of an index.
  func client(of index: String?) throws(CommandFailure) -> IndexClient {
    var options = setup.baseOptions
    if let index {
      // A password that stands in a lockfile was left out when it was read: netrc and the keyring may have it. Variables stay.
      options.indexURL = setup.address(URLCredentials.withoutLiteral(index))
      options.extraIndexURLs = []
      options.noIndex = false
    }
    return try setup.client(
      for: options, defaultIndexURL: target.facts?.defaultIndexURL, builder: nil,
      git: GitClient(environment: [:], cacheDirectory: nil), isStrict: true)
  }

  /// The index that is asked where a lockfile names one; nil is that of the configuration.
  func index(_ index: String?) -> String? {
    guard let index, let address = target.facts?.defaultIndexURL else { return index }
    return IndexAddresses([address]).contains(index) ? nil : index
  }
}
