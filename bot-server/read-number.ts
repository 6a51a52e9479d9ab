const DIGITS = '一二三四五六七八九'

/** 「1」「２」「①」「第二个」「选1吧」: the number of a choice, or null where a sentence says more than that. */
export function readNumber(text: string): number | null {
  const found = /^(?:我?选|是|要|回复|第)*\s*([1-9一二三四五六七八九])\s*(?:个|号|项|家|条)?(?:吧|啊|呀)?[.。、，!！~]*$/u.exec(
    text.normalize('NFKC').trim(),
  )
  const digit = found?.[1]
  if (!digit) return null
  return DIGITS.includes(digit) ? DIGITS.indexOf(digit) + 1 : Number(digit)
}
