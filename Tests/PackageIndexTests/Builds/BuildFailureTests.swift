import PackageIndex
import PythonPackaging
import TestSupport
import Testing

/// How builds fail, and what is said and kept then.
@Suite struct BuildFailureTests {
  @Test(arguments: FailingBuild.all)
  func `a build that fails says where and why`(_ failure: FailingBuild) async throws {
    let fixture = try await BuildFixture(failure.source)
    fixture.directory.link("tree/_link", to: fixture.directory.path)
    let error = await fixture.failure(
      fixture.system(requires: failure.requires, backend: failure.name, path: failure.path))
    let text = try #require(fixture.text(of: error))
    // What Python says of a missing file has a name in it that differs from run to run.
    #expect(text == failure.text || failure.text.hasSuffix(": ") && text.hasPrefix(failure.text))
    if let line = failure.line {
      #expect(error?.output?.lastLines.contains(line) == true)
      #expect(fixture.log(of: error)?.contains(line) == true)
    }
    #expect(fixture.isClean)
  }

  struct Interpreter: CustomTestStringConvertible {
    let testDescription: String
    let script: String?
    let text: String
  }

  @Test(arguments: [
    Interpreter(
      testDescription: "it isn't there", script: nil,
      text: "building demo 1.0 failed while making its environment: sh: "),
    Interpreter(
      testDescription: "it fails", script: "#!/bin/sh\necho 'no such \u{1b}[31mthing' >&2; exit 3\n",
      text: "building demo 1.0 failed while making its environment: no such \u{fffd}[31mthing"),
    Interpreter(
      testDescription: "it does nothing", script: "#!/bin/sh\n",
      text: "building demo 1.0 failed while making its environment"),
    Interpreter(
      testDescription: "it answers with something else", script: "#!/bin/sh\necho '[1]' > \"$3\"\n",
      text: "building demo 1.0 failed while making its environment"),
    Interpreter(
      testDescription: "it is too old",
      script: "#!/bin/sh\necho '{\"problem\": \"it is Python 2\"}' > \"$3\"\n",
      text: "`DIR/python` can't make an isolated environment for builds: it is Python 2"),
    Interpreter(
      testDescription: "it has no pip",
      script: "#!/bin/sh\necho '{\"pip\": null, \"ensurepip\": false}' > \"$3\"\n",
      text: """
        `DIR/python` can't make an isolated environment for builds: it has neither pip nor `ensurepip` (Debian and \
        Ubuntu have it in `python3-venv`)
        """),
  ])
  func `an interpreter that can't is named`(_ interpreter: Interpreter) async throws {
    var fixture = try await BuildFixture()
    if let script = interpreter.script { fixture.directory.write("python", script, mode: 0o755) }
    fixture.configuration.interpreter = fixture.directory.file("python")
    let text = fixture.text(of: await fixture.failure(fixture.system(requires: ["a"])))
    let isExpected =
      interpreter.text.hasSuffix(": ") ? text?.hasPrefix(interpreter.text) == true : text == interpreter.text
    #expect(isExpected, Comment(rawValue: text ?? "no error"))
    #expect(fixture.isClean)
  }

  @Test func `a tree that isn't there is named`() async throws {
    let fixture = try await BuildFixture()
    fixture.directory.remove("tree")
    #expect(fixture.text(of: await fixture.failure()) == "can't build in `DIR/tree`: no such directory")
  }

  @Test func `a directory for temporary files that isn't there is named`() async throws {
    let fixture = try await BuildFixture()
    fixture.directory.remove("tmp")
    #expect(
      fixture.text(of: await fixture.failure()) == "can't build in `DIR/tmp`: no such file or directory")
  }

  @Test func `control characters and credentials don't get into lines and logs`() async throws {
    var fixture = try await BuildFixture(
      """
      import sys, base64
      print("\\x1b]0;title\\x07red\\x1b[31m \\u202e", "sesame", "open%3Asesame", flush=True)
      for letter in "me:open%3Asesame":
          sys.stdout.write(letter); sys.stdout.flush()
      print()
      print(base64.b64encode(b"me:open:sesame").decode(), "a-token", "a" * 1000)
      raise SystemExit("https://me:open%3Asesame@index.example/simple/")
      """)
    fixture.configuration.indexes.indexURL = "https://me:open%3Asesame@index.example/simple/"
    fixture.configuration.indexes.extraIndexURLs = ["https://a-token@index.example/simple/"]
    let error = await fixture.failure()
    #expect(
      error?.output?.lastLines == [
        "\u{fffd}]0;title\u{fffd}red\u{fffd}[31m \u{fffd} sesame ****", "****",
        "**** **** " + String(repeating: "a", count: 490), "https://****@index.example/simple/",
      ])
    #expect(
      fixture.text(of: error) == """
        building demo 1.0 failed while running `get_requires_for_build_wheel`: https://****@index.example/simple/
        """)
    let log = try #require(fixture.log(of: error))
    #expect(log.contains("https://****@index.example/simple/") && !log.contains("open%3Asesame"))
  }

  @Test func `a flood of output is bounded, and its end is kept`() async throws {
    let fixture = try await BuildFixture(
      """
      import sys
      print("the beginning")
      line = "x" * 999 + "\\n"
      for _ in range(40): sys.stdout.write(line * 1000)
      sys.exit("the end")
      """)
    let error = await fixture.failure()
    #expect(error?.output?.lastLines.last == "the end")
    #expect(error?.output?.lastLines.count == 40)
    let log = try #require(fixture.log(of: error))
    #expect((16_000_000...(16 << 20) + 100).contains(log.utf8.count))
    #expect(log.contains("the beginning\n") && log.hasSuffix("the end\n"))
    #expect(log.contains(" bytes are left out here]\n"))
  }

  struct Label: CustomTestStringConvertible {
    let label: String
    let file: String
    var testDescription: String { label.debugDescription }
  }

  @Test(arguments: [
    Label(label: "demo 1.0", file: "demo-1.0-"), Label(label: "../../etc/passwd", file: "etc-passwd-"),
    Label(label: "...", file: "build-"), Label(label: "", file: "build-"),
    Label(label: "a\u{0}é", file: "a------"),
  ])
  func `a log's name is made of the label, and is new`(_ label: Label) async throws {
    let fixture = try await BuildFixture("raise ValueError")
    fixture.directory.makeDirectory("logs")
    let error = await fixture.failure(label: label.label)
    _ = await fixture.failure(label: label.label)
    let names = fixture.directory.names(in: "logs")
    #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix(label.file) && $0.hasSuffix(".log") })
    #expect(names.allSatisfy { $0.utf8.count == label.file.utf8.count + 10 })
    #expect(fixture.log(of: error)?.contains("ValueError") == true)
  }

  @Test func `a log that can't be kept costs nothing else`() async throws {
    var fixture = try await BuildFixture("raise ValueError('x')")
    fixture.directory.write("file", "")
    fixture.configuration.logDirectory = fixture.directory.file("file/logs")
    let error = await fixture.failure()
    #expect(error?.output?.lastLines.last == "ValueError: x")
    #expect(error?.output?.log == nil)
  }
}
