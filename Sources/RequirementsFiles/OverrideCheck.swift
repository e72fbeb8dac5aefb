import PythonPackaging

/// What a line of a file of overrides may hold: a name with versions and hashes, or an include of another such file.
///
/// An option of an index or a choice of releases holds for a whole compilation, and whoever reads the sources would look
/// for it there; it is refused with its place.
struct OverrideCheck {
  let line: LogicalLine

  func check(_ options: OptionLine) throws(RequirementsFileError) {
    for option in options.options {
      switch option.name {
      case .requirement, .hash: continue
      case .constraint:
        throw failure(
          "`\(option.name.rawValue)`", at: option.offset,
          remedy: "give the file of constraints to the command's own `--constraint`")
      case .editable: throw failure("an editable", at: option.offset, remedy: Self.sourceRemedy)
      default:
        throw failure(
          "the option `\(option.name.rawValue)`", at: option.offset,
          remedy: "options belong into a source, or on the command line")
      }
    }
  }

  /// Refuses what isn't an index's release.
  func check(_ kind: InputRequirement.Kind, text: String, at offset: Int) throws(RequirementsFileError) {
    if case .named = kind { return }
    throw failure("`\(URLCredentials.redacted(text))`", at: offset, remedy: Self.sourceRemedy)
  }

  private static let sourceRemedy = "what comes from a URL or a path belongs into a source"

  private func failure(_ found: String, at offset: Int, remedy: String) -> RequirementsFileError {
    RequirementsFileError(
      location: line.location(at: offset), reason: .notAnOverride, found: found,
      expected: "an override: a name and its versions", remedy: remedy)
  }
}
