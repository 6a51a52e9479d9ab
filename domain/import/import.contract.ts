import * as z from 'zod/mini'

/** What a column of somebody's list can mean to us. */
export const field = z.enum(['company', 'contact', 'phone', 'owner', 'tier', 'lastOrderOn', 'owed'])
export type Field = z.infer<typeof field>

/** Column, from 0, of each field; null: the file has none. */
export const columns = z.record(field, z.nullable(z.int().check(z.minimum(0), z.maximum(59))))
export type Columns = z.infer<typeof columns>

export const importState = z.enum(['preview', 'running', 'done', 'dropped'])
export type ImportState = z.infer<typeof importState>

const colleague = z.object({ id: z.string(), name: z.string() })

/** How many rows there are of each kind. */
export const importCounts = z.object({
  rows: z.int(),
  /** Can't be taken in as they stand. */
  errors: z.int(),
  /** Companies that we don't have yet, as planned; and rows of companies that we have. */
  newCustomers: z.int(),
  knownRows: z.int(),
  /** Rows whose person is a WeCom contact that we know. */
  matched: z.int(),
  /** Rows taken in so far. */
  done: z.int(),
})
export type ImportCounts = z.infer<typeof importCounts>

/** One line of the file as it would be taken in. Phones are masked. */
export const importRow = z.object({
  id: z.string(),
  line: z.int(),
  company: z.string(),
  contact: z.string(),
  phones: z.array(z.string()),
  owner: z.nullable(z.string()),
  tier: z.nullable(z.string()),
  /** ISO day. */
  lastOrderOn: z.nullable(z.string()),
  /** 分. */
  owedFen: z.nullable(z.int()),
  error: z.nullable(z.string()),
  /** We have this company already. */
  isKnown: z.boolean(),
  done: z.boolean(),
})
export type ImportRow = z.infer<typeof importRow>

/** A row beside the WeCom contact that it seems to be. */
export const importMatch = z.object({
  rowId: z.string(),
  line: z.int(),
  company: z.string(),
  contact: z.string(),
  /** The contact in WeCom. */
  name: z.string(),
  /** Company that their profile or a colleague's remark names. */
  corpName: z.nullable(z.string()),
  /** Colleagues who have them. */
  reps: z.array(z.string()),
  why: z.enum(['phone', 'name']),
})
export type ImportMatch = z.infer<typeof importMatch>

export const importBrief = z.object({
  id: z.string(),
  fileName: z.string(),
  at: z.string(),
  by: z.string(),
  state: importState,
  counts: importCounts,
})
export type ImportBrief = z.infer<typeof importBrief>
export const importList = z.object({ imports: z.array(importBrief) })
export type ImportList = z.infer<typeof importList>

export const importView = z.object({
  ...importBrief.shape,
  /** Name of the sheet, of a file that has several. */
  sheet: z.nullable(z.string()),
  headers: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  columns,
  /** Names in the column 归属 that aren't exactly one colleague, with whom they were said to be. */
  owners: z.array(z.object({ name: z.string(), rows: z.int(), personId: z.nullable(z.string()) })),
  /** Who gets what has no 归属. */
  defaultOwner: colleague,
  colleagues: z.array(colleague),
  sample: z.array(importRow),
  /** The same file was taken in before. */
  twin: z.nullable(z.object({ id: z.string(), at: z.string(), by: z.string() })),
})
export type ImportView = z.infer<typeof importView>

export const importRows = z.object({ rows: z.array(importRow), next: z.nullable(z.int()) })
export type ImportRows = z.infer<typeof importRows>
export const importMatches = z.object({ matches: z.array(importMatch), next: z.nullable(z.int()) })
export type ImportMatches = z.infer<typeof importMatches>

export const created = z.object({ id: z.string() })

export const uploadQuery = z.object({
  requestId: z.uuid(),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
})
export const mappingInput = z.object({
  requestId: z.uuid(),
  columns,
  /** A name in the file → who that is; names that aren't here are looked up among colleagues. */
  owners: z.record(z.string().check(z.maxLength(40)), z.uuid()),
  defaultOwnerId: z.uuid(),
})
export type MappingInput = Omit<z.infer<typeof mappingInput>, 'requestId'>
export const matchInput = z.object({ requestId: z.uuid(), rowId: z.uuid() })
export const tapInput = z.object({ requestId: z.uuid() })
