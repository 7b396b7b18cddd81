#pragma once
// curl_easy_setopt and friends are variadic, which Swift cannot call. One inline wrapper per argument
// type keeps the type check that libcurl's own macros would give a C caller.
#include <curl/curl.h>

static inline CURLcode tfc_setopt_long(CURL *easy, CURLoption option, long value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode tfc_setopt_offset(CURL *easy, CURLoption option, curl_off_t value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode tfc_setopt_string(CURL *easy, CURLoption option, const char *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode tfc_setopt_pointer(CURL *easy, CURLoption option, void *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode tfc_setopt_list(CURL *easy, CURLoption option, struct curl_slist *value) { return curl_easy_setopt(easy, option, value); }
// CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION share one callback type.
static inline CURLcode tfc_setopt_write(CURL *easy, CURLoption option, curl_write_callback value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode tfc_setopt_read(CURL *easy, curl_read_callback value) { return curl_easy_setopt(easy, CURLOPT_READFUNCTION, value); }
static inline CURLcode tfc_setopt_seek(CURL *easy, curl_seek_callback value) { return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, value); }
static inline CURLcode tfc_setopt_sockopt(CURL *easy, curl_sockopt_callback value) { return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, value); }

// CURLOPT_PROTOCOLS_STR came with 7.85 (Ubuntu 22.04 has 7.81), which also deprecated the bit mask.
static inline CURLcode tfc_allow_http_only(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

// Without CURLOPT_QUICK_EXIT (7.87) removing a transfer that still resolves its host blocks until the resolver answers.
static inline void tfc_abandon_resolver_on_cancel(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

static inline CURLcode tfc_getinfo_long(CURL *easy, CURLINFO info, long *value) { return curl_easy_getinfo(easy, info, value); }
static inline CURLcode tfc_getinfo_offset(CURL *easy, CURLINFO info, curl_off_t *value) { return curl_easy_getinfo(easy, info, value); }
static inline CURLcode tfc_getinfo_pointer(CURL *easy, CURLINFO info, void **value) { return curl_easy_getinfo(easy, info, value); }

static inline CURLMcode tfc_multi_setopt_long(CURLM *multi, CURLMoption option, long value) { return curl_multi_setopt(multi, option, value); }

// CURLMsg keeps the result in a union.
static inline CURLcode tfc_message_result(const CURLMsg *message) { return message->data.result; }
