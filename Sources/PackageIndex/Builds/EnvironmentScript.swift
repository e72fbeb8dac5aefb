/// The Python program that makes a build's isolated environment: no package in it, not even pip.
///
///     python SCRIPT DIRECTORY ANSWER
///
/// It writes a JSON object to ANSWER: `pip` is the path of a program that is the interpreter's own pip and works for
/// any environment of the same Python, or null; `ensurepip` is whether the environment can get a pip of its own;
/// `pip version` and `ensurepip version` are what either is, or null. Or `problem` says what the interpreter is short
/// of. It runs on Python 3.7 and later, and 2.7 understands it as far as to say that it is too old.
///
/// The program is what pip's option `--python` starts (pip 22.3); started directly it saves a Python and an import
/// of pip, 0.9 s here.
enum EnvironmentScript {
  static let text = #"""
    import json, os, sys

    def pip_program():
        try:
            import pip
            path = os.path.join(os.path.dirname(os.path.abspath(pip.__file__)), "__pip-runner__.py")
            return (path, pip.__version__) if os.path.isfile(path) else (None, None)
        except Exception:
            return None, None

    def ensurepip_version():
        try:
            import ensurepip
            return ensurepip.version()
        except Exception:
            return None

    def make(directory):
        if sys.version_info < (3, 7):
            return {"problem": "it is Python %d.%d, and builds need 3.7 or later" % sys.version_info[:2]}
        try:
            import venv
        except ImportError:
            return {"problem": "it has no module `venv` (Debian and Ubuntu have it in `python3-venv`)"}
        venv.EnvBuilder(symlinks=True, with_pip=False).create(directory)
        from importlib.util import find_spec
        program, version = pip_program()
        return {
            "pip": program, "pip version": version, "ensurepip": find_spec("ensurepip") is not None,
            "ensurepip version": None if program else ensurepip_version(),
        }

    answer = make(sys.argv[1])
    with open(sys.argv[2], "w") as file:
        json.dump(answer, file)
    """#
}
