/* diag_rule.h - diagnostics of the rule and data layers; included at the end of base/diag_list.h. */

#include "base/diag_rule_read.h"
#include "base/diag_rule_check.h"
