import { defineEvent } from '../define.js'

/** A tag of the company was made: nobody has it yet (official page 92130). */
export default defineEvent({
  name: 'external-tag-create',
  run: async () => {},
})
