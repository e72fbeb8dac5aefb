package import PythonPackaging

/// The options that say where distributions come from and which may be used: from the command line first, then
/// what the files' own option lines add, in the order read, as pip's finder accumulates them.
package struct IndexOptions: Sendable, Hashable {
  /// The index; nil is the default one.
  package var indexURL: OptionValue?
  /// More indexes, in order.
  package var extraIndexURLs: [OptionValue] = []
  /// No index at all; index options that follow have no effect.
  package var noIndex = false
  /// Directories and pages of links, in order.
  package var findLinks: [OptionValue] = []
  /// Hosts whose certificate isn't checked, `host` or `host:port`.
  package var trustedHosts: [String] = []
  /// `--no-binary` and `--only-binary`.
  package var formatControl = FormatControl()
  /// `--pre`, `--all-releases` and `--only-final`.
  package var releaseControl = ReleaseControl()
  /// `--prefer-binary`.
  package var preferBinary = false
  /// `--require-hashes`.
  package var requireHashes = false
  /// `--no-require-hashes`.
  package var noRequireHashes = false
  /// `--use-feature`, each once.
  package var features: [String] = []

  /// Nothing said yet: every value at its default.
  package init() {}

  /// The indexes in order, as they take effect; nil stands for the default index. Empty with `--no-index`.
  package var indexURLs: [String?] {
    noIndex ? [] : [indexURL?.value] + extraIndexURLs.map(\.value)
  }

  /// Applies a line's options for indexes, in pip's order, which isn't the order written:
  /// `--no-index`, then `--index-url` (which replaces every index before it), then `--extra-index-url`.
  ///
  /// `findLinks` is the line's first `--find-links`, resolved against its file; pip ignores further ones.
  mutating func apply(_ line: OptionLine, of written: LogicalLine, findLinks links: OptionValue?) {
    let values = { (name: OptionName) in
      line.values(of: name).map {
        OptionValue(value: $0.value, written: $0.written, location: written.location(at: $0.valueOffset))
      }
    }
    if !line.values(of: .noIndex).isEmpty {
      noIndex = true
      indexURL = nil
      extraIndexURLs = []
    }
    if !noIndex {
      if let replacing = values(.indexURL).last, !replacing.value.isEmpty {
        indexURL = replacing
        extraIndexURLs = []
      }
      extraIndexURLs += values(.extraIndexURL)
    }
    if let links { findLinks.append(links) }
    if !line.values(of: .preReleases).isEmpty { releaseControl.addPreReleases() }
    if !line.values(of: .preferBinary).isEmpty { preferBinary = true }
    if !line.values(of: .requireHashes).isEmpty { requireHashes = true }
    if !line.values(of: .noRequireHashes).isEmpty { noRequireHashes = true }
    for host in line.values(of: .trustedHost) { trustedHosts.append(host.value.lowercased()) }
    for feature in line.values(of: .useFeature) where !features.contains(feature.value) {
      features.append(feature.value)
    }
  }

  /// Applies what pip applies while it reads a line, whatever else the line holds: the selecting options.
  mutating func applySelections(_ line: OptionLine) {
    for option in line.options {
      switch option.name {
      case .noBinary: formatControl.addNoBinary(option.value)
      case .onlyBinary: formatControl.addOnlyBinary(option.value)
      case .allReleases: releaseControl.addAllReleases(option.value)
      case .onlyFinal: releaseControl.addOnlyFinal(option.value)
      default: break
      }
    }
  }

  /// The features pip 26 can be asked for by `--use-feature`; repin accepts them and needs none.
  static let knownFeatures = [
    "fast-deps", "inprocess-build-deps", "venv-isolation", "truststore", "no-binary-enable-wheel-cache",
    "build-constraint",
  ]
}
