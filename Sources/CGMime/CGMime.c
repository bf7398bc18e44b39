#include "CGMime.h"

void cgmime_unref(void *object) { g_object_unref(object); }
