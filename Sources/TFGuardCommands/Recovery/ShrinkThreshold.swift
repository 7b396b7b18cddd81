/// `20%`: the loss from which on a state is suspect.
struct ShrinkThreshold {
    /// 0 to 1.
    let share: Double

    init?(_ text: String) {
        let digits = text.hasSuffix("%") ? text.dropLast() : Substring(text)
        guard let percent = Double(digits), percent > 0, percent <= 100 else { return nil }
        share = percent / 100
    }
}
