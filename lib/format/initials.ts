/** The first character of each letter in the Chinese collation: what sorts between 八 and 嚓 is read b…. No syllable begins with i, u or v. */
const FIRST = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀'
const LETTER = 'abcdefghjklmnopqrstwxyz'
const collator = new Intl.Collator('zh-CN')
/** Comparing is slow, and names are made of a few thousand characters. */
const known = new Map<string, string>()

/** 「仁济骨科医院」 → 「rjgkyy」: how a name is typed in haste. A character of two readings has its usual one; the rest stays as it is. */
export function initialsOf(name: string): string {
  return [...name.toLowerCase()].map((one) => (/[\u4e00-\u9fff]/.test(one) ? initialOf(one) : one)).join('')
}

function initialOf(character: string): string {
  const found = known.get(character)
  if (found) return found
  let letter = LETTER[0] ?? ''
  for (const [i, first] of [...FIRST].entries()) {
    if (collator.compare(first, character) > 0) break
    letter = LETTER[i] ?? letter
  }
  known.set(character, letter)
  return letter
}
