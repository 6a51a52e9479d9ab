import type { Turn } from './finding.js'
import { normalize } from './normalize.js'
import { itemOf } from './proposals/items.js'
import { specBefore } from './proposals/spec.js'
import type { Proposal, Scene } from './scene.js'

/** What stands around a choice: 那就用那个…的吧. */
const LEAD =
  /^(?:好的?|行吧?|嗯+|哦|可以|那么?|就|还是|我们?|都|全|统一|要|用|换成?|改成?|选|来|做成?|上|按|听你的|你说的|这个|那个|这种|那种|这款|那款)+/
const TRAIL = /(?:的|款|那款|那个|那种|吧|了|好了|就行|就好|可以|也行|也可以|呗|啦|哈|啊|嘛)+$/
const CONFIRMS = /之前说|上次说|对吧|对吗|没错|是吧|还是.{1,12}吧[?？]/
const NO_CHOICE =
  /[?？]|吗|不|没|太|贵|多少|什么|怎么|谢|考虑|商量|先|再|说|问|一样|方便|接受|一起|送|发|合适|需要|安排|确认|知道|明白|满意|同意|到货|没错|时间/

/**
 * 「防雾」「那就用那个实木贴皮的吧」: the customer takes one of the ways that the rep has just named. The words must be the rep's own,
 * and no value that is read elsewhere.
 */
export function readChoice(scene: Scene, rep: string): Proposal | null {
  const raw = scene.raw.slice(scene.offset)
  if (rep === '' || raw.length > 24 || NO_CHOICE.test(raw)) return null
  const said = normalize(rep)
  // 「还是混装吧？」·「对，混装」 only confirms.
  if (CONFIRMS.test(said) || /^\s?(?:对|是的?|没错|嗯)/.test(raw)) return null
  for (const clause of scene.clauses) {
    if (clause.from < scene.offset || clause.entities.some((e) => e.kind !== 'spec' && !(e.kind === 'quantity' && e.article)))
      continue
    const words = chosen(clause.text)
    if (words === null || !said.includes(words)) continue
    const item = itemOf(scene, clause, words)
    if (item !== null && (item.name.includes(words) || item.spec?.includes(words))) continue
    const from = clause.from + clause.text.indexOf(words)
    const before = specBefore(item, '', words)
    const at = { from, to: from + words.length, clause, same: false, strength: 0.8 }
    return { ...at, field: 'spec', item: item?.name || null, before, after: scene.raw.slice(from, from + words.length) }
  }
  return null
}

function chosen(text: string): string | null {
  const body = text.trim().replace(LEAD, '')
  // 「实木贴皮的吧圆角的啊」: the first of several.
  const words = (/^(.{2,8}?)的(?:吧|啊|那)/.exec(body)?.[1] ?? body).replace(TRAIL, '').trim()
  return words.length >= 2 && words.length <= 8 && /[一-龥A-Za-z]/.test(words) ? words : null
}

/** The rep's words that a choice may take up. */
export const wordsOfRep = (context: Turn[]): string =>
  context
    .slice(-3)
    .filter(({ speaker }) => speaker === 'rep')
    .map(({ text }) => text)
    .join('\n')
