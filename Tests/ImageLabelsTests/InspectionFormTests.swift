import ImageLabels
import Testing

/// Each form of JSON that a tool writes of an image, cut to what tells one from the other.
@Suite struct InspectionFormTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var names: [[String]]
    var created: [String?]
    var revision: [String?]
    var count: [Int]

    init(
      _ testDescription: String, _ text: String, names: [[String]], created: [String?],
      revision: [String?] = ["abc"],
      count: [Int] = [2]
    ) {
      self.testDescription = testDescription
      self.text = text
      self.names = names
      self.created = created
      self.revision = revision
      self.count = count
    }
  }

  static let labels = #"{"org.opencontainers.image.revision": "abc", "maintainer": "a team"}"#

  static let cases: [Case] = [
    Case(
      "docker inspect, an image",
      """
      [{"Id": "sha256:aa11", "RepoTags": ["web:1.4", "web:latest"], "RepoDigests": ["index.example/web@sha256:bb22"],
        "Created": "2026-11-20T08:00:00.5Z", "Config": {"User": "10001", "Labels": \(labels)}, "RootFS": {"Layers": []}}]
      """, names: [["web:1.4", "web:latest", "index.example/web@sha256:bb22", "sha256:aa11"]],
      created: ["2026-11-20T08:00:00.5Z"]),
    Case(
      "docker inspect, an image without labels",
      #"[{"Id": "sha256:aa11", "RepoTags": [], "Created": "2026-11-20T08:00:00Z", "Config": {"Labels": null}}]"#,
      names: [["sha256:aa11"]], created: ["2026-11-20T08:00:00Z"], revision: [nil], count: [0]),
    Case(
      "docker inspect, an image of a daemon that leaves out what is empty",
      #"[{"Id": "sha256:aa11", "RepoTags": null, "Config": {"Cmd": ["sh"]}}]"#, names: [["sha256:aa11"]],
      created: [nil], revision: [nil], count: [0]),
    Case(
      "docker inspect, a container, whose moment isn't its image's",
      """
      [{"Id": "cc33", "Created": "2026-11-29T00:00:00Z", "State": {"Running": true}, "Image": "sha256:aa11",
        "Name": "/web-1", "Config": {"Image": "web:1.4", "Labels": \(labels)}}]
      """, names: [["web-1", "web:1.4", "cc33", "sha256:aa11"]], created: [nil]),
    Case(
      "podman inspect, an image",
      """
      [{"Id": "aa11", "Digest": "sha256:bb22", "RepoTags": ["localhost/web:latest"], "RepoDigests": [],
        "Created": "2026-11-20T08:00:00Z", "Config": {"Labels": \(labels)}, "Labels": \(labels),
        "NamesHistory": ["localhost/web:latest"]}]
      """, names: [["localhost/web:latest", "aa11", "sha256:bb22"]], created: ["2026-11-20T08:00:00Z"]),
    Case(
      "podman inspect, a container",
      """
      [{"Id": "cc33", "Created": "2026-11-29T00:00:00+01:00", "State": {"Status": "running"}, "Image": "aa11",
        "ImageName": "localhost/web:latest", "Name": "web-1", "Config": {"Labels": \(labels)}}]
      """, names: [["web-1", "localhost/web:latest", "cc33", "aa11"]], created: [nil]),
    Case(
      "skopeo inspect, whose tags are those of the repository",
      """
      {"Name": "index.example/web", "Digest": "sha256:bb22", "RepoTags": ["1.3", "1.4"],
       "Created": "2026-11-20T08:00:00Z", "DockerVersion": "", "Labels": \(labels), "Architecture": "amd64", "Layers": []}
      """, names: [["index.example/web", "sha256:bb22"]], created: ["2026-11-20T08:00:00Z"]),
    Case(
      "skopeo inspect --config",
      """
      {"created": "2026-11-20T08:00:00Z", "architecture": "amd64", "os": "linux", "config": {"Labels": \(labels)},
       "rootfs": {"type": "layers", "diff_ids": []}, "history": [{"created": "2020-01-01T00:00:00Z"}]}
      """, names: [[]], created: ["2026-11-20T08:00:00Z"]),
    Case(
      "buildx imagetools inspect, the images of several platforms",
      """
      {"linux/amd64": {"created": "2026-11-20T08:00:00Z", "config": {"Labels": \(labels)}},
       "linux/arm64": {"created": "2026-11-21T08:00:00Z", "config": {}}}
      """, names: [["linux/amd64"], ["linux/arm64"]],
      created: ["2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z"],
      revision: ["abc", nil], count: [2, 0]),
    Case(
      "buildx imagetools inspect, all of it",
      """
      {"name": "index.example/web:1.4", "manifest": {"digest": "sha256:bb22"},
       "image": {"created": "2026-11-20T08:00:00Z", "config": {"Labels": \(labels)}}}
      """, names: [["index.example/web:1.4"]], created: ["2026-11-20T08:00:00Z"]),
    Case(
      "buildah inspect",
      """
      {"Type": "buildah 0.0.1", "FromImage": "localhost/web:latest", "FromImageID": "aa11",
       "OCIv1": {"created": "2026-11-20T08:00:00Z", "config": {"Labels": \(labels)}}, "Docker": {"created": "x"}}
      """, names: [["localhost/web:latest", "aa11"]], created: ["2026-11-20T08:00:00Z"]),
    Case("an object of labels", labels, names: [[]], created: [nil]),
    Case("no labels", "{}\n", names: [[]], created: [nil], revision: [nil], count: [0]),
    Case(
      "no labels, as a template of docker's writes it", "null", names: [[]], created: [nil], revision: [nil],
      count: [0]),
    Case(
      "a moment that is no string, a label without a value",
      #"{"created": 5, "config": {"Labels": {"org.opencontainers.image.revision": ""}}}"#, names: [[]],
      created: [nil], revision: [nil], count: [1]),
  ]

  @Test(arguments: cases) func `labels, moment and names are found`(_ row: Case) throws {
    let images = try ImageInspection(Array(row.text.utf8)).images
    #expect(images.map(\.names) == row.names)
    #expect(images.map(\.created) == row.created)
    #expect(images.map { $0.labels[.revision] } == row.revision)
    #expect(images.map(\.labelCount) == row.count)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String { String(text.prefix(60)) }
    var text: String
    var message: String
    var place: String?

    init(_ text: String, _ message: String, at place: String? = nil) {
      self.text = text
      self.message = message
      self.place = place
    }
  }

  static let faults: [Fault] = [
    Fault("", "found nothing, expected the JSON of an image's inspection"),
    Fault(" \n", "found nothing, expected the JSON of an image's inspection"),
    Fault("Error: no such object: web", "found `E`, expected a value", at: "1:1"),
    Fault("[{\"Config\": {}},\n {\"Config\": }]", "found `}`, expected a value", at: "2:13"),
    Fault("[]", "found an empty list, expected an image"),
    Fault("[[]]", "found an array, expected an image's inspection, or an object of labels", at: "1:2"),
    Fault("\"web\"", "found a string, expected an image's inspection, or an object of labels", at: "1:1"),
    Fault("[null]", "found null, expected an image's inspection, or an object of labels", at: "1:2"),
    Fault(
      #"{"kind": "Pod", "spec": {}}"#,
      "found an object of something else, expected an image's inspection, or an object of labels", at: "1:1"),
    Fault(
      #"[{"a": "b"}]"#,
      "found an object of something else, expected an image's inspection, or an object of labels",
      at: "1:2"),
    Fault(
      #"{"linux/amd64": {"a": 1}}"#,
      "found an object of something else, expected an image's inspection, or an object of labels", at: "1:17"),
    Fault("{} {}", "found `{`, expected the end", at: "1:4"),
    Fault(
      #"{"Labels": {"repin.lock.digest": 5}}"#,
      "label `repin.lock.digest`: found `a number`, expected a string"),
    Fault(
      String(repeating: "[", count: 100_000),
      "found an array, expected an image's inspection, or an object of labels", at: "1:2"),
    Fault(
      #"{"Config": "# + String(repeating: "[", count: 100_000),
      "found more than 64 levels inside one another, expected at most 64 levels", at: "1:75"),
    Fault(
      "[" + String(repeating: #"{"Config": null},"#, count: 1_001) + "]",
      "found more than 1000 images, expected one"),
  ]

  @Test(arguments: faults) func `what is no inspection is refused with its place`(_ row: Fault) throws {
    let error = try #require(throws: ImageInspectionError.self) { try ImageInspection(Array(row.text.utf8)) }
    #expect(error.description == row.message)
    #expect(error.place.map { "\($0.line):\($0.column)" } == row.place)
    #expect(!error.remedy.isEmpty)
  }

  struct Choice: Sendable {
    var name: String?
    /// The place of the image, or what is said.
    var place: Int?
    var message: String?
  }

  static let choices: [Choice] = [
    Choice(
      name: nil,
      message:
        "found 3 images, expected one: `web:1.4`, `index.example/web:latest`, `sha256:0123456789abcdef00`"),
    Choice(name: "web:1.4", place: 0),
    Choice(name: "index.example/web", place: 1),
    Choice(name: "0123456789abcdef00", place: 2),
    Choice(name: "sha256:0123456789abcdef00", place: 2),
    Choice(
      name: "0123456789abcdef", message: "found 2 images that `0123456789abcdef` may mean, expected one"),
    Choice(
      name: "0123456789",
      message:
        "found no image `0123456789`, only `web:1.4`, `index.example/web:latest`, `sha256:0123456789abcdef00`"
    ),
    Choice(
      name: "we\u{1b}b",
      message:
        "found no image `we\u{FFFD}b`, only `web:1.4`, `index.example/web:latest`, `sha256:0123456789abcdef00`"
    ),
  ]

  @Test(arguments: choices) func `one image is chosen by its name`(_ row: Choice) throws {
    let inspection = try ImageInspection(
      Array(
        """
        [{"Id": "sha256:0123456789abcdef01", "RepoTags": ["web:1.4"], "Config": {}},
         {"Id": "sha256:ffff456789abcdef02", "RepoTags": ["index.example/web:latest"], "Config": {}},
         {"Id": "sha256:0123456789abcdef00", "RepoTags": [], "Config": {}}]
        """.utf8))
    if let message = row.message {
      let error = try #require(throws: ImageInspectionError.self) { try inspection.image(named: row.name) }
      #expect(error.description == message)
    } else {
      let place = try #require(row.place)
      #expect(try inspection.image(named: row.name) == inspection.images[place])
    }
  }
}
