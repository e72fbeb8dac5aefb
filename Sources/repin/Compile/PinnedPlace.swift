import PackageIndex
import PythonPackaging
import RequirementsFiles

/// What a pin is fixed to, as a change of it is told: a version, or a place that a URL or a path names.
///
/// Two are equal where they mean the same, however the URL of a lockfile and that of its source are written.
struct PinnedPlace: Hashable {
  /// The version, or the URL without what says nothing of the place.
  private let key: String
  private let isVersion: Bool
  /// A version, the beginning of a commit, or a URL that is short enough.
  private let short: String
  /// All of it that is fit to be shown.
  private let whole: String

  init(_ pin: LockedPin) {
    switch pin.source {
    case .version(let text), .arbitraryVersion(let text):
      isVersion = true
      key = pin.version?.description ?? text
      short = PrintableText.escaped(key, limit: 100)
      whole = short
    case .url(let text): (isVersion, key, short, whole) = Self.place(text)
    case .editable(let text): (isVersion, key, short, whole) = Self.place(EditableText(text).url)
    }
  }

  /// The version, or the URL.
  var text: String { whole }

  static func == (left: PinnedPlace, right: PinnedPlace) -> Bool {
    left.isVersion == right.isVersion && left.key == right.key
  }

  func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// `name==1.0`, `name 1a2b3c4`.
  func pin(of name: PackageName) -> String { pin(of: name, short) }

  /// The pin, and what it was fixed to before; nil: to the same. Where that is all one in short, all is told.
  func change(from old: PinnedPlace, of name: PackageName) -> (pin: String, old: String)? {
    if self == old { return nil }
    return short == old.short ? (pin(of: name, whole), old.whole) : (pin(of: name, short), old.short)
  }

  private func pin(of name: PackageName, _ text: String) -> String {
    "\(name)\(isVersion ? "==" : " ")\(text)"
  }

  private static func place(_ text: String) -> (isVersion: Bool, key: String, short: String, whole: String) {
    // Once more for the user name that is left: it says nothing of the place.
    let text = URLCredentials.withoutLiteral(URLCredentials.withoutLiteral(text))
    let reference = DirectReference(text)
    let key = [reference?.url ?? text, reference?.subdirectory ?? "", reference?.hash?.digest ?? ""]
    let whole = PrintableText.escaped(text, limit: 300)
    if let url = try? GitURL(text), url.isFullCommit, let commit = url.reference {
      return (false, key.joined(separator: " "), String(commit.prefix(7)), whole)
    }
    return (false, key.joined(separator: " "), shortened(PrintableText.escaped(text)), whole)
  }

  /// The end of a URL says more than its middle.
  private static func shortened(_ text: String) -> String {
    text.count <= 60 ? text : "\(text.prefix(20))…\(text.suffix(39))"
  }
}
