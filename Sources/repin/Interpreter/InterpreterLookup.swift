import FoundationEssentials
import PackageIndex
import PythonPackaging
import Subprocess
import SystemPackage

/// Finds the Python that pins are made for and asks it for its facts, once: they are remembered by the path, size and
/// time of its file.
struct InterpreterLookup {
  let context: CommandContext
  /// Where facts are remembered; nil: nowhere.
  let cache: IndexCache?

  /// How long an interpreter may take to answer.
  static let patience = Duration.seconds(20)

  /// The path of the interpreter to ask, by the first of these that is given: `--python`, `VIRTUAL_ENV`, `python3` or
  /// `python` on `PATH`; nil if there is none.
  ///
  /// - Throws: where `--python` or `VIRTUAL_ENV` names something that isn't there.
  func path(named asked: String?) throws(CommandFailure) -> String? {
    if let asked {
      let mentioned = MentionedOption("python", asked)
      if asked.contains("/") {
        let path = context.absolute(asked)
        guard let status = Files.status(of: path) else {
          throw .noInterpreter(
            "`--python \(asked)`: no such file", hint: "name a Python's executable", about: mentioned)
        }
        if status.isDirectory, Files.status(of: "\(path)/bin/python")?.isExecutable == true {
          return "\(path)/bin/python"
        }
        guard status.isExecutable, !status.isDirectory else {
          throw .noInterpreter(
            "`--python \(asked)` can't be executed", hint: "name a Python's executable", about: mentioned)
        }
        return path
      }
      let isVersion = asked.allSatisfy { $0.isNumber || $0 == "." }
      let name = isVersion ? "python\(asked)" : asked
      if let path = onPath(name) { return path }
      throw .noInterpreter(
        "`--python \(asked)`: no `\(name)` on PATH",
        hint: "name a Python's executable, or use `--python-version` and `--python-platform`",
        about: mentioned)
    }
    if let environment = context.variable("VIRTUAL_ENV") {
      let path = "\(environment)/bin/python"
      if Files.status(of: path)?.isExecutable == true { return path }
    }
    return onPath("python3") ?? onPath("python")
  }

  /// The facts of the interpreter at a path.
  func facts(of path: String) async throws(CommandFailure) -> InterpreterFacts {
    let key = cacheKey(of: path)
    if let key, let known = cache?.fact(key).flatMap({ InterpreterFacts(record: $0) }) { return known }
    let output = try await ask(path)
    guard let line = output.split(whereSeparator: \.isNewline).last, let facts = decoded(Array(line.utf8))
    else {
      throw .noInterpreter(
        "`\(path)` does not answer like a Python", hint: "name a Python of version 3.7 or later by `--python`"
      )
    }
    if let key, let record = facts.record { cache?.store(fact: record, key: key) }
    return facts
  }

  private func onPath(_ name: String) -> String? {
    executablePath(named: name, on: context.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
  }

  /// Nil for a script, such as a version switcher's: the same file may lead to another Python tomorrow.
  private func cacheKey(of path: String) -> String? {
    guard let status = Files.status(of: path), let start = try? Files.head(of: path, count: 2),
      start != Array("#!".utf8)
    else { return nil }
    return "interpreter's record \(InterpreterFacts.currentFormat) \(path) \(status.size) \(status.modified)"
  }

  private func decoded(_ json: [UInt8]) -> InterpreterFacts? {
    guard let facts = try? JSONDecoder().decode(InterpreterFacts.self, from: Data(json)),
      facts.format == InterpreterFacts.currentFormat
    else { return nil }
    return facts
  }

  private func ask(_ path: String) async throws(CommandFailure) -> String {
    let hint = "name another Python by `--python`, or use `--python-version` and `--python-platform`"
    let answer = await withTaskGroup(of: Result<String, InterpreterProblem>.self) { group in
      group.addTask {
        do {
          let result = try await Subprocess.run(
            .path(FilePath(path)), arguments: ["-I", "-c", InterpreterFacts.probeScript],
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
          guard result.terminationStatus.isSuccess else {
            return .failure(.failed(result.standardError))
          }
          return .success(result.standardOutput)
        } catch {
          // It has begun, if at all, with what was open then.
          return .failure(OpenFileLimit.reached.map { .limited($0) } ?? .failed("\(error)"))
        }
      }
      group.addTask {
        try? await Task.sleep(for: Self.patience)
        return .failure(.tooSlow)
      }
      let first = await group.next() ?? .failure(.tooSlow)
      group.cancelAll()
      return first
    }
    switch answer {
    case .success(let text): return text
    case .failure(.limited(let limit)): throw .openFiles(limit)
    case .failure(.tooSlow):
      throw .noInterpreter("`\(path)` did not answer within \(Self.patience)", hint: hint)
    case .failure(.failed(let output)):
      if let reply = Self.repliesWithProgram(output) {
        throw .noInterpreter("`\(path)` is not a Python\(reply)", hint: hint)
      }
      let last =
        output.split(whereSeparator: \.isNewline).last.map {
          ": \(PrintableText.escaped(String($0), limit: 300))"
        } ?? ""
      throw .noInterpreter("`\(path)` could not be asked for its facts\(last)", hint: hint)
    }
  }
}

extension InterpreterLookup {
  /// What a program says that repeats what it was given, as one does that takes it for a file's name: what comes behind
  /// that, with a colon before it; nil if it does no such thing.
  private static func repliesWithProgram(_ output: String) -> String? {
    let end = InterpreterFacts.probeScript.split(whereSeparator: \.isNewline).last ?? ""
    guard let repeated = output.ranges(of: end).last else { return nil }
    let words = output[repeated.upperBound...].replacing("\\n", with: "").drop { !$0.isLetter }
    guard let said = words.split(whereSeparator: \.isNewline).first else { return "" }
    return ": \(PrintableText.escaped(String(said), limit: 100))"
  }
}

private enum InterpreterProblem: Error {
  case failed(String)
  case limited(OpenFileLimit)
  case tooSlow
}
