import CCurl

/// libcurl is initialised once in the process, from whichever thread comes first, and never cleaned up.
let curlIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
