import * as z from 'zod/mini'

/** 通讯录. How it stands with who is there and under whom; times ISO. */
export const directoryView = z.object({
  /** When it was last looked at; null: never. */
  lastAt: z.nullable(z.string()),
  /** Departments that are still to be read. */
  waiting: z.int(),
  why: z.nullable(z.string()),
  people: z.int(),
  /** Teams that are departments. */
  teams: z.int(),
})
export type DirectoryView = z.infer<typeof directoryView>
