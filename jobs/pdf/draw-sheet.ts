import { drawAcceptance } from './draw-acceptance.js'
import { drawQuote } from './draw-quote.js'
import { ink, oneLine, openPaper, PAGE, WIDTH } from './paper.js'
import type { Sheet } from './sheet.js'
import { isUsable } from './usable-picture.js'

/** A quote or its acceptance as the bytes of a PDF: the same sheet is the same bytes. Pictures that no paper can show are left out. */
export async function drawSheet(sheet: Sheet): Promise<Buffer> {
  const { content, contentHash, acceptance } = sheet
  const what = acceptance ? '报价确认书' : '报价单'
  const paper = openPaper({
    title: `${what} ${content.number} 第 ${content.version} 版 ${oneLine(content.to.company)}`,
    author: oneLine(content.from.organisation),
    made: new Date(acceptance?.at ?? content.sentAt),
  })
  if (acceptance) {
    const signature = acceptance.signature && (await isUsable(acceptance.signature)) ? acceptance.signature : null
    drawAcceptance(paper, sheet, { ...acceptance, signature })
  }
  drawQuote(paper, content, await usable(sheet.pictures))
  return paper.close((page, pages) => {
    const y = PAGE.height - PAGE.bottom + 20
    paper.y = y - 8
    paper.rule()
    const style = { size: 7.5, colour: ink.faint }
    const words = `${oneLine(content.from.organisation)} · 报价 ${content.number} 第 ${content.version} 版`
    paper.put(words, PAGE.left, y, { ...style, width: WIDTH - 80 })
    paper.put(`第 ${page} / ${pages} 页`, PAGE.left, y, { ...style, align: 'right' })
    paper.put(`内容 SHA-256　${contentHash}`, PAGE.left, y + 12, { ...style, size: 6.5 })
  })
}

async function usable(pictures: Sheet['pictures']): Promise<Sheet['pictures']> {
  const kept: Sheet['pictures'] = {}
  for (const [id, picture] of Object.entries(pictures)) if (await isUsable(picture)) kept[id] = picture
  return kept
}
