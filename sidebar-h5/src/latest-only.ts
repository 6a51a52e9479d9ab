/**
 * Calls that overlap: only the newest may have an effect, and each caller waits until what stands is at least as new as
 * its own call. `run` asks `overtaken` after every wait.
 */
export function latestOnly(run: (overtaken: () => boolean) => Promise<void>): () => Promise<void> {
  let newest: Promise<void> | null = null
  return async function again(): Promise<void> {
    const mine: Promise<void> = run(() => newest !== mine)
    newest = mine
    await mine
    if (newest !== mine) await newest
  }
}
