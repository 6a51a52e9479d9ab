import { askTags } from '../../domain/follow/ask-tags.js'
import { defineEvent } from '../define.js'

/** The order of the company's tags changed (official page 92130): a rep chooses from them in that order. */
export default defineEvent({
  name: 'external-tag-shuffle',
  run: ({ work }, data, at) => askTags(work, `shuffle:${String(data.Id)}:${at.getTime()}`),
})
