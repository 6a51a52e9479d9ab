import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Saved } from '@nlpjs/neural'
import { readTurns } from './data/read-turns.js'
import { answerToCase, readFeedback, toUtterance } from './feedback.js'
import { hashOf, readCorpus, toSample, type Utterance } from './net/corpus.js'
import { judgeUrl, keeperUrl, loadNeural, type Model, modelUrl, type Name, putNet, SCALE } from './net/model.js'
import { maskNames, readCorpusNames } from './net/names.js'
import { spansUrl } from './net/spans.js'
import { shuffle } from './shuffle.js'
import { fitJudge, hashOfCases, learn, toCase } from './train-judge.js'

// npm run nlp:train [-- --with-feedback <labels.ndjson>], as GET /api/admin/labels exports them
// Deterministic: the same files give the same model, to the byte.

/** Few rounds: a net that learns its sentences by heart knows no others. Found on turns that it was not trained on. */
const SETTINGS = { iterations: 30, learningRate: 0.1, momentum: 0.5, log: false }

/** A net remembers what it saw last; the mean of several that saw the same in another order does not. */
const ORDERS = 5

/** Weight by weight, in the order of the first net's intents and features, the bias last. */
function averageOf(nets: Saved[]): number[][] {
  const first = nets[0] as Saved
  const places = nets.map(({ features, intents }) => ({
    feature: new Map(features.map((name, i) => [name, i])),
    intent: new Map(intents.map((name, i) => [name, i])),
  }))
  return first.intents.map((intent) =>
    [...first.features, null].map((feature) => {
      let sum = 0
      for (const [n, net] of nets.entries()) {
        const row = net.perceptrons[places[n]?.intent.get(intent) ?? -1]
        sum += row?.[feature === null ? row.length - 1 : (places[n]?.feature.get(feature) ?? -1)] ?? 0
      }
      return sum / nets.length
    }),
  )
}

export function train(corpus: Utterance[], feedback: Utterance[] = []): Model {
  const samples = corpus.map(toSample)
  const all = [...samples, ...feedback.map(toSample)]
  const nets = Array.from({ length: ORDERS }, (_, i) => {
    const net = new (loadNeural().NeuralNetwork)(SETTINGS)
    net.train(shuffle(all, i + 1))
    return net.toJSON()
  })
  const { settings, features, intents } = nets[0] as Saved
  return {
    settings,
    features,
    intents,
    perceptrons: averageOf(nets).map((row) => row.map((w) => Math.round(w * SCALE))),
    samples: hashOf(samples),
    feedback: feedback.length,
  }
}

export const CORPORA: Record<Name, () => Utterance[]> = {
  change: () => [...readCorpus('change/'), ...readCorpus('quiet/')],
  // What is said to the bot without wanting anything belongs to it, or thanks would be taken for a command.
  command: () => {
    const namesIn = readCorpusNames()
    return [
      ...readCorpus('').map(({ text, kind }) => ({ text: maskNames(text, namesIn(text)), kind })),
      ...readCorpus('quiet/')
        .filter(({ kind }) => kind === 'quiet/small-talk' || kind === 'quiet/phrases')
        .map(({ text }) => ({ text, kind: 'quiet' })),
    ]
  },
}

/** Net by net, then the judge that weighs the first one's opinion. */
function main(args: string[]): void {
  const at = args.indexOf('--with-feedback')
  const path = args[at + 1]
  if (at >= 0 && path === undefined) throw new Error('--with-feedback needs a file')
  const answers = at >= 0 && path !== undefined ? readFeedback(readFileSync(path, 'utf8'), path) : []
  mkdirSync(new URL('.', modelUrl('change')), { recursive: true })
  for (const name of ['change', 'command'] as const) {
    const corpus = CORPORA[name]()
    const model = train(corpus, name === 'change' ? answers.map(toUtterance) : [])
    writeFileSync(modelUrl(name), `${JSON.stringify(model)}\n`)
    putNet(name, model)
    console.log(
      `${name}: ${corpus.length} utterances, ${model.intents.length} intents, ${model.features.length} features` +
        (model.feedback > 0 ? `, ${model.feedback} answers from the sidebar` : ''),
    )
  }
  const turns = readTurns()
  const { spans, keeper, cases } = learn(turns)
  writeFileSync(spansUrl, `${JSON.stringify(spans)}\n`)
  writeFileSync(keeperUrl, `${JSON.stringify(keeper, null, 1)}\n`)
  const judge = { ...fitJudge([...cases, ...answers.map(answerToCase)]), cases: hashOfCases(turns.map(toCase)) }
  writeFileSync(judgeUrl, `${JSON.stringify(judge, null, 1)}\n`)
  console.log(`judge: ${turns.length} turns, ${Object.keys(judge.weights).length} kinds of evidence`)
}

if (process.argv[1]?.match(/nlp\/train\.[jt]s$/)) main(process.argv.slice(2))
