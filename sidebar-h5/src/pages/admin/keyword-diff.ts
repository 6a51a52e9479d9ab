import type { KeywordVersion } from './api.js'

/** What a version changed against the one before it: 「加了 改模，去掉 加急」. */
export function diffWords(version: KeywordVersion, before: KeywordVersion | undefined): string {
  const old = before?.value ?? []
  const added = version.value.filter((word) => !old.includes(word))
  const gone = old.filter((word) => !version.value.includes(word))
  const parts = [added.length ? `加了 ${added.join('、')}` : '', gone.length ? `去掉 ${gone.join('、')}` : ''].filter(Boolean)
  return parts.join('，') || '没有变化'
}

/** Words out of a line: 「改模，加急 换料」; none twice, none that is set already. */
export function wordsIn(line: string, known: string[]): string[] {
  const said = line.split(/[\s,，、;；]+/).filter((word) => word !== '' && !known.includes(word))
  return [...new Set(said)]
}
