#pragma once
#include <gmime/gmime.h>

// GMime's casts and type checks are C macros, which Swift cannot see. These are the ones Torg needs.

/// Drops one reference; the object is freed with its last one.
void cgmime_unref(void *object);

static inline GMimeObject *cgmime_object(void *object) { return (GMimeObject *)object; }
static inline GMimePart *cgmime_part(void *object) { return (GMimePart *)object; }
static inline GMimeMultipart *cgmime_multipart(void *object) { return (GMimeMultipart *)object; }
/// What was written to a memory stream; it belongs to the stream.
static inline GByteArray *cgmime_bytes(void *stream) { return g_mime_stream_mem_get_byte_array((GMimeStreamMem *)stream); }
