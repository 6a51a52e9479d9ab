import { askTags } from '../../domain/follow/ask-tags.js'
import { defineEvent } from '../define.js'

/** A tag of the company, or a group of tags, was renamed: the event says which, not how it is called now (official page 92130). */
export default defineEvent({
  name: 'external-tag-update',
  run: ({ work }, data, at) => askTags(work, `update:${String(data.Id)}:${at.getTime()}`),
})
