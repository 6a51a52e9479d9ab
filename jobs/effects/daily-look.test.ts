import { describe, expect, it } from 'vitest'
import { syncNow } from '../../domain/follow/start-sync.js'
import { organisation } from '../../test/factories/cast.js'
import { nobody, profile, since, useSync } from '../../test/factories/sync.js'
import { at, DAY, HOUR, inWork, NOW } from '../../test/factories/work.js'

const bench = useSync()
const { platform, firstContacts, follow, sync } = bench

describe('the daily look', () => {
  async function connectedYesterday(ids: string[]) {
    const { act } = await platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['wanglei'] }],
      'externalcontact/list': [{ external_userid: ids }],
      'externalcontact/get': ids.map((id) => profile(id, [since('wanglei', at(-300 * DAY))])),
    })
    await sync('2026-11-22', at(-2 * DAY))
    await act(at(-2 * DAY), at(-DAY))
    // A list without anybody new was read to its end.
    await sync('2026-11-23', at(-DAY))
    await act(at(-DAY), NOW)
  }
  const today = (ids: string[], profiles: object[]) =>
    platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['wanglei', 'chenjing'] }],
      'externalcontact/list': [{ external_userid: ids }, nobody],
      'externalcontact/get': profiles,
    })

  it('finds whoever was added without our hearing of it: a first contact, and late', async () => {
    await connectedYesterday(['wmA'])
    expect(await firstContacts()).toBe(0)
    const { act } = await today(['wmA', 'wmMissed'], [profile('wmMissed', [since('wanglei', at(-5 * HOUR), { state: 'expo' })])])
    await sync('2026-11-24', NOW)
    await act(NOW, at(HOUR))
    const missed = { contactId: await bench.cast.contactId('wmMissed') }
    expect(await bench.db.touch.findMany({ where: missed })).toMatchObject([
      { source: 'add', at: at(-5 * HOUR), channel: 'expo', backfilled: false },
    ])
    expect(await bench.db.firstContact.findMany({ where: missed })).toMatchObject([{ state: 'open', at: at(-5 * HOUR) }])
  })

  it('what an old customer of a member who was not there before brings is history', async () => {
    await connectedYesterday(['wmA'])
    const { act, wecom } = await platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['chenjing'] }],
      'externalcontact/list': [{ external_userid: ['wmOld', 'wmFresh'] }],
      'externalcontact/get': [
        profile('wmOld', [since('chenjing', at(-90 * DAY))]),
        profile('wmFresh', [since('chenjing', at(-2 * HOUR))]),
      ],
    })
    expect(wecom.settings.corpId).toBe(organisation)
    await sync('2026-11-24', NOW)
    await act(NOW, at(HOUR))
    const backfilled = async (external: string) =>
      (await bench.db.touch.findFirstOrThrow({ where: { contactId: await bench.cast.contactId(external) } })).backfilled
    expect([await backfilled('wmOld'), await backfilled('wmFresh')]).toEqual([true, false])
  })

  it('ends what a rep deleted without our hearing of it, and asks nobody about the rest', async () => {
    await connectedYesterday(['wmA', 'wmB'])
    const { act, asksOf } = await today(['wmA'], [])
    await sync('2026-11-24', NOW)
    await act(NOW, at(HOUR))
    expect(await follow('wmA')).toMatchObject({ endedAt: null })
    expect(await follow('wmB')).toMatchObject({ endedAt: expect.any(Date), endedBy: 'rep' })
    expect(asksOf('externalcontact/get')).toEqual([])
  })

  it('a look that was not to be had by the next day is that one’s business; an administrator’s is their own', async () => {
    const { act, asksOf } = await today(['wmA'], [profile('wmA', [since('wanglei', at(-300 * DAY))])])
    for (const n of [0, 1, 2]) await sync(`2026-11-2${4 + n}`, at(n * DAY))
    await inWork(bench.db, (work) => syncNow(work, 'r1'), at(2 * DAY))
    const ran = await act(at(2 * DAY))
    expect(ran.filter((one) => one.kind === 'list-followers').map((one) => one.skipped)).toEqual([
      'a later look is asked for',
      'a later look is asked for',
      null,
      null,
    ])
    expect(asksOf('externalcontact/get_follow_user_list')).toHaveLength(2)
  })

  it('what could not be read today is found tomorrow, and is no history by then', async () => {
    await connectedYesterday(['wmA'])
    const { act } = await today(['wmA', 'wmMissed'], [{ errcode: 48002, errmsg: 'api forbidden' }])
    await sync('2026-11-24', NOW)
    await expect(act(NOW, at(HOUR))).rejects.toThrow(/48002/)
    await bench.db.outbox.updateMany({ where: { state: 'open' }, data: { state: 'failed' } })
    const { act: again } = await today(['wmA', 'wmMissed'], [profile('wmMissed', [since('wanglei', at(-5 * HOUR))])])
    await sync('2026-11-25', at(DAY))
    await again(at(DAY), at(DAY + HOUR))
    expect(await firstContacts()).toBe(1)
  })
})
