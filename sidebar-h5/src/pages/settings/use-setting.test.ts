import { expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import type { Standing } from '../../../../domain/reminders/settings/settings.contract.js'
import { useSetting } from './use-setting.js'

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
type Draft = { words: string }
type Page = { standing: Standing; defaults: Draft; value: Draft }
const TYPING_MS = 300

it('saved on a slow line: what is read anew is looked at once it is here, and nothing before', async () => {
  const stored: Draft = { words: '一' }
  const looked: (Draft | null)[] = []
  let slow = 0
  const scope = effectScope()
  const setting = scope.run(() =>
    useSetting<Page, Draft, { problems: []; changes: [] }>(
      {
        load: async () => {
          await sleep(slow)
          return { standing: { version: 1 } as Standing, defaults: stored, value: { ...stored } }
        },
        preview: async (draft) => {
          looked.push(draft)
          return { problems: [], changes: [] }
        },
        dryRun: async () => ({}) as never,
        save: async ({ value }) => {
          Object.assign(stored, value)
          return { version: 2, moved: 0 }
        },
        history: async () => ({ versions: [] }),
      },
      (page) => page.value,
    ),
  )
  if (!setting) throw new Error('no scope')
  await sleep(5)
  slow = TYPING_MS + 150
  ;(setting.draft.value as Draft).words = '二'
  await nextTick()
  await setting.save()
  await sleep(TYPING_MS)
  expect(looked).toEqual([{ words: '一' }, { words: '二' }])
  expect(setting.refused.value).toBeNull()
  scope.stop()
})
