#pragma once
#include <stdlib.h>
#include <zlib.h>

// deflateInit2 and inflateInit2 are macros that pass zlib's version and the size of z_stream; Swift cannot call them.
// Window bits of -15 mean raw deflate (RFC 1951) with a window of 32 KB.

static inline z_stream *tfguard_deflate_new(int level) {
    z_stream *stream = (z_stream *)calloc(1, sizeof(z_stream));
    if (stream && deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

static inline void tfguard_deflate_free(z_stream *stream) {
    if (stream) { deflateEnd(stream); free(stream); }
}

static inline z_stream *tfguard_inflate_new(void) {
    z_stream *stream = (z_stream *)calloc(1, sizeof(z_stream));
    if (stream && inflateInit2(stream, -15) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

// Window bits of 47: gzip (RFC 1952) or zlib (RFC 1950), whichever the header says, with its checksum verified.
static inline z_stream *tfguard_inflate_new_wrapped(void) {
    z_stream *stream = (z_stream *)calloc(1, sizeof(z_stream));
    if (stream && inflateInit2(stream, 47) != Z_OK) {
        free(stream);
        return NULL;
    }
    return stream;
}

static inline void tfguard_inflate_free(z_stream *stream) {
    if (stream) { inflateEnd(stream); free(stream); }
}
