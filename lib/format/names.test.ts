import { expect, test } from 'vitest'
import { avatarName, pickByName, shorten } from './names.js'

test('an avatar says the surname', () => {
  expect(avatarName('黄老板')).toBe('黄')
  expect(avatarName('欧阳经理')).toBe('欧阳')
  expect(avatarName('tom')).toBe('T')
  expect(avatarName('𠮷田')).toBe('𠮷')
  expect(avatarName('  ')).toBe('客')
})

test('names are cut by their width on the screen, whole characters only', () => {
  expect(shorten('仁济骨科医院', 12)).toBe('仁济骨科医院')
  expect(shorten('仁济骨科医院', 11)).toBe('仁济骨科医…')
  expect(shorten('仁济骨科医院', 8)).toBe('仁济骨…')
  expect(shorten('SKF Bearings', 6)).toBe('SKF B…')
  expect(shorten('𠮷𠮷𠮷', 4)).toBe('𠮷…')
})

test('a name always has the same colour, and names spread', () => {
  expect(pickByName('黄老板', 6)).toBe(pickByName('黄老板', 6))
  const colours = new Set(['黄老板', '刘主任', '金经理', '王磊', '陈静', '李娜', '赵强', '孙悦'].map((one) => pickByName(one, 6)))
  expect(colours.size).toBeGreaterThan(2)
})
