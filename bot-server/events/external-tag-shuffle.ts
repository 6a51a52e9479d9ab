import { defineEvent } from '../define.js'

/** The order of the company's tags changed: nothing of ours depends on it (official page 92130). */
export default defineEvent({
  name: 'external-tag-shuffle',
  run: async () => {},
})
