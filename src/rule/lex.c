#include "rule/lex.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"

/* The folded code point at `at`, 0 at the end. */
static Rune peek(const struct lexer *lx, size_t at, size_t *len)
{
    *len = 0;
    if (at >= lx->source.s.n)
        return 0;
    return rune_fold(utf8_at(lx->source.s, at, len));
}

static Span span_of(const struct lexer *lx, size_t beg, size_t end)
{
    uint32_t base = lx->source.span.beg, last = lx->source.span.end;
    uint32_t b = base + (uint32_t)beg, e = base + (uint32_t)end;
    return (Span){b < last ? b : last, e < last ? e : last};
}

static void bad(struct lexer *lx, enum diag_code code, size_t beg, size_t end)
{
    lx->tok.kind = TOK_BAD;
    lx->tok.span = span_of(lx, beg, end);
    lx->at = lx->source.s.n;
    (void)diag_add(lx->diags, code, lx->tok.span, str_sub(lx->source.s, beg, end), NO_ARG, NO_ARG);
    lx->failed = true;
}

static size_t skip_blanks(const struct lexer *lx, size_t at)
{
    size_t len;
    for (Rune r = peek(lx, at, &len); r == ' ' || r == '\t' || r == 0xA0; r = peek(lx, at, &len))
        at += len;
    return at;
}

/* End of the run of letters and digits that starts at `at`. */
static size_t run_end(const struct lexer *lx, size_t at)
{
    size_t len;
    for (Rune r = peek(lx, at, &len); len > 0; r = peek(lx, at, &len)) {
        if (!rune_is_letter(r) && !rune_is_digit(r))
            break;
        at += len;
    }
    return at;
}

Str name_fold(struct arena *keep, Str raw)
{
    raw = str_trim(raw);
    size_t len = 0, at = 0;
    while (at < raw.n) {
        Rune r = utf8_at(raw, at, &len);
        if (rune_fold(r) != r)
            break;
        at += len;
    }
    if (at >= raw.n)
        return raw;
    struct buf b;
    buf_init(&b, keep, raw.n + 4);
    for (at = 0; at < raw.n; at += len) {
        char bytes[4];
        Rune r = rune_fold(utf8_at(raw, at, &len));
        buf_add(&b, (Str){bytes, utf8_encode(bytes, r)});
    }
    return arena_copy(keep, str_trim(buf_str(&b)));
}

/* ASCII digits of the number at `at` (full-width folded) into `b`; stops at anything else. */
static size_t take_digits(const struct lexer *lx, size_t at, struct buf *b)
{
    size_t len;
    for (Rune r = peek(lx, at, &len); len > 0 && rune_is_digit(r); r = peek(lx, at, &len)) {
        buf_char(b, (char)r);
        at += len;
    }
    return at;
}

/* 2026-04-01 or 2026年4月1日 at `at`: its end, or `at` if there is none. */
static size_t try_day(struct lexer *lx, size_t at)
{
    static const Rune marks[2][3] = {{'-', '-', 0}, {0x5E74 /* 年 */, 0x6708, 0x65E5}};
    for (int form = 0; form < 2; form++) {
        struct buf b;
        buf_init(&b, lx->arena, 64);
        size_t p = at;
        int part = 0;
        for (; part < 3; part++) {
            size_t len, before = b.n;
            p = take_digits(lx, p, &b);
            if (b.n == before || b.n - before > (part == 0 ? 4 : 2))
                break;
            if (marks[form][part] == 0)
                continue;
            if (peek(lx, p, &len) != marks[form][part])
                break;
            p += len;
            buf_char(&b, '-');
        }
        Str text = buf_str(&b);
        if (form == 1 && part == 3)
            text.n--;
        if (part == 3 && day_parse(&lx->tok.day, text))
            return p;
    }
    return at;
}

static bool is_quarters(Str word)
{
    return str_eq(word, S("quarters")) || word_find(WORD_PERIODS, word, NULL) == W_P_QUARTER;
}

/* The unit behind a number: % and ‰ directly, a word that is exactly a unit. */
static bool take_unit(struct lexer *lx)
{
    size_t len, at = skip_blanks(lx, lx->at);
    Rune r = peek(lx, at, &len);
    bool sign = r == '%' || r == 0x2030 || r == 0x33A1; /* ‰ ㎡ */
    if (!sign && !rune_is_letter(r))
        return true;
    size_t end = sign ? at + len : run_end(lx, at);
    Str word = name_fold(lx->arena, str_sub(lx->source.s, at, end));
    if (word_find(WORD_SYNTAX, word, NULL) != W_NONE || is_quarters(word))
        return true; /* 5 且 .. ; last 4 quarters */
    const struct unit *u = unit_find(word);
    if (u == NULL) {
        bad(lx, DIAG_UNIT_UNKNOWN, at, end);
        return false;
    }
    lx->tok.unit = u;
    lx->at = end;
    return true;
}

