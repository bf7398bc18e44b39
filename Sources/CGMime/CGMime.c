#include "CGMime.h"

void cgmime_unref(void *object) { g_object_unref(object); }

char *cgmime_ascii_address(const char *address) {
    InternetAddress *mailbox = internet_address_mailbox_new(NULL, address);
    const char *ascii = internet_address_mailbox_get_idn_addr((InternetAddressMailbox *)mailbox);
    char *copy = ascii ? g_strdup(ascii) : NULL;
    g_object_unref(mailbox);
    return copy;
}
