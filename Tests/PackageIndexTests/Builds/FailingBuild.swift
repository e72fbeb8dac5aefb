import Testing

/// A backend that gives no metadata, and what is said of it.
struct FailingBuild: CustomTestStringConvertible {
  let testDescription: String
  var source = SourceBuilderTests.prepare
  var requires: [String] = []
  var name = "backend"
  var path = ["_build"]
  /// The error's text.
  let text: String
  /// A line of its output; nil: it has none, and no log.
  var line: String?

  static let all: [FailingBuild] = [
    FailingBuild(
      testDescription: "a hook raises",
      source: "def prepare_metadata_for_build_wheel(directory, settings=None): raise ValueError('too blue')",
      text: "building demo 1.0 failed while running `prepare_metadata_for_build_wheel`: ValueError: too blue",
      line: "ValueError: too blue"),
    FailingBuild(
      testDescription: "a hook raises what a missing hook would",
      source: SourceBuilderTests.wheel
        + "def prepare_metadata_for_build_wheel(directory, settings=None): return os.nothing",
      text: """
        building demo 1.0 failed while running `prepare_metadata_for_build_wheel`: AttributeError: module 'os' has no \
        attribute 'nothing'
        """,
      line: "AttributeError: module 'os' has no attribute 'nothing'"),
    FailingBuild(
      testDescription: "the hook for requirements raises what a missing hook would",
      source: SourceBuilderTests.prepare
        + "def get_requires_for_build_wheel(settings=None): return os.nothing",
      text: """
        building demo 1.0 failed while running `get_requires_for_build_wheel`: AttributeError: module 'os' has no \
        attribute 'nothing'
        """,
      line: "AttributeError: module 'os' has no attribute 'nothing'"),
    FailingBuild(
      testDescription: "no hook at all", source: "",
      text: """
        building demo 1.0 failed while running `prepare_metadata_for_build_wheel`: AttributeError: module 'backend' \
        has no attribute 'build_wheel'
        """,
      line: "AttributeError: module 'backend' has no attribute 'build_wheel'"),
    FailingBuild(
      testDescription: "the backend can't be imported", source: "import nowhere_to_be_found",
      text: """
        building demo 1.0 failed while running `get_requires_for_build_wheel`: ModuleNotFoundError: No module named \
        'nowhere_to_be_found'
        """,
      line: "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
    FailingBuild(
      testDescription: "the backend isn't there", name: "elsewhere",
      text: """
        building demo 1.0 failed while running `get_requires_for_build_wheel`: ModuleNotFoundError: No module named \
        'elsewhere'
        """,
      line: "ModuleNotFoundError: No module named 'elsewhere'"),
    FailingBuild(
      testDescription: "the backend's object isn't there", name: "backend:a.b",
      text: """
        building demo 1.0 failed while running `get_requires_for_build_wheel`: AttributeError: module 'backend' has \
        no attribute 'a'
        """,
      line: "AttributeError: module 'backend' has no attribute 'a'"),
    FailingBuild(
      testDescription: "a process of the backend dies of a signal",
      source: "import os\nprint('so far', flush=True)\nos.kill(os.getpid(), 9)",
      text: "building demo 1.0 failed while running `get_requires_for_build_wheel`: [ended by signal 9]",
      line: "so far"),
    FailingBuild(
      testDescription: "a requirement isn't to be found", requires: ["nowhere-to-be-found>=2"],
      text: """
        building demo 1.0 failed while installing its build requirements: ERROR: No matching distribution found for \
        nowhere-to-be-found>=2
        """,
      line: "ERROR: No matching distribution found for nowhere-to-be-found>=2"),
    FailingBuild(
      testDescription: "a backend's own requirement isn't to be found",
      source: "def get_requires_for_build_wheel(settings=None): return ['nowhere-to-be-found']",
      text: """
        building demo 1.0 failed while installing its build requirements: ERROR: No matching distribution found for \
        nowhere-to-be-found
        """,
      line: "ERROR: No matching distribution found for nowhere-to-be-found"),
    FailingBuild(
      testDescription: "a hook ends Python without an answer",
      source: "import os\nprint('bye', flush=True)\nos._exit(0)",
      text: "building demo 1.0 gave nothing usable: `get_requires_for_build_wheel` ended without an answer",
      line: "bye"),
    FailingBuild(
      testDescription: "the backend is another of the same name", name: "json",
      text: "building demo 1.0 gave nothing usable: the backend `json` is not in `backend-path`"),
    FailingBuild(
      testDescription: "advice after the error",
      source: """
        import os
        def prepare_metadata_for_build_wheel(directory, settings=None):
            print("error: early", flush=True)
            print("  demo.errors.CompilerError: no compiler", flush=True)
            print("errors: none", "Error handling: on", "To find more, look for a compiler", sep="\\n", flush=True)
            os._exit(1)
        """,
      text: """
        building demo 1.0 failed while running `prepare_metadata_for_build_wheel`: demo.errors.CompilerError: no compiler
        """,
      line: "To find more, look for a compiler"),
    FailingBuild(
      testDescription: "no METADATA",
      source: """
        import os
        def prepare_metadata_for_build_wheel(directory, settings=None):
            os.mkdir(os.path.join(directory, "demo-1.0.dist-info"))
            return "demo-1.0.dist-info"
        """,
      text: """
        building demo 1.0 gave nothing usable: `demo-1.0.dist-info/METADATA` can't be read: no such file or directory
        """),
    FailingBuild(
      testDescription: "METADATA that nobody writes",
      source: """
        import os
        def prepare_metadata_for_build_wheel(directory, settings=None):
            os.mkdir(os.path.join(directory, "demo-1.0.dist-info"))
            os.mkfifo(os.path.join(directory, "demo-1.0.dist-info", "METADATA"))
            return "demo-1.0.dist-info"
        """,
      text: "building demo 1.0 gave nothing usable: `demo-1.0.dist-info/METADATA` can't be read: not a file"),
    FailingBuild(
      testDescription: "METADATA beyond the limit",
      source: """
        import os
        def prepare_metadata_for_build_wheel(directory, settings=None):
            os.mkdir(os.path.join(directory, "demo-1.0.dist-info"))
            with open(os.path.join(directory, "demo-1.0.dist-info", "METADATA"), "wb") as file:
                file.truncate((16 << 20) + 1)
            return "demo-1.0.dist-info"
        """,
      text: """
        building demo 1.0 gave nothing usable: `demo-1.0.dist-info/METADATA` can't be read: larger than 16777216 bytes
        """),
    FailingBuild(
      testDescription: "METADATA beyond the limit in a wheel",
      source: """
        import os, zipfile
        def build_wheel(directory, settings=None, metadata=None):
            with zipfile.ZipFile(os.path.join(directory, "a.whl"), "w", zipfile.ZIP_DEFLATED) as wheel:
                wheel.writestr("demo-1.0.dist-info/METADATA", b"a" * (100 << 20))
            return "a.whl"
        """,
      text: """
        building demo 1.0 gave nothing usable: `demo-1.0.dist-info/METADATA` can't be read: larger than 16777216 bytes
        """),
    FailingBuild(
      testDescription: "a name that leads elsewhere",
      source: "def prepare_metadata_for_build_wheel(directory, settings=None): return '../x.dist-info'",
      text: """
        building demo 1.0 gave nothing usable: `prepare_metadata_for_build_wheel` gave no name of a `.dist-info` \
        directory: `../x.dist-info`
        """),
    FailingBuild(
      testDescription: "a name of another kind",
      source: "def prepare_metadata_for_build_wheel(directory, settings=None): return 'x'",
      text: """
        building demo 1.0 gave nothing usable: `prepare_metadata_for_build_wheel` gave no name of a `.dist-info` \
        directory: `x`
        """),
    FailingBuild(
      testDescription: "no name",
      source: "def prepare_metadata_for_build_wheel(directory, settings=None): return 7",
      text: """
        building demo 1.0 gave nothing usable: `prepare_metadata_for_build_wheel` gave no name of a `.dist-info` \
        directory
        """),
    FailingBuild(
      testDescription: "requirements as one text",
      source: "def get_requires_for_build_wheel(settings=None): return 'abc'",
      text:
        "building demo 1.0 gave nothing usable: `get_requires_for_build_wheel` gave something else than requirements"
    ),
    FailingBuild(
      testDescription: "an option among the requirements",
      source:
        "def get_requires_for_build_wheel(settings=None): return ['--index-url=https://index.example/']",
      text:
        "building demo 1.0 gave nothing usable: `get_requires_for_build_wheel` gave something else than requirements"
    ),
    FailingBuild(
      testDescription: "numbers among the requirements",
      source: "def get_requires_for_build_wheel(settings=None): return ['a', 1]",
      text:
        "building demo 1.0 gave nothing usable: `get_requires_for_build_wheel` gave something else than requirements"
    ),
    FailingBuild(
      testDescription: "a wheel that isn't there",
      source: "def build_wheel(directory, settings=None, metadata=None): return 'a.whl'",
      text: "building demo 1.0 gave nothing usable: the wheel can't be read: ",
    ),
    FailingBuild(
      testDescription: "a wheel elsewhere",
      source: "def build_wheel(directory, settings=None, metadata=None): return '../a.whl'",
      text: "building demo 1.0 gave nothing usable: `build_wheel` gave no file name"),
    FailingBuild(
      testDescription: "a wheel without metadata",
      source: """
        import os, zipfile
        def build_wheel(directory, settings=None, metadata=None):
            zipfile.ZipFile(os.path.join(directory, "a.whl"), "w").close()
            return "a.whl"
        """,
      text: "building demo 1.0 gave nothing usable: the wheel has 0 files `*.dist-info/METADATA`"),
    FailingBuild(
      testDescription: "backend-path leaves the tree", path: [".."],
      text: "demo 1.0 can't be built: `backend-path` leads out of it: `..`"),
    FailingBuild(
      testDescription: "backend-path leaves the tree by a link", path: ["_link"],
      text: "demo 1.0 can't be built: `backend-path` leads out of it: `_link`"),
    FailingBuild(
      testDescription: "backend-path is absolute", path: ["/"],
      text: "demo 1.0 can't be built: `backend-path` names `/`, which is no directory in it"),
    FailingBuild(
      testDescription: "backend-path isn't there", path: ["a\u{7}b"],
      text: "demo 1.0 can't be built: `backend-path` names `a\u{fffd}b`, which is no directory in it"),
    FailingBuild(
      testDescription: "no backend's name", name: "os; import x",
      text: "demo 1.0 can't be built: `os; import x` is no name of a build backend"),
    FailingBuild(
      testDescription: "an option in requires", requires: ["-r/etc/passwd"],
      text: "demo 1.0 can't be built: `requires` of its build system has something that is no requirement"),
    FailingBuild(
      testDescription: "an option behind a requirement", requires: ["a --global-option=b"],
      text: "demo 1.0 can't be built: `requires` of its build system has something that is no requirement"),
    FailingBuild(
      testDescription: "two lines in a requirement", requires: ["a\n--index-url=https://index.example/"],
      text: "demo 1.0 can't be built: `requires` of its build system has something that is no requirement"),
  ]
}
