import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** Words on grounds, as the pages use them. */
const pairs = [
  [
    '--ink',
    ['--canvas', '--surface', '--sunken', '--says-customer', '--says-rep', '--found-soft', '--found-mark', '--accent-soft'],
  ],
  ['--ink-soft', ['--canvas', '--surface', '--sunken', '--says-rep']],
  ['--ink-faint', ['--canvas', '--surface', '--sunken']],
  ['--accent-ink', ['--canvas', '--surface', '--sunken', '--accent-soft']],
  ['--on-accent', ['--accent', '--accent-deep', '--bad']],
  ['--found-ink', ['--surface', '--found-soft']],
  ['--good-ink', ['--surface', '--good-soft']],
  ['--bad-ink', ['--canvas', '--surface', '--bad-soft']],
] as const

for (const theme of ['light', 'dark'] as const) {
  test(`words reach AA on every ground they stand on: ${theme}`, () => {
    const poor = pairs.flatMap(([word, grounds]) =>
      grounds
        .map((ground) => ({ pair: `${word} on ${ground}`, ratio: contrast(colour(word, theme), colour(ground, theme)) }))
        .filter((one) => one.ratio < 4.5),
    )
    expect(poor).toEqual([])
  })

  test(`the edge of a field can be seen: ${theme}`, () => {
    expect(contrast(colour('--line-strong', theme), colour('--surface', theme))).toBeGreaterThanOrEqual(3)
  })
}

function colour(token: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`${token}: ([^;]+);`).exec(css)?.[1] ?? ''
  const both = /light-dark\((#\w{6}), (#\w{6})\)/.exec(value)
  const found = both ? both[theme === 'light' ? 1 : 2] : /^#\w{6}$/.exec(value)?.[0]
  if (!found) throw new Error(`${token} is no plain colour: ${value}`)
  return found
}

/** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
