import { type Role, roleName } from '../../../domain/person/person.contract.js'
import { type AskView, type Verdict, verdictWords } from '../../../domain/requirement/requirement.contract.js'
import { formatDuration } from '../../../lib/format/dates.js'

export type Tone = 'plain' | 'accent' | 'found' | 'good' | 'bad'

export const VERDICTS: Record<Verdict, { words: string; tone: Tone }> = {
  can: { words: verdictWords.can, tone: 'good' },
  conditional: { words: verdictWords.conditional, tone: 'found' },
  cannot: { words: verdictWords.cannot, tone: 'bad' },
  'no-impact': { words: verdictWords['no-impact'], tone: 'good' },
  impact: { words: verdictWords.impact, tone: 'found' },
}

/** What a person is called beside their name: the first role that isn't an administrator's. */
export function roleOf(roles: Role[]): string {
  const first = roles.find((one) => one !== 'admin') ?? roles[0]
  return first ? roleName[first] : ''
}

export const PURPOSES: Record<AskView['purpose'], string> = { confirm: '待确认', assess: '影响评估' }

/** The same once it is answered. */
export const ANSWERED: Record<AskView['purpose'], string> = { confirm: '确认', assess: '影响评估' }

/** The line behind a colleague's name: how it stands, and how long it took or has been taking. */
export function askState(ask: AskView, now: number): { words: string; tone: Tone; time: string } {
  if (ask.verdict) {
    const verdict = VERDICTS[ask.verdict]
    return { words: verdict.words, tone: verdict.tone, time: tookWords(ask.took) }
  }
  if (ask.closed) return { words: '不用答了', tone: 'plain', time: ask.closed }
  const label = PURPOSES[ask.purpose]
  if (!ask.askedAt) return { words: label, tone: 'plain', time: '马上就发' }
  const waited = now - Date.parse(ask.askedAt)
  return { words: label, tone: 'accent', time: waited < 60_000 ? '刚发出' : `已等 ${formatDuration(waited)}` }
}

/** 「用了 12 分钟」, 「不到 1 分钟」. */
export function tookWords(took: number | null): string {
  if (took === null) return ''
  return took < 60_000 ? formatDuration(took) : `用了 ${formatDuration(took)}`
}

/** Who really answered, when it was somebody else. */
export function answeredInstead(ask: AskView): string | null {
  return ask.answeredBy && ask.answeredBy.id !== ask.person.id ? ask.answeredBy.name : null
}
