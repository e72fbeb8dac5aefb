import PythonPackaging
import RequirementsFiles

extension CompileRun {
  /// Warns of the user's own lines whose markers compare text where versions will have been meant: pip lets such a line
  /// count or not without a word.
  func warnOfTextComparisons(in entries: [InputRequirement], environment: TargetEnvironment) {
    var said: Set<String> = []
    for entry in entries {
      guard let marker = entry.marker else { continue }
      let comparisons = marker.textComparisons(in: environment.markers)
      guard !comparisons.isEmpty else { continue }
      let counts = marker.evaluate(in: environment.markers, extras: [])
      for comparison in comparisons {
        let text = PrintableText.excerpt(comparison.text, limit: 100)
        let subject = PrintableText.excerpt(comparison.subject, limit: 100)
        let warning =
          "\(entry.location): `\(text)` compares text, since `\(subject)` is no version, and "
          + (comparison.holds ? "holds" : "doesn't hold") + (counts ? "" : ": the line doesn't count")
        if said.insert(warning).inserted { context.terminal.warn(warning) }
      }
    }
  }
}
