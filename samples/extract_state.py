#!/usr/bin/env python3
"""Extracts states from an unencrypted tfguard vault. Written from the format article alone.

    extract_state.py VAULT                      list every version: site, key, version id, SHA-256
    extract_state.py VAULT SITE KEY VERSION_ID  write the bytes of one version to standard output
"""
import hashlib, json, os, struct, sys, zlib
from functools import lru_cache

vault = sys.argv[1]
header = json.load(open(os.path.join(vault, "vault.json")))
if header["format"] != 1 or header["encryption"] != "none":
    sys.exit("this script reads vaults of format 1 without encryption")


def varints(data, at, count):
    values = []
    for _ in range(count):
        value = shift = 0
        while True:
            byte = data[at]; at += 1
            value |= (byte & 127) << shift; shift += 7
            if byte < 128: break
        values.append(value)
    return values, at


@lru_cache(maxsize=None)
def blocks(folder, pack):
    """The pack's bytes and, for each block, its offset and the ordinal of its first piece."""
    data = open(os.path.join(vault, folder, pack), "rb").read()
    at, = struct.unpack("<Q", data[-16:-8])
    length, crc = struct.unpack("<II", data[at:at + 8])
    body = data[at + 8:at + 8 + length]
    if zlib.crc32(body) != crc: sys.exit(f"{pack}: the directory is damaged")
    (count,), i = varints(body, 1, 1)
    found, offset, ordinal = [], 16, 0
    for _ in range(count):
        (length, pieces), j = varints(body, i + 1, 2)
        found.append((offset, ordinal)); offset += length; ordinal += pieces
        for _ in range(pieces if body[i] != ord("-") else 0): j = varints(body, j, 1)[1] + 32
        i = j
    return data, found


@lru_cache(maxsize=None)
def block(folder, pack, offset):
    """The plain pieces of a block."""
    data = blocks(folder, pack)[0]
    length, crc = struct.unpack("<II", data[offset:offset + 8])
    body = data[offset + 8:offset + 8 + length]
    if zlib.crc32(body) != crc: sys.exit(f"{pack}: the block at {offset} is damaged")
    (count,), at = varints(body, 3, 1)
    lengths, at = varints(body, at, count)
    (count,), at = varints(body, at, 1)
    packs = [pack] + [body[at + 32 * n:at + 32 * n + 32].hex() for n in range(count)]
    (count,), at = varints(body, at + 32 * count, 1)
    numbers, at = varints(body, at, 2 * count)
    dictionary = b"".join(piece(folder, packs[n], ordinal) for n, ordinal in zip(numbers[::2], numbers[1::2]))
    plain = zlib.decompressobj(-15, zdict=dictionary[-32768:]).decompress(body[at:]) if body[1] else body[at:]
    ends = [sum(lengths[:n + 1]) for n in range(len(lengths))]
    return [plain[end - length:end] for end, length in zip(ends, lengths)]


def piece(folder, pack, ordinal):
    offset, first = max((b for b in blocks(folder, pack)[1] if b[1] <= ordinal), key=lambda b: (b[1], b[0]))
    return block(folder, pack, offset)[ordinal - first]


def document(pack, ordinal):
    found = json.loads(piece("meta", pack, ordinal))
    return found, [pack] + found["packs"]


@lru_cache(maxsize=None)
def pieces(pack, ordinal):
    manifest, packs = document(pack, ordinal)
    base = pieces(packs[manifest["base"][0]], manifest["base"][1]) if "base" in manifest else []
    found = []
    for n, first, count in manifest["pieces"]:
        found += base[first:first + count] if n < 0 else [(packs[n], o) for o in range(first, first + count)]
    return found


def versions():
    """Every version that the heads know, with the place of its manifest."""
    folder = os.path.join(vault, "snapshots")
    records = {name.split("-")[1]: json.load(open(os.path.join(folder, name))) for name in os.listdir(folder)}
    parents = {parent for record in records.values() for parent in record["parents"]}
    for record in (record for id, record in records.items() if id not in parents):
        for n, ordinal in record["catalogue"]:
            catalogue, packs = document(([None] + record["packs"])[n], ordinal)
            for state in catalogue["states"]:
                for n, ordinal in state["history"]:
                    segment, inner = document(packs[n], ordinal)
                    for version in segment["versions"]:
                        yield state["site"], state["key"], version, inner


seen = set()
for site, key, version, packs in versions():
    if "content" not in version or (site, key, version["id"], version["sha256"]) in seen: continue
    seen.add((site, key, version["id"], version["sha256"]))
    if len(sys.argv) == 2:
        print(json.dumps([site, key, version["id"], version["sha256"]]))
    elif sys.argv[2:] == [site, key, version["id"]]:
        n, ordinal = version["content"]
        data = b"".join(piece("data", *place) for place in pieces(packs[n], ordinal))
        if hashlib.sha256(data).hexdigest() != version["sha256"]: sys.exit("the bytes do not match their SHA-256")
        sys.stdout.buffer.write(data)
        sys.exit(0)
if len(sys.argv) > 2: sys.exit("the vault has no such version")
