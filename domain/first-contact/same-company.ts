const FORM = /(?:集团)?(?:股份|责任)?(?:有限)?(?:责任|股份)?公司$/

/** What is left of a company's name when its legal form, blanks and brackets are not looked at. */
export function coreOf(name: string): string {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·・.,，。、"'“”‘’()[\]【】《》-]/g, '')
  return plain.replace(FORM, '') || plain
}

/** 「华强五金」 and 「华强五金有限公司」. Nothing looser: 「深圳华强」 and 「广州华强」 are two. */
export function isSameCompany(a: string, b: string): boolean {
  const core = coreOf(a)
  return core.length >= 2 && core === coreOf(b)
}
