import { expect, it } from 'vitest'
import { initialsOf } from './initials.js'

it.each([
  ['仁济骨科医院', 'rjgkyy'],
  ['华强五金', 'hqwj'],
  ['黄老板', 'hlb'],
  ['金海机电', 'jhjd'],
  ['鄞州城建集团', 'yzcjjt'],
  ['北仑港务后勤', 'blgwhq'],
  ['梅山文旅酒店', 'mswljd'],
  ['安徽阿尔法公司', 'ahaefgs'],
  ['TCL 王牌', 'tcl wp'],
  ['刘zhuren', 'lzhuren'],
])('%s: %s', (name, initials) => expect(initialsOf(name)).toBe(initials))
