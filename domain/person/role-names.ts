import type { Role } from './person.contract.js'

/** What people call a role. */
export const roleName: Record<Role, string> = {
  rep: '销售',
  lead: '主管',
  manager: '销售经理',
  'pre-sales': '售前',
  product: '产品',
  'order-desk': '跟单',
  purchasing: '采购',
  finance: '财务',
  delivery: '交付',
  engineer: '售后',
  admin: '管理员',
}
