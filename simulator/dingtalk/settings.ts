import { z } from 'zod'

const text = z.string().trim().min(1)
const ms = z.coerce.number().int().min(1)

/** The product's own settings, and how fast this DingTalk is: tests shorten what would take half a minute. */
const settings = z.object({
  DINGTALK_CORP_ID: text,
  DINGTALK_CLIENT_ID: text,
  DINGTALK_CLIENT_SECRET: text,
  DINGTALK_AGENT_ID: z.coerce.number().int(),
  DINGTALK_ROBOT_CODE: text.optional(),
  DINGTALK_MODE: z.enum(['stream', 'http']).optional(),
  DINGTALK_TOKEN: text.optional(),
  DINGTALK_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits')
    .optional(),
  DINGTALK_CARD_TEMPLATE_ID: text.optional(),
  DINGTALK_CARD_SECRET: text.optional(),
  /** What the edition allows a month. */
  DINGTALK_MONTHLY_CALLS: z.coerce.number().int().min(0).default(5_000),
  DINGTALK_MONTHLY_PUSHES: z.coerce.number().int().min(0).default(3_000),
  /** How long the answer to an event over HTTP may take: the older page's number, the newer says 2500. */
  STANDIN_DINGTALK_CALLBACK_MS: ms.default(1_500),
  /** From a failure of an event to its next delivery; as many repeats as there are numbers. */
  STANDIN_DINGTALK_GAPS_MS: z
    .string()
    .regex(/^\d+(,\d+)*$/, 'must be milliseconds with commas between')
    .default('10000,30000'),
  /** How long an event on a connection waits for its ack. */
  STANDIN_DINGTALK_ACK_MS: ms.default(10_000),
  /** How long a pressed card waits for its answer. */
  STANDIN_DINGTALK_CARD_MS: ms.default(2_000),
  /** From `disconnect` to the end of the connection. */
  STANDIN_DINGTALK_DRAIN_MS: ms.default(10_000),
  STANDIN_DINGTALK_PING_MS: ms.default(30_000),
  /** After this long a connection is told to go and come again. */
  STANDIN_DINGTALK_CONNECTION_MS: ms.default(30 * 60_000),
  /** 0: a message to the robot is pushed once. Otherwise it comes again after so long without an ack (a comment of the Node SDK says 60 s). */
  STANDIN_DINGTALK_ROBOT_REPEAT_MS: z.coerce.number().int().min(0).default(0),
})

export type DingtalkSettings = {
  corpId: string
  clientId: string
  clientSecret: string
  agentId: number
  robotCode: string
  mode: 'stream' | 'http'
  /** Of the HTTP event subscription. */
  events: { token: string; aesKey: string } | null
  cardTemplateId: string | null
  cardSecret: string | null
  quota: { calls: number; pushes: number }
  callbackMs: number
  gapsMs: number[]
  ackMs: number
  cardMs: number
  drainMs: number
  pingMs: number
  connectionMs: number
  robotRepeatMs: number
}

/** Null while there is no DINGTALK_CLIENT_ID. `lines` name what is wrong. */
export function readDingtalk(given: Record<string, string | undefined>): { config: DingtalkSettings | null; lines: string[] } {
  if (!given.DINGTALK_CLIENT_ID) return { config: null, lines: [] }
  const parsed = settings.safeParse(given)
  if (!parsed.success)
    return {
      config: null,
      lines: parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.code === 'invalid_type' ? 'is missing' : i.message}`),
    }
  const s = parsed.data
  const events = s.DINGTALK_TOKEN && s.DINGTALK_AES_KEY ? { token: s.DINGTALK_TOKEN, aesKey: s.DINGTALK_AES_KEY } : null
  return {
    lines: [],
    config: {
      corpId: s.DINGTALK_CORP_ID,
      clientId: s.DINGTALK_CLIENT_ID,
      clientSecret: s.DINGTALK_CLIENT_SECRET,
      agentId: s.DINGTALK_AGENT_ID,
      robotCode: s.DINGTALK_ROBOT_CODE ?? s.DINGTALK_CLIENT_ID,
      mode: s.DINGTALK_MODE ?? (events ? 'http' : 'stream'),
      events,
      cardTemplateId: s.DINGTALK_CARD_TEMPLATE_ID ?? null,
      cardSecret: s.DINGTALK_CARD_SECRET ?? null,
      quota: { calls: s.DINGTALK_MONTHLY_CALLS, pushes: s.DINGTALK_MONTHLY_PUSHES },
      callbackMs: s.STANDIN_DINGTALK_CALLBACK_MS,
      gapsMs: s.STANDIN_DINGTALK_GAPS_MS.split(',').map(Number),
      ackMs: s.STANDIN_DINGTALK_ACK_MS,
      cardMs: s.STANDIN_DINGTALK_CARD_MS,
      drainMs: s.STANDIN_DINGTALK_DRAIN_MS,
      pingMs: s.STANDIN_DINGTALK_PING_MS,
      connectionMs: s.STANDIN_DINGTALK_CONNECTION_MS,
      robotRepeatMs: s.STANDIN_DINGTALK_ROBOT_REPEAT_MS,
    },
  }
}
