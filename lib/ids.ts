import { createHash, randomUUID } from 'node:crypto'
import { v7, validate } from 'uuid'

/** UUIDv7: sorts by the time it was made, so indexes stay warm. */
export const newId = (): string => v7()

/** Whether a uuid column takes it. */
export const isUuid = (text: string): boolean => validate(text)

/** One id through callback → effect → delivery. Short, because people read it out of logs; 62 bits of the chance that Node keeps in store. */
export const newTrace = (): string => randomUUID().slice(19).replace('-', '')

export const sha256 = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
