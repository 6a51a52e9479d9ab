import { shareFen } from './amount.js'

/**
 * What each instalment comes to, in 分: the share of all up to it, less what the ones before come to. So they add up to the total
 * wherever the shares do, and none is negative.
 */
export function splitInstalments<T extends { shareBp: number }>(
  instalments: readonly T[],
  totalFen: number,
): (T & { fen: number })[] {
  let [before, shares] = [0, 0]
  return instalments.map((one) => {
    shares += one.shareBp
    const upTo = Number(shareFen(BigInt(totalFen), shares))
    const fen = upTo - before
    before = upTo
    return { ...one, fen }
  })
}
