import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { NeuralNetwork, Saved } from '@nlpjs/neural'

/** As it lies on disk: weights in thousandths, which costs no accuracy and a third of the bytes. */
export type Model = Saved & { samples: string; feedback: number }
export type Name = 'change' | 'command'
export type Net = (bag: Record<string, number>) => Record<string, number>

const require = createRequire(import.meta.url)
/** Of node-nlp only this part is loaded (44 KB); the whole would bring 100 MB, a dictionary and its console lines. */
export const loadNeural = (): typeof import('@nlpjs/neural') => require('@nlpjs/neural')

export const modelUrl = (name: Name): URL => new URL(`../model/${name}.json`, import.meta.url)
export const readModel = (name: Name): Model => JSON.parse(readFileSync(modelUrl(name), 'utf8')) as Model

export const SCALE = 1000

/**
 * A net as it is asked: for each gram its weights for all intents side by side, so that a message looks up each gram once. What
 * it says is what node-nlp's own net says, letter for letter (`net.test.ts`).
 */
type Table = { model: Model; grams: Map<number, Gram>; bias: Float32Array; alpha: number; asked: number }
type Gram = { weights: Float32Array; asked: number }

/** A gram as one small integer: two characters of 16 bits. */
const keyOf = (gram: string) => (gram.charCodeAt(0) << 16) | (gram.length > 1 ? gram.charCodeAt(1) : 0)

const tables = new Map<Name, Table>()

function tableOf(name: Name): Table {
  const known = tables.get(name)
  if (known) return known
  putNet(name, readModel(name))
  return tables.get(name) as Table
}

/** From now on that name is answered by this model: in training, by one that has not seen the turn it is asked about. */
export function putNet(name: Name, model: Model): void {
  const { features, intents, perceptrons, settings } = model
  const all = new Float32Array(features.length * intents.length)
  for (const [i, row] of perceptrons.entries())
    for (let f = 0; f < features.length; f++) all[f * intents.length + i] = (row[f] ?? 0) / SCALE
  const grams = new Map<number, Gram>()
  for (const [f, gram] of features.entries())
    grams.set(keyOf(gram), { weights: all.subarray(f * intents.length, (f + 1) * intents.length), asked: 0 })
  const bias = Float32Array.from(perceptrons, (row) => (row[features.length] ?? 0) / SCALE)
  tables.set(name, { model, grams, bias, alpha: settings.alpha ?? 0.07, asked: 0 })
}

/** The intents that the net of that name tells apart, in the order of its answers. */
export const intentsOf = (name: Name): string[] => tableOf(name).model.intents

/** How much each intent is heard in these signs (`signsOf`), in the order of `intentsOf`. */
export function askNet(name: Name, signs: number[]): Float32Array {
  const table = tableOf(name)
  const sums = table.bias.slice()
  const asked = ++table.asked
  const add = (key: number) => {
    const gram = table.grams.get(key)
    // Each gram counts once.
    if (!gram || gram.asked === asked) return
    gram.asked = asked
    const { weights } = gram
    for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (weights[i] as number)
  }
  for (let i = 0; i < signs.length - 1; i++) {
    const sign = (signs[i] as number) << 16
    if (i > 0) add(sign)
    add(sign | (signs[i + 1] as number))
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) <= 0 ? 0 : table.alpha * (sums[i] as number)
  return sums
}

const networks = new WeakMap<Model, NeuralNetwork>()
/** node-nlp's own net of that name, for what is asked seldom: why it says what it says. */
function network(name: Name): NeuralNetwork {
  const { model } = tableOf(name)
  const known = networks.get(model)
  if (known) return known
  const { settings, features, intents, perceptrons } = model
  const net = new (loadNeural().NeuralNetwork)()
  net.fromJSON({ settings, features, intents, perceptrons: perceptrons.map((row) => row.map((w) => w / SCALE)) })
  networks.set(model, net)
  return net
}

/** What node-nlp itself says. */
export const useNet =
  (name: Name): Net =>
  (bag) =>
    network(name).run(bag) ?? {}

/** Which characters and pairs spoke for an intent, strongest first: what an administrator is shown. */
export function explainNet(name: Name, bag: Record<string, number>, intent: string): { gram: string; weight: number }[] {
  return Object.entries(network(name).explain(bag, intent).weights)
    .map(([gram, weight]) => ({ gram, weight }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
}

/** What speaks for and against a change, by name. */
export type Evidence = Record<string, number>

/** How much each kind of evidence weighs: learnt from the labelled turns by `train-judge.ts`. */
export type Scale = { weights: Record<string, number>; bias: number }
export type Judge = Scale & { cases: string }

export const judgeUrl = new URL('../model/judge.json', import.meta.url)
let judge: Judge | null = null
export function readJudge(): Judge {
  judge ??= JSON.parse(readFileSync(judgeUrl, 'utf8')) as Judge
  return judge
}

export const keeperUrl = new URL('../model/keeper.json', import.meta.url)
let keeper: Scale | null = null
let kept: { scale: Scale; weights: Map<string, number> } | null = null
/** What is known of the values in a message: whether each is asked for. */
export function readKeeper(): Scale {
  keeper ??= JSON.parse(readFileSync(keeperUrl, 'utf8')) as Scale
  return keeper
}
/** The same weights, looked up by names that are put together. */
export function keeperWeights(): Map<string, number> {
  const scale = readKeeper()
  if (kept?.scale !== scale) kept = { scale, weights: new Map(Object.entries(scale.weights)) }
  return kept.weights
}
/** From now on values are kept by this scale: in training, by one that has not seen the turn it is asked about. */
export function putKeeper(scale: Scale): void {
  keeper = scale
}
/** The same for whole messages. */
export function putJudge(scale: Judge): void {
  judge = scale
}
