/// A requirement's URL of a Git repository, as pip reads one, split into what git is told and what is done afterwards.
///
///     git+https://host/owner/project@v1.0#subdirectory=python
///     \_/ \_________________________/ \__/              \____/
///            remote                  reference       subdirectory
///
/// The reference stands after the last `@` of the path (so `git+https://host/@scope/project` has the reference
/// `scope/project`, in pip too) and is percent-decoded. It holds that the remote is of a known transport, that neither
/// it nor the reference begins with a hyphen, and that no part has a control character.
package struct GitURL: Sendable, Hashable {
  /// As written, credentials and all.
  package let text: String
  /// How the repository is reached.
  package let transport: GitTransport
  /// What git is given: no `git+`, no reference, no fragment and no secret. SSH's user name stays: it is an account.
  package let remote: String
  /// A branch, a tag, a commit or another revision; nil: what the repository's HEAD is.
  package var reference: String? { revision?.text }
  /// The directory of the project, relative to the repository's, without `.` and `..`; nil: the repository's own.
  package let subdirectory: String?
  /// The project's name in `#egg=`, as written.
  package let egg: String?

  /// The reference.
  let revision: GitReference?
  /// The user name and password for HTTP; the password is empty where there is none.
  let credentials: Credentials?
  let host: String
  /// Only if written.
  let port: Int?
  /// As git is given it.
  let path: String
  let query: String

  /// Whether the reference is a commit's whole name, so that it always means the same.
  package var isFullCommit: Bool { revision?.isFullCommit == true }

  /// The same for two URLs of the same repository, whatever else is in them: no user, no `.git`, no slash at the end, and
  /// the host in lower case.
  ///
  ///     git+ssh://git@Host.Example/owner/project.git/@v1  →  ssh://host.example/owner/project
  package var identity: String {
    var path = percentDecoded(path)[...]
    while path.hasSuffix("/") { path.removeLast() }
    if path.hasSuffix(".git") { path.removeLast(4) }
    while path.hasSuffix("/") { path.removeLast() }
    let shownPort = port == transport.defaultPort ? nil : port
    let host = transport == .file ? "" : host.lowercased()
    return
      "\(transport.rawValue)://\(host)\(shownPort.map { ":\($0)" } ?? "")\(path)\(query.isEmpty ? "" : "?\(query)")"
  }

  /// Fit for a message: no credential, no reference and no query, which may carry a signature.
  package var redacted: String {
    let mark = remote.firstIndex(of: "?")
    return mark.map { remote[..<$0] + "?…" } ?? remote
  }

  /// The URL that always means this commit: as written, the reference replaced, and of the fragment only the subdirectory
  /// kept. A literal credential stays too.
  package func pinned(to commit: String) -> String { GitURL.pinned(text, to: commit) }

  /// What `pinned(to:)` makes of a URL's text, which may have `${VARIABLE}`s in it still.
  package static func pinned(_ text: String, to commit: String) -> String {
    let parts = GitURLParts(text)
    var base = text[..<(parts.referenceMark?.lowerBound ?? parts.path.upperBound)]
    if parts.path.isEmpty, parts.authority != nil { base += "/" }
    var result = "\(base)@\(commit)\(text[parts.query])"
    // pip finds a subdirectory in the query as well, where it stays.
    let fragment = String(text[parts.query.upperBound...])
    if let subdirectory = GitURLParts.fragmentValue("subdirectory", in: fragment), !subdirectory.isEmpty {
      result += "#subdirectory=\(subdirectory)"
    }
    return result
  }
}

extension GitURL: CustomStringConvertible, CustomDebugStringConvertible {
  /// The remote, redacted.
  package var description: String { redacted }
  /// The remote, redacted.
  package var debugDescription: String { redacted }
}
