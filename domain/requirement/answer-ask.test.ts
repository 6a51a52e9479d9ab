import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Cast, delivery, quantity } from '../../test/factories/cast.js'
import { AFTER_UNDO, type Chain, createChain } from '../../test/factories/chain.js'
import { at, DAY, inWork, MINUTE, SECOND } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { openCopy } from '../card/press.js'
import { answerAsk } from './answer-ask.js'
import { getChange } from './find-chain.js'
import { markReplySent } from './mark-reply-sent.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let chain: Chain
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast, chain } = await createChain(database.db))
})

describe('an answer', () => {
  let change: string
  beforeEach(async () => {
    change = await cast.captures('wmRenji', { slots: [quantity('300套', '200套'), delivery('2026-11-27')] })
  })
  const notices = async () =>
    (await cast.db.cardCopy.findMany({ where: { card: { kind: 'answer' } }, include: { person: true } })).map(
      (c) => c.person.name,
    )

  it('changes everyone’s card, ends the reminder, tells the rep, and drafts the reply', async () => {
    await chain.arrives(change)
    expect(await chain.answer('zhaoqiang', change, 'can', { when: at(5 * MINUTE) })).toBe(true)
    const view = await getChange(cast.db, change, at(5 * MINUTE))
    expect(view.asks[0]).toMatchObject({ verdict: 'can', answeredBy: { name: '赵强' }, took: 5 * MINUTE - 10 * SECOND })
    expect(view).toMatchObject({ state: 'open', replyDraft: '300 套没问题，11月27日能到。' })
    expect(await notices()).toEqual(['王磊'])
    expect(await chain.outbox('update-card')).toMatchObject([{ priority: 1 }])
    const { id } = await cast.askOf(change)
    expect(await cast.db.reminder.findFirst({ where: { subject: `ask:${id}` } })).toMatchObject({ state: 'settled' })
  })

  it('«no» tells the manager too, with the reason', async () => {
    await chain.answer('zhaoqiang', change, 'cannot', { note: '产能排满了' })
    expect((await notices()).sort()).toEqual(['李娜', '王磊'])
    expect((await getChange(cast.db, change, at(DAY))).replyDraft).toContain('产能排满了')
  })

  it.each(['conditional', 'cannot', 'impact'] as const)('«%s» needs a line of words', async (verdict) => {
    const who = verdict === 'impact' ? 'sunyue' : 'zhaoqiang'
    await expect(chain.answer(who, change, verdict, { note: '  ' })).rejects.toMatchObject({ code: 'note-needed', status: 400 })
    expect(await chain.answer(who, change, verdict, { note: '要分两批' })).toBe(true)
  })

  it('is for who was asked', async () => {
    for (const userid of ['sunyue', 'wanglei', 'lina', 'heping'])
      await expect(chain.answer(userid, change, 'can')).rejects.toMatchObject({ code: 'not-asked', status: 403 })
  })

  it('fits its question: «no impact» is no confirmation', async () => {
    const [actor, { id }] = [await cast.actor('zhaoqiang'), await cast.askOf(change)]
    const wrong = inWork(cast.db, (work) => answerAsk(work, actor, { askId: id, verdict: 'no-impact', note: null }), AFTER_UNDO)
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-answer' })
  })

  it('cannot come before the question may go out: until then it can be taken back', async () => {
    await expect(chain.answer('zhaoqiang', change, 'can', { when: at(9 * SECOND) })).rejects.toMatchObject({
      code: 'too-early',
      status: 409,
    })
  })

  it('the first one counts, for everybody who was asked, however many press at once', async () => {
    const { id, cardId } = await cast.askOf(change)
    const holders = ['zhaoqiang', 'zhoumin', 'lina', 'heping']
    for (const userid of holders.slice(1)) {
      const copy = { id: crypto.randomUUID(), cardId, personId: await cast.personId(userid), platform: 'wecom' }
      await cast.db.cardCopy.create({ data: copy })
    }
    const results = await Promise.all(
      holders.map((userid, i) => chain.answer(userid, change, i % 2 ? 'can' : 'cannot', { note: `第${i}个` })),
    )
    expect(results.filter(Boolean)).toHaveLength(1)
    const won = holders[results.indexOf(true)] as string
    expect(await cast.db.ask.findUniqueOrThrow({ where: { id } })).toMatchObject({ answeredById: await cast.personId(won) })
    expect(await cast.db.card.count({ where: { kind: 'answer' } })).toBe(1)
    expect(await cast.db.auditEntry.count({ where: { subject: `ask:${id}` } })).toBe(1)
  })

  it('once everybody has answered the change is answered', async () => {
    await chain.answer('zhaoqiang', change, 'can')
    await chain.answer('sunyue', change, 'no-impact')
    expect(await getChange(cast.db, change, at(DAY))).toMatchObject({ state: 'answered' })
  })

  it('the reply that went out is marked once, with its words, however often it is tapped', async () => {
    await chain.answer('zhaoqiang', change, 'can')
    const actor = await cast.actor('wanglei')
    const sent = () => inWork(cast.db, (work) => markReplySent(work, actor, change, '300套没问题'), at(MINUTE))
    await Promise.all([sent(), sent(), sent()])
    expect(await getChange(cast.db, change, at(DAY))).toMatchObject({ replySentAt: at(MINUTE).toISOString() })
    expect(await cast.db.auditEntry.findMany({ where: { verb: 'reply-sent' }, include: { content: true } })).toMatchObject([
      { content: { content: { text: '300套没问题' } } },
    ])
    const other = await cast.actor('chenjing')
    await expect(inWork(cast.db, (work) => markReplySent(work, other, change, ''))).rejects.toMatchObject({ status: 404 })
  })
})

