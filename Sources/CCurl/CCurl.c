#include "CCurl.h"

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) { return curl_easy_setopt(handle, option, value); }

CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

CURLcode ccurl_set_read(CURL *handle, ccurl_read_function function, void *context) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_READFUNCTION, function);
    return result == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_READDATA, context) : result;
}

CURLcode ccurl_set_debug(CURL *handle, ccurl_debug_function function, void *context) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, function);
    if (result == CURLE_OK) result = curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
    return result == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L) : result;
}

CURLcode ccurl_set_bytes(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static size_t discard(char *data, size_t size, size_t count, void *context) { return size * count; }

CURLcode ccurl_discard_answer(CURL *handle) { return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, discard); }

CURLcode ccurl_get_long(CURL *handle, CURLINFO info, long *value) { return curl_easy_getinfo(handle, info, value); }
