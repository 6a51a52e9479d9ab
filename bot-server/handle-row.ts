import type { Heard } from '../channels/channel.js'
import { openCopy, putRight } from '../domain/card/press.js'
import { findGroup } from '../domain/group/find-group.js'
import { renameGroup } from '../domain/group/rename-group.js'
import { unheardReason } from '../domain/list-unheard.js'
import { getActor } from '../domain/person/actor.js'
import { ensurePerson } from '../domain/person/identify.js'
import { noteActive } from '../domain/reach/note-active.js'
import type { Work } from '../domain/work.js'
import { GiveUp } from '../lib/errors.js'
import { sha256 } from '../lib/ids.js'
import type { Log } from '../lib/log.js'
import { answerThere } from './answer-there.js'
import { answerWords } from './answer-words.js'
import type { Ctx, PersonCtx } from './define.js'
import type { Definitions } from './definitions.js'
import { type Organisations, organisationOf, parseRow } from './parse-row.js'

export type InboxRow = {
  seq: bigint
  source: string
  key: string
  body: string
  trace: string
  /** How long it has lain in the inbox, by the database's clock alone; default: not at all. */
  ageMs?: number
}
export type RowNeeds = {
  definitions: Definitions
  organisations: Organisations
  /** Where our pages are. */
  publicUrl: string
  dataKey: string
  pullArchive: () => void
  log: Log
}

/** One row, inside its transaction: which file does it belong to, and run it. Returns why nothing was done with it, or null. */
export async function handleRow(needs: RowNeeds, work: Work, row: InboxRow): Promise<string | null> {
  const { organisations, dataKey, pullArchive } = needs
  const receivedAt = new Date(work.now.getTime() - (row.ageMs ?? 0))
  const ctx: Ctx = { work, organisation: organisationOf(row, organisations), dataKey, receivedAt, pullArchive }
  const heard = parseRow(row, organisations)
  switch (heard.kind) {
    case 'said':
      await handleSaid(needs, ctx, heard, row)
      return null
    case 'pressed':
      await handlePressed(needs, ctx, heard)
      return null
    case 'happened': {
      const event = needs.definitions.events.get(heard.event)
      // Kept in the inbox and counted; never an error to the platform.
      if (!event) {
        needs.log.info({ trace: row.trace, event: heard.event }, 'no file for this event')
        return unheardReason(row.source, heard.event)
      }
      await event.run(ctx, heard.data, heard.at)
      return null
    }
  }
}

async function handleSaid(needs: RowNeeds, ctx: Ctx, heard: Extract<Heard, { kind: 'said' }>, row: InboxRow): Promise<void> {
  const actor = await getActor(ctx.work.tx, await ensurePerson(ctx.work, heard.from))
  await noteActive(ctx.work.tx, actor.personId, ctx.work.now, heard.from.platform)
  await noteTitle(ctx, heard)
  const group = heard.session?.group
  let answers = 0
  let told = false
  const answer = async (to: typeof heard, text: string) => {
    answers += 1
    const key = `say:${sha256(row.key).slice(0, 24)}:${answers}`
    await answerThere(ctx.work, to, { personId: actor.personId, key, text, dataKey: needs.dataKey })
  }
  const person: PersonCtx = {
    ...ctx,
    actor,
    words: heard.text.trim(),
    key: row.key,
    platform: heard.from.platform,
    alone: !group,
    pageUrl: (path) => new URL(path, needs.publicUrl).href,
    sayOpenly: (text) => answer(heard, text),
    async say(text) {
      if (!group) return answer(heard, text)
      await answer(withoutSession(heard), text)
      if (!told) await answer(heard, `${actor.name}，单独发给你了。`)
      told = true
    },
  }
  if (heard.unread) return person.sayOpenly(`${heard.unread}我还看不了，把要说的打成字发给我吧。`)
  await answerWords(needs.definitions.commands, person, person.words)
}

const withoutSession = ({ session: _, ...heard }: Extract<Heard, { kind: 'said' }>) => heard

/** Events tell of a new name only later, and of the first one never. */
async function noteTitle({ work, organisation }: Ctx, { session }: Extract<Heard, { kind: 'said' }>): Promise<void> {
  if (!session?.group) return
  const group = await findGroup(work, { platform: 'dingtalk', organisation, chatId: session.conversationId })
  if (group) await renameGroup(work, group.id, session.group.title)
}

async function handlePressed(needs: RowNeeds, ctx: Ctx, heard: Extract<Heard, { kind: 'pressed' }>): Promise<void> {
  const action = needs.definitions.actions.get(heard.action)
  if (!action) throw new GiveUp(`no file in actions/ for «${heard.action}»`)
  const actor = await getActor(ctx.work.tx, await ensurePerson(ctx.work, heard.from))
  await noteActive(ctx.work.tx, actor.personId, ctx.work.now, heard.from.platform)
  const copy = await openCopy(ctx.work, { copyId: heard.card, personId: actor.personId, code: heard.code })
  const subjectId = copy.card.subject.slice(copy.card.subject.indexOf(':') + 1)
  const done = await action.run({ work: ctx.work, actor }, { subjectId, note: null })
  if (!done) await putRight(ctx.work, copy)
}
