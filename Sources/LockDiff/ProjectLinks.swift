package import PythonPackaging

/// An address of the web that may be shown as a link: `http` or `https`, with a host, without a user or password, of at
/// most 500 characters, all of them characters that a URL may have (RFC 3986, section 2), so that it means what it shows.
package struct WebLink: Sendable, Hashable, CustomStringConvertible {
  private static let greatestLength = 500

  /// The address.
  package let description: String

  /// Nil for what is none.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.greatestLength, bytes.allSatisfy(Self.isAllowed) else { return nil }
    let lowered = text.lowercased()
    guard let scheme = ["https://", "http://"].first(where: { lowered.hasPrefix($0) }) else { return nil }
    let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    // Behind the host's end an `@` may be a misplaced password's; nobody needs it there.
    guard let first = authority.utf8.first, Self.isLetterOrDigit(first) || first == UInt8(ascii: "["),
      !text.contains("@"), !lowered.contains("%40"), !URLCredentials.areLiteral(in: text)
    else { return nil }
    description = scheme + text.dropFirst(scheme.count)
  }

  /// Whether it leads to GitHub's own pages, whatever port and case it is written with.
  package var isOnGitHub: Bool {
    var host = authority.lowercased()
    if let colon = host.firstIndex(of: ":") { host = String(host[..<colon]) }
    while host.last == "." { host.removeLast() }
    return host == "github.com" || host == "www.github.com"
  }

  /// What follows the host and its port.
  package var path: String { String(description[authority.endIndex...]) }

  private var authority: Substring {
    let start = description.firstRange(of: "://")?.upperBound ?? description.startIndex
    return description[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  }

  /// `unreserved`, `reserved` and `%`, without the brackets, quotes and marks that prose around a URL may mean.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}

/// Where a project can be looked at, by the well-known labels of its `Project-URL`s (packaging.python.org, "Well-known
/// Project URLs in Metadata"). What isn't labelled isn't guessed.
package struct ProjectLinks: Sendable, Hashable {
  /// The project's page.
  package private(set) var project: WebLink?
  /// What changed from release to release.
  package private(set) var changelog: WebLink?
  /// The source code.
  package private(set) var source: WebLink?
  /// The difference between releases.
  package private(set) var compare: WebLink?

  /// Of several with one meaning the first counts.
  package init(_ urls: [CoreMetadata.ProjectURL]) {
    for url in urls.prefix(100) {
      guard let link = WebLink(url.url) else { continue }
      switch Self.normalized(url.label) {
      case "homepage", "home", "project", "projectpage", "website": project = project ?? link
      case "changelog", "changes", "whatsnew", "history", "releasenotes", "releases":
        changelog = changelog ?? link
      case "source", "sourcecode", "repository", "github", "gitlab", "code": source = source ?? link
      case "compare", "comparison", "diff": compare = compare ?? link
      default: break
      }
    }
  }

  /// Each that is there, with what it is called.
  package var all: [(label: String, link: WebLink)] {
    [("project", project), ("changelog", changelog), ("source", source), ("compare", compare)]
      .compactMap { label, link in link.map { (label, $0) } }
  }

  /// Letters and digits in lower case, as the specification compares labels.
  private static func normalized(_ label: String) -> String {
    String(label.prefix(100).lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }
}
