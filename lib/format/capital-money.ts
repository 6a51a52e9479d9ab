const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

/** 「壹万贰仟叁佰元伍角整」: an amount as papers write it out, so that no digit can be added. Whole 分, 0 and more. */
export function capitalMoney(fen: bigint | number): string {
  const all = BigInt(fen)
  if (all < 0n) throw new RangeError('an amount on paper is not negative')
  const [yuan, jiao, cent] = [all / 100n, Number((all / 10n) % 10n), Number(all % 10n)]
  const whole = yuan > 0n ? `${capitalWhole(yuan)}元` : ''
  if (jiao === 0 && cent === 0) return `${whole || '零元'}整`
  const zero = whole !== '' && jiao === 0 ? '零' : ''
  return `${whole}${zero}${jiao > 0 ? `${DIGITS[jiao]}角` : ''}${cent > 0 ? `${DIGITS[cent]}分` : '整'}`
}

/** Groups of four digits, the highest first; several zeros between digits are read as one. */
function capitalWhole(yuan: bigint): string {
  const digits = yuan.toString()
  let words = ''
  let zero = false
  let groupSaid = false
  for (const [i, char] of [...digits].entries()) {
    const place = digits.length - 1 - i
    const digit = Number(char)
    if (digit === 0) zero = true
    else {
      words += `${zero && words !== '' ? '零' : ''}${DIGITS[digit]}${PLACES[place % 4]}`
      zero = false
      groupSaid = true
    }
    if (place % 4 !== 0) continue
    if (groupSaid) words += GROUPS[place / 4] ?? ''
    groupSaid = false
  }
  return words
}
