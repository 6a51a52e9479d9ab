import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast, organisation } from '../../test/factories/cast.js'
import { at, DAY, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { askForMedia } from '../message/ask-for-media.js'
import { keepFile } from '../message/keep-file.js'
import { getMedia, listMedia } from '../message/view-media.js'
import { reminderKind } from '../reminders/find-kind.js'
import { createTask } from '../task/create-task.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let groupId: string
let mediaId: string
/** A group of 仁济 in which 王磊 and 赵强 sit; a stranger has sent a file there. */
beforeAll(async () => {
  database = await freshDb()
  const { db } = database
  cast = await createCast(db)
  groupId = newId()
  const customerId = (await cast.customer('wmRenji')).id
  await db.group.create({
    data: { id: groupId, platform: 'wecom', organisation, chatId: 'wrG', name: '供货群', customerId, createdAt: NOW },
  })
  for (const userid of ['wanglei', 'zhaoqiang'])
    await db.groupMember.create({
      data: { id: newId(), groupId, key: userid, personId: await cast.personId(userid), joinedAt: NOW },
    })
  const contactId = newId()
  await db.contact.create({ data: { id: contactId, name: '吴工', createdAt: NOW } })
  const said = { contactId, personId: await cast.personId('wanglei'), speaker: 'customer' }
  const messageId = newId()
  await db.message.create({
    data: { ...said, id: messageId, source: 'archive', sourceKey: 'g1', text: '[文件] 报价.xlsx', saidAt: NOW, groupId },
  })
  mediaId = newId()
  await db.media.create({ data: { id: mediaId, messageId, kind: 'file', name: '报价.xlsx', fileId: 'sealed' } })
})
afterAll(() => database.close())

it('a file of a group is fetched by a tap of whoever sits there, and is there for nobody else', async () => {
  const { db } = database
  const [zhao, chen] = [await cast.actor('zhaoqiang'), await cast.actor('chenjing')]
  expect(await listMedia(db, zhao, { groupId })).toMatchObject([{ id: mediaId, name: '报价.xlsx', state: 'waiting' }])
  expect(await listMedia(db, chen, { groupId })).toEqual([])
  await expect(inWork(db, (work) => askForMedia(work, chen, mediaId))).rejects.toMatchObject({ status: 404 })

  const touched = await inWork(db, async (work) => {
    expect(await askForMedia(work, zhao, mediaId)).toMatchObject({ state: 'asked' })
    return work.touched
  })
  expect(touched).toContain(`group:${groupId}`)
  expect(await db.outbox.count({ where: { kind: 'fetch-media' } })).toBe(1)
  const told = await inWork(db, async (work) => {
    await keepFile(work, mediaId, Buffer.from('xlsx'))
    return work.touched
  })
  expect(told).toContain(`group:${groupId}`)
  expect(await getMedia(db, zhao, mediaId)).toMatchObject({ name: '报价.xlsx', saidIn: `group:${groupId}` })
  await expect(getMedia(db, chen, mediaId)).rejects.toMatchObject({ status: 404 })
})

it('提醒我 in a group is about the customer whose group it is; who doesn’t sit there can’t note anything', async () => {
  const { db } = database
  const note = (userid: string) => async () => {
    const actor = await cast.actor(userid)
    return inWork(db, (work) => createTask(work, actor, { contactId: null, groupId, text: '群里问样品', at: at(HOUR) }))
  }
  const id = await note('zhaoqiang')()
  expect(await db.reminder.findFirstOrThrow({ where: { subject: `task:${id}` } })).toMatchObject({
    customerId: (await cast.customer('wmRenji')).id,
  })
  const about = { id: newId(), subject: `task:${id}`, subjectId: id, personId: await cast.personId('zhaoqiang') }
  const said = await reminderKind('personal').facts(db, { ...about, startedAt: NOW, dueAt: NOW }, at(DAY))
  expect(said).toMatchObject({ words: { text: '群里问样品', customer: '仁济骨科医院 · 供货群' } })
  await expect(note('chenjing')()).rejects.toMatchObject({ code: 'unknown-group' })
})
