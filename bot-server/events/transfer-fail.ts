import { z } from 'zod'
import { noteTransferFailed } from '../../domain/follow/note-transfer-failed.js'
import { defineEvent } from '../define.js'
import { readPair } from '../read-pair.js'

const told = z.object({ FailReason: z.string().default('') })

/** A customer did not go over to the colleague who was to take them (official page 92130). */
export default defineEvent({
  name: 'transfer-fail',
  run: ({ work, organisation }, data) =>
    noteTransferFailed(work, { organisation, ...readPair(data), reason: told.parse(data).FailReason }),
})
