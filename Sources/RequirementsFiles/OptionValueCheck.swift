/// The checks pip makes of options' values while it reads a line.
struct OptionValueCheck {
  let line: LogicalLine

  func check(_ options: OptionLine) throws(RequirementsFileError) {
    for option in options.options {
      switch option.name {
      case .hash: try checkHash(option)
      case .configSettings:
        if !option.value.contains("=") { throw invalid(option, expected: "`KEY=VALUE`") }
      case .useFeature:
        if !IndexOptions.knownFeatures.contains(option.value) {
          let known = IndexOptions.knownFeatures.map { "`\($0)`" }.joined(separator: ", ")
          throw invalid(option, expected: "one of \(known)")
        }
      case .noBinary, .onlyBinary, .allReleases, .onlyFinal:
        if option.value.hasPrefix("-") {
          throw invalid(option, expected: "package names, `:all:` or `:none:`")
        }
      default: break
      }
    }
  }

  private func checkHash(_ option: WrittenOption) throws(RequirementsFileError) {
    guard let colon = option.value.firstIndex(of: ":") else {
      throw invalid(option, expected: "a hash like `sha256:…`")
    }
    guard ["sha256", "sha384", "sha512"].contains(String(option.value[..<colon])) else {
      throw invalid(option, expected: "`sha256`, `sha384` or `sha512` before the colon")
    }
  }

  private func invalid(_ option: WrittenOption, expected: String) -> RequirementsFileError {
    RequirementsFileError(
      location: line.location(at: option.valueOffset), reason: .invalidValue,
      found: option.value.isEmpty ? "no value for `\(option.name.rawValue)`" : "`\(option.written)`",
      expected: expected)
  }
}
