extension LockHistory.TrendPoint {
  /// What several lockfiles come to together, each from its first point on.
  ///
  /// - Parameter trends: each in the order of time.
  static func sum(_ trends: [[Self]]) -> [Self] {
    if trends.count == 1 { return trends[0] }
    // Bounded so that no sum of them overflows.
    let most: Int64 = 1 << 40
    var steps: [(at: Int64, difference: Int64)] = []
    for trend in trends {
      var last: Int64 = 0
      for point in trend {
        let value = min(max(0, point.libyearSeconds), most)
        steps.append((point.at, value - last))
        last = value
      }
    }
    steps.sort { $0.at < $1.at }
    var points: [Self] = []
    var sum: Int64 = 0
    for step in steps {
      sum += step.difference
      if points.last?.at == step.at { points.removeLast() }
      points.append(Self(at: step.at, libyearSeconds: sum))
    }
    return points
  }
}
