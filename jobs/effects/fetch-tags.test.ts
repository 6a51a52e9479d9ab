import { expect, it } from 'vitest'
import type { Wecom } from '../../channels/wecom/client.js'
import { doEffects } from '../../test/factories/effects.js'
import { tellEvent } from '../../test/factories/event.js'
import { useSync } from '../../test/factories/sync.js'
import { NOW } from '../../test/factories/work.js'

const bench = useSync()
const { platform, follow } = bench

it('names of tags follow the company’s; one that is no more goes, a member’s own stays', async () => {
  const tags = [
    { id: 'etA', name: '老名字', type: 1 },
    { id: 'etGone', name: '没了', type: 1 },
    { id: '', name: '老乡', type: 2 },
  ]
  const where = { contactId: await bench.cast.contactId('wmRenji'), personId: await bench.cast.personId('wanglei') }
  await bench.db.follow.upsert({
    where: { contactId_personId: where },
    create: { ...where, since: NOW, tags },
    update: { tags },
  })
  const { wecom } = await platform({
    'externalcontact/get_corp_tag_list': [{ tag_group: [{ group_id: 'g', tag: [{ id: 'etA', name: '新名字' }] }] }],
  })
  await tellEvent(bench.db, { Event: 'change_external_tag', ChangeType: 'update', Id: 'etA', TagType: 'tag' })
  await doEffects(bench.db, wecom as Wecom, ['fetch-tags'], { now: NOW })
  expect((await follow('wmRenji'))?.tags).toEqual([{ id: 'etA', name: '新名字', type: 1 }, tags[2]])
  expect(await bench.db.corpTag.findMany()).toEqual([{ id: 'etA', name: '新名字', groupName: '', place: 0 }])
})
