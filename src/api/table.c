/* table.c - the one table of routes, made of src/api/contract/ by tools/contract.c. */
#include "api/print/document.h"
#include "api/route.h"
#include "api_types.h"

/* after the types it describes */
#include "api_table.h"
