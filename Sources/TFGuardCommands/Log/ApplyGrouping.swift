import Reports
import Snapshots
import Timestamps

/// Tells which versions one apply wrote. Terraform stores the state every 20 seconds or so while resources change, each time
/// with the next serial and always with the same lineage, and holds its lock all the while.
struct ApplyGrouping {
    /// When the lock file was held; nil when nobody could say.
    let locks: LockPeriods?
    /// Versions outside of all known locks that lie no further apart than this belong together.
    let gap: Duration

    /// Why a version belongs to the apply that wrote the newer ones of an entry; nil when it does not.
    func reason(_ older: LogReport.Entry, belongsToApplyOf newer: LogReport.Entry) -> LogReport.Entry.Grouping? {
        guard older.lineage == newer.lineage, let serial = older.serial, let first = newer.firstSerial, serial <= first else { return nil }
        let locked = (older: locks?.period(at: older.lastModified), newer: locks?.period(at: newer.firstModified))
        switch locked {
        case (nil, nil): return newer.firstModified - older.lastModified <= gap ? .time : nil
        case (let period, let other): return period == other ? .lock : nil
        }
    }
}
