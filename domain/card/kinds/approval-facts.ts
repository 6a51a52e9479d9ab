import type { Reader } from '../../../lib/db.js'
import { formatBp } from '../../../lib/format/amount.js'
import type { Instalments } from '../../quote/quote.contract.js'

export const approvalForCard = (db: Reader, id: string) =>
  db.quoteApproval.findUnique({
    where: { id },
    include: {
      askedBy: { select: { name: true } },
      decidedBy: { select: { name: true } },
      quote: { include: { customer: { select: { name: true } } } },
    },
  })
type Approval = NonNullable<Awaited<ReturnType<typeof approvalForCard>>>

/** 「定金 30%、发货款 70%」. */
export const sayInstalments = (parts: unknown): string =>
  ((parts as Instalments | null) ?? []).map(({ label, shareBp }) => `${label} ${formatBp(shareBp)}`).join('、')

/** What stands in place of the buttons. */
export function settledApproval({ state, decidedBy, instalments, quote }: Approval): { settled: string; withdrawn?: boolean } {
  const by = decidedBy?.name ?? '经理'
  if (state === 'approved') return { settled: `${by}已同意${instalments ? `，付款改为${sayInstalments(instalments)}` : ''}` }
  if (state === 'refused') return { settled: `${by}退回了` }
  return { settled: quote.draft === null ? '报价不用审了' : '报价改过，不用审了', withdrawn: true }
}
