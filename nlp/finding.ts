/** The shapes that go in and out of `understand`. Structurally those of the domain contracts; nlp knows no domain. */

export type Speaker = 'customer' | 'rep'
export type Turn = { speaker: Speaker; text: string }

export type Item = { name: string; spec: string | null; qty: number | null; unit: string | null }

/** What was agreed. `delivery` is ISO (a range as `a/b`), `budget` yuan. */
export type Deal = { items: Item[]; delivery: string | null; budget: number | null; terms: string | null }

export type ChangeType = '功能增减' | '交付时间调整' | '预算范围变动' | '其他' | '撤回'
export type Field = 'quantity' | 'delivery' | 'price' | 'budget' | 'terms' | 'item' | 'spec' | 'other'

/** `before` and `after`: dates ISO (a range as `a/b`), quantities with their unit (「200 套」), money in yuan, else the words. */
export type Slot = { field: Field; item: string | null; before: string | null; after: string | null }

/** [from, to) in UTF-16 units of the text that was asked about. */
export type Span = { from: number; to: number; field: string }

export type SignalName = '预算质疑' | '比价' | '催货' | '投诉' | '付款拖延' | '决策链' | '购买意向' | '丢单迹象' | '新单'
/** A signal never comes without the words that raised it. */
export type Signal = { name: SignalName; words: string }

export type Question = { text: string; context: Turn[]; deal: Deal | null; today: string }

/** Who spoke for it: the rules' sureness, the net's (wish less quiet), and what kind of wish the net takes it for. */
export type Why = { rules: number; net: number; kind: string }

export type Finding = {
  change: boolean
  score: number
  types: ChangeType[]
  slots: Slot[]
  signals: Signal[]
  spans: Span[]
  why: Why
}
