import struct PinHistory.Finding

/// What the history keeps of a finding; the policy has a type of the same name.
typealias HistoryFinding = Finding
