import { formatClock } from '../../lib/format/dates.js'
import { formatMoney } from '../../lib/format/money.js'
import { drawRow, drawSection, fullDay } from './draw-quote.js'
import { ink, oneLine, PAGE, type Paper, WIDTH } from './paper.js'
import type { Acceptance, Sheet } from './sheet.js'

/** What it is, and what it is not: nobody shall take it for more. */
const WHAT_IT_IS =
  '本页记录客户在报价页面上的确认操作，作为双方沟通的证据留存。它不是合同，也不属于可靠的电子签名；双方的权利义务以另行签订的合同为准。'
const WANTS_STAMP = '本次确认约定盖章回传：收到盖章件（照片或 PDF）之前，仅表示客户的采购意向。'

/** The first page of an acceptance: who confirmed what, when and from where. The quote itself follows, whole. */
export function drawAcceptance(paper: Paper, { content, contentHash }: Sheet, acceptance: Acceptance): void {
  paper.put('报价确认书', PAGE.left, paper.y - 6, { size: 24, bold: true })
  paper.y += 34
  paper.say(`报价 ${content.number} · 第 ${content.version} 版${content.title ? ` · ${oneLine(content.title)}` : ''}`, {
    size: 10.5,
    colour: ink.soft,
  })
  paper.y += 6
  paper.rule(ink.accent, 1.6)
  paper.y += 4
  drawSection(paper, '确认的报价')
  drawRow(paper, '报价方', `${oneLine(content.from.organisation)} · ${oneLine(content.from.name)}`)
  drawRow(paper, '报价给', [content.to.company, content.to.name].flatMap((one) => (one ? [oneLine(one)] : [])).join(' · '))
  drawRow(paper, '合计', `${formatMoney(content.totals.totalFen)}（共 ${content.lines.length} 项，明细附后）`)
  drawRow(paper, '报价内容 SHA-256', contentHash)
  drawSection(paper, '确认人')
  drawRow(paper, '姓名', acceptance.name ?? '未填写')
  drawRow(paper, '手机', acceptance.phone ?? '未填写')
  if (acceptance.signature) drawSignature(paper, acceptance.signature)
  else drawRow(paper, '手写签名', '未签')
  if (acceptance.words) drawRow(paper, '留言', acceptance.words)
  drawSection(paper, '确认的经过')
  drawRow(paper, '时间', `${fullDay(acceptance.at)} ${formatClock(acceptance.at)}:${seconds(acceptance.at)}（北京时间）`)
  drawRow(paper, 'IP 地址', acceptance.ip)
  drawRow(paper, '设备', acceptance.device)
  drawRow(paper, '确认记录 SHA-256', acceptance.hash)
  paper.y += 14
  paper.say(acceptance.wantsStamp ? `${WHAT_IT_IS}\n${WANTS_STAMP}` : WHAT_IT_IS, {
    size: 8.5,
    colour: ink.soft,
    width: WIDTH,
    gap: 4,
  })
  paper.addPage()
}

function drawSignature(paper: Paper, signature: Uint8Array): void {
  paper.room(96)
  paper.put('手写签名', PAGE.left + 9, paper.y, { size: 9, colour: ink.soft, width: 100 })
  const [x, y] = [PAGE.left + 120, paper.y]
  paper.doc.rect(x, y, 220, 84).lineWidth(0.6).stroke(ink.line)
  paper.doc.image(Buffer.from(signature), x + 8, y + 6, { fit: [204, 72], align: 'center', valign: 'center' })
  paper.y += 92
}

const seconds = (at: string): string => String(new Date(at).getUTCSeconds()).padStart(2, '0')
