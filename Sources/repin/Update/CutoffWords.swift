import PythonPackaging

/// Names the cutoffs of uploads: the option that gives one, its moment, and where it stands.
///
///     `--exclude-newer 2024-01-01` (requirements.txt:5)
struct CutoffWords {
  let resolution: ResolutionArguments
  /// What is configured, and what a lockfile's own header says.
  let settings: [OptionSettings.Setting]
  /// In seconds since 1970-01-01 00:00 UTC.
  let now: Int64

  /// The cutoff that is for a project; empty: none is.
  func text(for name: PackageName) -> String {
    if let own = resolution.excludeNewerPackage.first(where: { $0.name == name }) {
      return text(of: "exclude-newer-package", own.text, own.cutoff)
    }
    if let cutoff = resolution.uploadedPriorTo {
      return text(of: "uploaded-prior-to", cutoff.text, cutoff)
    }
    return resolution.excludeNewer.map { text(of: "exclude-newer", $0.text, $0) } ?? ""
  }

  /// What lets a project off its cutoff.
  func remedy(for name: PackageName) -> String {
    "`--exclude-newer-package \(name)=false` lets \(name) off"
  }

  private func text(of option: String, _ value: String, _ cutoff: UploadCutoff?) -> String {
    let shown = PrintableText.escaped(value, limit: 100)
    let place =
      settings.first { setting in
        setting.option.name == option && (option != "exclude-newer-package" || names(value, setting))
      }?.place ?? "on the command line"
    let moment =
      cutoff.flatMap { $0.span == nil ? nil : ", now \(UploadTime(milliseconds: $0.latest(now: now) + 1))" }
      ?? ""
    return "`--\(option) \(shown)` (\(place)\(moment))"
  }

  /// Whether a setting gives this value among others.
  private func names(_ value: String, _ setting: OptionSettings.Setting) -> Bool {
    setting.words.contains { $0.hasSuffix("=\(value)") }
  }
}
