import { CallbackRefused } from '../sealed/refused.js'

/**
 * The inner XML, as a small strict parser of our own. WeCom writes elements, text and CDATA, nothing else; so nothing
 * else is understood: a DOCTYPE, an entity of someone's making, an attribute, a comment or a processing instruction is
 * refused, not skipped. That leaves nothing to switch off, and it takes a tenth of the time of a general parser
 * (npm run bench -- callback), which is most of what a callback costs before the database.
 */
export type XmlValue = string | XmlFields | (string | XmlFields)[]
export type XmlFields = { [name: string]: XmlValue }

const maxDepth = 12
const maxElements = 20_000
const entity = /&(?:amp|lt|gt|quot|apos|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));|&/g
const named: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" }

/** Makes an object that inherits nothing, as Object.create(null) does, but that is quicker to fill. */
function Bare() {}
Bare.prototype = Object.create(null)
const BareFields = Bare as unknown as new () => XmlFields

type Cursor = { text: string; at: number; elements: number }

/** The children of the root `<xml>`: text, nested fields, and a list where an element is repeated. */
export function parseXml(text: string): XmlFields {
  const cursor: Cursor = { text, at: skipSpace(text, 0), elements: 0 }
  if (!text.startsWith('<xml>', cursor.at)) throw malformed('root')
  cursor.at += 5
  const root = readContent(cursor, 'xml', 1)
  if (skipSpace(text, cursor.at) !== text.length) throw malformed('trailing text')
  if (typeof root === 'string') throw malformed('empty')
  return root
}

/** The text of a field that holds text once; else the empty string. */
export function textOf(fields: XmlFields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** Reads up to and with the closing tag. Repeated text and CDATA join; blanks between them are layout. */
function readContent(cursor: Cursor, name: string, depth: number): string | XmlFields {
  if (depth > maxDepth) throw malformed('depth')
  const { text } = cursor
  let said = ''
  let hasText = false
  let fields: XmlFields | null = null

  for (;;) {
    const open = text.indexOf('<', cursor.at)
    if (open < 0) throw malformed('unclosed element')
    if (open > skipSpace(text, cursor.at)) {
      said += readChars(text.slice(cursor.at, open))
      hasText = true
    }
    const next = text.charCodeAt(open + 1)
    if (next === 47 /* / */) {
      if (!text.startsWith(name, open + 2) || text.charCodeAt(open + 2 + name.length) !== 62) throw malformed('closing tag')
      cursor.at = open + 3 + name.length
      if (fields && hasText) throw malformed('text among elements')
      return fields ?? said
    }
    if (next === 33 /* ! */) {
      const end = text.startsWith('<![CDATA[', open) ? text.indexOf(']]>', open + 9) : -1
      if (end < 0) throw malformed('markup declaration')
      said += text.slice(open + 9, end)
      hasText = true
      cursor.at = end + 3
      continue
    }
    fields ??= new BareFields()
    readElement(cursor, open, { fields, depth })
  }
}

function readElement(cursor: Cursor, open: number, parent: { fields: XmlFields; depth: number }): void {
  if (++cursor.elements > maxElements) throw malformed('too many elements')
  const { text } = cursor
  let end = open + 1
  while (isNameCode(text.charCodeAt(end), end === open + 1)) end++
  const name = text.slice(open + 1, end)
  let value: string | XmlFields = ''
  if (name !== '' && text.charCodeAt(end) === 62 /* > */) {
    cursor.at = end + 1
    value = readContent(cursor, name, parent.depth + 1)
  } else if (name !== '' && text.startsWith('/>', end)) {
    cursor.at = end + 2
  } else {
    throw malformed('tag')
  }

  const before = parent.fields[name]
  if (before === undefined) parent.fields[name] = value
  else if (Array.isArray(before)) before.push(value)
  else parent.fields[name] = [before, value]
}

function skipSpace(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code === 32 || (code >= 9 && code <= 13); code = text.charCodeAt(at)) at++
  return at
}

function readChars(chars: string): string {
  if (!chars.includes('&')) return chars
  return chars.replace(entity, (whole, decimal?: string, hex?: string) => {
    if (decimal === undefined && hex === undefined) {
      const plain = named[whole]
      if (plain === undefined) throw malformed('entity')
      return plain
    }
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16)
    if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw malformed('character reference')
    return String.fromCodePoint(code)
  })
}

/** ASCII letters first, then digits, `_`, `-`, `.` too: no name can collide with what objects inherit. */
function isNameCode(code: number, first: boolean): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return true
  return !first && ((code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46)
}

function malformed(detail: string): CallbackRefused {
  return new CallbackRefused('malformed', `XML: ${detail}`)
}
