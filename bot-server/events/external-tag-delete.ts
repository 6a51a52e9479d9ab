import { askTags } from '../../domain/follow/ask-tags.js'
import { defineEvent } from '../define.js'

/** A tag of the company, or a group with all its tags, is no more (official page 92130). */
export default defineEvent({
  name: 'external-tag-delete',
  run: ({ work }, data, at) => askTags(work, `delete:${String(data.Id)}:${at.getTime()}`),
})
