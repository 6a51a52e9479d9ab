import type { Locator } from 'playwright-core'
import { waitFor } from '../rig/wait-for.js'

/** A part of what somebody has before their eyes. All waits are for what they would see. */
export type Screen = ReturnType<typeof screen>
type Words = string | RegExp

const PATIENCE_MS = 25_000
const packed = (text: string) => text.replace(/\s+/g, '')
const TAPPABLE = ['button', 'link', 'radio', 'checkbox'] as const

export function screen(name: string, root: Locator) {
  /** As read from top to bottom. Where lines break and how words are spaced is the layout's affair: all space is left out. */
  const read = async () => packed(await root.innerText({ timeout: 5_000 }))
  const shows = (text: string, words: Words) => (typeof words === 'string' ? text.includes(packed(words)) : words.test(text))

  async function until(wanted: (text: string) => boolean, what: string): Promise<void> {
    let last = ''
    const look = async () => {
      last = await read()
      return wanted(last)
    }
    await waitFor(look, { ms: PATIENCE_MS, every: 100 }).catch(() => {
      throw new Error(`${name} ${what}. What stands there: ${last}`)
    })
  }

  /** By what it says, exactly, or by a pattern; the newest where there are several. */
  const control = (label: Words) => {
    const named = typeof label === 'string' ? { name: label, exact: true } : { name: label }
    const [first, ...others] = TAPPABLE.map((role) => root.getByRole(role, named))
    return others.reduce((any, one) => any.or(one), first as Locator).last()
  }
  const field = (label: Words) => root.getByLabel(label).last()

  return {
    root,
    text: read,
    async sees(...wanted: Words[]): Promise<void> {
      await until((text) => wanted.every((words) => shows(text, words)), `never showed ${wanted.join(' and ')}`)
    },
    async seesNoMore(...gone: Words[]): Promise<void> {
      await until((text) => !gone.some((words) => shows(text, words)), `still shows ${gone.join(' or ')}`)
    },
    async taps(label: Words): Promise<void> {
      await control(label).click()
    },
    async tapsTwice(label: Words): Promise<void> {
      await control(label).dblclick()
    },
    async types(label: Words, words: string): Promise<void> {
      await field(label).fill(words)
    },
    async hasTyped(label: Words): Promise<string> {
      return field(label).inputValue()
    },
    async isChosen(label: Words): Promise<boolean> {
      const [pressed, checked] = await Promise.all(
        ['aria-pressed', 'aria-checked'].map((state) => control(label).getAttribute(state)),
      )
      return pressed === 'true' || checked === 'true'
    },
    /** A mark that a reload would wipe away. */
    marks: () => root.evaluate(({ ownerDocument }) => void Object.assign(ownerDocument, { marked: true })),
    isMarked: () => root.evaluate(({ ownerDocument }) => 'marked' in ownerDocument),
    control,
  }
}
