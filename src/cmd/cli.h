/* cli.h - one run of the program: arguments, language, output, exit code.
 *
 * What a verb prints goes to `out` and from there to standard output (cli_flush; main does it at
 * the end); complaints and progress go to standard error at once. A complaint is one paragraph:
 * what, where, what to do.
 */
#ifndef GECI_CMD_CLI_H
#define GECI_CMD_CLI_H

#include "base/base.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cmd/args.h"

struct arena;
struct out;

/* sysexits(3) */
enum {
    EXIT_USAGE = 64,
    EXIT_DATA = 65,
    EXIT_NO_INPUT = 66,
    EXIT_LIMIT = 69,
    EXIT_IO = 74,
    EXIT_BUSY = 75,
    EXIT_DENIED = 77,
};

struct cli {
    struct arena *arena; /* lives as long as the run */
    enum lang lang;
    bool quiet, colour, colour_err;
    struct args args;
    struct buf out;
    bool out_failed;  /* standard output did not take everything */
    struct out *file; /* where `out` goes instead of standard output, or NULL */
    Str file_path;
    int64_t started_ms, told_ms; /* told: of progress, the last time */
};

/* The text in the language of the run. Both are literals. */
#define ZE(c, zh, en) ((c)->lang == LANG_ZH ? (zh) : (en))

void cli_open(struct cli *c, struct arena *a, char *const *argv);
/* Empties `out` onto standard output, or into the file of -o. */
void cli_flush(struct cli *c);
/* From here on `out` goes into the file named by -o, if one is; exit code, 0 when all is well. */
int cli_output_open(struct cli *c);
/* Puts the file in place, or with `keep` false leaves the old one as it was. */
int cli_output_close(struct cli *c, bool keep);

int cli_exit(enum status st); /* OK is 0 */
/* Prints "geci: ..." on standard error; returns the exit code of the status. */
int cli_fail(struct cli *c, enum status st, const char *fmt, ...) PRINTF_LIKE(3, 4);
int cli_usage(struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3); /* 64, and a hint at help */
void cli_warn(struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3); /* nothing when quiet */
void cli_say(struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3);  /* nothing when quiet */
/* On a terminal, each second once the run has taken one, and not when quiet. */
void cli_progress(struct cli *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A status from reading or writing `path`, in words. */
int cli_fail_file(struct cli *c, enum status st, Str path, int err, bool writing);

/* Diagnostics in order, on standard error; notes only when not quiet. */
void cli_diags(struct cli *c, struct diags *ds, Str file, Str text);

enum paint { PAINT_NONE, PAINT_BOLD, PAINT_DIM, PAINT_RED, PAINT_GREEN, PAINT_YELLOW, PAINT_CYAN };
/* Adds the text to `out`, coloured if standard output takes colours. */
void cli_paint(struct cli *c, enum paint p, Str s);

#endif
