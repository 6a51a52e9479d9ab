/** A 「不用」 that is remembered on this device, for as long as the question is the same one. */
export function wasRefused(about: string, question: string): boolean {
  try {
    return localStorage.getItem(nameOf(about)) === question
  } catch {
    return false
  }
}

export function refuse(about: string, question: string): void {
  try {
    localStorage.setItem(nameOf(about), question)
  } catch {
    // Storage may be full or switched off: then it is asked again.
  }
}

const nameOf = (about: string) => `bulou:refused:${about}`
