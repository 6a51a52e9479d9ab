const calm = ['#4f7fb8', '#5a8f7b', '#a0745a', '#7a6fa8', '#4c8c9a', '#9a6a82', '#7d8a4e', '#6b7a90']

const compoundSurnames = ['欧阳', '司马', '上官', '诸葛', '司徒', '东方', '皇甫', '尉迟', '公孙', '慕容', '令狐', '夏侯']

export const surnameOf = (name: string) => compoundSurnames.find((surname) => name.startsWith(surname)) ?? [...name][0] ?? '?'

/** The same person has the same colour everywhere on the desk. */
export function colourOf(id: string) {
  let sum = 48
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003
  return calm[sum % calm.length] ?? '#6b7a90'
}
