/// Byte scanning for the JSON tape, inlined into its one caller, StateJSON.
///
/// Every function may read up to 16 bytes behind the byte it stops at: the caller's buffer must have 64 readable
/// zero bytes behind its end. A zero byte stops every scan, so no scan can run past that padding.
/// SSE2 is part of every x86-64; other processors take the portable path, eight bytes at a time.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
// TFG_PORTABLE forces the portable path, for testing it: swift test -Xcc -DTFG_PORTABLE
#if defined(__SSE2__) && !defined(TFG_PORTABLE)
#define TFG_SSE2 1
#include <emmintrin.h>
#else
#define TFG_SSE2 0
#endif

/// The first byte at or behind `p` that is no JSON whitespace.
static inline const uint8_t *tfg_skip_whitespace(const uint8_t *p) {
    if (*p > 0x20) return p;
    for (;;) {
        if (*p == '\n' || *p == '\r') p++;
#if TFG_SSE2
        // Indentation is spaces: one comparison for sixteen bytes.
        const __m128i space = _mm_set1_epi8(' ');
        for (;;) {
            unsigned other = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)p), space)) ^ 0xFFFFu;
            if (other) { p += __builtin_ctz(other); break; }
            p += 16;
        }
#else
        for (;;) {
            uint64_t word;
            memcpy(&word, p, 8);
            if (word != 0x2020202020202020ull) break;
            p += 8;
        }
        while (*p == ' ') p++;
#endif
        if (*p > 0x20) return p;
        if (*p != '\n' && *p != '\r' && *p != '\t') return p;
        if (*p == '\t') p++;
        if (*p > 0x20) return p;
    }
}

/// The first byte at or behind `p` that a plain ASCII string body cannot hold: a quote, a backslash, a control
/// character (which includes the zero padding) or a byte of a multi-byte character.
static inline const uint8_t *tfg_skip_plain(const uint8_t *p) {
#if TFG_SSE2
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1F);
    for (;;) {
        __m128i x = _mm_loadu_si128((const __m128i *)p);
        __m128i stop = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, backslash)),
                                    _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(x, control), x), x));
        unsigned mask = (unsigned)_mm_movemask_epi8(stop);
        if (mask) return p + __builtin_ctz(mask);
        p += 16;
    }
#else
    const uint64_t ones = 0x0101010101010101ull, high = 0x8080808080808080ull;
    for (;;) {
        uint64_t x;
        memcpy(&x, p, 8);
        uint64_t q = x ^ (ones * '"'), b = x ^ (ones * '\\');
        // A set high bit says "stop somewhere in these eight"; the exact byte is found below.
        uint64_t stop = ((q - ones) & ~q) | ((b - ones) & ~b) | (x - ones * 0x20) | x;
        if (stop & high) {
            for (int i = 0; i < 8; i++) {
                uint8_t c = p[i];
                if (c == '"' || c == '\\' || c < 0x20 || c >= 0x80) return p + i;
            }
        }
        p += 8;
    }
#endif
}

/// Grows the tape; realloc moves large blocks by remapping pages, without copying. NULL when memory is out.
static inline uint64_t *tfg_grow_words(uint64_t *words, size_t count) {
    if (count > SIZE_MAX / sizeof(uint64_t)) return NULL;
    return (uint64_t *)realloc(words, count * sizeof(uint64_t));
}

/// A word that other threads may be writing, and all that they wrote before it.
static inline uint64_t tfg_load_acquire(const uint64_t *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }

/// Shows other threads a word, and with it all that was written before.
static inline void tfg_store_release(uint64_t *word, uint64_t value) { __atomic_store_n(word, value, __ATOMIC_RELEASE); }

static inline void tfg_free(void *block) { free(block); }
