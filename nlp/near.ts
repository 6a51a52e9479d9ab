import type { Quote } from './scene.js'

/** What is more or less may be haggled about widely, a whole price hardly rises. */
export const isNear = (value: number, { value: quote, sign }: Pick<Quote, 'value' | 'sign'>) =>
  sign === '' ? value >= quote / 3 && value <= quote * 1.3 : value >= quote / 4 && value <= quote * 4
