import PackageIndex
import PythonPackaging
import TestSupport
import Testing

/// What builds give, and what runs when.
@Suite struct SourceBuilderTests {
  /// A hook that makes metadata.
  static let prepare = """
    import os
    def prepare_metadata_for_build_wheel(directory, config_settings=None):
        os.mkdir(os.path.join(directory, "demo-1.0.dist-info"))
        with open(os.path.join(directory, "demo-1.0.dist-info", "METADATA"), "w") as file:
            file.write("Name: demo\\n")
        return "demo-1.0.dist-info"

    """
  /// A hook that makes a wheel.
  static let wheel = """
    import os, zipfile
    def build_wheel(directory, config_settings=None, metadata_directory=None):
        with zipfile.ZipFile(os.path.join(directory, "demo-1.0-py3-none-any.whl"), "w") as wheel:
            wheel.writestr("demo.py", "")
            wheel.writestr("demo-1.0.dist-info/METADATA", "Name: wheel\\n")
        return "demo-1.0-py3-none-any.whl"

    """

  struct Backend: CustomTestStringConvertible {
    let testDescription: String
    let source: String
    var name = "backend"
    var path = ["_build"]
    var metadata = "Name: demo\n"
  }

  @Test(arguments: [
    Backend(testDescription: "prepare_metadata_for_build_wheel", source: prepare),
    Backend(testDescription: "build_wheel alone", source: wheel, metadata: "Name: wheel\n"),
    Backend(testDescription: "metadata before a wheel", source: prepare + wheel),
    Backend(
      testDescription: "an object in the module",
      source: prepare + """
        class Hooks:
            class inner:
                prepare_metadata_for_build_wheel = staticmethod(prepare_metadata_for_build_wheel)
        del prepare_metadata_for_build_wheel
        """, name: "backend:Hooks.inner"),
    Backend(
      testDescription: "a package's module", source: prepare, name: "_build.backend", path: ["."]),
    Backend(
      testDescription: "requirements as a tuple",
      source: prepare + "def get_requires_for_build_wheel(config_settings=None): return ()\n"),
    Backend(
      testDescription: "noise on both streams",
      source: prepare + """
        import sys
        print('{"result": "no"}')
        sys.stderr.write("warning\\n")
        """),
    Backend(
      testDescription: "an end of standard input, and no terminal",
      source: prepare + """
        import sys
        assert sys.stdin.read() == ""
        try:
            open("/dev/tty")
        except OSError:
            pass
        else:
            raise AssertionError("a terminal")
        """),
    Backend(
      testDescription: "the tree as working directory, not on the path, and no arguments",
      source: prepare + """
        import sys
        assert os.path.isfile("_build/backend.py")
        assert os.getcwd() not in sys.path and "" not in sys.path
        assert len(sys.argv) == 1
        """),
    Backend(
      testDescription: "waiting for every child",
      source: prepare + """
        try:
            while True: os.wait()
        except ChildProcessError:
            pass
        """),
  ])
  func `metadata is what the backend makes`(_ backend: Backend) async throws {
    let fixture = try await BuildFixture(backend.source)
    let system = fixture.system(backend: backend.name, path: backend.path)
    #expect(try await fixture.metadata(system) == backend.metadata)
    #expect(fixture.isClean)
    #expect(fixture.directory.names(in: "logs").isEmpty)
  }

