/** Inner XML of a callback. Texts are CDATA and numbers are bare, as in the samples of [D 90239, D 90240]. */
export type Fields = { [name: string]: string | number | Fields | Fields[] }

export function writeXml(fields: Fields): string {
  return `<xml>${writeFields(fields)}</xml>`
}

function writeFields(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      if (Array.isArray(value)) return value.map((item) => `<${name}>${writeFields(item)}</${name}>`).join('')
      if (typeof value === 'object') return `<${name}>${writeFields(value)}</${name}>`
      return `<${name}>${typeof value === 'number' ? value : cdata(value)}</${name}>`
    })
    .join('')
}

/** A text that itself holds `]]>` goes into two sections. */
export const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
