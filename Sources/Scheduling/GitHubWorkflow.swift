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
    let asksTime = ticks.needsQuestion && !run.details.isTick
    var lines = ["# repin: \(ScheduleWords.window(run.schedule))."]
    if asksTime {
      lines += [
        "# GitHub's times are in UTC: it ticks at each that may be meant, and a step asks which one is. After a change of",
        "# the window, write this file anew.",
      ]
    }
    if run.installation.isEmpty {
      lines.append("# The runner has to have \(comment(run.words[0])) on its PATH.")
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
    lines += ["      # For the findings, which code scanning shows.", "      security-events: write"]
    if let directory {
      lines += ["    defaults:", "      run:", "        working-directory: \(YAMLText.quoted(directory))"]
    }
    lines += [
      "    steps:", "      - uses: \(PinnedAction.checkout.rawValue)", "        with:",
      "          fetch-depth: 0",
    ]
    if !run.opensPullRequests { lines.append("          persist-credentials: false") }
    lines += history(run, .restoreCache)
    if !run.installation.isEmpty {
      lines += step("Install repin", run: run.installation)
    }
    let isTime = asksTime ? condition : nil
    if asksTime { lines += question(run.words[0], ticks) }
    lines += findings(run, condition: isTime)
    lines += step(
      "Run repin", condition: isTime,
      environment: run.opensPullRequests ? ["GITHUB_TOKEN: ${{ github.token }}"] : [],
      run: [ShellText.command(run.words)])
    if !artifacts.isEmpty, !run.opensPullRequests {
      lines += [
        "      - name: Keep the lockfiles",
        "        if: \(always(isTime))",
        "        uses: \(PinnedAction.uploadArtifact.rawValue)", "        with:", "          name: lockfiles",
        "          if-no-files-found: warn",
        "          path: \(YAMLText.block(artifacts, indentation: 12))",
      ]
    }
    lines += history(run, .saveCache, condition: always(isTime))
    return lines.map { $0 + "\n" }.joined()
  }

  /// A condition that holds after a failure too, which the history has to keep.
  private static func always(_ condition: String?) -> String {
    condition.map { "always() && (\($0))" } ?? "always()"
  }

  /// The history between runs: a runner keeps nothing, and a cache's entry is never written twice.
  private static func history(
    _ run: ScheduledCommand, _ action: PinnedAction, condition: String? = nil
  ) -> [String] {
    let isSaved = action == .saveCache
    var lines = ["      - name: \(isSaved ? "Keep" : "Bring back") the history"]
    if let condition { lines.append("        if: \(condition)") }
    lines += [
      "        uses: \(action.rawValue)", "        with:", "          path: \(YAMLText.quoted("**/.repin"))",
      "          key: repin-history-${{ github.run_id }}-${{ github.run_attempt }}",
    ]
    if !isSaved { lines.append("          restore-keys: repin-history-") }
    return lines
  }

  /// What is wrong with the branch as it is, for code scanning. What the check says by its exit code, the run says too.
  private static func findings(_ run: ScheduledCommand, condition: String?) -> [String] {
    let check = ShellText.command(run.words(of: ["check", "--format", "sarif"]))
    var lines = step(
      "Look for findings", id: "findings", condition: condition,
      run: [
        "code=0", "\(check) > \"$RUNNER_TEMP/repin.sarif\" || code=$?",
        "if [ \"$code\" -le 1 ]; then echo written=true >> \"$GITHUB_OUTPUT\"; fi",
      ])
    lines += [
      "      - name: Show the findings",
      "        if: steps.findings.outputs.written == 'true'",
      "        # Without code scanning, as in a private repository without its licence, this fails, and the rest goes on.",
      "        continue-on-error: true",
      "        uses: \(PinnedAction.uploadSARIF.rawValue)", "        with:",
      "          sarif_file: ${{ runner.temp }}/repin.sarif", "          category: repin",
    ]
    return lines
  }

  /// A word within a comment.
  private static func comment(_ word: String) -> String { "`\(ShellText.quoted(word))`" }

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
