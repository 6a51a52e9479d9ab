/** The part of node-nlp that is used: https://github.com/axa-group/nlp.js/tree/master/packages/neural (it ships no types). */
declare module '@nlpjs/neural' {
  type Bag = Record<string, number>
  type Settings = {
    iterations?: number
    errorThresh?: number
    deltaErrorThresh?: number
    learningRate?: number
    momentum?: number
    alpha?: number
    log?: boolean
  }
  export type Saved = { settings: Settings; features: string[]; intents: string[]; perceptrons: number[][] }
  export class NeuralNetwork {
    constructor(settings?: Settings)
    train(corpus: { input: Bag; output: Bag }[]): { error: number; iterations: number }
    run(input: Bag): Bag | undefined
    explain(input: Bag, intent: string): { weights: Bag; bias: number }
    toJSON(): Saved
    fromJSON(json: Saved): void
  }
}
