#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one function for each kind of value.

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);
/// libcurl copies the string.
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value);
/// The list must live until the transfer has ended.
CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);

typedef size_t (*ccurl_read_function)(char *buffer, size_t size, size_t count, void *context);
typedef int (*ccurl_debug_function)(CURL *handle, curl_infotype kind, char *data, size_t size, void *context);

CURLcode ccurl_set_read(CURL *handle, ccurl_read_function function, void *context);
/// Also turns on CURLOPT_VERBOSE, without which libcurl calls no debug function.
CURLcode ccurl_set_debug(CURL *handle, ccurl_debug_function function, void *context);
/// The bytes must live until the transfer has ended.
CURLcode ccurl_set_bytes(CURL *handle, CURLoption option, const void *value);
/// What the server answers with is read and thrown away.
CURLcode ccurl_discard_answer(CURL *handle);
CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value);
