/** Inner XML of a callback. Texts are CDATA and numbers are bare, as in the samples of [D 90239, D 90240]. */
type Value = string | number | bigint | Fields
export type Fields = { [name: string]: Value | Value[] }

export function writeXml(fields: Fields): string {
  return `<xml>${writeFields(fields)}</xml>`
}

function writeFields(fields: Fields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => [value].flat().map((one) => `<${name}>${writeValue(one)}</${name}>`))
    .join('')
}

function writeValue(value: Value): string {
  if (typeof value === 'object') return writeFields(value)
  return typeof value === 'string' ? cdata(value) : String(value)
}

/** A text that itself holds `]]>` goes into two sections. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
