import { LONGEST_TITLE } from './opportunity.contract.js'

/** What a title is made of, as Prisma selects it. */
export const titleFacts = {
  name: true,
  corpName: true,
  customer: { select: { id: true, name: true } },
  follows: { where: { remarkCompany: { not: null } }, select: { remarkCompany: true }, take: 1 },
} as const

type Facts = {
  name: string
  corpName: string | null
  customer: { name: string } | null
  follows: { remarkCompany: string | null }[]
}

/** The name that a 商机 begins with: 「华强五金 · 黄老板」, the company where one is known, and who it is. */
export function titleOf({ name, corpName, customer, follows }: Facts): string {
  const company = customer?.name ?? follows[0]?.remarkCompany ?? corpName
  const words = company && company !== name ? `${company} · ${name}` : name
  return [...words].slice(0, LONGEST_TITLE).join('')
}
