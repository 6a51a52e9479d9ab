import type { ChangeType, Span } from './finding.js'
import { CHANGE_WORD, KEPT, topicOf } from './lexicon.js'
import type { Scene } from './scene.js'
import { TYPE } from './weigh.js'

export type Announced = { score: number; types: ChangeType[]; spans: Span[] }

/** 「数量要调整一下」: a change is announced, its value still to come. */
export function readAnnounced(scene: Scene): Announced | null {
  for (const clause of scene.clauses) {
    if (clause.from < scene.offset || clause.mood === 'past' || clause.mood === 'others' || clause.mood === 'suppose') continue
    const match = CHANGE_WORD.exec(clause.text)
    if (!match || KEPT.test(clause.text)) continue
    const topic = topicOf(clause.text)
    const goods = /需求|功能|方案|图纸|设计|配置|清单|产品|型号|品种|款/.test(clause.text)
    const score = (topic === null ? 0.55 : 0.68) * (clause.mood === 'ask' ? 0.5 : 1) * (scene.open ? 1 : 0.95)
    const from = clause.from + match.index - scene.offset
    const type: ChangeType = topic === null ? (goods ? '功能增减' : '其他') : TYPE[topic]
    return { score, types: [type], spans: [{ from, to: from + match[0].length, field: topic ?? 'other' }] }
  }
  return null
}
