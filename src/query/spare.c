/* spare.c - rooms to work in, kept for who asks next. */
#include "os/thread.h"
#include "query/query_int.h"

void *spare_take(struct spare *s)
{
    void *room = NULL;
    lock_take(s->lock);
    if (s->n > 0)
        room = s->room[--s->n];
    lock_give(s->lock);
    return room;
}

bool spare_give(struct spare *s, void *room)
{
    lock_take(s->lock);
    bool kept = s->n < SPARE_MAX;
    if (kept)
        s->room[s->n++] = room;
    lock_give(s->lock);
    return kept;
}
