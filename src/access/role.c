#include "access/role.h"

#include "base/str.h"

static const struct role_name NAMES[ROLE_N] = {
    [ROLE_PUBLIC] = {"public", "公众", "public"},
    [ROLE_OFFICER] = {"officer", "经办", "officer"},
    [ROLE_REVIEWER] = {"reviewer", "复核", "reviewer"},
    [ROLE_LEADER] = {"leader", "局领导", "leader"},
    [ROLE_AUTHOR] = {"author", "规则编制", "rule author"},
    [ROLE_TOWN] = {"town", "区镇", "zone or town"},
    [ROLE_ENTERPRISE] = {"enterprise", "企业", "enterprise"},
    [ROLE_CARRIER] = {"carrier", "载体", "carrier"},
    [ROLE_INSTITUTE] = {"institute", "新型研发机构", "new-type R&D institution"},
    [ROLE_EXPERT] = {"expert", "专家", "expert"},
    [ROLE_BANK] = {"bank", "银行/基金", "bank or fund"},
    [ROLE_JUDGE] = {"judge", "评审", "judge"},
    [ROLE_FINANCE] = {"finance", "财政", "finance"},
    [ROLE_AUDITOR] = {"auditor", "审计", "auditor"},
    [ROLE_SYSTEM_ADMIN] = {"system_admin", "系统管理员", "system admin"},
    [ROLE_SECURITY_ADMIN] = {"security_admin", "安全管理员", "security admin"},
    [ROLE_AUDIT_ADMIN] = {"audit_admin", "审计管理员", "audit admin"},
};

static const enum side SIDES[ROLE_N] = {
    [ROLE_PUBLIC] = SIDE_NONE,
    [ROLE_OFFICER] = SIDE_BUREAU,
    [ROLE_REVIEWER] = SIDE_BUREAU,
    [ROLE_LEADER] = SIDE_BUREAU,
    [ROLE_AUTHOR] = SIDE_BUREAU,
    [ROLE_TOWN] = SIDE_TOWN,
    [ROLE_ENTERPRISE] = SIDE_ENTERPRISE,
    [ROLE_CARRIER] = SIDE_CARRIER,
    [ROLE_INSTITUTE] = SIDE_INSTITUTE,
    [ROLE_EXPERT] = SIDE_EXPERT,
    [ROLE_JUDGE] = SIDE_EXPERT,
    [ROLE_BANK] = SIDE_BANK,
    [ROLE_FINANCE] = SIDE_FINANCE,
    [ROLE_AUDITOR] = SIDE_AUDITOR,
    [ROLE_SYSTEM_ADMIN] = SIDE_SYSTEM_ADMIN,
    [ROLE_SECURITY_ADMIN] = SIDE_SECURITY_ADMIN,
    [ROLE_AUDIT_ADMIN] = SIDE_AUDIT_ADMIN,
};

const struct role_name *role_name(enum role role)
{
    ASSERT((unsigned)role < ROLE_N);
    return &NAMES[role];
}

bool role_find(Str name, enum role *out)
{
    for (unsigned i = 0; i < ROLE_N; i++)
        if (str_eq(name, str_of(NAMES[i].word)) || str_eq(name, str_of(NAMES[i].zh))) {
            *out = (enum role)i;
            return true;
        }
    return false;
}

bool role_find_bit(Str name, uint32_t *bit)
{
    enum role role;
    if (!role_find(name, &role))
        return false;
    *bit = ROLE_BIT(role);
    return true;
}

enum side role_side(enum role role)
{
    ASSERT((unsigned)role < ROLE_N);
    return SIDES[role];
}
