/// The generator of Steele, Lea and Flood (*Fast Splittable Pseudorandom Number Generators*, 2014): the same numbers
/// for the same seed on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Windows of every kind that a project could have: few times a day, so that ten years of them are soon looked at.
struct RandomWindow {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func next() -> String {
    let minute = ["0", "30", "15,45", "\(Int.random(in: 0...59, using: &generator))", "*/30"]
    let hour = [
      "6", "2", "0", "23", "*/6", "*", "1-3", "0-23/8", "\(Int.random(in: 0...23, using: &generator))",
      "\(Int.random(in: 0...11, using: &generator)),\(Int.random(in: 12...23, using: &generator))",
    ]
    let date = [
      "*", "*", "*", "1", "31", "*/2", "13", "1-7", "28,29", "*/5,3",
      "\(Int.random(in: 1...28, using: &generator))",
    ]
    let month = ["*", "*", "*", "JAN", "3,9", "*/3", "DEC", "1-12", "FEB"]
    let weekday = ["*", "*", "MON", "5", "SAT,SUN", "1-5", "FRI-SUN", "*/2", "0-6", "7"]
    let fields = [minute, hour, date, month, weekday].map { $0.randomElement(using: &generator) ?? "*" }
    return fields.joined(separator: " ")
  }
}
