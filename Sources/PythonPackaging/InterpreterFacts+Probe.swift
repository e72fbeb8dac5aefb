extension InterpreterFacts {
  /// A Python program that prints an interpreter's facts as one line of JSON, the last line of its output.
  ///
  /// Run it as `python -I -c <script>`: isolated from the environment and the working directory, but with
  /// site-packages, where pip is. It needs only the standard library, runs on Python 3.7 and later, reads nothing but
  /// the interpreter's own binary, and starts a process on musl (the loader tells its version) and on a macOS that
  /// gives its version as 10.16 only.
  package static let probeScript = #"""
    import json, os, platform, struct, subprocess, sys, sysconfig

    def short(text):
        parts = []
        for part in (text or "").split(".")[:2]:
            digits = ""
            for character in part:
                if not character.isdigit():
                    break
                digits += character
            if not digits:
                return None
            parts.append(int(digits))
        return {"major": parts[0], "minor": parts[1]} if len(parts) == 2 else None

    def glibc():
        try:
            name, version = os.confstr("CS_GNU_LIBC_VERSION").split()
            return short(version)
        except (AttributeError, OSError, ValueError):
            pass
        try:
            import ctypes
            function = ctypes.CDLL(None).gnu_get_libc_version
            function.restype = ctypes.c_char_p
            return short(function().decode("ascii"))
        except Exception:
            return None

    def loader():
        with open(sys.executable, "rb") as file:
            head = file.read(64)
            if head[:4] != b"\x7fELF":
                return None
            order = "<" if head[5] == 1 else ">"
            if head[4] == 2:
                offset, size, count = struct.unpack_from(order + "Q", head, 32) + struct.unpack_from(order + "HH", head, 54)
                layout, place = order + "IIQQQQQQ", (2, 5)
            else:
                offset, size, count = struct.unpack_from(order + "I", head, 28) + struct.unpack_from(order + "HH", head, 42)
                layout, place = order + "IIIIIIII", (1, 4)
            for index in range(count):
                file.seek(offset + index * size)
                entry = struct.unpack(layout, file.read(struct.calcsize(layout)))
                if entry[0] == 3:
                    file.seek(entry[place[0]])
                    return file.read(entry[place[1]]).rstrip(b"\0").decode()

    def musl():
        try:
            path = loader()
            if not path or "musl" not in path:
                return None
            process = subprocess.run([path], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
            lines = [line.strip() for line in process.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
            if len(lines) > 1 and lines[0].startswith("musl") and lines[1].startswith("Version "):
                return short(lines[1][8:])
        except Exception:
            pass
        return None

    def mac():
        if sys.platform != "darwin":
            return None
        text = platform.mac_ver()[0]
        if text.startswith("10.16"):
            command = [sys.executable, "-sS", "-c", "import platform; print(platform.mac_ver()[0])"]
            process = subprocess.run(command, env={"SYSTEM_VERSION_COMPAT": "0"}, stdout=subprocess.PIPE)
            text = process.stdout.decode().strip() or text
        return short(text if "." in text else text + ".0")

    def variable(name):
        return sysconfig.get_config_var(name)

    def cpython_abis():
        version = sys.version_info[:2]
        tag = "cp%d%d" % version
        debug = variable("Py_DEBUG")
        if debug is None:
            import importlib.machinery
            debug = hasattr(sys, "gettotalrefcount") or "_d.pyd" in importlib.machinery.EXTENSION_SUFFIXES
        debug = "d" if debug else ""
        threading = "t" if version >= (3, 13) and variable("Py_GIL_DISABLED") else ""
        if version < (3, 8):
            return [tag + debug + ("m" if variable("WITH_PYMALLOC") in (None, 1, True) else "")]
        return [tag + threading + debug] + ([tag + threading] if debug else [])

    def generic_abis():
        parts = (variable("EXT_SUFFIX") or "").split(".")
        if len(parts) < 3 or not parts[1]:
            return []
        words = parts[1].split("-")
        if words[0] == "cpython":
            abi = "cp" + "".join(words[1:2])
        elif words[0].startswith("cp"):
            abi = words[0]
        elif words[0].startswith("pypy"):
            abi = "-".join(words[:2])
        elif words[0].startswith("graalpy"):
            abi = "-".join(words[:3])
        else:
            abi = parts[1]
        return [abi.replace(".", "_").replace("-", "_").replace(" ", "_")]

    def index():
        try:
            from pip._internal.models.index import PyPI
            return PyPI.simple_url
        except Exception:
            return None

    implementation = sys.implementation
    version = "%d.%d.%d" % tuple(implementation.version[:3])
    if implementation.version.releaselevel != "final":
        version += implementation.version.releaselevel[0] + str(implementation.version.serial)
    on_linux = sys.platform.startswith("linux")
    library = glibc() if on_linux else None
    print(json.dumps({
        "format": 1,
        "executable": sys.executable,
        "markers": {
            "implementation_name": implementation.name,
            "implementation_version": version,
            "os_name": os.name,
            "platform_machine": platform.machine(),
            "platform_python_implementation": platform.python_implementation(),
            "platform_release": platform.release(),
            "platform_system": platform.system(),
            "platform_version": platform.version(),
            "python_full_version": platform.python_version(),
            "python_version": ".".join(platform.python_version_tuple()[:2]),
            "sys_platform": sys.platform,
        },
        "implementation": implementation.name,
        "major": sys.version_info[0],
        "minor": sys.version_info[1],
        "abis": cpython_abis() if implementation.name == "cpython" else generic_abis(),
        "isFreeThreaded": bool(variable("Py_GIL_DISABLED")),
        "sysconfigPlatform": sysconfig.get_platform(),
        "is32Bit": struct.calcsize("P") == 4,
        "glibc": library,
        "musl": musl() if on_linux and not library else None,
        "macOS": mac(),
        "defaultIndexURL": index(),
    }))
    """#
}
