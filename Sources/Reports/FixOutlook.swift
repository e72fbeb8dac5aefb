package import PythonPackaging

/// Whether a lockfile could have a vulnerable pin fixed now, and how the pin comes into it.
package struct FixOutlook: Sendable, Hashable {
  /// What stands between the pin and its fix.
  package enum State: Sendable, Hashable {
    /// An update would have it: at this version, with changes of so many other pins, each as `botocore 1.20.5 → 1.20.40`.
    case possible(to: Version, others: [String])
    /// An update would have it gone: nothing would ask for it any more.
    case dropped(others: [String])
    /// Something else is in the way; in words.
    case held(by: [String])
    /// No release would fix it.
    case none
    /// Nobody looked, or it couldn't be found out: the nearest release that would fix it, if there is one.
    case unknown(nearest: Version?)
  }

  package var package: PackageName
  package var version: Version
  /// From what people write down to what asks for the pin: `-r requirements.in`, `boto3`, `botocore`; empty where the
  /// lockfile doesn't tell.
  package var path: [String]
  package var state: State

  package init(package: PackageName, version: Version, path: [String] = [], state: State) {
    self.package = package
    self.version = version
    self.path = path
    self.state = state
  }

  /// The word of documents.
  var stateName: String {
    switch state {
    case .possible, .dropped: "possible"
    case .held: "held"
    case .none: "none"
    case .unknown: "unknown"
    }
  }

  /// `urllib3 1.25.3 → 1.26.18 by repin update, with botocore 1.18.18 → 1.20.40 (-r requirements.in → boto3 → botocore)`.
  var words: String {
    let pin = "\(package) \(version)"
    let text =
      switch state {
      case .possible(let to, let others): "\(pin) → \(to) by `repin update`\(Self.with(others))"
      case .dropped(let others): "\(pin) goes by `repin update`\(Self.with(others))"
      case .held(let reasons): reasons.map(OutsideText.sentence).joined(separator: "; ")
      case .none: "\(pin): no release fixes it yet"
      case .unknown(let nearest):
        nearest.map { "\(pin): \($0) would fix it" } ?? "\(pin): no release is known to fix it"
      }
    return path.isEmpty ? text : "\(text) (\(path.map(OutsideText.name).joined(separator: " → ")))"
  }

  /// The first of the others, and how many more there are.
  private static func with(_ others: [String]) -> String {
    if others.isEmpty { return "" }
    let shown = others.prefix(2).map(OutsideText.name).joined(separator: ", ")
    return ", with \(shown)\(others.count > 2 ? " and \(others.count - 2) more" : "")"
  }
}
