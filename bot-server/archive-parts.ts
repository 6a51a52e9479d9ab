import { z } from 'zod'

/** What a record of the archive may carry beside words, as channels/wecom/archive/parse.ts writes it; older rows lack it. */
export const archiveCall = z.object({ seconds: z.number(), video: z.boolean(), many: z.boolean() }).nullable().default(null)

export const archiveMedia = z
  .array(
    z.object({
      kind: z.string(),
      fileId: z.string(),
      name: z.string().nullable(),
      bytes: z.number().int().nullable(),
      md5: z.string().nullable(),
    }),
  )
  .default([])
