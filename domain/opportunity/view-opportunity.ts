import type { OpportunityView } from './opportunity.contract.js'

type Row = {
  id: string
  number: number
  title: string
  source: string | null
  stage: string | null
  amountFen: bigint | null
}

export const viewOpportunity = ({ id, number, title, source, stage, amountFen }: Row): OpportunityView => ({
  ...{ id, number, title, source, stage },
  amountFen: amountFen === null ? null : Number(amountFen),
})
