/* xml_scan.h - the XML that programs write for sheets, several times as fast as by expat.
 *
 * Read are elements with plain attributes, text, and the five entities: what it is sure of. Before
 * anything else (a comment, a character by its number, a name that is not ASCII, whatever is wrong)
 * it stops for good, and says which elements are open. What a file means, and whether it is well
 * formed, is so always expat's word, which reads on from there.
 */
#ifndef GECI_SHEET_XML_SCAN_H
#define GECI_SHEET_XML_SCAN_H

#include "sheet/xml.h"

enum { SCAN_DEPTH = 16, SCAN_NAME = 32, SCAN_ROOM = 1 << 17 };

struct scan {
    const struct xml_hooks *hooks;
    int depth;
    char name[SCAN_DEPTH][SCAN_NAME]; /* of the elements that are open, each ended by NUL */
    bool fresh;                       /* nothing was read yet */
    bool begun;                       /* the first element was */
    bool odd;                         /* stopped */
    uint8_t class[256];
    size_t n;             /* of the bytes in `room` that are not read yet */
    char room[SCAN_ROOM]; /* what is filled in behind them */
};

void scan_open(struct scan *s, const struct xml_hooks *hooks);
/* Calls the hooks for what of the room can be read, and keeps the rest at its start. OK, or what a
 * hook said. */
NODISCARD enum status scan_read(struct scan *s);
/* All that was open is closed, and no more than blanks are left. */
bool scan_is_whole(const struct scan *s);

#endif
