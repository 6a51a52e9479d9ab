/**
 * How one says it elsewhere, as it is said here. Both sides of a pair have one length, so that offsets hold. Cantonese,
 * Shanghai, Henan, Sichuan, Hunan, North-East; and the slips of the keyboard that carry meaning.
 */
export const SPOKEN: [RegExp, string][] = [
  [/得唔得|中不中|成不成|得不得/g, '行不行'],
  [/要得不|得行不/g, '可以不'],
  [/唔该/g, '麻烦'],
  [/唔使|勿要|莫要/g, '不要'],
  [/要得/g, '可以'],
  [/得伐|中不(?=$|[\s，。？?!！])/g, '行吗'],
  [/唔|勿/g, '不'],
  [/莫(?=[加改拿放送发急忙催动搞整换])/g, '别'],
  [/冇/g, '没'],
  [/伐(?=$|[\s，。？?!！呀])/g, '吗'],
  [/阿拉/g, '我们'],
  [/[俺伲]/g, '我'],
  [/[恁侬]/g, '你'],
  [/哋/g, '们'],
  [/嘅/g, '的'],
  [/[咗哒](?!子)/g, '了'],
  [/啲/g, '些'],
  [/啷个|咋个|哪能(?=[调搞弄办])/g, '怎么'],
  [/么子|乜嘢/g, '什么'],
  [/晓得/g, '知道'],
  [/几多/g, '多少'],
  [/毫子/g, '毛钱'],
  [/(?<=[\d一二三四五六七八九十百千万])蚊/g, '元'],
  [/号头/g, '月份'],
  [/昨儿/g, '昨天'],
  [/今儿/g, '今天'],
  [/明儿/g, '明天'],
  [/(?<=\d月|[一二三四五六七八九十]月)分/g, '份'],
  [/以经/g, '已经'],
  [/发漂/g, '发票'],
  [/帐/g, '账'],
  [/合约/g, '合同'],
  [/阿(?=$|[\s，。？?!！])/g, '啊'],
]

/** Looked for once before the pairs are tried. */
export const MAYBE_SPOKEN =
  /[唔勿莫冇伐俺伲恁侬哋嘅咗哒啲么乜晓毫蚊漂帐阿]|得不得|要得|得行|得伐|中不|成不成|啷个|咋个|哪能|几多|号头|[昨今明]儿|月分|以经|合约/