describe('a card on somebody’s phone', () => {
  const copyOf = async (changeId: string) => {
    const copy = (await cast.askOf(changeId)).card.copies[0]
    if (!copy) throw new Error('no copy')
    return copy
  }
  const press = async (changeId: string, code: string | null, userid = 'zhaoqiang') => {
    const [{ id }, personId] = [await copyOf(changeId), await cast.personId(userid)]
    return inWork(cast.db, (work) => openCopy(work, { copyId: id, personId, code }), at(MINUTE))
  }

  it('is changed with the code of its newest press, and no code is asked for twice', async () => {
    const change = await cast.captures('wmRenji')
    await chain.arrives(change)
    await press(change, 'code-of-press-1')
    await press(change, 'code-of-press-2')
    expect(await copyOf(change)).toMatchObject({ code: 'code-of-press-2' })
    await chain.answer('zhaoqiang', change, 'can', { when: at(MINUTE) })
    expect(await chain.answer('zhaoqiang', change, 'can', { when: at(2 * MINUTE) })).toBe(false)
    expect((await chain.outbox('update-card')).map((row) => row.key)).toEqual([expect.stringMatching(/:2:.*press-2$/)])
  })

  it('without a code stays as it is: no update is even asked for', async () => {
    const change = await cast.captures('wmRenji')
    await chain.arrives(change)
    await cast.db.cardCopy.updateMany({ data: { code: null } })
    await chain.answer('zhaoqiang', change, 'can')
    expect(await chain.outbox('update-card')).toEqual([])
  })

  it('is nobody else’s: a press on another’s copy is refused', async () => {
    const change = await cast.captures('wmRenji')
    await expect(press(change, 'x', 'sunyue')).rejects.toMatchObject({ code: 'not-your-card', status: 403 })
    const personId = await cast.personId('zhaoqiang')
    for (const copyId of ['settled', '-'.repeat(36)])
      await expect(inWork(cast.db, (work) => openCopy(work, { copyId, personId, code: null }))).rejects.toMatchObject({
        code: 'no-such-card',
      })
  })
})
