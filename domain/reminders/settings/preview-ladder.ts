import type { Reader } from '../../../lib/db.js'
import { holderButtons, managerButtons } from '../../card/kinds/reminder.js'
import { fill } from '../find-said.js'
import { isAbove } from '../level-to-say.js'
import { findPolicy } from '../policy.js'
import type { ReminderKind } from '../reminder-kind.js'
import { checkLadder } from './check-ladder.js'
import { ladderDifferences } from './differences.js'
import { findWorld } from './find-world.js'
import { levelLine } from './ladder-words.js'
import type { ChannelState, LadderDraft, LevelDraft, PhoneCard, Preview } from './settings.contract.js'

type Asked = { kind: ReminderKind; draft: LadderDraft; channels: ChannelState[] }

/** What a draft would look like, what it changes, and what is wrong with it. Nothing is kept. */
export async function previewLadder(db: Reader, { kind, draft, channels }: Asked): Promise<Preview> {
  const [policy, world] = await Promise.all([findPolicy(db), findWorld(db, channels)])
  return {
    problems: checkLadder(kind, draft, world),
    changes: ladderDifferences(kind, policy.ladderOf(kind.name), draft),
    levels: draft.levels.map((level, i) => ({ line: levelLine(kind, level, i === 0), card: sampleCard(kind, level) })),
  }
}

/** The kind's own example in the wording of the draft, with the buttons of who gets it. */
function sampleCard(kind: ReminderKind, level: LevelDraft): PhoneCard {
  const { sample } = kind
  return {
    source: `不漏 · ${kind.label}`,
    title: fill(level.title.trim(), sample.words),
    desc: fill(level.desc.trim(), sample.words),
    quote: sample.quote ?? null,
    fields: sample.fields,
    buttons: buttonsOf(kind, level).map(({ label, style }) => ({ label, style })),
  }
}

function buttonsOf(kind: ReminderKind, level: LevelDraft) {
  if (kind.shared) return []
  return isEscalation(level)
    ? managerButtons('')
    : holderButtons({ id: '', putOff: 0 }, Boolean(kind.tick), kind.buttons?.({ id: '' }))
}

/** It goes to nobody but those above: they take it over, or push it back. */
const isEscalation = (level: LevelDraft) => level.to.length > 0 && isAbove(level)
