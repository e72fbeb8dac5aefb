import PythonPackaging
import Testing

@testable import RequirementsFiles

/// Reading lockfiles as repin, pip-compile, uv and people leave them.
@Suite struct LockfileContentsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    /// `line-lastLine: entry | origins | hashes`
    var entries: [String]
    var options: [String] = []
    var others: [String] = []

    var testDescription: String { text }
  }

  static let rows = [
    Row(text: "", entries: []),
    Row(text: "flask==1.0", entries: ["1-1: flask==1.0"]),
    Row(
      text: "flask==1.0\n    # via -r requirements.in\n", entries: ["1-2: flask==1.0 | -r requirements.in"]),
    Row(
      text: "flask==1.0\n    # via\n    #   -r r.in\n    #   x\nsix==2\n",
      entries: ["1-4: flask==1.0 | -r r.in, x", "5-5: six==2"]),
    Row(
      text: "flask==1.0                # via -r r.in, x\nsix==2  # why not\n",
      entries: ["1-1: flask==1.0 | -r r.in, x", "2-2: six==2"]),
    Row(
      text: "flask==1.0 \\\n    --hash=sha256:a \\\n    --hash=sha256:b\n    # via x\n",
      entries: ["1-4: flask==1.0 | x | sha256:a sha256:b"]),
    Row(
      text: "flask==1.0 \\\n    --hash=sha256:a\n    # via\n    #   x\n    #   y\n",
      entries: ["1-5: flask==1.0 | x, y | sha256:a"]),
    Row(
      text: "flask==1.0 --hash=sha256:a --hash sha256:b ; os_name == 'nt'",
      entries: ["1-1: flask==1.0 ; os_name == 'nt' |  | sha256:a sha256:b"]),
    Row(
      text: "flask==1.0 ; os_name == 'nt' \\\n  --hash=sha256:a\n",
      entries: ["1-2: flask==1.0 ; os_name == 'nt' |  | sha256:a"]),
    Row(
      text: "flask==1.0 \\\n  ; os_name == 'nt' # via x\n", entries: ["1-2: flask==1.0 ; os_name == 'nt' | x"]
    ),
    Row(
      text: "flask==1.0;os_name=='nt'\nsix == 2 ;  # c\n",
      entries: ["1-1: flask==1.0 ; os_name=='nt'", "2-2: six==2"]),
    Row(text: "Flask_X.y [b, A_c] == 1.0\n", entries: ["1-1: flask-x-y[a-c,b]==1.0"]),
    Row(text: "a===1-odd\nb==1!2+x.1\n", entries: ["1-1: a===1-odd", "2-2: b==1!2+x.1"]),
    Row(
      text: "a @ https://h.example/a.zip#sha256=1 ; os_name == 'nt'\n    # via b\n",
      entries: ["1-2: a @ https://h.example/a.zip#sha256=1 ; os_name == 'nt' | b"]),
    Row(
      text: "a[x] @ git+https://h.example/a@v1\nb@file:///b\n",
      entries: ["1-1: a[x] @ git+https://h.example/a@v1", "2-2: b @ file:///b"]),
    Row(
      text:
        "-e ./pkg[dev]\n    # via -r r.in\n--editable git+https://h.example/r#egg=R_x  # via a\n-e 'x y' ; os_name == 'nt'",
      entries: [
        "1-2: -e ./pkg[dev] | -r r.in", "3-3: r-x -e git+https://h.example/r#egg=R_x | a",
        "4-4: -e 'x y' ; os_name == 'nt'",
      ]),
    Row(
      text: "https://h.example/x-1.0-py3-none-any.whl\nhttps://h.example/y.zip#egg=y  # via z\n./pkg\n",
      entries: [
        "1-1: x @ https://h.example/x-1.0-py3-none-any.whl", "2-2: y @ https://h.example/y.zip#egg=y | z",
        "3-3: ./pkg",
      ]),
    Row(
      text: "flask>=2\nsix\ny==1.*\nz==1,<2\n!!\nx[a\nok==1\n", entries: ["7-7: ok==1"],
      others: ["1: flask>=2", "2: six", "3: y==1.*", "4: z==1,<2", "5: !!", "6: x[a"]),
    Row(
      text: "flask>=2 \\\n   --hash=sha256:a\nok==1\n", entries: ["3-3: ok==1"], others: ["1: flask>=2 \\"]),
    Row(
      text: "-i https://x.example/\n--extra-index-url=https://y.example/ # c\n--pre\n-c c.txt\n\na==1",
      entries: ["6-6: a==1"],
      options: [
        "1: --index-url https://x.example/", "2: --extra-index-url https://y.example/", "3: --pre ",
        "4: --constraint c.txt",
      ]),
    Row(text: "a==1\r\n    # via b\r\nc==2\r\n", entries: ["1-2: a==1 | b", "3-3: c==2"]),
    Row(text: "a==1\rb==2\r", entries: ["1-1: a==1", "2-2: b==2"]),
    Row(text: "\u{FEFF}a==1\n", entries: ["1-1: a==1"]),
    Row(
      text: "a==1\n    # via -r r.in (line 3)\n# via nobody\n\n    # indented\nb==2 # a comment\n# \n#\n",
      entries: ["1-3: a==1 | -r r.in (line 3), nobody", "6-6: b==2"]),
    Row(text: "a==1\n    # via\n\n    #   x\n", entries: ["1-2: a==1"]),
    Row(text: "   a==1   \n\tb==2\n", entries: ["1-1: a==1", "2-2: b==2"]),
    Row(
      text: "a==1\n    # via My.Project (pyproject.toml)\n",
      entries: ["1-2: a==1 | My.Project (pyproject.toml)"]),
    Row(text: "a==1 \\", entries: ["1-1: a==1"]),
    Row(text: "a==1\\\n  --hash=sha256:1\n", entries: ["1-2: a==1 |  | sha256:1"]),
  ]

  @Test(arguments: rows) func reads(_ row: Row) {
    let contents = LockfileContents(Array(row.text.utf8))
    #expect(contents.entries.map(Self.summary) == row.entries)
    #expect(contents.options.map { "\($0.line): \($0.name) \($0.value)" } == row.options)
    #expect(contents.otherLines.map { "\($0.line): \($0.text)" } == row.others)
  }

  private static func summary(_ entry: LockfileContents.Entry) -> String {
    let pin = entry.pin
    var text = PinText.requirement(pin)
    if pin.isEditable, let name = pin.name { text = "\(name) \(text)" }
    if case .url(let url) = pin.source, let name = pin.name {
      text =
        "\(name)\(pin.extras.isEmpty ? "" : "[\(pin.extras.map(\.normalized).joined(separator: ","))]") @ \(url)"
    }
    if let marker = pin.marker { text += " ; \(marker)" }
    text = "\(entry.line)-\(entry.lastLine): \(text)"
    if !pin.origins.isEmpty || !pin.hashes.isEmpty {
      text += " | \(pin.origins.map(\.description).joined(separator: ", "))"
    }
    if !pin.hashes.isEmpty { text += " | \(pin.hashes.joined(separator: " "))" }
    return text
  }

  @Test func readsHeaders() {
    let uv = LockfileContents(
      Array(
        "# This file was autogenerated by uv via the following command:\n#    uv pip compile r.in -o r.txt\na==1\n"
          .utf8))
    #expect(uv.generator == .uv)
    #expect(uv.command == "uv pip compile r.in -o r.txt")
    let tools = LockfileContents(
      Array(
        """
        #
        # This file is autogenerated by pip-compile with Python 3.12
        # by the following command:
        #
        #    pip-compile --generate-hashes r.in
        #
        a==1

        # The following packages are considered to be unsafe in a requirements file:
        # pip
        # setuptools

        """.utf8))
    #expect(tools.generator == .pipCompile)
    #expect(tools.headerPython == "3.12")
    #expect(tools.command == "pip-compile --generate-hashes r.in")
    #expect(tools.unsafeNames == ["pip", "setuptools"])
    #expect(tools.entries.map(\.isUnsafe) == [false])
  }

  @Test func readsLargeFiles() {
    let hash = "sha256:" + String(repeating: "a", count: 64)
    let lines = (0..<3200).map { index in
      "package-\(index)==1.\(index) \\\n    --hash=\(hash)\n    # via\n    #   -r requirements.in\n    #   package-1\n"
    }
    let contents = LockfileContents(Array(lines.joined().utf8))
    #expect(contents.entries.count == 3200)
    #expect(contents.entries.last?.lastLine == 3200 * 5)
    #expect(contents.entries.allSatisfy { $0.pin.hashes == [hash] && $0.pin.origins.count == 2 })
  }
}
