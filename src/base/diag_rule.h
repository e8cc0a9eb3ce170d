/* diag_rule.h - diagnostics of the rule and data layers; the end of base/diag_list.h. */

#include "base/diag_rule_check.h"
#include "base/diag_rule_data.h"
#include "base/diag_rule_name.h"
#include "base/diag_rule_read.h"
