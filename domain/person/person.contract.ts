import * as z from 'zod/mini'

/** 角色. What a person does in the organisation; one person may hold several. */
export const role = z.enum([
  'rep', // 销售
  'lead', // 销售主管 (of a team)
  'manager', // 销售经理 (of all)
  'pre-sales', // 售前
  'product', // 产品
  'order-desk', // 跟单
  'purchasing', // 采购
  'finance', // 财务
  'delivery', // 交付
  'engineer', // 售后工程师
  'admin', // 管理员
])
export type Role = z.infer<typeof role>

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

export const personBrief = z.object({ id: z.string(), name: z.string(), roles: z.array(role) })
export type PersonBrief = z.infer<typeof personBrief>

export const colleagues = z.object({ people: z.array(personBrief) })

/** Where our people talk. */
export const chatPlatform = z.enum(['wecom', 'dingtalk'])
export type ChatPlatform = z.infer<typeof chatPlatform>
export const platformLabel: Record<ChatPlatform, string> = { wecom: '企业微信', dingtalk: '钉钉' }

export const me = z.extend(personBrief, { organisation: z.string(), platform: chatPlatform })
export type Me = z.infer<typeof me>
