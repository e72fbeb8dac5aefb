package import UpdatePolicy

/// A job for `.gitlab-ci.yml`, and what to enter for its schedule, which GitLab keeps outside of the repository.
package struct GitLabJob: Sendable, Hashable {
  /// The variable by which a schedule chooses the job.
  package static let variable = "REPIN_SCHEDULE"

  /// The file of the findings, which GitLab's vulnerability report and merge requests show.
  static let report = "gl-dependency-scanning-report.json"

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
    for path in artifacts + (directory.map { [$0] } ?? []) {
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
      "  # The history between runs: a runner keeps nothing.",
      "  cache:",
      "    key: repin-history",
      "    when: always",
      "    paths:",
      "      - \"**/.repin/\"",
    ]
    if !run.installation.isEmpty { lines += ["  before_script:"] + run.installation.map(Self.item) }
    lines.append("  script:")
    if let directory { lines.append(Self.item("cd -- \(ShellText.quoted(directory))")) }
    let check = ShellText.command(run.words(of: ["check", "--format", "gitlab"]))
    lines += [
      Self.item("code=0; \(check) > \(Self.report) || code=$?"),
      "    # What the check says by its exit code, the run says too; a report that isn't whole is none.",
      Self.item("if [ \"$code\" -gt 1 ]; then rm -f \(Self.report); fi"),
      Self.item(ShellText.command(run.words)),
    ]
    lines += ["  artifacts:", "    when: always"]
    if !artifacts.isEmpty {
      lines += ["    paths:"] + artifacts.map { "      - \(YAMLText.quoted($0))" }
    }
    lines += [
      "    reports:",
      "      dependency_scanning: \(YAMLText.quoted((directory.map { "\($0)/" } ?? "") + Self.report))",
    ]
    text = lines.map { $0 + "\n" }.joined()
  }

  private static func item(_ command: String) -> String { "    - \(YAMLText.quoted(command))" }
}
