/* pages.c - the printer, and what its ends mean. */
#include "base/arena.h"
#include "base/str.h"
#include "dossier/dossier.h"
#include "os/spawn.h"

enum { NO_FONT = 69, MEMORY = 1 << 30, PDF_MAX = 64 << 20, CPU_S = 20, WALL_S = 60 };

/* What an installation lacks is not to be had for now; what failed is an error. */
static enum status broken(struct diags *ds, enum diag_code code, Str what)
{
    (void)diag_add(ds, code, (Span){0, 0}, what, NO_ARG, NO_ARG); /* the status says it as well */
    return code == DIAG_DOSSIER_FAILED ? ERR_IO : ERR_BUSY;
}

enum status dossier_pdf(struct arena *keep, Str lines, Str *pdf, struct diags *ds)
{
    struct spawn_result r;
    struct spawn_job job = {.name = "geci-print",
                            .folder = "print",
                            .in = lines,
                            .memory_bytes = MEMORY,
                            .answer_bytes = PDF_MAX,
                            .cpu_s = CPU_S,
                            .wall_s = WALL_S};
    spawn_run(keep, &r, &job);
    if (r.end == SPAWN_NONE)
        return broken(ds, DIAG_DOSSIER_PRINTER, S(""));
    if (r.end == SPAWN_DONE && r.code == NO_FONT)
        return broken(ds, DIAG_DOSSIER_FONT, S(""));
    if (r.end != SPAWN_DONE || r.code != 0 || !str_starts(r.answer, S("%PDF")))
        return broken(ds, DIAG_DOSSIER_FAILED, str_trim(r.said));
    *pdf = r.answer;
    return OK;
}
