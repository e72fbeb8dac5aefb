import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Resolution

/// What the metadata of pinned releases says: of each one of its wheels, as far as it is known.
struct KnownMetadata {
  let indexes: CheckedIndexes
  /// Whether what isn't in the cache is asked for.
  let isFetching: Bool

  /// The metadata of pins, by the index that lockfiles name; nothing of those of which none is known.
  func of(_ locks: [LockfileToCheck]) async -> [Pin: CoreMetadata] {
    var pins: [String?: Set<Pin>] = [:]
    for lock in locks {
      for (pin, _, index) in lock.indexPins { pins[indexes.index(index), default: []].insert(pin) }
    }
    var found: [Pin: CoreMetadata] = [:]
    for (index, pins) in pins {
      guard let client = try? indexes.client(of: index) else { continue }
      let told = await orderedAnswers(of: pins.sorted()) { [isFetching] pin in
        await Self.metadata(of: pin, client, isFetching: isFetching)
      }
      await client.close()
      for (pin, metadata) in zip(pins.sorted(), told) { if let metadata { found[pin] = metadata } }
    }
    return found
  }

  private static func metadata(
    of pin: Pin, _ client: IndexClient, isFetching: Bool
  ) async -> CoreMetadata? {
    var pages: [ProjectPage] = []
    switch client.knownPages(of: pin.package) {
    case .known(let known): pages = known
    case .offline: return nil
    case .unknown:
      guard isFetching else { return nil }
      pages = (try? await client.pages(of: pin.package)) ?? []
    }
    for page in pages {
      guard let place = (0..<page.versionCount).first(where: { page.version(at: $0) == pin.version }) else {
        continue
      }
      let wheels = page.distributions(at: place).filter { if case .wheel = $0.kind { true } else { false } }
      for wheel in wheels {
        if case .known(let metadata) = client.knownMetadata(of: wheel) { return metadata }
      }
      guard isFetching, let wheel = wheels.first else { return nil }
      return try? await client.metadata(of: wheel)
    }
    return nil
  }
}

extension CoreMetadata {
  /// `Project-URL` and, under the label `Homepage`, `Home-page`.
  var allURLs: [ProjectURL] {
    projectURLs + [homePage.map { ProjectURL(label: "Homepage", url: $0) }].compactMap(\.self)
  }
}
