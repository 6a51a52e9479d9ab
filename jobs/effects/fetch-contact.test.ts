import { describe, expect, it } from 'vitest'
import { contactEvent, tellEvent } from '../../test/factories/event.js'
import { chatOnly } from '../../test/factories/outlets.js'
import { nobody, profile, since, useSync } from '../../test/factories/sync.js'
import { at, DAY, HOUR, MINUTE, NOW } from '../../test/factories/work.js'

const bench = useSync()
const { platform, touches, follow, add } = bench

describe('a profile', () => {
  it('fills the contact, each follow, and the phones that reps wrote down, sealed', async () => {
    const { act } = await platform({
      'externalcontact/get': [
        profile('wmNew', [
          since('WangLei', at(-MINUTE), {
            remark: '刘主任',
            remark_corp_name: '仁济骨科医院',
            remark_mobiles: ['+86 138-0000-1111', '没有'],
            add_way: 3,
            state: 'expo',
            tags: [{ group_name: '等级', tag_name: '重要', tag_id: 'etA', type: 1 }],
          }),
        ]),
      ],
    })
    await add('wmNew', NOW)
    await act(NOW)
    const contact = await bench.db.contact.findUniqueOrThrow({
      where: { id: await bench.cast.contactId('wmNew') },
      include: { phones: true },
    })
    expect(contact).toMatchObject({ name: '微信wmNew', provisional: false, avatar: 'https://p.qlogo.cn/a', kind: 'wechat' })
    expect(contact.phones).toMatchObject([{ source: 'remark' }])
    expect(contact.phones.map(({ sealed }) => chatOnly.phones.open(sealed))).toEqual(['13800001111'])
    expect(await follow('wmNew')).toMatchObject({
      since: at(-MINUTE),
      remark: '刘主任',
      remarkCompany: '仁济骨科医院',
      addWay: 3,
      state: 'expo',
      tags: [{ id: 'etA', name: '重要', type: 1 }],
    })
    const [row] = await bench.db.outbox.findMany({ where: { kind: 'fetch-contact' } })
    expect(row?.state).toBe('done')
    expect(await touches()).toMatchObject([{ at: NOW, backfilled: false }])
  })

  it('a half add that the rep has not confirmed is in no profile, and stays', async () => {
    const { act } = await platform({ 'externalcontact/get': [profile('wmNew', [since('chenjing', at(-DAY))]), nobody] })
    await tellEvent(bench.db, contactEvent('add_half_external_contact', 'wanglei', 'wmNew'))
    await act(NOW)
    expect(await follow('wmNew')).toMatchObject({ endedAt: null, addWay: null })
    await tellEvent(bench.db, contactEvent('edit_external_contact', 'chenjing', 'wmNew'), { at: at(MINUTE) })
    await act(at(MINUTE))
    expect(await follow('wmNew')).toMatchObject({ endedAt: null })
    expect(await follow('wmNew', 'chenjing')).toMatchObject({ endedAt: at(MINUTE), endedBy: 'rep' })
  })

  it('whom the customer deleted is on the list all the same: ended, until they come together anew', async () => {
    const { act } = await platform({
      'externalcontact/get': [profile('wmNew', [since('wanglei', NOW)]), profile('wmNew', [since('wanglei', at(HOUR))])],
    })
    await add('wmNew', NOW)
    await tellEvent(bench.db, contactEvent('del_follow_user', 'wanglei', 'wmNew'), { at: at(MINUTE) })
    await act(at(MINUTE))
    expect(await follow('wmNew')).toMatchObject({ endedAt: at(MINUTE), endedBy: 'customer', addWay: 0 })
    await tellEvent(bench.db, contactEvent('edit_external_contact', 'wanglei', 'wmNew'), { at: at(HOUR) })
    await act(at(HOUR))
    expect(await follow('wmNew')).toMatchObject({ since: at(HOUR), endedAt: null })
  })

  it('follows a contact that proved to be another one', async () => {
    const { act } = await platform({ 'externalcontact/get': [profile('wmNew', [since('wanglei', NOW)])] })
    await add('wmNew', NOW)
    const [loser, winner] = [await bench.cast.contactId('wmNew'), await bench.cast.contactId('wmRenji')]
    await bench.db.identity.updateMany({ where: { value: 'wmNew' }, data: { contactId: winner } })
    await bench.db.contact.update({ where: { id: loser }, data: { mergedIntoId: winner } })
    const [ran] = await act(NOW)
    expect(ran).toMatchObject({ kind: 'fetch-contact', skipped: null })
    expect(await bench.db.follow.count({ where: { contactId: winner, addWay: { not: null } } })).toBe(1)
  })
})
