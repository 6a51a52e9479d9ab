import { z } from 'zod'

const told = z.object({ ChatId: z.string().min(1) })

/** Which customer group an event speaks of (official page 92130). */
export const readGroup = (organisation: string, data: Record<string, unknown>) => ({
  platform: 'wecom' as const,
  organisation,
  chatId: told.parse(data).ChatId,
})
