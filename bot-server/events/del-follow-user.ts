import { noteEnd } from '../../domain/follow/note-end.js'
import { defineEvent } from '../define.js'
import { readPair } from '../read-pair.js'

/** A customer deleted a rep, whose list keeps them all the same (official page 92130). */
export default defineEvent({
  name: 'del-follow-user',
  run: ({ work, organisation }, data, at) => noteEnd(work, { organisation, ...readPair(data), at, by: 'customer' }),
})
