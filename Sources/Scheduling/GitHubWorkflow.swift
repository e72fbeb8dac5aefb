import UpdatePolicy

/// A workflow of GitHub Actions, as `.github/workflows/repin.yml`.
///
/// GitHub's schedules are in UTC. Where that leaves a choice, it ticks at each time that may be meant, and a step asks
/// `repin schedule --is-time` whether this one is. Nothing from outside stands where an expression is evaluated.
package struct GitHubWorkflow: Sendable, Hashable {
  /// Minutes between two runs at least.
  package static let leastInterval = 5

  /// The lines of its schedule.
  package let ticks: ScheduleTicks
  /// The file's text.
  package let text: String

  /// - Throws: ``ScheduleError`` where windows follow too fast, and where a text would be evaluated or lead elsewhere.
  package init(_ run: ScheduledCommand) throws(ScheduleError) {
    ticks = ScheduleTicks(run.schedule, rules: run.rules, in: run.future)
    guard ticks.lines.allSatisfy(Self.isSlowEnough) else {
      throw ScheduleError(.github, .tooOften(minutes: Self.leastInterval))
    }
    for line in run.installation where line.contains("${{") {
      throw ScheduleError(.github, .meaning(.installation, line, character: "${{"))
    }
    let directory = try run.repositoryDirectory(for: .github)
    let artifacts = try run.artifactPaths(for: .github)
    for path in [directory ?? ""] + artifacts where path.contains("${{") {
      throw ScheduleError(.github, .meaning(.directory, path, character: "${{"))
    }
    for path in artifacts {
      // Of an artifact's path the directory is a part, and no pattern either.
      for mark in ["*", "?", "[", "]", "!", "#"] where path.contains(mark) {
        throw ScheduleError(.github, .meaning(.directory, path, character: mark))
      }
    }
    text = Self.text(run, ticks: ticks, directory: directory, artifacts: artifacts)
  }

  private static func isSlowEnough(_ line: CronExpression) -> Bool {
    let minutes = (0...59).filter(line.minutes.contains)
    guard let first = minutes.first, let last = minutes.last else { return true }
    let isFast = zip(minutes, minutes.dropFirst()).contains { $1 - $0 < leastInterval }
    let goesOn = (0...23).contains { line.hours.contains($0) && line.hours.contains(($0 + 1) % 24) }
    return !isFast && !(goesOn && first + 60 - last < leastInterval)
  }

  private static func text(
    _ run: ScheduledCommand, ticks: ScheduleTicks, directory: String?, artifacts: [String]
  ) -> String {
    var lines = ["# repin: \(ScheduleWords.window(run.schedule))."]
    if ticks.needsQuestion {
      lines += [
        "# GitHub's times are in UTC: it ticks at each that may be meant, and a step asks which one is. After a change of",
        "# the window, write this file anew.",
      ]
    }
    lines += ["name: repin", "", "on:", "  schedule:"]
    lines += ticks.lines.map { "    - cron: \(YAMLText.quoted($0.numeric))" }
    lines += ["  workflow_dispatch:", "", "permissions: {}", ""]
    lines += ["concurrency:", "  group: repin", "  cancel-in-progress: false", ""]
    lines += [
      "jobs:", "  repin:", "    runs-on: ubuntu-latest", "    timeout-minutes: 60", "    permissions:",
    ]
    lines +=
      run.opensPullRequests
      ? ["      contents: write", "      pull-requests: write"] : ["      contents: read"]
    if let directory {
      lines += ["    defaults:", "      run:", "        working-directory: \(YAMLText.quoted(directory))"]
    }
    lines += ["    steps:", "      - uses: actions/checkout@v5", "        with:", "          fetch-depth: 0"]
    if !run.opensPullRequests { lines.append("          persist-credentials: false") }
    if !run.installation.isEmpty {
      lines += step("Install repin", run: run.installation)
    }
    if ticks.needsQuestion { lines += question(run.words[0], ticks) }
    lines += step(
      "Run repin", condition: ticks.needsQuestion ? condition : nil,
      environment: run.opensPullRequests ? ["GITHUB_TOKEN: ${{ github.token }}"] : [],
      run: [ShellText.command(run.words)])
    if !artifacts.isEmpty, !run.opensPullRequests {
      lines += [
        "      - name: Keep the lockfiles",
        "        if: \(ticks.needsQuestion ? "always() && (\(condition))" : "always()")",
        "        uses: actions/upload-artifact@v4", "        with:", "          name: lockfiles",
        "          if-no-files-found: warn",
        "          path: \(YAMLText.block(artifacts, indentation: 12))",
      ]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static let condition = "github.event_name != 'schedule' || steps.time.outputs.now == 'true'"

  private static func question(_ program: String, _ ticks: ScheduleTicks) -> [String] {
    let words = [program] + ["schedule", "--is-time"]
    let others = ticks.lines.map { "--ticks \(ShellText.quoted($0.numeric))" }.joined(separator: " ")
    return step(
      "Ask whether it is time", id: "time", condition: "github.event_name == 'schedule'",
      environment: ["TICK: ${{ github.event.schedule }}"],
      run: [
        "code=0",
        "\(ShellText.command(words)) --tick \"$TICK\" \(others) || code=$?",
        "case \"$code\" in",
        "  0) echo now=true >> \"$GITHUB_OUTPUT\" ;;",
        "  1) echo now=false >> \"$GITHUB_OUTPUT\" ;;",
        "  *) exit \"$code\" ;;",
        "esac",
      ])
  }

  private static func step(
    _ name: String, id: String? = nil, condition: String? = nil, environment: [String] = [], run: [String]
  ) -> [String] {
    var lines = ["      - name: \(name)"]
    if let id { lines.append("        id: \(id)") }
    if let condition { lines.append("        if: \(condition)") }
    if !environment.isEmpty { lines += ["        env:"] + environment.map { "          \($0)" } }
    lines.append("        run: \(YAMLText.block(run, indentation: 10))")
    return lines
  }
}
