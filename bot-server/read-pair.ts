import { z } from 'zod'

const told = z.object({
  UserID: z.string().min(1),
  ExternalUserID: z.string().min(1),
  State: z.string().optional(),
  WelcomeCode: z.string().optional(),
})

/** Who of ours and which customer an event about external contacts speaks of (official page 92130). */
export function readPair(data: Record<string, unknown>) {
  const { UserID, ExternalUserID, State, WelcomeCode } = told.parse(data)
  return { userid: UserID, externalUserId: ExternalUserID, state: State || null, code: WelcomeCode ?? '' }
}
