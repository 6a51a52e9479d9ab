import { describe, expect, it } from 'vitest'
import { neverSynced, syncNow } from '../../domain/follow/start-sync.js'
import { line, SYNC, since, useSync } from '../../test/factories/sync.js'
import { at, DAY, HOUR, inWork, NOW, SECOND } from '../../test/factories/work.js'

const bench = useSync()
const { platform, touches, firstContacts, follow, sync, add } = bench

describe('the first connect', () => {
  const many = Array.from({ length: 30 }, (_, n) => `wmOld${String(n).padStart(2, '0')}`)
  const lines = (ids: string[], when = at(-300 * DAY)) => ids.map((id) => line(id, since('wanglei', when, { tag_id: ['etA'] })))
  const connected = (
    pages: object[] = [
      { external_contact_list: lines(many.slice(0, 15)), next_cursor: 'C1' },
      { external_contact_list: lines(many.slice(15)), next_cursor: '' },
    ],
  ) =>
    platform({
      'externalcontact/get_follow_user_list': [{ follow_user: ['WangLei'] }],
      'externalcontact/list': [{ external_userid: many }],
      'externalcontact/batch/get_by_user': pages,
      'externalcontact/get_corp_tag_list': [{ tag_group: [{ group_id: 'g', tag: [{ id: 'etA', name: '重要' }] }] }],
    })

  it('reads everybody’s customers page by page, as history: touches, no first contact, no profile asked for', async () => {
    const { act, asksOf } = await connected()
    expect(await inWork(bench.db, neverSynced)).toBe(true)
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    expect(asksOf('externalcontact/batch/get_by_user').map(({ body }) => body)).toEqual([
      { userid_list: ['wanglei'], limit: 20 },
      { userid_list: ['wanglei'], limit: 20, cursor: 'C1' },
    ])
    expect(asksOf('externalcontact/get')).toEqual([])
    expect(await touches()).toHaveLength(30)
    expect((await touches()).every((touch) => touch.backfilled)).toBe(true)
    expect(await firstContacts()).toBe(0)
    expect(await follow('wmOld17')).toMatchObject({ since: at(-300 * DAY), tags: [{ id: 'etA', name: '重要', type: 1 }] })
    const pages = await bench.db.outbox.findMany({ where: { kind: 'backfill-contacts' }, orderBy: { id: 'asc' } })
    expect(pages.map((row) => (row.payload as { cursor: string | null }).cursor)).toEqual([null, 'C1'])
    expect(await inWork(bench.db, neverSynced)).toBe(false)
  })

  it('a page that is read twice, because a worker died on it, is read once', async () => {
    const page = { external_contact_list: lines(many), next_cursor: '' }
    const { act } = await connected([page])
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    await bench.db.outbox.updateMany({ where: { kind: { in: SYNC } }, data: { state: 'open' } })
    await act(NOW, at(HOUR))
    expect(await touches()).toHaveLength(30)
    expect(await bench.db.contact.count({ where: { identities: { some: { value: { startsWith: 'wmOld' } } } } })).toBe(30)
  })

  it('whoever was added meanwhile and whose event waits in the inbox is no history', async () => {
    const { act } = await connected([
      { external_contact_list: [...lines(many), ...lines(['wmNow'], at(-SECOND))], next_cursor: '' },
    ])
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    expect(await firstContacts()).toBe(0)
    await add('wmNow', at(-SECOND))
    expect(await firstContacts()).toBe(1)
  })

  it('an administrator may have it done again: nothing comes of it twice', async () => {
    const { act, asksOf } = await connected([{ external_contact_list: lines(many), next_cursor: '' }])
    await sync('2026-11-23', NOW)
    await act(NOW, at(HOUR))
    await inWork(bench.db, (work) => syncNow(work, 'r1'), at(HOUR))
    await act(at(HOUR), at(2 * HOUR))
    expect(asksOf('externalcontact/list')).toHaveLength(2)
    expect(asksOf('externalcontact/batch/get_by_user')).toHaveLength(1)
    expect(await touches()).toHaveLength(30)
  })
})
