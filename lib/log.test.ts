import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDb } from '../test/setup/db.js'
import { createLog, describe as describeError } from './log.js'

const SECRET = '刘主任说预算八万五'

describe('a line', () => {
  function lineOf(write: (log: ReturnType<typeof createLog>) => void) {
    const written: string[] = []
    write(createLog('info', 'server', { write: (text) => void written.push(text) }))
    return written.join('')
  }

  it('is JSON with its process, and keeps what is harmless', () => {
    expect(JSON.parse(lineOf((log) => log.child({ trace: 't1' }).info({ seq: '7' }, 'handled')))).toMatchObject({
      process: 'server',
      trace: 't1',
      seq: '7',
      msg: 'handled',
    })
  })

  it.each(['text', 'content', 'note', 'phone', 'body', 'secret', 'token', 'access_token', 'cookie', 'authorization'])(
    'never shows %s, nor one level down',
    (name) => {
      expect(lineOf((log) => log.warn({ [name]: SECRET, payload: { [name]: SECRET } }, 'x'))).not.toContain(SECRET)
    },
  )
})

describe('an error for the log', () => {
  let database: Awaited<ReturnType<typeof freshDb>>
  beforeAll(async () => {
    database = await freshDb()
  })
  afterAll(() => database.close())

  const errorOf = async (run: () => unknown) => {
    try {
      await run()
    } catch (error) {
      return describeError(error)
    }
    throw new Error('nothing was thrown')
  }

  it('says where it was', async () => {
    const { error, stack } = await errorOf(() => {
      throw new Error('no file for this event')
    })
    expect(error).toBe('no file for this event')
    expect(stack).toMatch(/^\s+at .*log\.test\.ts/)
  })

  it.each<[string, (db: typeof database.db) => unknown, RegExp]>([
    ['a wrong argument', (db) => db.message.create({ data: { text: SECRET } as never }), /Argument .* is missing/],
    ['a value that is no uuid', (db) => db.$queryRaw`SELECT ${SECRET}::uuid`, /22P02/],
    ['a text with NUL', (db) => db.team.findMany({ where: { name: `${SECRET}\0` } }), /22021/],
    ['a text that is no JSON', () => JSON.parse(SECRET), /^not valid JSON$/],
  ])('%s: what is wrong, not what it was', async (_what, run, gist) => {
    const said = await errorOf(() => run(database.db))
    expect(said.error).toMatch(gist)
    expect(JSON.stringify(said)).not.toMatch(/刘主任|八万五/)
  })

  it('what is no Error is said as it is', () => expect(describeError('odd')).toEqual({ error: 'odd' }))
})
