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

const loaded = new Map<Name, NeuralNetwork>()
const told = new Map<Name, string[]>()

/** The intents that the net of that name tells apart; the same list as long as the model is the same. */
export function intentsOf(name: Name): string[] {
  network(name)
  return told.get(name) ?? []
}

function network(name: Name): NeuralNetwork {
  const known = loaded.get(name)
  if (known) return known
  return putNet(name, readModel(name))
}

/** From now on that name is answered by this model: in training, by one that has not seen the turn it is asked about. */
export function putNet(name: Name, { settings, features, intents, perceptrons }: Model): NeuralNetwork {
  const net = new (loadNeural().NeuralNetwork)()
  net.fromJSON({ settings, features, intents, perceptrons: perceptrons.map((row) => row.map((w) => w / SCALE)) })
  // The library's own sum, with each input looked up once and not once an intent: a message takes two thirds of the time.
  const alpha = settings.alpha ?? 0.07
  net.runInput = ({ keys, data }) => {
    const values = keys.map((key) => data[key] ?? 0)
    for (const { name, weights, bias } of net.perceptrons) {
      let sum = bias
      for (let i = 0; i < keys.length; i++) sum += (values[i] as number) * (weights[keys[i] as number] as number)
      net.outputs[name] = sum <= 0 ? 0 : alpha * sum
    }
    return net.outputs
  }
  loaded.set(name, net)
  told.set(name, intents)
  return net
}

/** The trained net of that name, read from disk at its first use. Its answer is valid until the next call. */
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
export type Judge = { weights: Record<string, number>; bias: number; cases: string }

export const judgeUrl = new URL('../model/judge.json', import.meta.url)
let judge: Judge | null = null
export function readJudge(): Judge {
  judge ??= JSON.parse(readFileSync(judgeUrl, 'utf8')) as Judge
  return judge
}
