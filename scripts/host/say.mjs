// What the launchers print: short lines, and for an error its words instead of a stack.
const started = performance.now()

/** Lines go to stderr with the seconds since the start, so that stdout stays free for results. */
export function createSay(out = process.stderr) {
  const [dim, plain] = out.isTTY ? ['\x1b[2m', '\x1b[0m'] : ['', '']
  return (line) => out.write(`${dim}${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s${plain}  ${line}\n`)
}

/** Runs the main work of a script. `BULOU_DEBUG=1` shows the stack of an error as well. */
export async function finish(work) {
  try {
    await work()
  } catch (error) {
    console.error(`\n${process.env.BULOU_DEBUG ? error.stack : error.message}`)
    process.exitCode = 1
  }
}
