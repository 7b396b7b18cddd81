/// A configuration or credentials file that says something it must not, and where.
public struct ProfileFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: Sendable, Hashable {
        /// The file could not be read; a missing one is no error.
        case unreadable(FileAccessError)
        /// The bytes are no UTF-8 text.
        case notUTF8
        /// A `[` line without a closing bracket.
        case sectionWithoutBracket
        /// A property stands before the first section.
        case propertyOutsideSection
        /// An indented line stands before the first section.
        case continuationOutsideSection
        /// An indented line stands where no property precedes it.
        case continuationOutsideProperty
        /// A line of a section without an equals sign.
        case propertyWithoutEquals
        /// A line that begins with an equals sign.
        case propertyWithoutName
        /// An indented line below an empty property, without an equals sign.
        case subpropertyWithoutEquals
        /// An indented line that begins with an equals sign.
        case subpropertyWithoutName
    }

    public let path: String
    /// Counted from 1; nil when the whole file is meant.
    public let line: Int?
    public let reason: Reason

    public var description: String {
        let place = line.map { "\(path), line \($0)" } ?? path
        switch reason {
        case .unreadable(let error): return "could not read the profile file \(error)"
        case .notUTF8: return "\(place): not UTF-8 text; is this an AWS configuration file?"
        case .sectionWithoutBracket: return "\(place): Profile definition must end with ']'"
        case .propertyOutsideSection: return "\(place): Expected a profile definition, found a property; begin with a line like [default]"
        case .continuationOutsideSection: return "\(place): Expected a profile definition, found continuation"
        case .continuationOutsideProperty:
            return "\(place): Expected a property definition, found continuation; remove the blanks at the start of the line"
        case .propertyWithoutEquals: return "\(place): Expected an '=' sign defining a property"
        case .propertyWithoutName: return "\(place): Property did not have a name"
        case .subpropertyWithoutEquals: return "\(place): Expected an '=' sign defining a sub-property"
        case .subpropertyWithoutName: return "\(place): Sub-property did not have a name"
        }
    }
}
