// The scores of the sets of vectors (CVSS 4.0 specification, section 8.3), and what the way from each to the next milder
// one is measured by (section 8.2).
extension CVSS4 {
  /// The vectors of a set in some of the metrics.
  struct Part: Sendable {
    /// The steps from the worst vector to the mildest and one more.
    let depth: Int
    /// The worst vectors: each is nowhere milder than some of the set, and no other is worse.
    let worst: [Levels]
  }

  /// By ``MacroVector/reach``: AV, PR, UI.
  static let reachParts = [
    Part(depth: 1, worst: [[0, 0, 0]]),
    Part(depth: 4, worst: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    Part(depth: 5, worst: [[3, 0, 0], [1, 1, 1]]),
  ]

  /// By ``MacroVector/difficulty``: AC, AT.
  static let difficultyParts = [
    Part(depth: 1, worst: [[0, 0]]),
    Part(depth: 2, worst: [[1, 0], [0, 1]]),
  ]

  /// By ``MacroVector/system``, and within it by ``MacroVector/need``: VC, VI, VA, CR, IR, AR.
  static let systemParts = [
    Part(depth: 7, worst: [[0, 0, 0, 0, 0, 0]]),
    Part(depth: 6, worst: [[0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1]]),
    Part(depth: 8, worst: [[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]]),
    Part(
      depth: 8,
      worst: [
        [1, 0, 1, 0, 1, 0], [1, 0, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1], [0, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 1],
      ]),
    // Nothing that is needed most can suffer most where nothing does.
    Part(depth: 1, worst: []),
    Part(depth: 10, worst: [[1, 1, 1, 0, 0, 0]]),
  ]

  /// By ``MacroVector/beyond``: SC, SI, SA.
  static let beyondParts = [
    Part(depth: 6, worst: [[1, 0, 0]]),
    Part(depth: 5, worst: [[1, 1, 1]]),
    Part(depth: 4, worst: [[2, 2, 2]]),
  ]

  /// The score of a set, in tenths; nil if there is no such set.
  static func score(of set: MacroVector) -> Int? {
    guard set.reach < 3, set.difficulty < 2, set.system < 3, set.beyond < 3, set.exploitation < 3,
      set.need < 2
    else { return nil }
    let row = (set.reach * 2 + set.difficulty) * 3 + set.system
    let score = scores[(row * 3 + set.beyond) * 6 + set.exploitation * 2 + set.need]
    return score < 0 ? nil : Int(score)
  }

  // A line for each `reach`, `difficulty` and `system`; in it the three of `beyond`, in those the three of
  // `exploitation`, in those the two of `need`. -1 where there is no set.
  // swift-format-ignore
  private static let scores: [Int8] = [
    100,  99,  98,  95,  95,  92,  100,  96,  93,  87,  91,  81,   93,  90,  89,  80,  81,  68,
     98,  95,  95,  92,  90,  84,   93,  92,  89,  81,  81,  65,   88,  80,  78,  70,  69,  48,
     -1,  92,  -1,  82,  -1,  72,   -1,  79,  -1,  69,  -1,  50,   -1,  69,  -1,  55,  -1,  27,
     99,  97,  95,  92,  92,  85,   95,  91,  90,  83,  84,  71,   92,  81,  82,  71,  72,  53,
     95,  93,  92,  85,  85,  73,   92,  82,  80,  72,  70,  59,   84,  70,  71,  52,  50,  30,
     -1,  86,  -1,  75,  -1,  52,   -1,  71,  -1,  52,  -1,  29,   -1,  63,  -1,  29,  -1,  17,
     98,  95,  94,  87,  91,  81,   94,  89,  86,  74,  77,  64,   87,  75,  74,  63,  63,  49,
     94,  89,  88,  77,  76,  67,   86,  76,  74,  58,  59,  50,   72,  57,  57,  52,  52,  25,
     -1,  83,  -1,  70,  -1,  54,   -1,  65,  -1,  58,  -1,  26,   -1,  53,  -1,  21,  -1,  13,
     95,  90,  88,  76,  76,  70,   90,  77,  75,  62,  61,  53,   77,  66,  68,  59,  52,  30,
     89,  78,  76,  67,  62,  58,   74,  59,  57,  57,  47,  23,   61,  52,  57,  29,  24,  16,
     -1,  71,  -1,  59,  -1,  30,   -1,  58,  -1,  26,  -1,  15,   -1,  23,  -1,  13,  -1,   6,
     93,  87,  86,  72,  75,  58,   86,  74,  74,  61,  56,  34,   70,  54,  52,  40,  40,  22,
     85,  75,  74,  55,  62,  51,   72,  57,  55,  41,  46,  19,   53,  36,  34,  19,  19,   8,
     -1,  64,  -1,  51,  -1,  20,   -1,  47,  -1,  21,  -1,  11,   -1,  24,  -1,   9,  -1,   4,
     88,  75,  73,  53,  60,  50,   73,  55,  59,  40,  41,  20,   54,  43,  45,  22,  20,  11,
     75,  55,  58,  45,  40,  21,   61,  51,  48,  18,  20,   9,   46,  18,  17,   7,   8,   2,
     -1,  53,  -1,  24,  -1,  14,   -1,  24,  -1,  12,  -1,   5,   -1,  10,  -1,   3,  -1,   1,
  ]
}
