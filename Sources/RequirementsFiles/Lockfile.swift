import PythonPackaging

/// A lockfile as a value: what is pinned and how it is to be written. `text` is a function of it, byte for byte
/// what pip-compile 7.6 writes, the program's name aside.
package struct Lockfile: Sendable, Hashable {
  /// The comment at the top; nil leaves it out (`--no-header`).
  package var header: LockfileHeader?
  /// The options in effect, of which those a lockfile carries are written.
  package var options: IndexOptions
  /// Which options are written.
  package var emittedOptions: EmittedOptions
  /// The default index, which isn't written; nil where it isn't known.
  package var defaultIndexURL: String?
  /// The pins, in any order, without those held back.
  package var pins: [LockedPin]
  /// The pins of packages considered unsafe, in any order.
  package var unsafePins: [LockedPin]
  /// Whether unsafe packages are pinned (`--allow-unsafe`) or only named.
  package var allowsUnsafe: Bool
  /// How origins are shown.
  package var annotations: AnnotationStyle
  /// Whether `[extras]` are removed from entries and annotations.
  package var stripsExtras: Bool

  /// A value of the given parts.
  package init(
    header: LockfileHeader?, options: IndexOptions = IndexOptions(), emittedOptions: EmittedOptions = .all,
    defaultIndexURL: String? = nil, pins: [LockedPin], unsafePins: [LockedPin] = [],
    allowsUnsafe: Bool = false,
    annotations: AnnotationStyle = .split, stripsExtras: Bool = false
  ) {
    self.header = header
    self.options = options
    self.emittedOptions = emittedOptions
    self.defaultIndexURL = defaultIndexURL
    self.pins = pins
    self.unsafePins = unsafePins
    self.allowsUnsafe = allowsUnsafe
    self.annotations = annotations
    self.stripsExtras = stripsExtras
  }

  /// How `# via` is written.
  package enum AnnotationStyle: String, Sendable, Hashable, CaseIterable {
    /// One origin on the line after the entry, several on a line each [default].
    case split
    /// All origins after the entry, `# via a, b`.
    case line
    /// None (`--no-annotate`).
    case none
  }

  /// The parts of the options block that are written.
  package struct EmittedOptions: OptionSet, Sendable, Hashable {
    /// The set's bits.
    package let rawValue: Int

    /// An option set of the given bits.
    package init(rawValue: Int) {
      self.rawValue = rawValue
    }

    /// `--index-url` and `--extra-index-url`; without: `--no-emit-index-url`.
    package static let indexURLs = EmittedOptions(rawValue: 1)
    /// `--find-links`; without: `--no-emit-find-links`.
    package static let findLinks = EmittedOptions(rawValue: 2)
    /// `--trusted-host`; without: `--no-emit-trusted-host`.
    package static let trustedHosts = EmittedOptions(rawValue: 4)
    /// `--no-binary` and `--only-binary`.
    package static let formatControl = EmittedOptions(rawValue: 8)
    /// Everything; the empty set is `--no-emit-options`.
    package static let all: EmittedOptions = [.indexURLs, .findLinks, .trustedHosts, .formatControl]
  }

  /// What a person should know about the text, for stderr.
  package enum Warning: Sendable, Hashable {
    /// An entry without hashes among entries with them, which `pip install` refuses.
    case unhashed(String)
    /// Unsafe packages are needed and not pinned, which pip refuses in a file with hashes.
    case unpinnedUnsafe([String])
    /// A literal credential was left out; the text has `****` in its place.
    case redactedCredential(String)
  }

  /// Whether any pin has a hash, which puts `pip install` into its hash-checking mode.
  package var hasHashes: Bool {
    pins.contains { !$0.hashes.isEmpty } || (allowsUnsafe && unsafePins.contains { !$0.hashes.isEmpty })
  }

  /// The warnings, in the text's order.
  package var warnings: [Warning] {
    var warnings: [Warning] = []
    let written = LockfileText(self).redactedOptions
    warnings += written.map(Warning.redactedCredential)
    let hasHashes = hasHashes
    for pin in pins.sorted(by: LockedPin.lockfileOrder) {
      if hasHashes, pin.hashes.isEmpty { warnings.append(.unhashed(pin.sortKey)) }
    }
    for pin in pins + (allowsUnsafe ? unsafePins : []) {
      switch pin.source {
      case .url(let text), .editable(let text):
        if URLCredentials.areLiteral(in: text) {
          warnings.append(.redactedCredential(URLCredentials.redacted(text)))
        }
      case .version, .arbitraryVersion: break
      }
    }
    if hasHashes, !allowsUnsafe, !unsafePins.isEmpty {
      warnings.append(.unpinnedUnsafe(unsafePins.sorted(by: LockedPin.lockfileOrder).map(\.sortKey)))
    }
    return warnings
  }

  /// The text with LF line ends; it ends with one, and is a single one when there is nothing to write.
  package var text: String { LockfileText(self).text }

  /// The bytes of the file.
  package func bytes(newline: Newline) -> [UInt8] {
    newline == .lf ? Array(text.utf8) : newline.applied(to: text)
  }
}
