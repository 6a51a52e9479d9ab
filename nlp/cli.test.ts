import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { answerLine } from './cli.js'

const deal = {
  items: [{ name: '锁定钢板', spec: '7孔', qty: 200, unit: '套' }],
  delivery: '2026-03-25',
  budget: 85000,
  terms: '月结30天',
}
const ask = (more: object) =>
  JSON.parse(answerLine(JSON.stringify({ id: 'a', text: '数量加到300套', context: [], deal, today: '2026-03-12', ...more })))

describe('one JSON a line', () => {
  it('answers with exactly the agreed names', () => {
    expect(ask({})).toEqual({
      id: 'a',
      change: true,
      score: expect.any(Number),
      types: ['功能增减'],
      slots: [{ field: 'quantity', item: '锁定钢板', before: '200套', after: '300套' }],
      signals: [],
    })
    expect(ask({ text: '太贵了', deal: null })).toMatchObject({ change: false, signals: ['预算质疑'] })
  })

  it('bends where others write a deal in words', () => {
    const loose = { items: [{ name: '锁定钢板', qty: '200套' }], delivery: '3月25日', budget: '8.5万' }
    expect(ask({ deal: loose }).slots[0].before).toBe('200套')
    expect(ask({ deal: loose, text: '预算压到8万，交期改到3月20日' }).slots).toEqual([
      { field: 'budget', item: null, before: 85000, after: 80000 },
      { field: 'delivery', item: null, before: '2026-03-25', after: '2026-03-20' },
    ])
    expect(ask({ context: null, deal: undefined }).id).toBe('a')
  })

  it('writes quantities with their unit and no blank, and money as a number of yuan', () => {
    const values = (text: string) => ask({ text }).slots.map((s: { after: unknown }) => s.after)
    expect(values('数量改成350到400套')).toEqual(['350-400套'])
    expect(values('单价改成35块5吧')).toEqual([35.5])
    expect(values('单价再便宜两毛吧')).toEqual(['-0.2'])
    expect(values('交期推到4月2号')).toEqual(['2026-04-02'])
  })

  it.each(['{', '[]', 'null', '"x"', '{"id":7}', '{"id":7,"text":"x"}', '{"id":7,"text":"x","today":"soon"}'])(
    'answers %s with an error',
    (line) => {
      expect(JSON.parse(answerLine(line)).error).toEqual(expect.any(String))
    },
  )

  it('streams in order and outlives a bad line', () => {
    const lines = [
      '{"id":1,"text":"数量加到300套","today":"2026-03-12"}',
      'broken',
      '',
      '{"id":3,"text":"好的","today":"2026-03-12"}',
    ]
    const run = spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('cli.ts', import.meta.url)), '--jsonl'], {
      input: lines.join('\n'),
      encoding: 'utf8',
    })
    expect(run.status).toBe(0)
    const out = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(out.map((o) => o.id)).toEqual([1, null, 3])
    expect(out[1].error).toMatch(/JSON/)
  })
})
