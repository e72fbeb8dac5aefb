import PackageIndex
import RequirementsFiles
import Resolution

extension CompileCommand {
  /// The options as the lockfile's header shows them, in the order declared.
  var commandLineOptions: [CompileCommandLine.Option] {
    typealias Option = CompileCommandLine.Option
    var options: [Option] = []
    func add(_ name: String, _ value: String?) { if let value { options.append(Option(name, value)) } }
    func add(_ name: String, if isSet: Bool) { if isSet { options.append(Option(name)) } }
    add("--output-file", outputFile)
    options += constraint.map { Option("--constraint", $0) }
    options += extra.map { Option("--extra", $0) }
    add("--all-extras", if: allExtras)
    options += group.map { Option("--group", $0) }
    options += buildDepsFor.map { Option("--build-deps-for", $0.rawValue) }
    add("--all-build-deps", if: allBuildDeps)
    add("--only-build-deps", if: onlyBuildDeps)
    add("--no-annotate", if: !annotate)
    add("--annotation-style", annotationStyle == .split ? nil : annotationStyle.rawValue)
    add("--no-header", if: !header)
    add("--strip-extras", if: stripExtras)
    add("--allow-unsafe", if: allowUnsafe)
    options += unsafePackage.map { Option("--unsafe-package", $0) }
    add("--no-emit-index-url", if: !emitIndexUrl)
    add("--no-emit-find-links", if: !emitFindLinks)
    add("--no-emit-trusted-host", if: !emitTrustedHost)
    add("--no-emit-options", if: !emitOptions)
    add("--newline", newline == .preserve ? nil : newline.rawValue)
    add("--config", config)
    add("--resolution", resolution.resolution?.rawValue)
    add("--pre", if: resolution.pre)
    add("--prerelease", resolution.prerelease?.rawValue)
    options += resolution.override.map { Option("--override", $0) }
    add("--no-deps", if: resolution.noDependencies)
    add("--exclude-newer", resolution.excludeNewer?.text)
    options += resolution.excludeNewerPackage.map { Option("--exclude-newer-package", $0.text) }
    options += onlyBinary.map { Option("--only-binary", $0) }
    options += noBinary.map { Option("--no-binary", $0) }
    options += noBuild.map { Option("--no-build", $0) }
    add("--no-build-isolation", if: !buildIsolation)
    add("--uploaded-prior-to", resolution.uploadedPriorTo?.text)
    add("--python", python)
    add("--python-version", pythonVersion)
    add("--python-platform", pythonPlatform)
    add("--index-url", index.indexURL)
    options += index.extraIndexURL.map { Option("--extra-index-url", $0) }
    options += index.findLinks.map { Option("--find-links", $0) }
    add("--no-index", if: index.noIndex)
    add("--index-strategy", index.indexStrategy?.rawValue)
    options += index.trustedHost.map { Option("--trusted-host", $0) }
    add("--cert", index.cert)
    add("--client-cert", index.clientCert)
    add("--pip-args", habits.shownPipArgs)
    return options
  }
}
