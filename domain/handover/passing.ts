/** From who has left to who sees to it. */
export type Passing = { handoverId: string; personId: string; toId: string }

export type ItemKind = 'reminder' | 'ask' | 'task' | 'claim' | 'quote' | 'approval'
/** One thing that was open for the leaver, and who has it now. */
export type Moved = { kind: ItemKind; subjectId: string; customerId: string | null; toId: string }
