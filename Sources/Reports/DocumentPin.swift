import PythonPackaging

/// A pin's ages in a document of JSON, of a check's and of a history's.
struct DocumentPin: Encodable {
  let package: String
  let version: String
  let pinAgeSeconds: Int64?
  let releaseAgeSeconds: Int64?
  let daysBehind: Int64?
  let releasesBehind: Int?
  let newest: String?
  let libyears: Double?

  init(_ pin: PinAge) {
    package = pin.package.normalized
    version = pin.version.description
    pinAgeSeconds = pin.pinAge
    releaseAgeSeconds = pin.releaseAge
    daysBehind = pin.daysBehind
    releasesBehind = pin.releasesBehind
    newest = pin.newest?.description
    libyears = pin.libyearSeconds.map(ShownDuration.libyearNumber)
  }
}
