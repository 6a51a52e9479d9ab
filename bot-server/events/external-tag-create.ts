import { askTags } from '../../domain/follow/ask-tags.js'
import { defineEvent } from '../define.js'

/** The company has a new tag, or a group of them (official page 92130): the event doesn't say how it is called. */
export default defineEvent({
  name: 'external-tag-create',
  run: ({ work }, data, at) => askTags(work, `create:${String(data.Id)}:${at.getTime()}`),
})
