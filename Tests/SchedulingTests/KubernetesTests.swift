import Testing
import UpdatePolicy

@testable import Scheduling

/// The manifest for a cluster, by the rules that Kubernetes' own admission has for restricted pods (Pod Security Standards).
@Suite struct KubernetesTests {
  private static func run(
    _ window: String = "0 6 * * MON", _ zone: String = "Europe/Berlin", words: [String] = ["repin", "run"],
    change: (inout ScheduledCommand.Details) -> Void = { _ in }
  ) throws -> ScheduledCommand {
    var details = ScheduledCommand.Details()
    details.image = "registry.example/repin@sha256:" + String(repeating: "a", count: 64)
    change(&details)
    return try ScheduledCommand(
      command: words, directory: KubernetesCronJob.directory, lockfiles: ["requirements.txt"],
      schedule: Zones.schedule(window, zone), rules: Zones.rules(zone), now: Zones.now, details: details)
  }

  /// The documents of a manifest; the reader takes one at a time.
  private static func documents(_ text: String) throws -> [YAMLValue] {
    try text.split(separator: "\n---\n").map { try YAMLValue($0 + "\n") }
  }

  @Test func aPodMayDoLittle() throws {
    let documents = try Self.documents(try KubernetesCronJob(Self.run()).text)
    #expect(documents.map { $0["kind"]?.text } == ["PersistentVolumeClaim", "CronJob"])
    let job = try #require(documents.last?["spec"])
    #expect(documents.last?["apiVersion"] == .text("batch/v1"))
    #expect(job["schedule"] == .text("0 6 * * 1") && job["timeZone"] == .text("Europe/Berlin"))
    #expect(job["concurrencyPolicy"] == .text("Forbid"))
    #expect(job["startingDeadlineSeconds"] == .text("3600"))
    let pod = try #require(job["jobTemplate"]?["spec"]?["template"]?["spec"])
    #expect(pod["automountServiceAccountToken"] == .text("false"))
    #expect(pod["securityContext"]?["runAsNonRoot"] == .text("true"))
    #expect(pod["securityContext"]?["seccompProfile"]?["type"] == .text("RuntimeDefault"))
    let container = try #require(pod["containers"]?.items.first)
    let context = try #require(container["securityContext"])
    #expect(context["allowPrivilegeEscalation"] == .text("false"))
    #expect(context["readOnlyRootFilesystem"] == .text("true"))
    #expect(context["capabilities"]?["drop"]?.items == [.text("ALL")])
    #expect(container["resources"]?.keys == ["requests", "limits"])
    // Whatever is mounted is there, and what is written is mounted.
    let mounts = (container["volumeMounts"]?.items ?? []).compactMap { $0["name"]?.text }
    let volumes = (pod["volumes"]?.items ?? []).compactMap { $0["name"]?.text }
    #expect(mounts.sorted() == volumes.sorted() && mounts.count == 2)
    #expect(container["workingDir"] == container["volumeMounts"]?.items.first?["mountPath"])
    let claim = pod["volumes"]?.items.first?["persistentVolumeClaim"]?["claimName"]
    #expect(claim == documents.first?["metadata"]?["name"])
    #expect(container["command"]?.items.compactMap(\.text) == ["repin", "run", "requirements.txt"])
  }

  /// Of `$(NAME)` a cluster makes a variable's value, and of `$$` one `$`.
  @Test(arguments: Hostile.words) func aWordIsTakenAsItIs(_ word: String) throws {
    let text = try KubernetesCronJob(Self.run(words: ["repin", word])).text
    let job = try #require(try Self.documents(text).last)
    let pod = job["spec"]?["jobTemplate"]?["spec"]?["template"]?["spec"]
    let words = (pod?["containers"]?.items.first?["command"]?.items ?? []).compactMap(\.text)
    try #require(words.count == 3)
    #expect(words[1].replacing("$$", with: "$") == word)
    #expect(words[1].replacing("$$", with: "").contains("$") == false)
  }

  @Test func tagsAreToldOf() throws {
    let text = try KubernetesCronJob(Self.run { $0.image = "registry.example:5000/team/repin:1.0" }).text
    #expect(text.contains("# The image is named by a tag"))
    #expect(try KubernetesCronJob(Self.run()).text.contains("by a tag") == false)
  }

  @Test(arguments: [
    ("0 6 */2 * FRI", "UTC", ScheduleError.Reason.bothDays), ("30 2 * * SUN", "Europe/Berlin", .leap),
    ("15 2 * * *", "Australia/Lord_Howe", .leap),
  ]) func whatAClusterMeansOtherwiseIsRefused(
    _ window: String, _ zone: String, _ reason: ScheduleError.Reason
  ) throws {
    #expect(throws: ScheduleError(.kubernetes, reason)) { try KubernetesCronJob(Self.run(window, zone)) }
  }

  @Test(arguments: [
    ("30 2 * * MON", "Europe/Berlin"), ("30 * * * *", "Europe/Berlin"), ("30 2 * * *", "UTC"),
  ])
  func whatNoClockLeapsOverIsNot(_ window: String, _ zone: String) throws {
    #expect(throws: Never.self) { try KubernetesCronJob(Self.run(window, zone)) }
  }

  @Test(arguments: ["", "-x", "a b", "a\"b", "a\nb", "\u{1F600}", "A/b"]) func imagesAreNamed(_ image: String)
    throws
  {
    #expect(throws: ScheduleError(.kubernetes, .image(image))) {
      try KubernetesCronJob(Self.run { $0.image = image })
    }
  }

  @Test(arguments: ["", "-x", "x-", "X", "a.b", "a b", String(repeating: "a", count: 64)])
  func claimsAreNamed(_ claim: String) throws {
    #expect(throws: ScheduleError(.kubernetes, .claim(claim))) {
      try KubernetesCronJob(Self.run { $0.claim = claim })
    }
  }

  @Test func anImageIsNeeded() throws {
    #expect(throws: ScheduleError(.kubernetes, .noImage)) {
      try KubernetesCronJob(Self.run { $0.image = nil })
    }
  }
}
