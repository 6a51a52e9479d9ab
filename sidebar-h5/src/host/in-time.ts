import { Failed } from '../failed.js'

/** A call that is never answered (an old client, a lost bridge) must not hold the page. */
export function inTime<T>(answer: Promise<T>, words: string, patienceMs = 5_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Failed('slow', words)), patienceMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** A client that can't say (wrong entry, no right, too old) is no error: the page then asks the person. */
export function orNull<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch(() => null)
}
