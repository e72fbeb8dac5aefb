#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The character encoding that libarchive converts names to, in force for this thread while the value lives.
struct ThreadLocale: ~Copyable {
  private let locale: locale_t?
  private let previous: locale_t?

  /// - Parameter name: `C`, where a tar's names stay the bytes that they are; or `C.UTF-8`, without which a zip's names
  ///   beyond ASCII are lost, and with which they come out in Unicode's composed form (NFC).
  init(_ name: String) {
    locale = newlocale(LC_CTYPE_MASK, name, nil)
    previous = locale.flatMap { uselocale($0) }
  }

  deinit {
    guard let locale else { return }
    uselocale(previous)
    freelocale(locale)
  }
}
