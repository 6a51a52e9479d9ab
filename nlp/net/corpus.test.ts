import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTurns } from '../data/read-turns.js'
import { CORPORA, train } from '../train.js'
import { hashOfCases, toCase } from '../train-judge.js'
import { hashOf, readCorpus, toSample } from './corpus.js'
import { explainNet, modelUrl, readJudge, readModel, useNet } from './model.js'

const commands = readCorpus('')
const changes = readCorpus('change/')
const quiet = readCorpus('quiet/')

describe('the corpus', () => {
  it('has at least 60 different utterances for each intent and 1,500 hard negatives', () => {
    const kinds = new Map<string, Set<string>>()
    for (const { text, kind } of [...commands, ...changes, ...quiet]) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(text))
    for (const [kind, texts] of kinds) expect(texts.size, kind).toBeGreaterThanOrEqual(60)
    expect(new Set(quiet.map(({ text }) => text)).size).toBeGreaterThanOrEqual(1500)
    for (const name of ['help', 'who-am-i', 'waiting', 'must-follow', 'look-up', 'quote', 'payments', 'requirements', 'note'])
      expect([...kinds.keys()]).toContain(name)
    for (const name of ['remind-me', 'opportunity', 'lost', 'customer-said', 'feedback', 'team', 'nudge'])
      expect([...kinds.keys()]).toContain(name)
  })

  it('says nothing twice with two meanings, but for a bare yes, which agrees or only acknowledges', () => {
    const meant = new Map<string, string>()
    for (const { text, kind } of [...changes, ...quiet].filter(({ kind }) => kind !== 'change/agree')) {
      expect(kind.split('/')[0], text).toBe((meant.get(text) ?? kind).split('/')[0])
      meant.set(text, kind)
    }
  })

  it('holds no turn that it is measured on, but for words too short to belong to anybody', () => {
    const lines = new Set([...changes, ...quiet].map(({ text }) => text))
    expect(
      readTurns()
        .filter(({ question }) => question.text.length > 5 && lines.has(question.text))
        .map(({ id }) => id),
    ).toEqual([])
  })
})

describe('a saved model', () => {
  it.each(['change', 'command'] as const)(
    '%s was trained on this corpus, read by these readers (else: npm run nlp:train)',
    (name) => {
      expect(readModel(name).samples).toBe(hashOf(CORPORA[name]().map(toSample)))
      expect(statSync(modelUrl(name)).size).toBeLessThan(2_000_000)
    },
  )

  it('the judge was trained on these turns, as they are heard now (else: npm run nlp:train)', () => {
    expect(readJudge().cases).toBe(hashOfCases(readTurns().map(toCase)))
  }, 120_000)

  it('comes out of training the same, to the byte, and heeds what reps answered', () => {
    const few = [...changes.slice(0, 40), ...quiet.slice(0, 40)]
    expect(JSON.stringify(train(few))).toBe(JSON.stringify(train(few)))
    const taught = train(few, [{ text: '老板要三百六', kind: 'change/quantity' }])
    expect(taught.feedback).toBe(1)
    expect(taught.samples).toBe(train(few).samples)
    expect(taught.features.length).toBeGreaterThan(train(few).features.length)
  })

  it('knows its own utterances and says which characters spoke', () => {
    const net = useNet('change')
    const right = [...changes, ...quiet].filter((one) => {
      const found = Object.entries(net(toSample(one).input)).sort((a, b) => b[1] - a[1])[0]
      return found?.[0].split('/')[0] === one.kind.split('/')[0]
    })
    expect(right.length / (changes.length + quiet.length)).toBeGreaterThan(0.9)
    const grams = explainNet('change', toSample({ text: '交期改到下周五', kind: '' }).input, 'change/delivery').map(
      ({ gram }) => gram,
    )
    expect(grams.some((gram) => '交期改到'.includes(gram))).toBe(true)
  })
})
