import type { ContactWay } from '../standin/state.js'

const names = ['徐总', '孟工', '田老板', '宋采购', '罗主任', '邵经理', '顾女士', '范厂长']
/** Elsewhere after each reload, so that two of one name are rare. */
let next = Math.floor(Math.random() * names.length)

/** Whom the field proposes: somebody else each time. */
export const nextName = () => names[next++ % names.length] ?? '新朋友'

export type Channel = { id: string; name: string; way?: string; state?: string }

/** Where a newcomer can come from: the rep's own codes as the product made them, then what a code could have said. */
export function channelsOf(ways: ContactWay[], rep: string): Channel[] {
  const own = ways.filter((way) => way.users.includes(rep))
  const coded = own.map((way) => ({ id: way.configId, name: `扫码：${way.remark || way.state}`, way: way.configId }))
  return [...coded, ...['展会', '官网', '老客户介绍'].map((state) => ({ id: state, name: state, state }))]
}
