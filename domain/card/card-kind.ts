/** What cards there are; each is drawn by a file in kinds/. */
export type CardKind =
  | 'ask'
  | 'answer'
  | 'uncaptured'
  | 'waiting'
  | 'reminder'
  | 'digest'
  | 'claim'
  | 'handover'
  | 'unreachable'
  | 'try-one'
  | 'new-contacts'
  | 'late-contacts'
