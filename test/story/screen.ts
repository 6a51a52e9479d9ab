import type { Locator } from 'playwright-core'
import { waitFor } from '../rig/wait-for.js'

type Words = string | RegExp

const PATIENCE_MS = 25_000
const packed = (text: string) => text.replace(/\s+/g, '')
const TAPPABLE = ['button', 'link', 'radio', 'checkbox'] as const

/** A part of what somebody has before their eyes. All waits are for what they would see. */
export type Screen = {
  /** All the words that stand there, without space. */
  text: () => Promise<string>
  /** Waits until all of it stands there together. */
  sees: (...wanted: Words[]) => Promise<void>
  seesNoMore: (...gone: Words[]) => Promise<void>
  /** What can be tapped and says this; the newest where there are several. */
  taps: (label: Words) => Promise<void>
  tapsTwice: (label: Words) => Promise<void>
  types: (label: Words, words: string) => Promise<void>
  hasTyped: (label: Words) => Promise<string>
  isChosen: (label: Words) => Promise<boolean>
  /** A part of it that has a name. */
  within: (role: 'group' | 'dialog' | 'list' | 'region', label: string) => Screen
  /** Leaves a mark that a reload would wipe away. */
  marks: () => Promise<void>
  isMarked: () => Promise<boolean>
}

export function screen(name: string, root: Locator): Screen {
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

  const control = (label: Words) => {
    const named = typeof label === 'string' ? { name: label, exact: true } : { name: label }
    const [first, ...others] = TAPPABLE.map((role) => root.getByRole(role, named))
    return others.reduce((any, one) => any.or(one), first as Locator).last()
  }
  const field = (label: Words) => root.getByLabel(label).last()

  return {
    text: read,
    sees: (...wanted) => until((text) => wanted.every((words) => shows(text, words)), `never showed ${wanted.join(' and ')}`),
    seesNoMore: (...gone) => until((text) => !gone.some((words) => shows(text, words)), `still shows ${gone.join(' or ')}`),
    taps: (label) => control(label).click(),
    tapsTwice: (label) => control(label).dblclick(),
    types: (label, words) => field(label).fill(words),
    hasTyped: (label) => field(label).inputValue(),
    async isChosen(label) {
      const states = ['aria-pressed', 'aria-checked'].map((state) => control(label).getAttribute(state))
      return (await Promise.all(states)).includes('true')
    },
    within: (role, label) => screen(`${name}, ${label}`, root.getByRole(role, { name: label })),
    marks: () => root.evaluate(({ ownerDocument }) => void Object.assign(ownerDocument, { marked: true })),
    isMarked: () => root.evaluate(({ ownerDocument }) => 'marked' in ownerDocument),
  }
}
