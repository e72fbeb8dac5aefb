package import UpdatePolicy

/// A job for `.gitlab-ci.yml`, and what to enter for its schedule, which GitLab keeps outside of the repository.
package struct GitLabJob: Sendable, Hashable {
  /// The variable by which a schedule chooses the job.
  package static let variable = "REPIN_SCHEDULE"

  /// What to enter as the interval pattern.
  package let interval: String
  /// What to enter as the time zone.
  package let timeZone: TimeZoneName
  /// The job's text, with what to enter as a comment.
  package let text: String

  /// - Throws: ``ScheduleError`` where GitLab's cron means something else, and where a text leads elsewhere.
  package init(_ run: ScheduledCommand) throws(ScheduleError) {
    guard !run.schedule.window.needsBothDays else { throw ScheduleError(.gitlab, .bothDays) }
    let directory = try run.repositoryDirectory(for: .gitlab)
    let artifacts = try run.artifactPaths(for: .gitlab)
    for path in artifacts {
      for mark in ["*", "?", "[", "]", "{", "}", "$", "\\"] where path.contains(mark) {
        throw ScheduleError(.gitlab, .meaning(.directory, path, character: mark))
      }
    }
    interval = run.schedule.window.numeric
    timeZone = run.schedule.timeZone
    var lines = [
      "# repin: \(ScheduleWords.window(run.schedule)).",
      "# The schedule itself is made under Build > Pipeline schedules:",
      "#   Interval pattern  \(interval)",
      "#   Cron timezone     \(timeZone)",
      "#   Variable          \(Self.variable) = 1",
      "repin:",
      "  rules:",
      "    - if: '$CI_PIPELINE_SOURCE == \"schedule\" && $\(Self.variable) == \"1\"'",
      "  resource_group: repin",
      "  timeout: 1 hour",
      "  variables:",
      "    GIT_DEPTH: \"0\"",
    ]
    if !run.installation.isEmpty { lines += ["  before_script:"] + run.installation.map(Self.item) }
    lines.append("  script:")
    if let directory { lines.append(Self.item("cd -- \(ShellText.quoted(directory))")) }
    lines.append(Self.item(ShellText.command(run.words)))
    if !artifacts.isEmpty {
      lines += ["  artifacts:", "    when: always", "    paths:"]
      lines += artifacts.map { "      - \(YAMLText.quoted($0))" }
    }
    text = lines.map { $0 + "\n" }.joined()
  }

  private static func item(_ command: String) -> String { "    - \(YAMLText.quoted(command))" }
}
