/* schema.h - what types of the API promise, as JSON Schema (2020-12). `where` goes before the name
 * of a type that is referred to: "#/components/schemas/". */
#ifndef GECI_API_PRINT_SCHEMA_H
#define GECI_API_PRINT_SCHEMA_H

struct api_field;
struct api_type;
struct json;

void schema_field(struct json *j, const struct api_field *f, const char *where);
/* Of an object that is open: its type, description, properties, what is required. */
void schema_members(struct json *j, const struct api_type *t, const char *where);
/* The types it leads to, each under its name: for "$defs". */
void schema_inner(struct json *j, const struct api_type *t, const char *where);

#endif
