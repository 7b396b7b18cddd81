/// Holds a comparator's own comparator for the other direction, in which DR is the primary.
final class ComparatorMirror {
    var view: Comparator
    init(_ view: Comparator) { self.view = view }
}
