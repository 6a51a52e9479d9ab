import { noteEnd } from '../../domain/follow/note-end.js'
import { defineEvent } from '../define.js'
import { readPair } from '../read-pair.js'

/** A rep deleted a customer, or the customer went over to a colleague (official page 92130). */
export default defineEvent({
  name: 'del-external-contact',
  async run({ work, organisation }, data, at) {
    const by = data.Source === 'DELETE_BY_TRANSFER' ? 'transfer' : 'rep'
    await noteEnd(work, { organisation, ...readPair(data), at, by })
  },
})
