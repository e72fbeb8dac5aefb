import ArgumentParser
import ImageLabels
import PythonPackaging

/// `repin labels`: the labels that tell of an image what it was built from.
struct LabelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labels",
    abstract: "Prints labels for an image that is built now: from which lockfile, which commit, and when.",
    usage: "repin labels [<lockfiles> ...] [<options>]",
    discussion: """
      Each label is one word that no shell takes for more, so that `docker build $(repin labels) .` is all there is to it; \
      podman and buildah take the same. --format says how they are written: \(LabelFormat.names); docs/docker.md describes \
      them. Name the lockfiles that the image installs; without any: those that `repin check` would check.

      The commit is left out, with a warning, where it doesn't have a lockfile as it is here. The moment is \
      SOURCE_DATE_EPOCH, else now. `repin check --image-labels` reads the labels.

      Exit codes: 0 done; 2 the input is wrong.
      """
  )

  @Argument(
    help: "The lockfiles that the image is built from [default: those that `repin check` would check].")
  var lockfiles: [String] = []

  @Option(help: "How labels are written: \(LabelFormat.names).")
  var format = LabelFormat.docker.rawValue

  @Option(help: "The configuration to read instead of repin.toml or pyproject.toml.")
  var config: String?

  @Flag(help: "Read no configuration.")
  var noConfig = false

  @Flag(name: [.customShort("q"), .long], help: "Say nothing but errors.")
  var quiet = false

  /// The format that is asked for. No variable of the environment changes it: what a build's command line holds must not
  /// depend on what was set for a report.
  func labelFormat() throws(CommandFailure) -> LabelFormat {
    guard let known = LabelFormat(rawValue: format) else {
      throw .format(format, expected: LabelFormat.names)
    }
    return known
  }

  /// The words of `repin compile` that say which configuration is meant.
  var configurationWords: [String] {
    (config.map { ["--config=\($0)"] } ?? []) + (noConfig ? ["--no-config"] : [])
  }
}
