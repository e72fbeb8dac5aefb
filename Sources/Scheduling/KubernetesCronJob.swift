import PythonPackaging
package import UpdatePolicy

/// A CronJob of Kubernetes (`batch/v1`), and the claim that its work tree is kept in.
///
/// The cluster knows time zones itself (since 1.27), and reads fields as Vixie's cron has them, but for days of the month with
/// a step beside days of the week, which are refused. So is a window that a clock leaps over, which the cluster leaves out. What
/// a clock shows twice it runs twice; the second run finds its window served.
package struct KubernetesCronJob: Sendable, Hashable {
  /// Where the work tree is in the container, if nobody says otherwise.
  package static let directory = "/work"
  /// For how long a run that couldn't begin is made up for, in seconds.
  static let startingDeadline = 3_600

  /// What `schedule:` has.
  package let schedule: String
  /// What `timeZone:` has.
  package let timeZone: TimeZoneName
  /// The manifest: a claim, and the job.
  package let text: String

  /// - Throws: ``ScheduleError`` where the cluster means something else by the window, and where a name is none.
  package init(_ run: ScheduledCommand) throws(ScheduleError) {
    guard !run.schedule.window.needsBothDays else { throw ScheduleError(.kubernetes, .bothDays) }
    guard !Self.isLeaptOver(run) else { throw ScheduleError(.kubernetes, .leap) }
    let directory = try run.absoluteDirectory(for: .kubernetes)
    guard let image = run.details.image else { throw ScheduleError(.kubernetes, .noImage) }
    guard Self.isImage(image) else { throw ScheduleError(.kubernetes, .image(image)) }
    guard Self.isName(run.details.claim) else { throw ScheduleError(.kubernetes, .claim(run.details.claim)) }
    schedule = run.schedule.window.numeric
    timeZone = run.schedule.timeZone
    text = Self.text(run, directory: directory, image: image)
  }

  private static func text(_ run: ScheduledCommand, directory: String, image: String) -> String {
    let claim = run.details.claim
    var lines = [
      "# repin: \(ScheduleWords.window(run.schedule)).",
      "# The claim holds a clone of the repository, whose history is in .repin; clone into it once, as user 65532.",
      "# What a push or an index needs is to come from a Secret, as variables or as a netrc.",
    ]
    if !image.contains("@sha256:") {
      lines.append("# The image is named by a tag, which can be moved: name it by its digest.")
    }
    lines += [
      "apiVersion: v1", "kind: PersistentVolumeClaim", "metadata:", "  name: \(claim)", "spec:",
      "  accessModes: [ReadWriteOnce]", "  resources:", "    requests:", "      storage: 1Gi", "---",
      "apiVersion: batch/v1", "kind: CronJob", "metadata:", "  name: repin", "spec:",
      "  schedule: \(YAMLText.quoted(run.schedule.window.numeric))",
      "  timeZone: \(YAMLText.quoted(run.schedule.timeZone.description))",
      "  concurrencyPolicy: Forbid", "  startingDeadlineSeconds: \(startingDeadline)",
      "  successfulJobsHistoryLimit: 3", "  failedJobsHistoryLimit: 3", "  jobTemplate:", "    spec:",
      "      # What failed is tried again at the next tick.", "      backoffLimit: 0",
      "      activeDeadlineSeconds: 3600", "      template:", "        spec:",
      "          restartPolicy: Never",
      "          automountServiceAccountToken: false", "          securityContext:",
      "            runAsNonRoot: true", "            runAsUser: 65532", "            runAsGroup: 65532",
      "            fsGroup: 65532", "            fsGroupChangePolicy: OnRootMismatch",
      "            seccompProfile:", "              type: RuntimeDefault", "          containers:",
      "            - name: repin", "              image: \(YAMLText.quoted(image))", "              command:",
    ]
    lines += run.words.map { "                - \(YAMLText.quoted(word($0)))" }
    lines += [
      "              workingDir: \(YAMLText.quoted(directory))", "              env:",
      "                - name: HOME", "                  value: /tmp",
      "                - name: REPIN_CACHE_DIR", "                  value: /tmp/cache",
      "              resources:", "                requests:", "                  cpu: 250m",
      "                  memory: 256Mi", "                limits:", "                  memory: 1Gi",
      "              securityContext:", "                allowPrivilegeEscalation: false",
      "                readOnlyRootFilesystem: true", "                capabilities:",
      "                  drop: [ALL]", "              volumeMounts:", "                - name: work",
      "                  mountPath: \(YAMLText.quoted(directory))", "                - name: tmp",
      "                  mountPath: /tmp", "          volumes:", "            - name: work",
      "              persistentVolumeClaim:", "                claimName: \(claim)",
      "            - name: tmp", "              emptyDir: {}",
    ]
    return lines.map { $0 + "\n" }.joined()
  }

  /// Whether a clock leaps over a window.
  private static func isLeaptOver(_ run: ScheduledCommand) -> Bool {
    let window = run.schedule.window
    return run.rules.changes(in: run.future).contains { change in
      guard change.after > change.before,
        window.next(after: change.moment - 1, in: run.rules) == change.moment
      else { return false }
      let shown = change.moment + Int64(change.after)
      return window.next(after: shown - 1, in: .utc) != shown
    }
  }

  /// A word of a container's command: `$(NAME)` would be a variable, and `$$` stands for `$`.
  private static func word(_ word: String) -> String {
    word.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$")
  }

  /// A name with an optional host, and a tag or a digest, in the characters of the OCI distribution specification.
  private static func isImage(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 512 else { return false }
    return isPlain(first)
      && text.utf8.allSatisfy { byte in
        isPlain(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
          || "._-/:@".utf8.contains(byte)
      }
  }

  /// A label of RFC 1123: lower-case letters, digits and `-` within it, at most 63.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else { return false }
    return isPlain(first) && isPlain(last)
      && text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
