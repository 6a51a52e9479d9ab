import { MAYBE_SPOKEN, SPOKEN } from './dialect.js'
import { remember } from './remember.js'

/** Traditional forms that reach us from Hong Kong, Taiwan and old phones; only those that carry meaning for a reader of deals. */
const TRADITIONAL =
  '數貨週號個萬塊錢價預單訂換減後過還幾點給發說這來兩張條隻臺運時間節慶貴讓買賣頭體員質現餘憑證開關從將箇億禮農曆復錯們麼嗎對應無為與'
const SIMPLIFIED =
  '数货周号个万块钱价预单订换减后过还几点给发说这来两张条只台运时间节庆贵让买卖头体员质现余凭证开关从将个亿礼农历复错们么吗对应无为与'

const table = new Map<string, string>([
  ['×', '*'],
  ['✕', '*'],
  ['～', '~'],
  ['〜', '~'],
  ['—', '-'],
  ['–', '-'],
  ['－', '-'],
  ['　', ' '],
  ['\u00a0', ' '],
  ['→', '→'],
  ['￥', '¥'],
])
for (let i = 0; i < TRADITIONAL.length; i++) table.set(TRADITIONAL.charAt(i), SIMPLIFIED.charAt(i))
// Full-width letters, digits and signs; the Chinese comma, question and exclamation marks keep their own meaning.
for (let code = 0xff01; code <= 0xff5e; code++) {
  const wide = String.fromCharCode(code)
  if (!'，？！；'.includes(wide) && !table.has(wide)) table.set(wide, String.fromCharCode(code - 0xfee0))
}

/** What voice input writes for the words of a deal. Each pair has one length, so that offsets hold. */
const MISHEARD: [RegExp, string][] = [
  [/[叫教缴]期/g, '交期'],
  [/[叫教缴]货(?!款)/g, '交货'],
  [/(?<![应活本])该成(?!为|本|功|立|交)/g, '改成'],
  [/该到(?=[\d一二两三四五六七八九十下这月周明后大])/g, '改到'],
  [/在(?=[加来多要]\s?(?:\d|[一二两三四五六七八九十几百]))/g, '再'],
  [/在追加/g, '再追加'],
  [/与算/g, '预算'],
  [/张期(?=[\d一二三四六九改]|能|可)/g, '账期'],
]

/** For each character code what is written for it, or 0: a table is read faster than so large a class is matched. */
const WRITTEN = new Uint16Array(0x1_0000)
for (const [said, meant] of table) WRITTEN[said.charCodeAt(0)] = meant.charCodeAt(0)

function inOneSpelling(text: string): string {
  let out = ''
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const meant = WRITTEN[text.charCodeAt(at)] as number
    if (meant === 0) continue
    out += text.slice(from, at) + String.fromCharCode(meant)
    from = at + 1
  }
  return from === 0 ? text : out + text.slice(from)
}

/** Looked for once before the pairs are tried. */
const MAYBE_MISHEARD = /[叫教缴]|该[成到]|在[加来多要追]|与算|张期/

const respell = (text: string, pairs: [RegExp, string][]) =>
  pairs.reduce((out, [said, meant]) => out.replace(said, (found) => (found.length === meant.length ? meant : found)), text)

/** The same text in one spelling, character for character: every offset into the result is an offset into the original. */
export const normalize = remember(128, (text): string => {
  let out = inOneSpelling(text)
  if (MAYBE_MISHEARD.test(out)) out = respell(out, MISHEARD)
  if (MAYBE_SPOKEN.test(out)) out = respell(out, SPOKEN)
  return out
})
