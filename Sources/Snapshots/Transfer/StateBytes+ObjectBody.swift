public import S3
public import StateJSON

// Bodies go straight from the connection into the padded buffer that the scanner wants: no copy in between.
extension StateBytes: ObjectBody {
    public func withBodyBytes<R>(_ read: (UnsafeRawBufferPointer) -> R) -> R { withUnsafeBytes(read) }
}

extension StateBytes.Builder: ObjectBodyCollector {}
