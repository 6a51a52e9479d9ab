import { describe, expect, it } from 'vitest'
import { outletsOn, useReach } from '../../test/factories/reach.js'
import { at, DAY, HOUR, inWork, MINUTE } from '../../test/factories/work.js'
import { drawCard } from '../card/draw-card.js'
import { listTeam } from './list-team.js'
import { noteActive } from './note-active.js'
import { setBarred } from './set-barred.js'
import { tellUnreachable } from './tell-unreachable.js'

const bench = useReach()
const { told } = bench

describe('the weekly check', () => {
  // NOW is a Monday at ten.
  const tell = (when = at(0)) => inWork(bench.db, (work) => tellUnreachable(work, outletsOn), when)
  const bar = () => inWork(bench.db, (work) => setBarred(work, bench.wang, '不在应用可见范围'))
  const cards = () =>
    bench.db.card.findMany({ where: { kind: 'unreachable' }, include: { copies: { include: { person: true } } } })

  it('tells a manager once, however many workers look', async () => {
    await bar()
    await Promise.all([tell(), tell(), tell()])
    await tell(at(DAY))
    const [card, ...more] = await cards()
    expect(more).toEqual([])
    expect(card?.copies.map((copy) => copy.person.name)).toEqual(['李娜'])
    expect(await drawCard(bench.db, card ?? { kind: '', subject: '' }, at(0))).toMatchObject({
      title: '1 位同事可能收不到提醒',
      fields: [{ label: '王磊', value: '不在应用可见范围；没有登记手机号；没有登记邮箱' }],
      page: '/h5/reach/team',
    })
    // Who was seen since is not on it.
    await noteActive(bench.db, bench.wang, at(HOUR))
    expect(await drawCard(bench.db, card ?? { kind: '', subject: '' }, at(HOUR))).toBeNull()
    // Next week anew.
    await bar()
    await tell(at(7 * DAY))
    expect(await cards()).toHaveLength(2)
  })

  it('says nothing before 09:10, where somebody is reached by one channel, and where nobody is meant', async () => {
    await tell()
    expect(await cards()).toEqual([])
    await bench.db.chore.deleteMany()
    await bar()
    expect(await tell(at(-51 * MINUTE))).toBe(0)
    await told({ mobile: '13812345678', email: null, bizMail: null })
    await tell()
    expect(await cards()).toEqual([])
  })

  it('a lead sees the team’s, a rep nobody', async () => {
    await bar()
    const see = async (userid: string) =>
      (await listTeam(bench.db, await bench.cast.actor(userid), { off: outletsOn, now: at(0) })).people.map((person) => [
        person.name,
        person.todo !== null,
      ])
    expect((await see('lina'))[0]).toEqual(['王磊', true])
    expect(await see('chenjing')).toEqual([])
  })
})
