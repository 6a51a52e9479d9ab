import * as z from 'zod/mini'

/** Links of quotes seem to be stopped on their way: so many versions were given and none was opened. */
export const blockedView = z.object({ given: z.int() })
export type Blocked = z.infer<typeof blockedView>

export const linkHealth = z.object({ blocked: z.nullable(blockedView) })
