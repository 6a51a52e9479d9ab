/** What the platform answered: not checked yet. */
export type Reply = Record<string, unknown>
