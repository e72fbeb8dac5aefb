/// Where the URL of a requirement leads, its fragment read apart as pip reads it.
///
/// Example: `https://host/a.zip#subdirectory=src&sha256=0123` is `https://host/a.zip` with the subdirectory `src` and a
/// hash.
package struct DirectReference: Sendable, Hashable {
  /// What is at the other end, as far as the URL tells.
  package enum Kind: Sendable, Hashable {
    /// A file or a directory of this machine.
    case local
    /// A file on the web.
    case web
    /// A repository of a version control system, named as pip names it: `git`.
    case repository(system: String)
    /// Something of a scheme that can't be fetched.
    case other(scheme: String)
  }

  /// A digest that the file must have.
  package struct Hash: Sendable, Hashable {
    /// As Python's `hashlib` names it.
    package let algorithm: String
    /// In hexadecimal, as written.
    package let digest: String
  }

  /// What is at the other end.
  package let kind: Kind
  /// The URL without its fragment.
  package let url: String
  /// The path of a local file that doesn't begin at the root.
  private let relativePath: String?
  /// The project's name that the fragment tells, as written.
  package let egg: String?
  /// The directory of the project within the archive or repository.
  package let subdirectory: String?
  /// The first hash of the fragment.
  package let hash: Hash?

  /// Reads a URL; nil where it is none.
  package init?(_ url: String) {
    guard let split = SplitURL(url) else { return nil }
    self.url = split.withoutFragment.text
    egg = SplitURL.fragmentValue("egg", in: url)
    subdirectory = SplitURL.fragmentValue("subdirectory", in: url).flatMap { $0.isEmpty ? nil : $0 }
    hash = SplitURL.fragmentHash(in: url).map { Hash(algorithm: $0.algorithm, digest: $0.digest) }
    let isRelative = split.scheme == "file" && split.networkLocation.isEmpty && !split.path.hasPrefix("/")
    relativePath = isRelative ? split.decodedPath : nil
    switch split.scheme {
    case "file": kind = .local
    case "http", "https": kind = .web
    case let scheme where SplitURL.versionControlSchemes.contains(scheme):
      kind = .repository(system: String(scheme.prefix { $0 != "+" }))
    case let scheme: kind = .other(scheme: scheme)
    }
  }

  /// The URL, that of a local file without a leading slash (`file:app`, `file:../app`) being one below a directory, as pip
  /// reads it.
  package func absoluteURL(in directory: String) -> String {
    relativePath.map { PosixPath($0).fileURL(in: directory) } ?? url
  }
}
