/// Which lockfiles are asked, by what they are made of, and in which form they answer.
extension WhyTests {
  static let lockfiles: [Case] = [
    Case(
      testDescription: "no lockfile yet", files: ["app.in": "brotli\n"], arguments: ["brotli", "app.in"],
      output: """
        brotli==1.0 (app.txt)
          app.in:1: brotli
        """,
      errors: "warning: there is no app.txt yet: the answer is about what `repin compile` would pin"),
    Case(
      testDescription: "another lockfile", files: ["old.txt": "brotli==1.0\n", "app.in": "brotli\n"],
      arguments: ["brotli", "app.in", "-o", "old.txt"],
      output: """
        brotli==1.0 (old.txt)
          app.in:1: brotli
        """),
    Case(
      testDescription: "configured", files: ["repin.toml": "allow-unsafe = true\nupgrade = true\n"],
      arguments: ["setuptools", "--quiet"],
      output: """
        setuptools==70.0 (requirements.txt)
          requirements.in:1: cloud>=1
            cloud==1.0 needs transfer
              transfer==1.0 needs setuptools
        """),
    Case(
      testDescription: "an editable project that needs it",
      files: [
        "app/pyproject.toml": "[project]\nname = 'app'\nversion = '1'\ndependencies = ['brotli>=1']\n",
        "requirements.in": "-e ./app\n", "requirements.txt": "-e ./app\nbrotli==1.0\n",
      ], arguments: ["brotli", "--quiet"],
      output: """
        brotli==1.0 (requirements.txt)
          requirements.in:1: -e ./app
            app==1 needs brotli>=1
        """),
    Case(
      testDescription: "a project by its address",
      files: [
        "app/pyproject.toml": "[project]\nname = 'app'\nversion = '1'\n", "requirements.in": "./app\n",
        "requirements.txt": "app @ file://DIR/app\n",
      ], arguments: ["app"],
      output: """
        app @ file://DIR/app (requirements.txt)
          requirements.in:1: ./app
        """),
    Case(
      testDescription: "a project's extra and its line",
      files: [
        "pyproject.toml":
          "[project]\nname = 'app'\nversion = '1'\ndependencies = ['pysocks']\n"
          + "[project.optional-dependencies]\npack = [\n  'brotli<2'\n]\n",
        "requirements.txt": "brotli==1.0\npysocks==1.0\n",
      ], arguments: ["brotli", "pyproject.toml", "--extra", "pack"],
      output: """
        brotli==1.0 (requirements.txt)
          pyproject.toml:7: brotli<2
        """),
    Case(
      testDescription: "the lockfiles of [[compile]] that have it",
      files: [
        "repin.toml":
          "[[compile]]\nsources = ['base.in']\noutput = 'base.txt'\n"
          + "[[compile]]\nsources = ['dev.in']\noutput = 'dev.txt'\nconstraint = ['base.txt']\n"
          + "[[compile]]\nsources = ['other.in']\noutput = 'other.txt'\n",
        "base.in": "brotli\n", "base.txt": "brotli==1.0\n", "dev.in": "brotli<2\npysocks\n",
        "dev.txt": "brotli==1.0\npysocks==1.0\n", "other.in": "widgets\n", "other.txt": "widgets==1.0\n",
      ], arguments: ["brotli"],
      output: """
        brotli==1.0 (base.txt)
          base.in:1: brotli

        brotli==1.0 (dev.txt)
          dev.in:1: brotli<2
          base.txt:1: brotli==1.0 (constraint)
        """),
    Case(
      testDescription: "no lockfiles of [[compile]] yet",
      files: [
        "repin.toml":
          "[[compile]]\nsources = ['dev.in']\noutput = 'dev.txt'\nconstraint = ['base.txt']\n"
          + "[[compile]]\nsources = ['base.in']\noutput = 'base.txt'\n",
        "base.in": "urllib3<2\n", "dev.in": "requests\n",
      ], arguments: ["urllib3"],
      output: """
        urllib3==1.26 (base.txt)
          base.in:1: urllib3<2

        urllib3==1.26 (dev.txt)
          dev.in:1: requests
            requests==2.0 needs urllib3>=1.21
          base.txt:9: urllib3==1.26 (constraint)
        """,
      errors: """
        warning: there is no base.txt yet: the answer is about what `repin compile` would pin
        warning: there is no dev.txt yet: the answer is about what `repin compile` would pin
        """),
    Case(
      testDescription: "one lockfile of [[compile]]",
      files: [
        "repin.toml":
          "[[compile]]\nsources = ['base.in']\noutput = 'base.txt'\n"
          + "[[compile]]\nsources = ['dev.in']\noutput = 'dev.txt'\n",
        "base.in": "brotli\n", "base.txt": "brotli==1.0\n", "dev.in": "brotli<2\n",
        "dev.txt": "brotli==1.0\n",
      ], arguments: ["brotli", "-o", "./dev.txt"],
      output: """
        brotli==1.0 (dev.txt)
          dev.in:1: brotli<2
        """),
    Case(
      testDescription: "as a graph for Graphviz", arguments: ["pysocks", "--format", "dot"],
      output: """
        digraph "requirements.txt" {
          rankdir=LR
          "pysocks" [label="pysocks==1.0", style=bold]
          "requirements.in:2 requests[socks]>=2" [label="requirements.in:2\\nrequests[socks]>=2", shape=box]
          "requests" [label="requests==2.0"]
          "requirements.in:2 requests[socks]>=2" -> "requests" [label="[socks]>=2"]
          "requests" -> "pysocks" [label="socks: "]
        }
        """),
    Case(
      testDescription: "no graph of what isn't there", arguments: ["urlib3", "--format=dot"], status: 1,
      output: "",
      errors: """
        requirements.txt doesn't have urlib3: nothing asks for it
        hint: did you mean `urllib3`?
        """),
  ]
}
