internal import Cryptography

/// One check of a vault, from the records down to the bytes.
struct VaultCheck {
    let files: VaultFiles
    private let depth: CheckDepth
    private(set) var report = CheckReport()
    private var progress = CheckProgress(packs: 0, packsTotal: 0, states: 0, statesTotal: 0, bytesRead: 0)

    private var records: [SnapshotRecord] = []
    /// What was looked at, so that snapshots that share parts are checked once.
    private var seenParts = Set<PieceRef>()
    private var entries = Set<StateEntry>()
    private var seenSegments = Set<PieceRef>()
    private var contents = Set<PieceRef>()
    private var damagedContents: [PieceRef: String] = [:]
    private var referencedPacks = Set<UInt32>()
    private var hasDamagedPacks = false

    init(_ files: VaultFiles, _ depth: CheckDepth) {
        self.files = files
        self.depth = depth
    }

    mutating func run(_ tell: @Sendable (CheckProgress) -> Void) async throws -> CheckReport {
        // What earlier reading left in memory proves nothing about the disk.
        await files.reader.forget()
        try await checkHeader()
        records = try await checkRecords()
        report.snapshots = records.count
        try await checkPacks(tell)
        try await checkCatalogues()
        try await checkHistories(tell)
        try await checkContents(tell)
        try await nameTouchedVersions()
        try await noteLeftovers()
        report.states = Set(entries.map(\.state)).count
        report.contents = contents.count
        report.bytesRead = progress.bytesRead
        return report
    }

    mutating func damage(_ subject: String, _ detail: String) {
        let damage = Damage(subject, detail)
        if !report.damages.contains(damage) { report.damages.append(damage) }
    }

    mutating func note(_ text: String) {
        report.notes.append(text)
    }

    /// Runs a part of the check; damage that it meets is reported, a storage that fails ends the check.
    private mutating func collecting(_ body: (inout VaultCheck) async throws -> Void) async throws -> Bool {
        do {
            try await body(&self)
            return true
        } catch VaultError.damaged(let damage) {
            if !report.damages.contains(damage) { report.damages.append(damage) }
            return false
        } catch VaultError.storage(let error) where error.code != .noFolder && error.code != .accessDenied {
            damage(error.subject, error.description)
            return false
        }
    }

    private mutating func checkHeader() async throws {
        let header = files.header
        _ = try await collecting { check in
            let bytes = try await check.files.get(VaultHeader.object)
            if SHA256.hash(bytes) != header.digest { check.damage(VaultHeader.object.path, "it changed while the vault was open") }
        }
    }

    /// The packs: header, directory, size; their bytes as far as the depth asks.
    private mutating func checkPacks(_ tell: (CheckProgress) -> Void) async throws {
        var all: [StorageListing.Entry] = []
        for folder in [ObjectName.Folder.meta, .data] { all += try await files.list(folder).objects }
        progress.packsTotal = all.count
        for entry in all {
            let isSound = try await collecting { try await $0.checkPack(entry) }
            if !isSound { hasDamagedPacks = true }
            report.packs += 1
            progress.packs += 1
            tell(progress)
        }
    }

    private mutating func checkPack(_ entry: StorageListing.Entry) async throws {
        guard let id = entry.name.name.split(separator: "-").last.flatMap({ SHA256Digest(hex: $0) }) else {
            note("\(entry.name.path) is not a pack's name: it is ignored")
            return
        }
        if isSelected(id) {
            let bytes = try await files.get(entry.name)
            progress.bytesRead += Int64(bytes.count)
            guard bytes.withUnsafeBytes({ SHA256.hash($0) }) == id else {
                throw VaultError.damaged(Damage(entry.name.path, "its bytes are not those that its name was made from"))
            }
        }
        let tail = try await PackTail.read(entry.name, from: files.storage, cipher: files.cipher)
        guard !tail.isRebuilt else { throw VaultError.damaged(Damage(entry.name.path, "its directory cannot be read; its blocks are still used")) }
    }

    private func isSelected(_ id: SHA256Digest) -> Bool {
        guard case .readData(let percent, let seed) = depth else { return false }
        let word = id.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var mixed = (word ^ seed) &* 0x9E37_79B9_7F4A_7C15
        mixed ^= mixed >> 32
        return mixed % 100 < UInt64(max(0, percent))
    }

    private mutating func checkCatalogues() async throws {
        for record in records {
            for part in record.catalogue where seenParts.insert(part).inserted {
                referencedPacks.insert(part.pack)
                let isSound = try await collecting { check in
                    check.entries.formUnion(try CatalogueSegment(reading: try await check.files.document(part)).entries)
                }
                if !isSound { damage("snapshot \(record.id.short)", "a part of its list of states cannot be read") }
            }
        }
        progress.statesTotal = entries.count
    }

