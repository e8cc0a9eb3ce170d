/* diag.h - diagnostics: what is wrong, exactly where, under a stable code, with a way out.
 *
 *     docs/x.md:12:7: 错误 BAND-GAP: 档位有缺口: (5%, 6%) 没有归属
 *        12 | | > 6% | 50 |
 *           |   ^~~~
 *           = 建议: 把相邻两档的界限接上, 例如 [5%, 6%)
 *
 * The list of codes is base/diag_list.h: mnemonic, severity, message and fix in Chinese and
 * English with {0} {1} {2} for arguments, {1?; nearest: } for text that goes with an argument. A
 * reader of outside text reports here and returns a status. The caller owns the arena; a full list
 * counts what it drops.
 */
#ifndef GECI_BASE_DIAG_H
#define GECI_BASE_DIAG_H

#include "base/base.h"

struct arena;
struct buf;
struct json;

enum severity { SEV_ERROR, SEV_WARN, SEV_NOTE };
enum lang { LANG_ZH, LANG_EN };

enum diag_code {
#define DIAG(id, mnemonic, sev, zh, en, fix_zh, fix_en) DIAG_##id,
#include "base/diag_list.h"
#undef DIAG
    DIAG_CODE_N
};

enum { DIAG_ARG_N = 3, DIAGS_MAX = 200 };

struct diag {
    enum diag_code code;
    Span span;
    Str arg[DIAG_ARG_N]; /* copied on the list's arena */
    bool has_note;       /* note_span: "previous definition here" */
    Span note_span;
};

struct diags {
    struct arena *arena;
    struct diag *at;
    size_t n, cap;
    size_t dropped; /* reported beyond DIAGS_MAX */
    size_t error_n; /* dropped ones included */
};

struct diag_info {
    const char *mnemonic;
    enum severity sev;
    const char *text[2], *fix[2]; /* by enum lang; fix may be "" */
};

void diags_init(struct diags *ds, struct arena *a);
const struct diag_info *diag_info(enum diag_code code);

/* Records one diagnostic; returns ERR_INPUT for an error, OK for a warning or note, so a reader can
 * `return diag_add(...)`. `ds` may be NULL: then only the verdict is wanted. */
enum status diag_add(struct diags *ds, enum diag_code code, Span span, Str a0, Str a1, Str a2);
/* Adds "see here" to the diagnostic last added (no effect on NULL or when it was dropped). */
void diag_note(struct diags *ds, Span where);
#define NO_ARG ((Str){NULL, 0})

/* Are DIAGS_MAX kept, so that another would only be counted? Then suggestions need no search. */
static inline bool diags_full(const struct diags *ds)
{
    return ds != NULL && ds->n >= DIAGS_MAX;
}

/* The message with its arguments in place. */
void diag_text(struct buf *out, const struct diag *d, enum lang lang);
/* The way out alike; nothing where there is none. */
void diag_fix(struct buf *out, const struct diag *d, enum lang lang);
/* file:line:col, the line, a caret in display columns, the note, the fix. `text` is the source the
 * spans point into, NO_ARG: there is none; lines longer than the terminal are cut around the caret.
 * No line is shown of a warning or note about all of the file (span {0, 0}), nor of a note with an
 * empty span, which adds to what was said before it. */
void diag_render(struct buf *out, const struct diag *d, Str file, Str text, enum lang lang);
/* One JSON object: code, severity, file, line, col, beg, end, message, fix, note. */
void diag_json(struct json *j, const struct diag *d, Str file, Str text, enum lang lang);
/* Sorted by position, errors and warnings mixed; stable. */
void diags_sort(struct diags *ds);

/* Line and column (both from 1; column in display columns + 1) of byte `at`. */
void diag_line_col(Str text, size_t at, size_t *line, size_t *col);

#endif
