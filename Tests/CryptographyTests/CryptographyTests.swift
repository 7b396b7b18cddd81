import Cryptography
import Testing

/// Published vectors: FIPS 180-4 and RFC 1321 for the hashes, RFC 4231 for HMAC, RFC 7914 for scrypt, NIST's GCM set for AES.
@Suite struct PublishedVectorTests {
    @Test func hashesMatchTheirStandards() {
        #expect(SHA256.hash("abc".utf8).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(SHA256.hash([]).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Hex.encode(SHA1.hash("abc".utf8)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(Hex.encode(MD5.hash("message digest".utf8)) == "f96b697d7cb7938d525a2f31aaf161d0")
    }

    @Test func aHashIsReadyForTheNextAfterFinalize() {
        var hash = SHA256()
        hash.update("ab".utf8)
        hash.update("c".utf8)
        #expect(hash.finalize() == SHA256.hash("abc".utf8))
        hash.update("abc".utf8)
        #expect(hash.finalize() == SHA256.hash("abc".utf8))
    }

    @Test func hmacMatchesRFC4231() {
        #expect(
            Hex.encode(HMACSHA256.authenticate("what do ya want for nothing?".utf8, key: Array("Jefe".utf8)))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            Hex.encode(HMACSHA256.authenticate("Test Using Larger Than Block-Size Key - Hash Key First".utf8, key: [UInt8](repeating: 0xAA, count: 131)))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func scryptMatchesRFC7914() throws {
        let key = try Scrypt.derive(passphrase: Array("password".utf8), salt: Array("NaCl".utf8), parameters: .init(n: 1024, r: 8, p: 16), length: 64)
        #expect(
            Hex.encode(key)
                == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")
    }

    @Test func aesMatchesNISTsEmptyAndOneBlockVectors() throws {
        let zeros = [UInt8](repeating: 0, count: 32)
        let nonce = [UInt8](repeating: 0, count: 12)
        #expect(try Hex.encode(AES256GCM.seal([], key: zeros, nonce: nonce)) == "530f8afbc74536b9a963b4f1c4cb738b")
        #expect(
            try Hex.encode(AES256GCM.seal([UInt8](repeating: 0, count: 16), key: zeros, nonce: nonce))
                == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
    }
}

@Suite struct AuthenticatedEncryptionTests {
    @Test func whatWasSealedOpensAndNothingElseDoes() throws {
        let key = try secureRandomBytes(count: 32)
        let nonce = try secureRandomBytes(count: 12)
        for length in [0, 1, 15, 16, 17, 100_000] {
            let plain = try secureRandomBytes(count: length)
            let sealed = try AES256GCM.seal(plain, key: key, nonce: nonce, associated: [7])
            #expect(try AES256GCM.open(sealed, key: key, nonce: nonce, associated: [7]) == plain)
            #expect(throws: CryptographyError.notAuthentic) { try AES256GCM.open(sealed, key: key, nonce: nonce, associated: [8]) }
            for index in [0, sealed.count / 2, sealed.count - 1] {
                var altered = sealed
                altered[index] ^= 1
                #expect(throws: CryptographyError.notAuthentic) { try AES256GCM.open(altered, key: key, nonce: nonce, associated: [7]) }
            }
            #expect(throws: CryptographyError.notAuthentic) { try AES256GCM.open(sealed.dropLast(), key: key, nonce: nonce, associated: [7]) }
        }
    }

    @Test func wrongLengthsAreNamed() {
        #expect(throws: CryptographyError.wrongLength(of: "an AES-256 key", expected: 32, actual: 16)) {
            try AES256GCM.seal([], key: [UInt8](repeating: 0, count: 16), nonce: [UInt8](repeating: 0, count: 12))
        }
        #expect(throws: CryptographyError.notAuthentic) {
            try AES256GCM.open([1, 2], key: [UInt8](repeating: 0, count: 32), nonce: [UInt8](repeating: 0, count: 12))
        }
    }

    @Test func scryptParametersOfAForgedHeaderAreRefused() {
        for parameters in [Scrypt.Parameters(n: 1 << 30, r: 8, p: 1), .init(n: 1000, r: 8, p: 1), .init(n: .max, r: .max, p: .max), .init(n: 1 << 24, r: 64, p: 1)] {
            #expect(throws: CryptographyError.self) { try Scrypt.derive(passphrase: [], salt: [], parameters: parameters) }
        }
    }
}

@Suite struct TextFormTests {
    @Test func hexAndBase64ComeBack() throws {
        for length in 0..<70 {
            let bytes = try secureRandomBytes(count: length)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
        #expect(Base64.encode("foobar".utf8) == "Zm9vYmFy")
        #expect(Base64.encode("fooba".utf8) == "Zm9vYmE=")
        #expect(Base64.encode("foob".utf8) == "Zm9vYg==")
    }

    @Test(arguments: ["Zg", "Zg=", "Zh==", "Zm9=", "=Zg=", "Z===", "Zg==Zg==", "Zm 9", "Zm9v\n"]) func looseBase64IsRefused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func digestsReadTheirOwnTextOnly() {
        let digest = SHA256.hash("abc".utf8)
        #expect(SHA256Digest(hex: digest.hex) == digest)
        #expect(SHA256Digest(bytes: digest.bytes) == digest)
        #expect(SHA256Digest(hex: "abc") == nil)
        #expect(SHA256Digest(bytes: [1, 2]) == nil)
        #expect(SHA256.hash([1]) != SHA256.hash([2]))
    }
}
