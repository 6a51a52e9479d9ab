export type Trial = (options: { rounds: number; seed: number | undefined; say: (line: string) => void }) => Promise<{
  /** One row a thing that was counted. */
  table: Record<string, number | string>[]
  /** What is not as it must be, in words. */
  wrong: string[]
}>
