import ArgumentParser
import PackageIndex
import RequirementsFiles
import Resolution

extension CompileCommand {
  /// The command that words behind `compile` ask for.
  ///
  /// The argument parser looks at every option by reflection, which takes longer than a small compile. So words that
  /// say nothing unusual are read without it; all else, and whatever is wrong, is left to it. Both read the same, which
  /// tests hold for every option.
  static func read(_ words: [String]) throws -> CompileCommand {
    if let command = CompileCommand(plain: words) { return command }
    return try parse(words)
  }

  /// Reads words where each is a source, or an option written out whole with a value that it takes; nil: it takes the
  /// argument parser to read them, or to tell what is wrong.
  ///
  /// - Parameter others: Takes an option of the command that this one is part of: by its name, its value where the same word
  ///   has one, and the words behind it; nil: it has no such option, false: it takes the argument parser.
  init?(
    plain words: [String],
    others: (_ name: Substring, _ value: String?, _ rest: inout ArraySlice<String>) -> Bool? = { _, _, _ in
      nil
    }
  ) {
    self = .unasked
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        sources.append(word)
        continue
      }
      let name: Substring
      var value: String?
      if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        name = parts[0]
        value = parts.count == 2 ? String(parts[1]) : nil
      } else {
        guard word.utf8.count == 2, let letter = word.last, let known = Self.name(of: letter) else {
          return nil
        }
        name = known
      }
      if let isTaken = others(name, value, &rest) {
        guard isTaken else { return nil }
        continue
      }
      if value == nil, switchFlag(name) { continue }
      guard let value = value ?? Self.value(in: &rest), !value.isEmpty, take(value, of: name) else {
        return nil
      }
    }
    do {
      try validate()
      try resolution.validate()
      try index.validate()
      try history.validate()
      try habits.validate()
    } catch {
      return nil
    }
  }

  /// The word behind an option, if that is its value.
  static func value(in rest: inout ArraySlice<String>) -> String? {
    guard let next = rest.popFirst(), !next.hasPrefix("-") || next == "-" else { return nil }
    return next
  }

  private static func name(of letter: Character) -> Substring? {
    switch letter {
    case "o": "output-file"
    case "U": "upgrade"
    case "P": "upgrade-package"
    case "c": "constraint"
    case "p": "pre"
    case "n": "dry-run"
    case "q": "quiet"
    case "v": "verbose"
    case "i": "index-url"
    case "f": "find-links"
    case "r": "rebuild"
    default: nil
    }
  }

  /// Sets what an option without a value says; false if there is no such option.
  private mutating func switchFlag(_ name: Substring) -> Bool {
    switch name {
    case "upgrade": upgrade = true
    case "no-upgrade": upgrade = false
    case "all-extras": allExtras = true
    case "all-build-deps": allBuildDeps = true
    case "only-build-deps": onlyBuildDeps = true
    case "generate-hashes": generateHashes = true
    case "no-generate-hashes": generateHashes = false
    case "reuse-hashes": reuseHashes = true
    case "no-reuse-hashes": reuseHashes = false
    case "annotate": annotate = true
    case "no-annotate": annotate = false
    case "header": header = true
    case "no-header": header = false
    case "strip-extras": stripExtras = true
    case "no-strip-extras": stripExtras = false
    case "allow-unsafe": allowUnsafe = true
    case "no-allow-unsafe": allowUnsafe = false
    case "emit-index-url": emitIndexUrl = true
    case "no-emit-index-url": emitIndexUrl = false
    case "emit-find-links": emitFindLinks = true
    case "no-emit-find-links": emitFindLinks = false
    case "emit-trusted-host": emitTrustedHost = true
    case "no-emit-trusted-host": emitTrustedHost = false
    case "emit-options": emitOptions = true
    case "no-emit-options": emitOptions = false
    case "no-config": noConfig = true
    case "build-isolation": buildIsolation = true
    case "no-build-isolation": buildIsolation = false
    case "check": check = true
    case "dry-run": dryRun = true
    case "quiet": quiet = true
    case "verbose": verbose = true
    case "pre": resolution.pre = true
    case "no-deps": resolution.noDependencies = true
    case "no-history": history.isOff = true
    case "no-index": index.noIndex = true
    case "no-cache": index.noCache = true
    case "offline": index.offline = true
    case "refresh": index.refresh = true
    case "rebuild": habits.rebuild = true
    case "color": habits.color = true
    case "no-color": habits.color = false
    default: return false
    }
    return true
  }

  /// Takes an option's value; false if there is no such option, or it doesn't take this.
  private mutating func take(_ value: String, of name: Substring) -> Bool {
    switch name {
    case "output-file": outputFile = value
    case "upgrade-package": upgradePackage.append(value)
    case "constraint": constraint.append(value)
    case "extra": extra.append(value)
    case "group": group.append(value)
    case "build-deps-for": return Self.add(BuildTarget(rawValue: value), to: &buildDepsFor)
    case "annotation-style": return Self.set(&annotationStyle, AnnotationStyle(rawValue: value))
    case "unsafe-package": unsafePackage.append(value)
    case "newline": return Self.set(&newline, .init(option: value))
    case "config": config = value
    case "custom-compile-command": customCompileCommand = value
    case "only-binary": onlyBinary.append(value)
    case "no-binary": noBinary.append(value)
    case "no-build": noBuild.append(value)
    case "build-timeout": return Self.set(&buildTimeout, Int(value))
    case "python": python = value
    case "python-version": pythonVersion = value
    case "python-platform": pythonPlatform = value
    case "format":
      format = OutputFormat(argument: value)
      return OutputFormat.allValueStrings.contains(value)
    case "resolution": return Self.set(&resolution.resolution, .init(rawValue: value))
    case "prerelease": return Self.set(&resolution.prerelease, .init(rawValue: value))
    case "override": resolution.override.append(value)
    case "exclude-newer": return Self.set(&resolution.excludeNewer, try? .init(value, includesDay: true))
    case "exclude-newer-package": return Self.add(try? .init(value), to: &resolution.excludeNewerPackage)
    case "uploaded-prior-to":
      return Self.set(&resolution.uploadedPriorTo, try? .init(value, includesDay: false))
    case "index-url": index.indexURL = value
    case "extra-index-url": index.extraIndexURL.append(value)
    case "find-links": index.findLinks.append(value)
    case "index-strategy": return Self.set(&index.indexStrategy, .init(rawValue: value))
    case "trusted-host": index.trustedHost.append(value)
    case "cert": index.cert = value
    case "client-cert": index.clientCert = value
    case "keyring-provider": index.keyringProvider = value
    case "cache-dir": index.cacheDir = value
    case "history": history.path = value
    case "resolver": habits.resolver = value
    case "max-rounds": return Self.set(&habits.maxRounds, Int(value))
    default: return false
    }
    return true
  }

  private static func set<Value>(_ place: inout Value, _ value: Value?) -> Bool {
    guard let value else { return false }
    place = value
    return true
  }

  private static func set<Value>(_ place: inout Value?, _ value: Value?) -> Bool {
    guard let value else { return false }
    place = value
    return true
  }

  private static func add<Value>(_ value: Value?, to list: inout [Value]) -> Bool {
    guard let value else { return false }
    list.append(value)
    return true
  }
}
