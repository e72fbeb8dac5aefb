import PythonPackaging

/// What git wrote to standard error (in the C locale), read for its meaning.
struct GitDiagnostics {
  /// The last lines that say something, in one.
  let reason: String
  private let text: String

  /// `secrets` are hidden.
  init(_ text: String, hiding secrets: [String] = []) {
    var text = text
    for secret in secrets { text = GitDiagnostics.hiding(secret, in: text) }
    self.text = text
    let lines = text.split(whereSeparator: \.isNewline).map(\.trimmed).filter { line in
      !line.isEmpty && !GitDiagnostics.commonplaces.contains { line.hasPrefix($0) }
    }
    reason = lines.suffix(3).map { line in
      let words = line.hasPrefix("fatal: ") ? line.dropFirst(7) : line
      return PrintableText.escaped(String(words), limit: 300)
    }.joined(separator: "; ")
  }

  /// What it means for the repository at a URL; nil if nothing in particular.
  func error(for url: String) -> GitError? {
    if says(GitDiagnostics.refusals) { return .refusedURL(url: url, reason: reason) }
    if says(GitDiagnostics.denials) { return .authentication(url: url) }
    if says(GitDiagnostics.absences) { return .unreachable(url: url, reason: reason) }
    return nil
  }

  private func says(_ phrases: [String]) -> Bool { phrases.contains { text.firstRange(ofASCII: $0) != nil } }

  /// Of every failure, and said better by the line before.
  private static let commonplaces = [
    "fatal: Could not read from remote repository", "Please make sure you have the correct access rights",
    "and the repository exists", "hint:", "warning: lazy fetching disabled",
  ]

  private static let refusals = ["' not allowed", "strange hostname", "strange pathname", "strange port"]

  private static let denials = [
    "Authentication failed", "could not read Username", "could not read Password",
    "terminal prompts disabled",
    "Permission denied (", "returned error: 401", "returned error: 403", "HTTP Basic: Access denied",
  ]

  private static let absences = [
    "Could not read from remote repository", "unable to access", "unable to connect", "unable to look up",
    "does not appear to be a git repository", "' not found", "Repository not found", "returned error:",
    "Could not resolve", "Connection refused", "Connection reset", "Connection timed out",
    "Operation timed out",
    "hung up unexpectedly", "early EOF", "RPC failed", "not valid: is this a git repository",
    "Host key verification failed",
  ]

  private static func hiding(_ secret: String, in text: String) -> String {
    guard !secret.isEmpty else { return text }
    var result = ""
    var rest = text[...]
    while let found = rest.firstRange(ofASCII: secret) {
      result += "\(rest[..<found.lowerBound])****"
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}