    private mutating func checkHistories(_ tell: (CheckProgress) -> Void) async throws {
        for entry in entries.sorted(by: { $0.state < $1.state }) {
            var count = 0
            var isComplete = true
            for piece in entry.segments {
                referencedPacks.insert(piece.pack)
                let isSound = try await collecting { check in
                    let segment = try HistorySegment(reading: try await check.files.document(piece))
                    guard segment.state == entry.state else { throw VaultError.damaged(Damage("the history of \(entry.state)", "it is that of \(segment.state)")) }
                    count += segment.versions.count
                    if check.seenSegments.insert(piece).inserted { check.contents.formUnion(segment.versions.compactMap(\.content)) }
                }
                isComplete = isComplete && isSound
            }
            if !isComplete, report.touchedHistories.last != entry.state { report.touchedHistories.append(entry.state) }
            if isComplete, count != entry.versionCount { damage("the history of \(entry.state)", "\(count) versions where \(entry.versionCount) belong") }
            progress.states += 1
            tell(progress)
        }
    }

    /// Every different file: its manifest, its pieces and, where bytes are asked for or packs are damaged, itself.
    private mutating func checkContents(_ tell: (CheckProgress) -> Void) async throws {
        var readsAll = hasDamagedPacks
        if case .readData(let percent, _) = depth, percent >= 100 { readsAll = true }
        for content in contents.sorted(by: { ($0.pack, $0.ordinal) < ($1.pack, $1.ordinal) }) {
            referencedPacks.insert(content.pack)
            do {
                let manifest = try await files.manifest(content)
                let pieces = try await files.pieces(of: manifest)
                for part in manifest.parts {
                    if case .pieces(let run) = part { referencedPacks.insert(run.pack) }
                }
                try await checkLengths(pieces, size: manifest.size)
                if readsAll { _ = try await files.content(content) }
            } catch VaultError.damaged(let damage) {
                damagedContents[content] = "\(damage.subject): \(damage.detail)"
            }
            tell(progress)
        }
    }

    private func checkLengths(_ pieces: [PieceRef], size: Int) async throws {
        var total = 0
        var current: (pack: UInt32, directory: PackDirectory)?
        for piece in pieces {
            let directory: PackDirectory
            if let current, current.pack == piece.pack {
                directory = current.directory
            } else {
                directory = try await files.reader.directory(of: piece.pack)
                current = (piece.pack, directory)
            }
            guard directory.block(of: Int(piece.ordinal)) != nil else {
                throw VaultError.damaged(Damage(files.registry.object(of: piece.pack)?.path ?? "a pack", "it holds no piece \(piece.ordinal)"))
            }
            total += Int(directory.lengths[Int(piece.ordinal)])
        }
        guard total == size else { throw VaultError.damaged(Damage("a manifest", "its pieces have \(total) bytes where \(size) belong")) }
    }

    /// Walks the histories once more for the names of the versions that damage touches.
    private mutating func nameTouchedVersions() async throws {
        var named = Set<CheckReport.TouchedVersion>()
        for entry in entries.sorted(by: { $0.state < $1.state }) {
            for piece in entry.segments {
                guard let document = try? await files.document(piece), let segment = try? HistorySegment(reading: document) else { continue }
                for version in segment.versions {
                    guard let content = version.content, let detail = damagedContents[content] else { continue }
                    let touched = CheckReport.TouchedVersion(state: version.state, versionID: version.listed.versionID, detail: detail)
                    if named.insert(touched).inserted { report.touched.append(touched) }
                }
            }
        }
        // Counted on the newest view of each state only: older snapshots repeat the same versions.
        report.versions = Dictionary(entries.map { ($0.state, $0.versionCount) }, uniquingKeysWith: max).values.reduce(0, +)
    }

    private mutating func noteLeftovers() async throws {
        var unused = 0
        var bytes: Int64 = 0
        for folder in [ObjectName.Folder.meta, .data] {
            let listing = try await files.list(folder)
            for entry in listing.objects {
                guard let id = SHA256Digest(hex: entry.name.name.prefix(64)), !referencedPacks.contains(files.registry.number(of: id, in: folder)) else { continue }
                unused += 1
                bytes += Int64(entry.size)
            }
        }
        if unused > 0 { note("\(unused) packs (\(bytes) bytes) belong to no snapshot: a run did not finish, or is still at work; later runs use what is in them") }
        let journals = try await files.list(.journal).objects.count
        if journals > 0 { note("\(journals) journals of unfinished runs: the next run over the same states takes them up") }
        for folder in ObjectName.Folder.allCases {
            for stranger in try await files.list(folder).strangers { note("\(quoted(stranger)) is not a file of the vault: it is ignored") }
        }
        for entry in try await files.list(.root).objects where entry.name != VaultHeader.object { note("\(quoted(entry.name.path)) is not a file of the vault: it is ignored") }
    }
}
