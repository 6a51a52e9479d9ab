import { expect, test } from 'vitest'
import type { MessageView } from '../../../../domain/message/message.contract.js'
import { messagesShown } from './messages-shown.js'

const said = (id: string, speaker: MessageView['speaker']): MessageView => ({
  id,
  speaker,
  name: '',
  text: id,
  saidAt: '2026-11-21T09:00:00+08:00',
  source: 'archive',
  revoked: false,
  label: null,
  finding: null,
})

test('a rep who talks a lot does not push the customer off the screen', () => {
  const chat = [
    said('c1', 'customer'),
    said('r1', 'rep'),
    said('r2', 'rep'),
    said('c2', 'customer'),
    said('c3', 'customer'),
    said('r3', 'rep'),
  ]
  expect(messagesShown(chat).map((one) => one.id)).toEqual(['c1', 'r2', 'c2', 'c3', 'r3'])
})
