import ImageLabels
import Testing

/// What a build's labels say, and that they are read back.
@Suite struct BuildLabelsTests {
  static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

  static func labels(
    _ locks: [LabelledLock], revision: String? = nil
  ) throws(BuildLabels.Fault) -> BuildLabels {
    try BuildLabels(locks: locks, revision: revision, createdAt: 1_796_040_000, version: "0.1.0")
  }

  static let revision = String(repeating: "c", count: 40)

  static let formats: [(LabelFormat, String)] = [
    (
      .docker,
      """
      --label=org.opencontainers.image.revision=\(revision)
      --label=org.opencontainers.image.created=2026-11-30T12:00:00Z
      --label=repin.lock.digest=\(digest("1")),\(digest("2"))
      --label=repin.lock.path=a.txt,b%2Cc%20d.txt
      --label=repin.version=0.1.0
      """
    ),
    (
      .lines,
      """
      org.opencontainers.image.revision=\(revision)
      org.opencontainers.image.created=2026-11-30T12:00:00Z
      repin.lock.digest=\(digest("1")),\(digest("2"))
      repin.lock.path=a.txt,b%2Cc%20d.txt
      repin.version=0.1.0
      """
    ),
    (
      .json,
      """
      {
        "org.opencontainers.image.revision": "\(revision)",
        "org.opencontainers.image.created": "2026-11-30T12:00:00Z",
        "repin.lock.digest": "\(digest("1")),\(digest("2"))",
        "repin.lock.path": "a.txt,b%2Cc%20d.txt",
        "repin.version": "0.1.0"
      }
      """
    ),
    (
      .buildArguments,
      """
      --build-arg=IMAGE_REVISION=\(revision)
      --build-arg=IMAGE_CREATED=2026-11-30T12:00:00Z
      --build-arg=REPIN_LOCK_DIGEST=\(digest("1")),\(digest("2"))
      --build-arg=REPIN_LOCK_PATH=a.txt,b%2Cc%20d.txt
      --build-arg=REPIN_VERSION=0.1.0
      """
    ),
  ]

  @Test(arguments: formats) func `labels are written the same whatever the order of lockfiles`(
    _ format: LabelFormat, _ text: String
  ) throws {
    let locks = [
      LabelledLock(path: "b,c d.txt", digest: Self.digest("2")),
      LabelledLock(path: "a.txt", digest: Self.digest("1")),
    ]
    #expect(try Self.labels(locks, revision: Self.revision).rendered(as: format) == text)
    #expect(try Self.labels(locks.reversed() + locks, revision: Self.revision).rendered(as: format) == text)
  }

  @Test func `what can't be labelled is refused`() {
    let lock = LabelledLock(path: "a.txt", digest: Self.digest("1"))
    #expect(throws: BuildLabels.Fault.noLock) { try Self.labels([]) }
    #expect(throws: BuildLabels.Fault.unprintable(path: "a\nb")) {
      try Self.labels([LabelledLock(path: "a\nb", digest: Self.digest("1"))])
    }
    #expect(throws: BuildLabels.Fault.ambiguous(path: "a.txt")) {
      try Self.labels([lock, LabelledLock(path: "a.txt", digest: Self.digest("2"))])
    }
    let many = (0...1_000).map { LabelledLock(path: "\($0).txt", digest: Self.digest("1")) }
    #expect(throws: BuildLabels.Fault.tooMany(limit: 1_000)) { try Self.labels(many) }
    #expect(throws: Never.self) { try Self.labels(many.dropLast()) }
    for revision in ["HEAD", "", String(repeating: "c", count: 39), String(repeating: "C", count: 40)] {
      #expect(throws: BuildLabels.Fault.revision(revision)) { try Self.labels([lock], revision: revision) }
    }
  }

  /// Characters that mean something to a shell, to JSON, to a list, and others.
  private static let alphabet = Array(" ab./-_~%,=\"'`$\\*?[]{}()<>|&;#!:@^+äé漢😀")

  @Test func `whatever lockfiles are called, their labels are plain words and are read back as the same`()
    throws
  {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let names = Set(
        (0..<Int.random(in: 1...5, using: &generator)).map { _ in
          String(
            (0..<Int.random(in: 1...12, using: &generator)).map { _ in
              Self.alphabet.randomElement(using: &generator) ?? "a"
            })
        })
      let locks = names.map {
        LabelledLock(
          path: $0, digest: Self.digest("0123456789abcdef".randomElement(using: &generator) ?? "0"))
      }
      let labels = try Self.labels(locks, revision: Self.revision)
      for word in labels.rendered(as: .docker).split(separator: "\n") {
        let isPlain = word.utf8.allSatisfy { byte in
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || "-=./,:%_~".utf8.contains(byte)
        }
        #expect(isPlain, "\(word)")
      }
      let image = try ImageInspection(Array(labels.rendered(as: .json).utf8)).image(named: nil)
      let comparison = try ImageComparison(
        of: image, with: locks.map { ImageComparison.Question(path: $0.path, labelled: $0) },
        now: 1_796_040_060, limit: 60)
      #expect(comparison.locks.allSatisfy { $0.origin == .same } && comparison.others.isEmpty, "\(names)")
      #expect(comparison.reasons.isEmpty && comparison.revision == Self.revision)
      #expect(comparison.age == .known(createdAt: 1_796_040_000, seconds: 60))
    }
  }
}
