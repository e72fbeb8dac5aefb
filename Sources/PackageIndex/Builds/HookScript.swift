/// The Python program that calls a hook of a build backend (PEP 517, PEP 660).
///
///     python SCRIPT REQUEST ANSWER
///
/// It runs in the source tree. REQUEST is a JSON object: `hook`, `backend`, `backend_path` (absolute paths),
/// `directory` for what the hook makes, `limit` of bytes for metadata out of a wheel, `deadline` in seconds since 1970:
/// at half the time until then the log gets a traceback of what is being waited for. It writes a JSON object to ANSWER: `result` is what
/// the hook gave, a default for a missing hook, or the directory of metadata that was read from a wheel; or `problem`
/// says what is wrong with the backend. What the backend raises ends it as it ends any Python program.
///
/// `following` is a hook that is called too where the first gave an empty list, or null; `heading` is a line to write
/// before that. ANSWER is then of that hook, and its `following` says so. Each is to have a process of its own (PEP 517,
/// "Build environment"), so the first is called in a fork: the backend is imported once, which for setuptools takes longer
/// than either hook. Where importing it started threads, which a fork hasn't, the first hook alone is called.
///
/// It runs on Python 3.7 and later, and leaves `sys.path` as a program in an empty directory has it: the tree isn't
/// on it.
enum HookScript {
  static let text = #"""
    import faulthandler, json, os, re, sys, threading, time
    from importlib import import_module

    class Problem(Exception):
        pass

    def is_within(path, directories):
        path = os.path.realpath(path)
        return any(path.startswith(os.path.join(os.path.realpath(found), "")) for found in directories)

    def load(name, directories):
        module_name, _, attributes = name.partition(":")
        sys.path[:0] = directories
        found = module = import_module(module_name)
        if directories:
            file = getattr(module, "__file__", None)
            places = [file] if file else list(getattr(module, "__path__", []))
            if not places or not all(is_within(place, directories) for place in places):
                raise Problem("the backend `%s` is not in `backend-path`" % module_name)
        for attribute in attributes.split(".") if attributes else ():
            found = getattr(found, attribute)
        return found

    def metadata_of_wheel(name, directory, limit):
        from zipfile import BadZipFile, ZipFile

        if not isinstance(name, str) or os.path.basename(name) != name:
            raise Problem("`build_wheel` gave no file name")
        try:
            with ZipFile(os.path.join(directory, name)) as wheel:
                found = [entry for entry in wheel.infolist()
                         if re.match(r"[^/\\]+\.dist-info/METADATA\Z", entry.filename)]
                if len(found) != 1:
                    raise Problem("the wheel has %d files `*.dist-info/METADATA`" % len(found))
                with wheel.open(found[0]) as file:
                    metadata = file.read(limit + 1)
        except (BadZipFile, OSError) as error:
            raise Problem("the wheel can't be read: %s" % error)
        folder = found[0].filename.partition("/")[0]
        os.makedirs(os.path.join(directory, folder), exist_ok=True)
        with open(os.path.join(directory, folder, "METADATA"), "wb") as file:
            file.write(metadata)
        return folder

    def call(backend, name, request):
        try:
            hook = getattr(backend, name)
        except AttributeError:
            hook = None
        if name.startswith("get_requires_for_build_"):
            if hook is None:
                return []
            result = hook(None)
            return result if isinstance(result, str) else list(result)
        directory = request["directory"]
        if hook is not None:
            return hook(directory, None)
        return metadata_of_wheel(backend.build_wheel(directory, None), directory, request["limit"])

    def watch(request):
        faulthandler.dump_traceback_later(max(0.1, (request["deadline"] - time.time()) / 2))

    def tell(path, answer):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(answer, file)

    def answer(backend, name, request, path):
        watch(request)
        try:
            told = {"result": call(backend, name, request)}
        except Problem as problem:
            told = {"problem": str(problem)}
        faulthandler.cancel_dump_traceback_later()
        tell(path, told)

    def end(number):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(number)

    def is_nothing_asked(backend, request, path):
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            try:
                answer(backend, request["hook"], request, path)
            except SystemExit as error:
                if error.code is not None and not isinstance(error.code, int):
                    sys.stderr.write("%s\n" % (error.code,))
                    end(1)
                end((error.code or 0) & 255)
            except BaseException:
                sys.excepthook(*sys.exc_info())
                end(1)
            end(0)
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            os.kill(os.getpid(), os.WTERMSIG(status))
        if status != 0:
            end(os.WEXITSTATUS(status) or 1)
        try:
            with open(path, encoding="utf-8") as file:
                return json.load(file) == {"result": []}
        except OSError:
            return False

    def main():
        request_path, answer_path = sys.argv[1:]
        here = os.path.realpath(os.path.dirname(os.path.abspath(__file__)))
        sys.path[:] = [path for path in sys.path if os.path.realpath(path) != here]
        sys.argv[:] = sys.argv[:1]
        with open(request_path, encoding="utf-8") as file:
            request = json.load(file)
        watch(request)
        try:
            backend = load(request["backend"], request["backend_path"])
        except Problem as problem:
            return tell(answer_path, {"problem": str(problem)})
        faulthandler.cancel_dump_traceback_later()
        name, following = request["hook"], request["following"]
        if following and threading.active_count() == 1:
            if not is_nothing_asked(backend, request, answer_path):
                return
            name = following
            tell(answer_path, {"following": name, "unfinished": True})
            print(request["heading"], flush=True)
        answer(backend, name, request, answer_path)
        if name == following:
            with open(answer_path, encoding="utf-8") as file:
                tell(answer_path, dict(json.load(file), following=name))

    if __name__ == "__main__":
        main()
    """#
}
