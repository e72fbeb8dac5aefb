import ArgumentParser
import RequirementsFiles

extension CompileCommand {
  /// The command of no words at all: every option as it is where nobody asks for anything else.
  ///
  /// The argument parser would make the same of its declarations, by reflection; a test holds this to it.
  static var unasked: CompileCommand {
    var command = CompileCommand()
    command.sources = []
    command.outputFile = nil
    command.upgrade = false
    command.upgradePackage = []
    command.constraint = []
    command.extra = []
    command.allExtras = false
    command.group = []
    command.buildDepsFor = []
    command.allBuildDeps = false
    command.onlyBuildDeps = false
    command.generateHashes = nil
    command.reuseHashes = true
    command.annotate = true
    command.annotationStyle = .split
    command.header = true
    command.stripExtras = false
    command.allowUnsafe = false
    command.unsafePackage = []
    command.emitIndexUrl = true
    command.emitFindLinks = true
    command.emitTrustedHost = true
    command.emitOptions = true
    command.newline = .preserve
    command.config = nil
    command.noConfig = false
    command.customCompileCommand = nil
    command.onlyBinary = []
    command.noBinary = []
    command.noBuild = []
    command.buildIsolation = true
    command.buildTimeout = 600
    command.python = nil
    command.pythonVersion = nil
    command.pythonPlatform = nil
    command.check = false
    command.dryRun = false
    command.format = .text
    command.quiet = false
    command.verbose = false
    command.resolution = .unasked
    command.index = .unasked
    command.history = .unasked
    command.habits = .unasked
    return command
  }
}

extension ResolutionArguments {
  fileprivate static var unasked: ResolutionArguments {
    var arguments = ResolutionArguments()
    arguments.resolution = nil
    arguments.pre = false
    arguments.prerelease = nil
    arguments.override = []
    arguments.noDependencies = false
    arguments.excludeNewer = nil
    arguments.excludeNewerPackage = []
    arguments.uploadedPriorTo = nil
    return arguments
  }
}

extension IndexArguments {
  fileprivate static var unasked: IndexArguments {
    var arguments = IndexArguments()
    arguments.indexURL = nil
    arguments.extraIndexURL = []
    arguments.findLinks = []
    arguments.noIndex = false
    arguments.indexStrategy = nil
    arguments.trustedHost = []
    arguments.cert = nil
    arguments.clientCert = nil
    arguments.keyringProvider = nil
    arguments.cacheDir = nil
    arguments.noCache = false
    arguments.offline = false
    arguments.refresh = false
    return arguments
  }
}

extension HistoryArguments {
  static var unasked: HistoryArguments {
    var arguments = HistoryArguments()
    arguments.path = nil
    arguments.isOff = false
    return arguments
  }
}

extension PipCompileArguments {
  fileprivate static var unasked: PipCompileArguments {
    var arguments = PipCompileArguments()
    arguments.resolver = nil
    arguments.maxRounds = nil
    arguments.rebuild = false
    arguments.color = nil
    arguments.pipArgs = nil
    return arguments
  }
}
