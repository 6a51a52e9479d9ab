/** A piece of a page: words in it are escaped already. */
export type Html = { readonly html: string }

type Piece = Html | Html[] | string | number | null | false

/** Whatever is put into it is escaped, unless it was made by this itself; null and false are nothing. */
export const html = (strings: TemplateStringsArray, ...pieces: Piece[]): Html => ({
  html: strings.reduce((text, part, i) => text + shown(pieces[i - 1] ?? null) + part),
})

function shown(piece: Piece): string {
  if (piece === null || piece === false) return ''
  if (Array.isArray(piece)) return piece.map((one) => one.html).join('')
  if (typeof piece === 'object') return piece.html
  return String(piece).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** Lines that somebody wrote stay lines. */
export const lines = (words: string): Html[] =>
  words.split(/\r?\n/).map((line, i) => (i === 0 ? html`${line}` : html`<br>${line}`))
