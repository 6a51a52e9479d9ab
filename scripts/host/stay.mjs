// A launcher's life: start, stay, and stop in the reverse order on SIGINT, SIGTERM, SIGHUP, an error, or when npm is gone.
import { parentOf } from './process.mjs'

/** `work(onStop)` starts things and registers how each is stopped. Ends the process when all is stopped. */
export async function stayUntilStopped(say, work) {
  const steps = []
  let stopping = false
  const onStop = (step) => (stopping ? step() : steps.unshift(step))
  const asked = new Promise((resolve) => {
    // The second time somebody is impatient. What is left behind ends by itself: it was started that way.
    const ask = () => (stopping ? process.exit(1) : resolve())
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask)
    watchParent(resolve)
  })
  let code = 0
  try {
    // A signal in the middle of the start stops what has been started so far.
    await Promise.race([work(onStop).then(() => asked), asked])
    say('Stopping…')
  } catch (error) {
    code = 1
    console.error(`\n${process.env.BULOU_DEBUG ? error.stack : error.message}\n`)
  }
  stopping = true
  for (const step of steps) await step().catch((error) => say(error.message))
  if (code === 0) say('Stopped.')
  process.exit(code)
}

/**
 * npm hands signals on to what it started (hence `exec` in package.json: a shell between would keep them), but when npm
 * itself is killed nobody tells us: our parent, or its parent, changes.
 */
function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event) return
  const elders = () => `${process.ppid} ${parentOf(process.ppid)}`
  const before = elders()
  setInterval(() => elders() !== before && onGone(), 500).unref()
}
