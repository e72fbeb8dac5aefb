import PythonPackaging

/// Why a URL isn't one of a Git repository that can be had, with the facts of it.
///
/// Nothing in it shows a credential. `description` goes after the URL and "is not usable:".
package enum GitURLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Another version control system's, by the name before `+`: `hg`.
  case otherSystem(String)
  /// Git's, by a transport that isn't supported: `git+ftp`; or no version control's at all: `https`.
  case unknownScheme(String)
  /// No scheme with `//` after it.
  case notURL
  /// More bytes than that.
  case tooLong(limit: Int)
  /// A control character, or one that turns the direction of text.
  case unprintable
  /// No host where there must be one, or something that is no host's name.
  case host(String)
  /// A port that is no number, as in `ssh://git@host:owner/project`.
  case port(String)
  /// A file of another machine.
  case remoteFile(host: String)
  /// A user name or password that no server could be told.
  case userInformation
  /// A path that pip reads otherwise than it is meant.
  case path
  /// `@` with nothing after it.
  case emptyReference
  /// Something after `@` that can be no name and no commit.
  case reference(String)
  /// A subdirectory that is absolute or leaves the tree.
  case subdirectory(String)
  /// `egg` that is no project's name.
  case egg(String)

  /// What can be had, for a message.
  package static let supported = GitTransport.allCases.map { "git+\($0.rawValue)" }.joined(separator: ", ")

  /// One phrase without a full stop.
  package var description: String {
    switch self {
    case .otherSystem(let name):
      "repositories of `\(shown(name))` can't be read, only \(GitURLError.supported)"
    case .unknownScheme(let scheme): "found `\(shown(scheme))`, expected one of \(GitURLError.supported)"
    case .notURL: "expected a scheme and `//`, as in `git+ssh://git@host/path`"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    case .unprintable: "it holds a control character"
    case .host(let host): host.isEmpty ? "it names no host" : "`\(shown(host))` is not a host"
    case .port(let port): "`\(shown(port))` is not a port; a path begins with `/`"
    case .remoteFile(let host): "`\(shown(host))` is another machine"
    case .userInformation: "its user name or password holds a control character or begins with a hyphen"
    case .path: "its path can't begin with `//` or hold an encoded `?` or `#`"
    case .emptyReference: "nothing follows its `@`"
    case .reference(let reference): "`\(shown(reference))` is no branch, tag or commit"
    case .subdirectory(let path): "the subdirectory `\(shown(path))` must stay inside the repository"
    case .egg(let name): "`egg=\(shown(name))` is not a project's name"
    }
  }

  private func shown(_ text: String) -> String { PrintableText.escaped(text, limit: 200) }
}
