import { expect, it } from 'vitest'
import type { TemplateCard } from '../state/messages.js'
import { checkCard, isInteractive } from './card-limits.js'

const button = (n: number) => ({ text: `按钮${n}`, style: 1, key: `k${n}` })
const good: TemplateCard = {
  card_type: 'button_interaction',
  task_id: 'copy-1',
  main_title: { title: '待确认' },
  button_list: [button(1), button(2), button(3)],
}
const notice: TemplateCard = {
  card_type: 'text_notice',
  main_title: { title: '已确认' },
  card_action: { type: 1, url: 'https://x.cn' },
}
const many = <T>(n: number, item: T) => Array.from({ length: n }, () => item)
const code = (card: TemplateCard, use: 'send' | 'update' = 'send') => checkCard(card, use)?.errcode ?? 0

it('lets good cards pass', () => {
  expect([code(good), code(notice)]).toEqual([0, 0])
  const options = [{ id: 'a', text: '甲' }]
  const submit_button = { text: '提交', key: 's' }
  const vote = {
    card_type: 'vote_interaction',
    task_id: 'v',
    main_title: { title: 't' },
    checkbox: { question_key: 'q', option_list: options },
    submit_button,
  }
  expect(code(vote)).toBe(0)
  expect(code({ ...vote, card_type: 'multiple_interaction', select_list: [{ question_key: 'q', option_list: options }] })).toBe(0)
})

it.each<[string, number, TemplateCard]>([
  ['unknown type', 42031, { ...good, card_type: 'fancy' }],
  ['no task_id', 42014, { ...good, task_id: '' }],
  ['task_id with other characters', 42014, { ...good, task_id: 'a:b' }],
  ['task_id over 128 bytes', 42014, { ...good, task_id: 'x'.repeat(129) }],
  ['no title', 42033, { ...good, main_title: {} }],
  ['notice with neither title nor text', 42033, { ...notice, main_title: {} }],
  ['seven buttons', 42037, { ...good, button_list: [1, 2, 3, 4, 5, 6, 7].map(button) }],
  ['no buttons', 42037, { ...good, button_list: [] }],
  ['button without text', 42038, { ...good, button_list: [{ key: 'k' }] }],
  ['button without key', 42039, { ...good, button_list: [{ text: '能做' }] }],
  ['button key over 1024 bytes', 42039, { ...good, button_list: [{ text: '能做', key: '键'.repeat(342) }] }],
  ['the same key twice', 42051, { ...good, button_list: [button(1), button(1)] }],
  ['link button without url', 42028, { ...good, button_list: [{ type: 1, text: '打开' }] }],
  ['seven rows', 42035, { ...good, horizontal_content_list: many(7, { keyname: '数量', value: '300 套' }) }],
  ['row without name', 42027, { ...good, horizontal_content_list: [{ value: '300 套' }] }],
  ['row linking nowhere', 42028, { ...good, horizontal_content_list: [{ type: 1, keyname: '客户' }] }],
  ['row of a nameless member', 42050, { ...good, horizontal_content_list: [{ type: 3, keyname: '谁' }] }],
  ['four jumps', 42036, { ...notice, jump_list: many(4, { title: '看' }) }],
  ['notice without card_action', 42045, { ...notice, card_action: undefined }],
  ['card_action without url', 42028, { ...notice, card_action: { type: 1 } }],
  ['menu of four', 42037, { ...good, action_menu: { action_list: [1, 2, 3, 4].map(button) } }],
  ['news without picture', 42044, { ...notice, card_type: 'news_notice' }],
  ['lists that are no lists', 42037, { ...good, button_list: 'no' }],
])('refuses a card with %s', (_, errcode, card) => {
  expect(code(card)).toBe(errcode)
})

it('asks for no task_id in a card that replaces another', () => {
  expect(code({ ...good, task_id: undefined } as TemplateCard, 'update')).toBe(0)
})

it('tells cards that can be pressed from notices', () => {
  expect([isInteractive(good), isInteractive(notice), isInteractive({ ...notice, action_menu: {} })]).toEqual([true, false, true])
})