static void take_number(struct lexer *lx, size_t at)
{
    size_t day_end = try_day(lx, at), len;
    if (day_end > at) {
        lx->tok.kind = TOK_DAY;
        lx->at = day_end;
        return;
    }
    struct buf b;
    buf_init(&b, lx->arena, 256);
    size_t end = take_digits(lx, at, &b);
    if (end == at)
        buf_char(&b, '0'); /* .5 */
    if (peek(lx, end, &len) == '.') {
        buf_char(&b, '.');
        end = take_digits(lx, end + len, &b);
    }
    if (b.over || !dec_parse(&lx->tok.num, buf_str(&b), NULL)) {
        bad(lx, DIAG_NUMBER_BAD, at, end);
        return;
    }
    lx->tok.kind = TOK_NUM;
    lx->at = end;
    (void)take_unit(lx); /* reports by itself */
}

static void take_quoted(struct lexer *lx, size_t at, size_t open_len, Rune close)
{
    size_t beg = at + open_len, end = beg, len;
    for (; end < lx->source.s.n; end += len) {
        Rune r = utf8_at(lx->source.s, end, &len);
        if (r == close || (close == 0x201D && r == '"') || (close == '"' && r == 0x201D))
            break;
    }
    if (end >= lx->source.s.n) {
        bad(lx, DIAG_TEXT_OPEN, at, lx->source.s.n);
        return;
    }
    lx->tok.text = name_fold(lx->arena, str_sub(lx->source.s, beg, end));
    lx->at = end + len;
}

static char punct_of(struct lexer *lx, Rune r, size_t len)
{
    size_t next_len;
    Rune next = peek(lx, lx->at + len, &next_len);
    lx->at += len;
    if ((r == '<' || r == '>') && (next == '=' || (r == '<' && next == '>'))) {
        lx->at += next_len;
        return next == '>' ? PUNCT_NE : r == '<' ? PUNCT_LE : PUNCT_GE;
    }
    if (r == '!' && next == '=') {
        lx->at += next_len;
        return PUNCT_NE;
    }
    switch (r) {
    case 0x2264:
    case 0x2266: return PUNCT_LE;
    case 0x2265:
    case 0x2267: return PUNCT_GE;
    case 0x2260: return PUNCT_NE;
    case 0xD7: return '*';
    case 0xF7: return '/';
    case 0x2212:
    case 0x2013: return '-';
    case 0x3001: return ';'; /* 、 */
    case 0x223C:
    case 0x301C: return '~';
    default: return r < 0x80 && strchr("+-*/^()[],;=<>~@", (int)r) != NULL ? (char)r : '\0';
    }
}

static void take_name(struct lexer *lx, size_t at, Rune first, size_t len)
{
    lx->tok.kind = TOK_NAME;
    if (first == 0x300C || first == '`') {
        lx->tok.quoted = true;
        take_quoted(lx, at, len, first == '`' ? '`' : 0x300D);
        return;
    }
    lx->at = run_end(lx, at);
    lx->tok.text = name_fold(lx->arena, str_sub(lx->source.s, at, lx->at));
    lx->tok.word = word_find(WORD_SYNTAX, lx->tok.text, NULL);
}

void lex_next(struct lexer *lx)
{
    size_t at = skip_blanks(lx, lx->at), len;
    lx->at = at;
    lx->tok = (struct token){.kind = TOK_END, .span = span_of(lx, at, at)};
    Rune r = peek(lx, at, &len);
    if (len == 0)
        return;
    if (rune_is_digit(r) || (r == '.' && at + 1 < lx->source.s.n)) {
        take_number(lx, at);
    } else if (rune_is_letter(r) || r == 0x300C || r == '`') {
        take_name(lx, at, r, len);
    } else if (r == '"' || r == 0x201C) {
        lx->tok.kind = TOK_TEXT;
        take_quoted(lx, at, len, r == '"' ? '"' : 0x201D);
    } else {
        lx->tok.kind = TOK_PUNCT;
        lx->tok.punct = punct_of(lx, r, len);
        if (lx->tok.punct == '\0')
            bad(lx, DIAG_EXPR_CHAR, at, at + len);
    }
    if (lx->tok.kind != TOK_BAD)
        lx->tok.span = span_of(lx, at, lx->at);
}

void lex_open(struct lexer *lx, struct arena *keep, Text source, struct diags *ds)
{
    *lx = (struct lexer){.arena = keep, .diags = ds, .source = source};
    lex_next(lx);
}

bool lex_is(const struct lexer *lx, char punct)
{
    return lx->tok.kind == TOK_PUNCT && lx->tok.punct == punct;
}

bool lex_word(const struct lexer *lx, enum word w)
{
    return lx->tok.kind == TOK_NAME && lx->tok.word == w;
}
