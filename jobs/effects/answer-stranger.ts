import { defineEffect, done, skip } from '../define.js'
import { sayThere } from '../say-there.js'

/** Words to somebody whom we can't write to but where they spoke. Died in between: said again, which is better than not at all. */
export default defineEffect({
  name: 'answer-stranger',
  ifUnknown: 'repeat',
  async run(deps, payload) {
    const answered = await sayThere(deps, payload)
    return answered ? done(answered) : skip('that conversation can’t be answered in any more')
  },
})
