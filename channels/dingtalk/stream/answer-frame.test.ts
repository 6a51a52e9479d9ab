import { describe, expect, it } from 'vitest'
import { CARD, holdUp, ROBOT, until, useStreams } from '../../../test/factories/streams.js'

const bench = useStreams()
const { hold } = bench

describe('frames', () => {
  it('an event is acknowledged when its row stands, not before', async () => {
    const { store, heard } = hold()
    const stored = holdUp(store)
    const line = await bench.gateway.nextLine()
    const headers = { eventType: 'user_add_org', eventId: 'e1', eventCorpId: 'ding1', eventBornTime: 1763776800000 }
    const acked = line.push({ type: 'EVENT', topic: '*', data: { userId: ['a'] }, messageId: 'm-event', headers })
    await until(() => heard.length === 1)
    expect(line.acks).toEqual([])
    stored()
    expect(await acked).toEqual({
      code: 200,
      message: 'OK',
      headers: { messageId: 'm-event', contentType: 'application/json' },
      data: JSON.stringify({ status: 'SUCCESS', message: 'ok' }),
    })
    expect(heard[0]).toMatchObject({
      kind: 'event',
      frame: { type: 'EVENT', messageId: 'm-event', data: { userId: ['a'] }, headers },
    })
  })

  it('what can not be stored is asked for again: LATER for an event, 500 for a callback', async () => {
    const { store } = hold()
    store.hold = Promise.reject(new Error('the database is away'))
    store.hold.catch(() => {})
    const line = await bench.gateway.nextLine()
    const event = await line.push({ type: 'EVENT', topic: '*' })
    expect([event.code, JSON.parse(event.data).status]).toEqual([200, 'LATER'])
    expect((await line.push({ type: 'CALLBACK', topic: ROBOT })).code).toBe(500)
    expect((await line.push({ type: 'CALLBACK', topic: CARD })).code).toBe(500)
    expect(store.left).toBe(0)
  })

  it('a robot’s message gets an empty response, a click what its card shows, and our side hears that it left', async () => {
    const { store, heard } = hold()
    const line = await bench.gateway.nextLine()
    const said = await line.push({ type: 'CALLBACK', topic: ROBOT, data: { msgId: 'x', text: { content: '在吗' } } })
    expect([said.code, JSON.parse(said.data)]).toEqual([200, { response: null }])
    store.answer = { cardData: { cardParamMap: { settled: '已确认' } } }
    const pressed = await line.push({ type: 'CALLBACK', topic: CARD, data: { outTrackId: 'o1' } })
    expect([pressed.code, JSON.parse(pressed.data)]).toEqual([
      200,
      { response: { cardData: { cardParamMap: { settled: '已确认' } } } },
    ])
    await until(() => store.left === 1)
    store.answer = null
    expect(JSON.parse((await line.push({ type: 'CALLBACK', topic: CARD })).data)).toEqual({ response: {} })
    expect(heard.map(({ kind }) => kind)).toEqual(['robot', 'press', 'press'])
  })

  it('a topic that nobody asked for is 404, and a slow one holds up nobody', async () => {
    const { store, heard } = hold()
    const line = await bench.gateway.nextLine()
    store.hold = new Promise(() => {})
    void line.push({ type: 'EVENT', topic: '*' })
    await until(() => heard.length === 1)
    expect((await line.push({ type: 'CALLBACK', topic: '/v1.0/graph/api/invoke' })).code).toBe(404)
    expect((await line.push({ type: 'SOMETHING', topic: 'x' })).code).toBe(404)
  })

  it('a ping is echoed; CONNECTED, REGISTERED, KEEPALIVE and what we do not know of the system get no answer', async () => {
    hold()
    const line = await bench.gateway.nextLine()
    for (const topic of ['CONNECTED', 'REGISTERED', 'KEEPALIVE', 'new']) void line.push({ type: 'SYSTEM', topic })
    const pong = await line.push({ type: 'SYSTEM', topic: 'ping', data: { opaque: '中文-0f' }, messageId: 'm-ping' })
    expect(pong).toMatchObject({ code: 200, headers: { messageId: 'm-ping' }, data: '{"opaque":"中文-0f"}' })
    expect(line.acks.length).toBe(1)
  })

  it('broken frames harm nothing: 400 where there is an id, and the end of a quota is handed on', async () => {
    const { strange, stream } = hold()
    const line = await bench.gateway.nextLine()
    for (const text of ['', 'no json', '[]', 'null', '{"type":"EVENT"}', '{"errCode":20001,"errMsg":"quota"}'])
      line.socket.send(text)
    line.socket.send(JSON.stringify({ type: 'EVENT', headers: { topic: '*', messageId: 'm1' }, data: 'no json' }))
    line.socket.send(JSON.stringify({ type: 7, headers: { messageId: 'm2' } }))
    line.socket.send(Buffer.from([0xff, 0xfe]))
    await until(() => line.acks.length === 2)
    expect(line.acks.map(({ code, headers }) => [code, headers.messageId])).toEqual([
      [400, 'm1'],
      [400, 'm2'],
    ])
    expect(strange).toContainEqual({ errCode: 20001, errMsg: 'quota' })
    expect((await line.push({ type: 'EVENT', topic: '*' })).code).toBe(200)
    expect(stream.status().open).toBe(true)
  })
})
