/** A company's name as it is compared: width, case, blanks, brackets and the legal form behind it don't count. */
export function companyKey(name: string): string {
  const plain = plainKey(name)
  const short = plain.replace(/(?:股份)?有限(?:责任)?公司$|公司$/, '')
  // 「公司」 alone, or a single letter before it, says nothing without its form.
  return [...short].length >= 2 ? short : plain
}

/** A person's name: the form of address behind it doesn't count, 「王总」 stays what it is. */
export const personKey = (name: string): string => plainKey(name).replace(/(?<=.{2})(?:先生|女士|小姐)$/, '')

const plainKey = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
