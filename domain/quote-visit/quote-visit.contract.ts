import * as z from 'zod/mini'

/** The parts of a quote's page, from top to bottom; their words stand in lib/format/quote-sections.ts. */
export const quoteSection = z.enum(['head', 'lines', 'totals', 'terms', 'instalments', 'risks', 'answer'])

/** What a page reports while somebody looks at it. */
export const seenInput = z.object({
  /** The first report of a page that was opened. */
  opening: z.boolean(),
  /** Whole seconds since the last report. A page reports every few seconds, so more than two minutes is no reading. */
  sections: z.partialRecord(quoteSection, z.int().check(z.minimum(0), z.maximum(120))),
  stoppedAt: z.nullable(quoteSection),
})
export type SeenInput = z.infer<typeof seenInput>
