import PythonPackaging

/// Why something can't be said in the language of a scheduler.
///
/// Example: a window of every minute, for GitHub, fails with `.tooOften`, "… runs a workflow every 5 minutes at most …".
package struct ScheduleError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Who would run the command.
  package enum Scheduler: String, Sendable, Hashable, CaseIterable {
    case cron
    case systemd
    case github = "GitHub"
    case gitlab = "GitLab"
    case kubernetes = "Kubernetes"
  }

  /// A part of what is to run.
  package enum Part: String, Sendable, Hashable {
    case command
    case directory
    case lockfile
    case searchPath = "search path"
    case installation
  }

  /// What stands in the way.
  package enum Reason: Sendable, Hashable {
    /// A command without words, or an empty word where none may be empty.
    case empty(Part)
    /// A control character, the end of a line, or a mark that isn't seen.
    case unprintable(Part, String)
    /// A part that is longer than anything sensible.
    case tooLong(Part, limit: Int)
    /// The machine's own schedulers start in no directory: they need to be told all of its path.
    case relative(String)
    /// In a repository's pipeline the directory is one of the repository.
    case outsideRepository(String)
    /// A character that means something to the scheduler, and that nothing takes the meaning from.
    case meaning(Part, String, character: String)
    /// A name that no account of a machine should have (systemd.io, "User/Group Name Syntax").
    case user(String)
    /// No address of mail, or one that not every cron hands on.
    case address(String)
    /// A cluster starts a container, and nothing says of which image.
    case noImage
    /// No name of an image (OCI distribution specification, with a tag or a digest).
    case image(String)
    /// No name of an object in a cluster (RFC 1123, section 2.1).
    case claim(String)
    /// The whole line is longer than the scheduler reads.
    case line(length: Int, limit: Int)
    /// Windows follow each other faster than the scheduler runs anything.
    case tooOften(minutes: Int)
    /// A day of the month with a step beside days of the week: only days that both have are meant.
    case bothDays
    /// At the clock's changes too many runs would be left out.
    case clockChanges(limit: Int)
    /// At some change a clock leaps over a window.
    case leap
  }

  /// Whose language it is; nil: nobody's.
  package let scheduler: Scheduler?
  /// What stands in the way.
  package let reason: Reason

  init(_ scheduler: Scheduler?, _ reason: Reason) {
    self.scheduler = scheduler
    self.reason = reason
  }

  /// One line: what was found, why it can't be said, what to do.
  package var description: String {
    let name = scheduler.map(\.rawValue) ?? "a scheduler"
    switch reason {
    case .empty(let part): return "the \(part.rawValue) is empty"
    case .unprintable(let part, let text):
      return "the \(part.rawValue) `\(shown(text))` has a character that can't be seen; rename what it names"
    case .tooLong(let part, let limit): return "the \(part.rawValue) is longer than \(limit) bytes"
    case .relative(let path):
      return "the directory `\(shown(path))` isn't absolute, and \(name) starts commands elsewhere"
    case .outsideRepository(let path):
      return "`\(shown(path))` isn't within the repository; write a path from its root, without `..`"
    case .meaning(let part, let text, let character):
      return
        "the \(part.rawValue) `\(shown(text))` has `\(shown(character))`, which means something to \(name)"
    case .user(let name):
      return "`\(shown(name))` is no name of an account; letters, digits, `_` and `-` are allowed, at most 32"
    case .address(let text):
      return
        "`\(shown(text))` is no address that every cron hands on; letters, digits and `@.,-_+` are allowed, at most 254"
    case .noImage: return "\(name) starts a container, and nothing says of which image"
    case .image(let text):
      return "`\(shown(text))` is no name of an image; write one like registry.example/repin@sha256:…"
    case .claim(let text):
      return
        "`\(shown(text))` is no name of a claim; lower-case letters, digits and `-` are allowed, at most 63"
    case .line(let length, let limit):
      return "the line for \(name) has \(length) bytes, and it reads \(limit); put the command into a script"
    case .tooOften(let minutes):
      return "windows follow each other faster than \(name) runs anything, every \(minutes) minutes at most"
    case .bothDays:
      return
        "\(name) can't say days of the month and of the week that both have to hold; restrict one of them"
    case .clockChanges(let limit):
      return """
        \(name) leaves out what a changed clock skips or repeats, here more than the \(limit) windows that can be listed; \
        choose hours outside of the change, or UTC
        """
    case .leap:
      return
        "\(name) leaves out a window that a clock leaps over; choose hours outside of the change, or UTC"
    }
  }

  private func shown(_ text: String) -> String { PrintableText.excerpt(text, limit: 120) }
}