  @Test func `what a backend asks for is installed before its next hook`() async throws {
    let fixture = try await BuildFixture(
      """
      import first
      def get_requires_for_build_wheel(config_settings=None):
          return ["second >= 1"]
      def prepare_metadata_for_build_wheel(directory, config_settings=None):
          import os, second
          os.mkdir(os.path.join(directory, "demo-1.0.dist-info"))
          with open(os.path.join(directory, "demo-1.0.dist-info", "METADATA"), "w") as file:
              file.write("Summary: %s %s\\n" % (first.text, second.text))
          return "demo-1.0.dist-info"
      """)
    try await fixture.serveWheel("first", "1.0", module: "text = 'one'\n")
    try await fixture.serveWheel("second", "1.0", module: "text = 'two'\n")
    #expect(try await fixture.metadata(fixture.system(requires: ["first"])) == "Summary: one two\n")
    #expect(
      fixture.events.all == [
        .preparing(label: "demo 1.0"),
        .installing(["first"], label: "demo 1.0"),
        .running(hook: "get_requires_for_build_wheel", label: "demo 1.0"),
        .installing(["second >= 1"], label: "demo 1.0"),
        .running(hook: "prepare_metadata_for_build_wheel", label: "demo 1.0"),
      ])
    #expect(fixture.isClean)
  }

  @Test func `what builds require alike is installed once, and each build has it to itself`() async throws {
    let fixture = try await BuildFixture(
      Self.prepare + """
        import sys, tiny
        assert tiny.text == "as installed"
        with open(tiny.__file__, "w") as file:
            file.write("text = 'spoilt'\\n")
        assert sys.prefix == os.path.join(os.path.dirname(os.environ["TMPDIR"]), "environment")
        assert sys.prefix in open(os.path.join(sys.prefix, "bin", "activate")).read()
        """)
    try await fixture.serveWheel("tiny", "1.0", module: "text = 'as installed'\n")
    let builder = SourceBuilder(fixture.configuration)
    for (label, requires) in [
      ("a 1", ["tiny"]), ("a 2", ["tiny"]), ("b 1", ["tiny >= 1"]), ("a 3", ["tiny"]),
    ] {
      let built = try await builder.metadata(
        of: fixture.tree, label: label, system: fixture.system(requires: requires))
      #expect(String(decoding: built.metadata, as: UTF8.self) == "Name: demo\n")
    }
    #expect(
      fixture.events.all.filter { if case .installing = $0 { true } else { false } } == [
        .installing(["tiny"], label: "a 1"), .installing(["tiny >= 1"], label: "b 1"),
      ])
    builder.close()
    #expect(fixture.isClean)
  }

  /// Hooks that see what the other did only where a process of their own wouldn't.
  @Test(arguments: [
    (asked: "[]", imports: 1), (asked: "['tiny']", imports: 2),
  ])
  func `a backend is imported once where it asks for nothing, and each hook has its own process`(
    _ asked: String, _ imports: Int
  ) async throws {
    let fixture = try await BuildFixture(
      """
      import os
      state = []
      with open("imports", "a") as file: file.write("x")
      def get_requires_for_build_wheel(config_settings=None):
          state.append(1)
          os.environ["MARK"] = "1"
          os.chdir("/")
          asked = \(asked)
          return asked
      def prepare_metadata_for_build_wheel(directory, config_settings=None):
          assert state == [] and "MARK" not in os.environ and os.path.isfile("imports")
          os.mkdir(os.path.join(directory, "demo-1.0.dist-info"))
          with open(os.path.join(directory, "demo-1.0.dist-info", "METADATA"), "w") as file:
              file.write("Name: demo\\n")
          return "demo-1.0.dist-info"
      """)
    try await fixture.serveWheel("tiny", "1.0", module: "")
    #expect(try await fixture.metadata() == "Name: demo\n")
    #expect(fixture.directory.text("tree/imports") == String(repeating: "x", count: imports))
    #expect(
      fixture.events.all.compactMap { if case .running(let hook, _) = $0 { hook } else { nil } } == [
        "get_requires_for_build_wheel", "prepare_metadata_for_build_wheel",
      ])
  }

  @Test func `a backend that has threads when it was imported isn't forked`() async throws {
    let fixture = try await BuildFixture(
      Self.prepare + """
        import threading
        with open("imports", "a") as file: file.write("x")
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        """)
    #expect(try await fixture.metadata() == "Name: demo\n")
    #expect(fixture.directory.text("tree/imports") == "xx")
  }

  @Test func `constraints bound what is installed`() async throws {
    var fixture = try await BuildFixture(
      """
      import tiny
      def prepare_metadata_for_build_wheel(directory, config_settings=None):
          import os
          os.mkdir(os.path.join(directory, "demo-1.0.dist-info"))
          with open(os.path.join(directory, "demo-1.0.dist-info", "METADATA"), "w") as file:
              file.write(tiny.text)
          return "demo-1.0.dist-info"
      """)
    for version in ["1.0", "2.0"] {
      try await fixture.serveWheel("tiny", version, module: "text = '\(version)'\n")
    }
    #expect(try await fixture.metadata(fixture.system(requires: ["tiny"])) == "2.0")
    fixture.configuration.constraints = ["tiny < 2"]
    #expect(try await fixture.metadata(fixture.system(requires: ["tiny"])) == "1.0")
  }

  @Test func `the user's Python and pip settings don't reach a build`() async throws {
    var fixture = try await BuildFixture(
      Self.prepare + """
        import os, sys, tiny
        assert tiny.text == "of the wheel"
        kept = ("PIP_CACHE_DIR", "PIP_CONFIG_FILE")
        assert [name for name in os.environ if name.startswith("PIP_") and name not in kept] == []
        assert "VIRTUAL_ENV" not in os.environ and "REPIN_INDEX_URL" not in os.environ
        assert os.environ["CC"] == "some-compiler"
        assert os.path.dirname(sys.executable) == os.environ["PATH"].split(os.pathsep)[0]
        """)
    try await fixture.serveWheel("tiny", "1.0", module: "text = 'of the wheel'\n")
    fixture.directory.makeDirectory("poison")
    for module in ["json", "tiny", "venv", "pip"] {
      fixture.directory.write("poison/\(module).py", "raise SystemExit('poisoned')\n")
    }
    let poison = fixture.directory.file("poison")
    let variables = [
      "PYTHONPATH": poison, "PYTHONHOME": poison, "PYTHONSTARTUP": "\(poison)/json.py",
      "PYTHONWARNINGS": "error",
      "PYTHONINSPECT": "1", "__PYVENV_LAUNCHER__": poison, "VIRTUAL_ENV": poison,
      "PIP_REQUIRE_VIRTUALENV": "1", "PIP_TARGET": poison, "PIP_PREFIX": poison, "PIP_USER": "1",
      "PIP_NO_DEPS": "1", "PIP_REQUIRE_HASHES": "1", "PIP_PYTHON": "/nowhere",
      "PIP_INDEX_URL": "https://index.example/",
      "PIP_CONSTRAINT": "/nowhere", "PIP_CACHE_DIR": fixture.directory.file("cache"),
      "REPIN_INDEX_URL": "https://index.example/", "CC": "some-compiler", "0": "no name", "": "no name",
    ]
    fixture.configuration.environment.merge(variables) { $1 }
    #expect(try await fixture.metadata(fixture.system(requires: ["tiny"])) == "Name: demo\n")
  }

  @Test func `credentials don't reach the backend`() async throws {
    var fixture = try await BuildFixture(
      Self.prepare + """
        import glob, sys
        root = os.path.dirname(os.environ["TMPDIR"])
        texts = [open(path).read() for path in glob.glob(root + "/**", recursive=True)
                 if os.path.isfile(path) and "/environment/" not in path]
        assert len(texts) > 3
        assert "me:sesame" not in "".join(texts) + repr(os.environ)
        assert "https://index.example/simple/" in open(os.environ["PIP_CONFIG_FILE"]).read()
        """)
    try await fixture.serveWheel("tiny", "1.0", module: "")
    fixture.configuration.indexes.indexURL = "https://me:sesame@index.example/simple/"
    #expect(try await fixture.metadata(fixture.system(requires: ["tiny"])) == "Name: demo\n")
  }

  @Test func `without isolation the interpreter's own environment is used, and nothing installed`()
    async throws
  {
    var fixture = try await BuildFixture(
      Self.prepare + """
        import os, sys
        assert sys.prefix == sys.base_prefix
        def get_requires_for_build_wheel(config_settings=None): raise AssertionError("not asked")
        """)
    fixture.configuration.isIsolated = false
    #expect(try await fixture.metadata(fixture.system(requires: ["nowhere"])) == "Name: demo\n")
    #expect(
      fixture.events.all == [
        .preparing(label: "demo 1.0"),
        .running(hook: "prepare_metadata_for_build_wheel", label: "demo 1.0"),
      ])
  }

  @Test func `build requirements are asked for by target`() async throws {
    let fixture = try await BuildFixture(
      """
      import tiny
      def get_requires_for_build_wheel(config_settings=None): return ["a >= 1", " b[c] ; os_name == 'posix' "]
      def get_requires_for_build_sdist(config_settings=None): return []
      """)
    try await fixture.serveWheel("tiny", "1.0", module: "")
    let found = try await SourceBuilder(fixture.configuration).buildRequirements(
      of: fixture.tree, label: "demo", system: fixture.system(requires: ["tiny"]),
      targets: [.wheel, .sdist, .editable])
    #expect(
      found
        == BuildRequirements(
          requires: ["tiny"],
          byTarget: [.wheel: ["a >= 1", "b[c] ; os_name == 'posix'"], .sdist: [], .editable: []]))
    let fewer = try await SourceBuilder(fixture.configuration).buildRequirements(
      of: fixture.tree, label: "demo", system: fixture.system(requires: ["tiny"]), targets: [.sdist])
    #expect(fewer == BuildRequirements(requires: ["tiny"], byTarget: [.sdist: []]))
    #expect(fixture.isClean)
  }

  @Test(
    .enabled("the interpreter has a setuptools that makes metadata by itself, or wheel beside it") {
      try await BuildFixture().runs(
        "import setuptools.build_meta as s; int(s.setuptools.__version__.split('.')[0]) > 70 or __import__('wheel')"
      )
    })
  func `an old tree with a setup.py alone is built by setuptools`() async throws {
    var fixture = try await BuildFixture()
    fixture.configuration.isIsolated = false
    fixture.directory.write(
      "tree/setup.py",
      """
      from setuptools import setup
      from helper import version
      setup(name="old", version=version, py_modules=["old"], install_requires=["a>=1"])
      """)
    fixture.directory.write("tree/helper.py", "version = '1.2'\n")
    fixture.directory.write("tree/old.py", "")
    let metadata = try await fixture.metadata(.legacy)
    #expect(metadata.contains("Name: old\nVersion: 1.2\n") && metadata.contains("\nRequires-Dist: a"))
  }
}
