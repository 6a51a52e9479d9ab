export type UploadedFile = { name: string; type: string; data: Buffer }

const CRLF = Buffer.from('\r\n')
const BLANK = Buffer.from('\r\n\r\n')

/**
 * The file of a multipart/form-data body, in the field `media` [D 90389]. Clients write other fields beside `filename`, as the
 * page's own example does (`filelength`). Null: the body is no such form, or the file isn't in it.
 */
export function readFile(bytes: Buffer, contentType: string): UploadedFile | null {
  const boundary = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (!mark) return null
  for (const part of partsOf(bytes, Buffer.from(`--${mark}`))) {
    const split = part.indexOf(BLANK)
    if (split < 0) continue
    const head = part.subarray(0, split).toString('utf8')
    if (!/^content-disposition:\s*form-data;.*\bname="?media"?/im.test(head)) continue
    return {
      name: /\bfilename="([^"]*)"/i.exec(head)?.[1] ?? '',
      type: /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? '',
      data: part.subarray(split + BLANK.length),
    }
  }
  return null
}

/** What stands between two marks, without the line breaks that belong to them. */
function partsOf(bytes: Buffer, mark: Buffer): Buffer[] {
  const parts: Buffer[] = []
  let from = bytes.indexOf(mark)
  while (from >= 0) {
    const begin = from + mark.length + CRLF.length
    const next = bytes.indexOf(mark, begin)
    if (next < 0) break
    parts.push(bytes.subarray(begin, next - CRLF.length))
    from = next
  }
  return parts
}
