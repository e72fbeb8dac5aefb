#if canImport(Glibc)
  import CMalloc
#endif

/// How memory is had from the system.
enum Memory {
  /// How much address space each thread's heap begins with; of it, only what is used takes memory.
  private static var reserve: Int32 { 16 << 20 }

  /// Has each heap begin large, before there is one: the C library else asks the system page by page as it grows.
  static func prepare() {
    #if canImport(Glibc)
      _ = mallopt(M_TOP_PAD, reserve)
    #endif
  }
}
