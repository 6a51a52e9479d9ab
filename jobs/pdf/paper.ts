import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89, left: 42, right: 42, top: 42, bottom: 62 }
export const WIDTH = PAGE.width - PAGE.left - PAGE.right
export const ink = { plain: '#1a1e25', soft: '#535b68', faint: '#7b8390', line: '#e2e5ea', accent: '#1a5bc4', wash: '#f4f6f9' }

export type Style = { size?: number; bold?: boolean; colour?: string; align?: 'left' | 'right' | 'center'; width?: number }
export type Paper = ReturnType<typeof openPaper>

/** Noto Sans Hans, SIL Open Font License 1.1; what a page needs of it is embedded. Read once a process. */
const fontFile = (weight: string) => {
  const entry = import.meta.resolve('@embedpdf/fonts-sc')
  return readFileSync(fileURLToPath(new URL(`../fonts/NotoSansHans-${weight}.otf`, entry)))
}
let fonts: { plain: Buffer; bold: Buffer } | undefined

/**
 * A paper that is written from above: `y` is where the next thing stands, `room` begins a page where it would not fit. Its
 * bytes follow from what is written and `made` alone, so that a second drawing is the same file.
 */
export function openPaper({ title, author, made }: { title: string; author: string; made: Date }) {
  const info = { Title: title, Author: author, Creator: 'Bulou', Producer: 'Bulou', CreationDate: made, ModDate: made }
  // Margins of none: pdfkit would begin pages of its own.
  const doc = new PDFDocument({ size: 'A4', margin: 0, bufferPages: true, info, lang: 'zh-CN', displayTitle: true })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  fonts ??= { plain: fontFile('Regular'), bold: fontFile('Medium') }
  doc.registerFont('plain', fonts.plain).registerFont('bold', fonts.bold)

  const paper = {
    doc,
    y: PAGE.top,
    /** Drawn on each new page, before what goes on there. */
    head: null as (() => void) | null,
    addPage(): void {
      doc.addPage()
      paper.y = PAGE.top
      paper.head?.()
    },
    /** Sees to `height` free points on this page. */
    room(height: number): void {
      if (paper.y + height > PAGE.height - PAGE.bottom) paper.addPage()
    },
    /** Height of a text that is wrapped. */
    measure(text: string, style: Style): number {
      set(style)
      return text === '' ? 0 : doc.heightOfString(text, { width: style.width ?? WIDTH })
    },
    /** Writes at a place and moves nothing. */
    put(text: string, x: number, y: number, style: Style = {}): void {
      set(style).text(text, x, y, { width: style.width ?? WIDTH, align: style.align ?? 'left' })
    },
    /** Writes at `y` and goes on below; a paragraph is never cut by the end of a page. */
    say(text: string, style: Style & { x?: number; gap?: number } = {}): void {
      for (const paragraph of paragraphs(text)) {
        const height = paper.measure(paragraph, style)
        paper.room(height)
        paper.put(paragraph, style.x ?? PAGE.left, paper.y, style)
        paper.y += height + (style.gap ?? 0)
      }
    },
    rule(colour = ink.line, weight = 0.6): void {
      doc
        .moveTo(PAGE.left, paper.y)
        .lineTo(PAGE.left + WIDTH, paper.y)
        .lineWidth(weight)
        .stroke(colour)
    },
    /** Writes the foot of every page and closes it. */
    async close(foot: (page: number, pages: number) => void): Promise<Buffer> {
      const { start, count } = doc.bufferedPageRange()
      for (let i = 0; i < count; i++) {
        doc.switchToPage(start + i)
        foot(i + 1, count)
      }
      doc.end()
      return whole
    },
  }
  const set = ({ size = 9.5, bold = false, colour = ink.plain }: Style) =>
    doc
      .font(bold ? 'bold' : 'plain')
      .fontSize(size)
      .fillColor(colour)
  return paper
}

/** Lines that people made, without empty ones. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')

/** A name on paper has one line of its own making. */
export const oneLine = (text: string): string => paragraphs(text).join(' ')
