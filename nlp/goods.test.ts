import { describe, expect, it } from 'vitest'
import type { Item } from './finding.js'
import { findMentions, plainest } from './goods.js'

const item = (name: string, spec: string | null = null): Item => ({ name, spec, qty: 100, unit: '个' })
const named = (text: string, items: Item[]) =>
  findMentions(text, items).map((m) => `${text.slice(m.from, m.to)}=${m.item.name} ${m.item.spec ?? ''}`.trim())

describe('which goods a text names', () => {
  it.each([
    ['锁定钢板加20', [item('锁定钢板'), item('骨钉')], ['锁定钢板=锁定钢板']],
    ['钢板不变，骨钉再来50', [item('锁定钢板'), item('皮质骨钉')], ['钢板=锁定钢板', '骨钉=皮质骨钉']],
    ['布和纱各加60米', [item('遮光布'), item('纱帘')], ['布=遮光布', '纱=纱帘']],
    ['椅子多要5把', [item('办公椅'), item('会议桌')], ['椅子=办公椅']],
    ['桌椅再加8套', [item('升降办公桌'), item('人体工学椅')], ['桌=升降办公桌', '椅=人体工学椅']],
    ['红酒加到150箱', [item('干红葡萄酒'), item('白酒')], ['红酒=干红葡萄酒']],
    ['20的加30吨，25的减30吨', [item('螺纹钢', 'φ20'), item('螺纹钢', 'φ25')], ['20=螺纹钢 φ20', '25=螺纹钢 φ25']],
    ['12R的再匀20条', [item('轮胎', '12R22.5'), item('内胎')], ['12R=轮胎 12R22.5']],
    ['不锈钢那款添15箱', [item('螺栓', '12.9级'), item('螺栓', '304')], ['不锈钢=螺栓 304']],
  ])('%s', (text, items, found) => expect(named(text, items)).toEqual(found))

  it('what belongs to several names none', () => {
    expect(named('螺栓加20', [item('六角螺栓'), item('膨胀螺栓')])).toEqual([])
    expect(plainest(findMentions('桌子和椅子', [item('办公椅'), item('会议桌')]))).toBeNull()
  })

  it('a part of a number is no size: 304 is not in 3040, nor 80 in 1280', () => {
    expect(named('3040个', [item('板', '304 2.0'), item('管', '201')])).toEqual([])
  })
})
