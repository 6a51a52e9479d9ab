import { describe, expect, it } from 'vitest'
import { points, useReach } from '../../test/factories/reach.js'
import { at, DAY, HOUR, inWork, MINUTE, SECOND } from '../../test/factories/work.js'
import { askForCode } from './ask-for-code.js'
import { findPoint } from './find-point.js'
import { proveCode } from './prove-code.js'

const bench = useReach()

const ask = (typed: string, { code = '123456', when = at(0), personId = bench.wang } = {}) =>
  inWork(bench.db, (work) => askForCode(work, { personId, channel: 'sms', typed, code, points, machineNow: when }))
const prove = (code: string, when = at(MINUTE)) =>
  inWork(bench.db, (work) => proveCode(work, { personId: bench.wang, channel: 'sms', code, points, machineNow: when }))
const mobile = () => findPoint(bench.db, points, { personId: bench.wang, channel: 'sms' })
const codesSent = () => bench.db.outbox.count({ where: { kind: 'send-code' } })

describe('a typed number', () => {
  it('is used once the code that was sent to it comes back, and never stands in the clear', async () => {
    await ask('+86 138-1234 5678')
    expect(await mobile()).toBeNull()
    expect(await prove('654321')).toBe(false)
    expect(await prove('123456')).toBe(true)
    expect(await mobile()).toBe('13812345678')
    expect(await prove('123456')).toBe(false)
    const rows = [await bench.db.contactCode.findMany(), await bench.db.contactPoint.findMany()]
    const payloads = (await bench.db.outbox.findMany()).map((row) => row.payload)
    const audit = (await bench.db.auditEntry.findMany({ include: { content: true } })).map((one) => one.content?.content)
    expect(JSON.stringify([rows, payloads, audit])).not.toMatch(/13812345678|123456"/)
  })

  it('goes on being the old one until the new one is proved', async () => {
    await ask('13812345678')
    await prove('123456')
    await ask('13900000000', { when: at(2 * MINUTE) })
    expect(await mobile()).toBe('13812345678')
    expect(await prove('123456', at(3 * MINUTE))).toBe(true)
    expect(await mobile()).toBe('13900000000')
  })

  it('has five tries, ten minutes, and the newest code only', async () => {
    await ask('13812345678')
    for (let n = 0; n < 5; n += 1) expect(await prove('000000')).toBe(false)
    expect(await prove('123456')).toBe(false)
    await ask('13812345678', { when: at(2 * MINUTE), code: '111111' })
    expect(await prove('111111', at(12 * MINUTE + SECOND))).toBe(false)
    await ask('13812345678', { when: at(20 * MINUTE), code: '222222' })
    await ask('13812345678', { when: at(22 * MINUTE), code: '333333' })
    expect(await prove('222222', at(23 * MINUTE))).toBe(false)
    expect(await prove('333333', at(23 * MINUTE))).toBe(true)
  })

  it('is not tried more than five times by ten tries at once', async () => {
    await ask('13812345678')
    const guesses = Array.from({ length: 10 }, (_, n) => prove(String(n).padStart(6, '0')))
    expect((await Promise.all(guesses)).some(Boolean)).toBe(false)
    expect(await bench.db.contactCode.findFirstOrThrow()).toMatchObject({ tries: 5 })
  })

  it('gets one code a minute and five a day', async () => {
    await ask('13812345678')
    await expect(ask('13812345678', { when: at(59 * SECOND) })).rejects.toMatchObject({ code: 'code-too-soon', status: 429 })
    for (let n = 1; n < 5; n += 1) await ask('13812345678', { when: at(n * 2 * MINUTE) })
    await expect(ask('13900000000', { when: at(HOUR) })).rejects.toMatchObject({ code: 'enough-codes' })
    await ask('13812345678', { when: at(DAY + 9 * MINUTE) })
    expect(await codesSent()).toBe(6)
  })

  it('answers the same where another has just used it: no code leaves, and nothing tells', async () => {
    const chen = await bench.cast.personId('chenjing')
    expect(await ask('13812345678', { personId: chen })).toBeUndefined()
    expect(await ask('13812345678')).toBeUndefined()
    expect(await codesSent()).toBe(1)
    // Even who guesses the code that was never sent proves nothing of another's row.
    expect(await prove('999999')).toBe(false)
  })

  it.each(['12345678901', '138123456', 'abc', '+1 212 555 0100'])('is refused when it is none: %s', async (typed) => {
    await expect(ask(typed)).rejects.toMatchObject({ code: 'bad-point' })
  })
})

it('what WeCom tells is proved; what it does not tell changes nothing', async () => {
  const tells = (mobile: string | null, bizMail: string | null) => bench.told({ mobile, email: 'private@qq.com', bizMail })
  expect(await tells('+8613812345678', 'wang@yonggu.example')).toEqual(['sms', 'mail'])
  expect(await findPoint(bench.db, points, { personId: bench.wang, channel: 'mail' })).toBe('wang@yonggu.example')
  expect(await bench.told(null)).toEqual([])
  expect(await mobile()).toBe('13812345678')
})
