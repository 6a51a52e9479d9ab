/** 复姓 that still occur among customers; an avatar that says 欧 for 欧阳 looks like somebody else. */
const COMPOUND = '欧阳 司马 上官 诸葛 夏侯 司徒 皇甫 令狐 慕容 东方 南宫 尉迟 公孙 端木 轩辕 独孤'.split(' ')

/** What stands in an avatar: 黄老板 → 黄, 欧阳经理 → 欧阳, Tom Hanks → T. */
export function avatarName(name: string): string {
  const clean = name.trim()
  const compound = COMPOUND.find((one) => clean.startsWith(one))
  if (compound) return compound
  const first = [...clean][0]
  return first ? first.toUpperCase() : '客'
}

/** Cuts to `width` halves (a Chinese character is two wide, a Latin one is one) and says so with 「…」. Never cuts a character in two. */
export function shorten(text: string, width: number): string {
  const chars = [...text]
  let used = 0
  for (const [i, char] of chars.entries()) {
    used += isWide(char) ? 2 : 1
    if (used > width) return `${keep(chars.slice(0, i), width - 1)}…`
  }
  return text
}

/** A stable number from 0 up to (not including) `count`: the same person always has the same avatar colour. */
export function pickByName(name: string, count: number): number {
  let sum = 7
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003
  return sum % count
}

function keep(chars: string[], width: number): string {
  let used = 0
  let text = ''
  for (const char of chars) {
    used += isWide(char) ? 2 : 1
    if (used > width) break
    text += char
  }
  return text
}

function isWide(char: string): boolean {
  return (char.codePointAt(0) ?? 0) > 0x2e7f
}
